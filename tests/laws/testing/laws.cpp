// Each law is seen to be broken by a policy that breaks it.
#include <tallymark/testing/laws.hpp>

#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace tallymark;
using namespace tallymark::testing;

namespace {

const std::vector<std::string> texts{"1", " 7 ", "007", "12", "x", "99"};
const std::vector<std::uint64_t> ordinals{0, 1, 2, 9, 10, 11, 98, 99, 100, max_ordinal};

std::string law(const std::optional<broken_law>& broken) { return broken ? broken->law : "none"; }

template <class S>
std::string serial_law(const S& policy = {}) {
  return law(check_serial_laws(policy, texts, ordinals));
}
template <class P>
std::string increment_law(const P& policy = {}) {
  return law(check_increment_laws(policy, ordinals));
}

struct loose : integer_serial {  // takes leading zeros
  constexpr result<std::uint64_t> parse(std::string_view text) const {
    while (text.size() > 1 && text[0] == '0') text.remove_prefix(1);
    return integer_serial::parse(text);
  }
};
struct forgetful : integer_serial {  // writes no more than two digits
  constexpr void format(std::string& out, std::uint64_t ordinal) const { integer_serial::format(out, ordinal % 100); }
};
struct blank : integer_serial {
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    if (ordinal > 99) out += ' ';
    integer_serial::format(out, ordinal);
  }
};
struct points_elsewhere : integer_serial {
  constexpr result<std::uint64_t> parse(std::string_view text) const {
    if (text == "x") return fail(errc::not_a_serial, 7, 7);
    return integer_serial::parse(text);
  }
};
struct late_first : integer_serial {
  static constexpr std::uint64_t first() { return 8; }
  static constexpr std::uint64_t last() { return 7; }
};
struct long_ones : integer_serial {
  static constexpr std::size_t max_length = 3;
};
struct numbered_literal {
  using policy_slot = serial_slot;
  constexpr result<serial_number> parse(std::string_view text) const { return serial_number{family::literal(text), 7}; }
  constexpr void format(std::string& out, const serial_number& serial) const { out += serial.family.text; }
};
struct carries_nowhere : text_serial<> {
  constexpr std::optional<serial_number> carry(const family& full, std::string&) const {
    return serial_number{full, 0};
  }
};
struct carries_astray : text_serial<> {
  constexpr std::optional<serial_number> carry(const family&, std::string&) const { return serial_number{{"7"}, 0}; }
};

struct counts {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v + 1; }
};
struct to_nine : counts {
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v < 9 ? v + 1 : 9 + v % 2; }
};
struct refuses_ten : counts {
  constexpr bool accepts(std::uint64_t v) const { return v != 10; }
};
struct exaggerates : counts {
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v + 2; }
  constexpr std::uint64_t consecutive(std::uint64_t, std::uint64_t n) const { return n; }
};
struct short_sighted : counts {
  constexpr std::optional<std::uint64_t> from(std::uint64_t v, std::uint64_t) const { return v; }
};
struct too_far : counts {
  constexpr std::optional<std::uint64_t> from(std::uint64_t, std::uint64_t bound) const { return bound + 1; }
};

std::string same_for_all(std::string_view) { return "B"; }
std::string with_blank(std::string_view text) { return std::string(text) + " "; }

}  // namespace

TEST_CASE("lawful policies pass", "[laws]") {
  CHECK(serial_law<integer_serial>() == "none");
  CHECK(serial_law<text_serial<>>() == "none");
  CHECK(increment_law<step<1>>() == "none");
  CHECK(increment_law<counts>() == "none");
}

TEST_CASE("each law of serial policies is checked", "[laws]") {
  CHECK(serial_law<loose>() == "format(parse(t)) == t");
  CHECK(serial_law<forgetful>() == "parse(format(s)) == s");
  CHECK(serial_law<blank>() == "format writes a text without blanks at its ends, of at most max_length bytes");
  CHECK(serial_law<long_ones>() == "format writes a text without blanks at its ends, of at most max_length bytes");
  CHECK(serial_law<points_elsewhere>() == "a failure points into the text");
  CHECK(serial_law<late_first>() == "no ordinal is greater than the last");
  CHECK(serial_law<numbered_literal>() == "a literal has ordinal 0");
  CHECK(serial_law<carries_nowhere>() == "a carry leads to another family");
  CHECK(serial_law<carries_astray>() == "parse(format(s)) == s");
  const auto broken = check_serial_laws(loose{}, texts, ordinals);
  CHECK(broken->seen == "'007' becomes '7'");
}

TEST_CASE("the order of spelling is checked", "[laws]") {
  CHECK(law(check_spelling_order(alphabet_serial<"10", 8>{}, {}, ordinals)) ==
        "texts of one length sort as their ordinals do");
  CHECK(law(check_spelling_order(alphabet_serial<"01", 8>{}, {}, ordinals)) == "none");
}

TEST_CASE("each law of increments is checked", "[laws]") {
  CHECK(increment_law<to_nine>() == "no ordinal follows two others");
  CHECK(increment_law<refuses_ten>() == "what follows is accepted");
  CHECK(increment_law<exaggerates>() == "consecutive agrees with next");
  CHECK(increment_law<short_sighted>() == "from agrees with next");
  CHECK(increment_law<too_far>() == "from agrees with next");
  CHECK(law(check_increment_laws(custom<same_for_all>{}, texts)) == "no text follows two others");
  CHECK(law(check_increment_laws(custom<with_blank>{}, texts)) == "what follows is a text without blanks at its ends");
}

TEST_CASE("the laws of counting are checked", "[laws]") {
  const auto counting = [](const auto& increment) {
    const numbering<integer_serial, std::remove_cvref_t<decltype(increment)>> rules{{}, increment};
    return law(check_counting_laws(rules, rules.parse("5").value(), 10));
  };
  CHECK(counting(step<3>{}) == "none");
  CHECK(counting(exaggerates{}) == "take(n) is n times next");
}
