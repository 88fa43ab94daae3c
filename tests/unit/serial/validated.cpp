#include <tallymark/serial/validated.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/checked.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/pattern.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/testing/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>

using namespace tallymark;

namespace {

struct no_four {
  constexpr result<opinion> operator()(std::string_view text) const {
    const auto at = text.find('4');
    if (at != text.npos) return fail(errc::refused_by_rule, at, 1);
    return opinion::none;
  }
};
struct legacy {
  constexpr result<opinion> operator()(std::string_view text) const {
    return text.starts_with("OLD") ? opinion::yes : opinion::none;
  }
};
struct not_the {
  std::string_view text;
  constexpr result<opinion> operator()(std::string_view seen) const {
    if (seen == text) return fail(errc::refused_by_rule, 0, seen.size());
    return opinion::none;
  }
};
constexpr result<opinion> nothing(std::string_view text) { return fail(errc::refused_by_rule, 0, text.size()); }
struct refuses_all {
  constexpr result<opinion> operator()(std::string_view text) const { return nothing(text); }
};

using plain = validated_serial<integer_serial, no_four>;
using texts = validated_serial<text_serial<20>, legacy, no_four>;

template <class Serial>
std::string counted(const Serial& serial, std::string_view from, std::uint64_t n) {
  const numbering<Serial, step<1>> rules{serial, {}};
  run_list taken;
  const auto answer = rules.take(rules.parse(from).value(), n, taken);
  std::string out;
  for (std::uint64_t i = 0; i < taken.serials(); ++i) out += rules.text(taken.at(i)) + " ";
  return out + (answer ? "." : std::string(message(answer.error().code)));
}

}  // namespace

static_assert(ordinal_serial_policy<plain> && !family_serial_policy<plain> && family_serial_policy<texts>);
static_assert(serial_policy<plain> && serial_policy<texts> && serial_policy<validated_serial<text_serial<>>>);
static_assert(plain{}.parse("15") == 15 && plain{}.parse("142").error() == failure{errc::refused_by_rule, 1, 1});
static_assert(plain{}.parse("x4").error() == failure{errc::not_a_serial, 0, 1});
static_assert(texts{}.parse("SN-4").error() == failure{errc::refused_by_rule, 3, 1});
static_assert(texts{}.parse("OLD-4") == serial_number{{"OLD-"}, 4});
static_assert(serial_traits<texts>::parse({}, " SN-4").error() == failure{errc::refused_by_rule, 4, 1});
static_assert(serial_traits<texts>::max_length == 20 && serial_traits<texts>::first({}) == serial_number{{}, 1});
static_assert(serial_traits<plain>::last({}, {}) == max_ordinal && serial_traits<plain>::has_rules);
static_assert(serial_traits<validated_serial<prefixed_serial<"A", 2>, no_four>>::last({}, {}) == 99);
static_assert(std::is_empty_v<texts>);
static_assert(validated_serial(integer_serial{}, not_the{"13"}).parse("13").error() ==
              failure{errc::refused_by_rule, 0, 2});
static_assert(!std::is_default_constructible_v<validated_serial<integer_serial, decltype(&nothing)>>);

TEST_CASE("rules refuse texts that the policy can parse", "[serial]") {
  const validated_serial rules(text_serial<>{}, nothing);
  CHECK(rules.parse("A1").error() == failure{errc::refused_by_rule, 0, 2});
  CHECK(plain{}.parse("123") == 123);
  std::string out;
  texts{}.format(out, {{"SN-", 3}, 7});
  CHECK(out == "SN-007");
}

TEST_CASE("counting skips what a rule refuses", "[serial]") {
  CHECK(counted(texts{}, "SN-02", 4) == "SN-02 SN-03 SN-05 SN-06 .");
  CHECK(counted(texts{}, "SN-037", 5) == "SN-037 SN-038 SN-039 SN-050 SN-051 .");
  CHECK(counted(texts{}, "OLD-3", 3) == "OLD-3 OLD-4 OLD-5 .");
  CHECK(counted(plain{}, "39", 2) == "39 50 .");
  CHECK(counted(validated_serial(integer_serial{}, not_the{"2"}), "1", 3) == "1 3 4 .");
  CHECK(counted(validated_serial<prefixed_serial<"A", 1>, no_four>{}, "A3", 7) ==
        "A3 A5 A6 A7 A8 A9 no serial number is left");
}

TEST_CASE("an empty scope begins with the first accepted serial number", "[serial]") {
  const numbering<validated_serial<integer_serial, not_the>, step<1>> rules{
      validated_serial(integer_serial{}, not_the{"1"}), {}};
  CHECK(rules.first() == serial_number{{}, 2});
}

TEST_CASE("if everything is refused, nothing follows", "[serial]") {
  const numbering<validated_serial<text_serial<>, refuses_all>, step<1>> rules;
  std::string storage;
  CHECK(rules.next({{"SN-"}, 1}, storage).error().code == errc::exhausted);
  CHECK(rules.first().error().code == errc::exhausted);
}

TEST_CASE("validated serial numbers are written in bulk like those of Base", "[serial]") {
  using labels = validated_serial<checked_serial<prefixed_serial<"", 6>, luhn>, no_four>;
  const auto first = serial_traits<labels>::parse(labels{}, "0000018");
  REQUIRE(first);
  const auto broken = testing::check_writing_laws(labels{}, *first, 500);
  CAPTURE(broken ? broken->law + ": " + broken->seen : "");
  CHECK(!broken);

  using dated = validated_serial<pattern_serial<"{year}-{counter:04}", fixed_clock>, no_four>;
  const dated policy({fixed_clock{{2027, 1, 1}}}, no_four{});
  std::string storage;
  const auto begin = serial_traits<dated>::issue(policy, no_record{}, nullptr, storage);
  REQUIRE(begin);
  CHECK(begin->family.text == "2027-");
}
