// The laws of serial policies: all that the library has, and two of users.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>
#include <tallymark/testing/laws.hpp>

#include <string>
#include <type_traits>

#include "support/foreign.hpp"
#include "support/generators.hpp"

using namespace tallymark;

namespace {

struct no_four {
  constexpr result<opinion> operator()(std::string_view text) const {
    if (text.find('4') != text.npos) return fail(errc::refused_by_rule, text.find('4'), 1);
    return opinion::none;
  }
};

template <class S>
rc::Gen<std::string> texts_of(const S& policy) {
  if constexpr (ordinal_serial_policy<S>)
    return rc::gen::oneOf(any_text(), rc::gen::map(any_ordinal(), [policy](std::uint64_t ordinal) {
                            std::string text;
                            policy.format(text, std::min(ordinal, serial_traits<S>::last(policy, {})));
                            return text;
                          }));
  else
    return any_text();
}

void holds(const std::optional<testing::broken_law>& broken) {
  if (broken) RC_FAIL(broken->law + ": " + broken->seen);
}

template <class S>
void obeys(const S& policy = {}) {
  REQUIRE(rc::check([&] {
    const auto texts = several(texts_of(policy));
    holds(testing::check_serial_laws(policy, texts, several(any_ordinal())));
  }));
}

template <class S>
void keeps_order(const family& of = {}, const S& policy = {}) {
  REQUIRE(rc::check([&] { holds(testing::check_spelling_order(policy, of, several(any_ordinal()))); }));
}

using crockford = alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 4>;

}  // namespace

TEST_CASE("text_serial obeys the laws", "[laws]") {
  obeys<text_serial<>>();
  obeys<text_serial<6>>();
  obeys<text_serial<24>>();
  obeys<text_serial<1>>();
}

TEST_CASE("integer_serial obeys the laws", "[laws]") {
  obeys<integer_serial>();
  obeys<basic_integer_serial<std::uint8_t>>();
  obeys<basic_integer_serial<std::uint32_t>>();
  obeys<basic_integer_serial<bool>>();
}

TEST_CASE("prefixed_serial obeys the laws", "[laws]") {
  obeys<prefixed_serial<"SN-", 6>>();
  obeys<prefixed_serial<"SN-">>();
  obeys<prefixed_serial<"", 1>>();
  obeys<prefixed_serial<"9", 18>>();
}

TEST_CASE("alphabet_serial obeys the laws", "[laws]") {
  obeys<crockford>();
  obeys<alphabet_serial<"0123456789">>();
  obeys<alphabet_serial<"01">>();
  obeys<alphabet_serial<"01", 80>>();
  obeys<alphabet_serial<"zyx", 5, "A">>();
  obeys<alphabet_serial<"09", 0, "SN-">>();
}

TEST_CASE("validated_serial obeys the laws", "[laws]") {
  obeys<validated_serial<text_serial<>, no_four>>();
  obeys<validated_serial<prefixed_serial<"SN-", 6>, no_four>>();
}

TEST_CASE("policies of users obey the laws", "[laws]") {
  obeys<own_hexadecimal>();
  obeys<elsewhere::site_numbers>();
  REQUIRE(rc::check([] {
    std::vector<std::string> texts;
    for (const std::uint64_t ordinal : several(any_ordinal())) texts.push_back("HAM/" + std::to_string(ordinal));
    const auto broken = testing::check_serial_laws(elsewhere::site_numbers{}, texts, several(any_ordinal()));
    RC_ASSERT(!broken);
  }));
}

TEST_CASE("texts of a family with the same length sort by their ordinals", "[laws]") {
  keeps_order<text_serial<>>({"SN-"});
  keeps_order<text_serial<>>({"SN-", 18});
  keeps_order<text_serial<>>({"12", 18});
  keeps_order<integer_serial>();
  keeps_order<prefixed_serial<"SN-", 6>>();
  keeps_order<crockford>();
  keeps_order<alphabet_serial<"01", 80>>();
  keeps_order<own_hexadecimal>();
}

TEST_CASE("every text has one spelling, and no two texts are one serial number", "[laws]") {
  REQUIRE(rc::check([] {
    const auto a = *any_text(), b = *any_text();
    using traits = serial_traits<text_serial<>>;
    const auto read_a = traits::parse({}, a), read_b = traits::parse({}, b);
    if (read_a && read_b) RC_ASSERT((*read_a == *read_b) == (trimmed(a) == trimmed(b)));
  }));
}
