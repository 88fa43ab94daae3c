#include <tallymark/serial/several_patterns.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include <tallymark/core.hpp>
#include <tallymark/testing/laws.hpp>

using namespace tallymark;

namespace {

using labels = several_patterns<pattern_serial<"SN-{counter:06}{check:luhn(counter)}">, pattern_serial<"OLD-{counter}">,
                                pattern_serial<"{year}/{counter:03}">>;

}  // namespace

static_assert(serial_policy<labels>);
static_assert(labels{}.parse("SN-0000018") == serial_number{{"", 0}, 1});
static_assert(labels{}.parse("OLD-95") == serial_number{{"", 1}, 95});
static_assert(labels{}.parse("2026/095") == serial_number{{"2026/", 2}, 95});
static_assert(labels{}.parse("SN-0000017").error() == failure{errc::wrong_check, 9, 1, {'8'}});
static_assert(labels{}.parse("OLD-095").error() == failure{errc::not_a_serial, 4, 1});
static_assert(labels{}.parse("XYZ").error() == failure{errc::not_a_serial, 0, 3});
static_assert(labels{}.last({"", 0}) == 999'999 && labels{}.last({"2026/", 2}) == 999);

TEST_CASE("each pattern obeys the laws among others", "[serial][laws]") {
  const std::vector<std::string> texts{"SN-0000018", "OLD-95", "2026/095", "x", "SN-", "2026/"};
  const std::vector<std::uint64_t> ordinals{0, 1, 9, 10, 99, 500, 999};
  const auto broken = testing::check_serial_laws(labels{}, texts, ordinals);
  CAPTURE(broken ? broken->law + ": " + broken->seen : "");
  CHECK(!broken);
  for (const char* text : {"SN-0000018", "OLD-95", "2026/095"}) {
    const auto bulk = testing::check_writing_laws(labels{}, *labels{}.parse(text), 900);
    CAPTURE(bulk ? bulk->law + ": " + bulk->seen : "");
    CHECK(!bulk);
  }
}

TEST_CASE("the first pattern is issued, the others are claimed", "[serial]") {
  registry<policies<labels>> numbers;
  REQUIRE(numbers.claim({}, "OLD-95"));
  REQUIRE(numbers.claim({}, "2026/095"));
  CHECK(numbers.claim({}, "OLD-95").error().code == errc::already_taken);
  CHECK(numbers.find({}, "2026/095").has_value());
  CHECK(numbers.next({}) == "SN-0000018");
  REQUIRE(numbers.issue({}, 2));
  CHECK(numbers.next({}) == "SN-0000034");

  using dated = several_patterns<pattern_serial<"{iso_year}W{iso_week:02}-{counter:03}", fixed_clock>,
                                 pattern_serial<"OLD-{counter}">>;
  using set = policies<dated, unique_globally>;
  registry<set> weekly(set{dated({fixed_clock{{2026, 11, 23}}}, {}), unique_globally{}});
  REQUIRE(weekly.claim({}, "OLD-95"));
  CHECK(weekly.next({}) == "2026W48-001");
}

TEST_CASE("a pattern does not issue among others what it must not issue alone", "[serial]") {
  using blank = pattern_serial<"{counter:04/36}{check:code39}">;
  using both = several_patterns<blank, pattern_serial<"X/{counter}">>;
  constexpr std::uint64_t ends_in_blank = 3 * 36 + 35;  // 3 and Z: 38, the value of the blank
  CHECK(!serial_traits<blank>::accepts(blank{}, {{}, ends_in_blank}));
  CHECK(!serial_traits<both>::accepts(both{}, {{}, ends_in_blank}));
  CHECK(serial_traits<both>::accepts(both{}, {{}, ends_in_blank + 1}));
  CHECK(serial_traits<both>::accepts(both{}, {{"", 1}, ends_in_blank}));
  registry<policies<both>> numbers;
  REQUIRE(numbers.issue({}, ends_in_blank - 1));
  CHECK(numbers.next({}) == "00404");
}
