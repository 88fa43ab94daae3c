#include <tallymark/gs1/short_date.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdio>
#include <string>

using namespace tallymark;
using gs1::short_date;

namespace {

constexpr failure refusal(std::string_view text) { return short_date::parse(text).error(); }
constexpr date day(int y, unsigned m, unsigned d) {
  return std::chrono::year{y} / std::chrono::month{m} / std::chrono::day{d};
}

}  // namespace

static_assert(*short_date::parse("261231") == short_date{26, 12, 31});
static_assert(*short_date::parse("260200") == short_date{26, 2, 0});
static_assert(short_date::parse("240229") && short_date::parse("000229"));
static_assert(refusal("250229") == failure{errc::not_a_date, 4, 2, {}});
static_assert(refusal("251301") == failure{errc::not_a_date, 2, 2, {}});
static_assert(refusal("250001") == failure{errc::not_a_date, 2, 2, {}});
static_assert(refusal("250431") == failure{errc::not_a_date, 4, 2, {}});
static_assert(refusal("2x0101") == failure{errc::not_a_date, 1, 1, {}});
static_assert(refusal("2501") == failure{errc::not_a_date, 4, 0, {}});
static_assert(refusal("2501011") == failure{errc::not_a_date, 6, 1, {}});
static_assert(short_date{26, 2, 0}.seen_from(2026) == day(2026, 2, 28));
static_assert(short_date{24, 2, 0}.seen_from(2026) == day(2024, 2, 29));
static_assert(short_date::of(day(2026, 11, 23)) == short_date{26, 11, 23});
static_assert(short_date{5, 1, 2}.text().view() == "050102");

TEST_CASE("the century is the nearest one", "[gs1]") {
  for (int current_year = 1990; current_year < 2110; ++current_year)
    for (int year = current_year - 49; year <= current_year + 50; ++year) {
      const short_date dropped = short_date::of(day(year, 6, 15));
      CHECK(dropped.seen_from(current_year) == day(year, 6, 15));
    }
}

TEST_CASE("dates of six digits round-trip", "[gs1]") {
  int good = 0;
  for (int value = 0; value < 1'000'000; ++value) {
    char text[8];
    std::snprintf(text, sizeof text, "%06d", value);
    const auto read = short_date::parse(text);
    if (!read) continue;
    ++good;
    if (read->text().view() != text) FAIL(text);
  }
  CHECK(good == 25 * (366 + 12) + 75 * (365 + 12));
}
