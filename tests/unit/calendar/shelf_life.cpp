#include <tallymark/calendar/shelf_life.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <limits>

using namespace tallymark;

namespace {

constexpr date on(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}
constexpr auto not_a_date = failure{errc::not_a_date};

}  // namespace

static_assert(best_before(on(2026, 11, 23), {.days = 10}) == on(2026, 12, 3));
static_assert(best_before(on(2026, 11, 23), {.weeks = 6}) == on(2027, 1, 4));
static_assert(best_before(on(2026, 11, 23), {.months = 18}) == on(2028, 5, 23));
static_assert(best_before(on(2026, 11, 23), {.months = 1}) == on(2026, 12, 23));
static_assert(best_before(on(2026, 11, 23), {.months = 2}) == on(2027, 1, 23));
static_assert(best_before(on(2026, 11, 23), {.years = 2}) == on(2028, 11, 23));
static_assert(best_before(on(2026, 11, 23), {}) == on(2026, 11, 23));
static_assert(best_before(on(2026, 12, 31), {.months = 1}) == on(2027, 1, 31));
// in a month without this day, its last day
static_assert(best_before(on(2027, 1, 31), {.months = 1}) == on(2027, 2, 28));
static_assert(best_before(on(2028, 1, 31), {.months = 1}) == on(2028, 2, 29));
static_assert(best_before(on(2027, 1, 29), {.months = 1}) == on(2027, 2, 28));
static_assert(best_before(on(2027, 3, 31), {.months = 1}) == on(2027, 4, 30));
static_assert(best_before(on(2028, 2, 29), {.years = 1}) == on(2029, 2, 28));
static_assert(best_before(on(2028, 2, 29), {.years = 4}) == on(2032, 2, 29));
static_assert(best_before(on(2027, 1, 31), {.months = 2}) == on(2027, 3, 31));  // not via February
// months first, then days
static_assert(best_before(on(2027, 1, 31), {.months = 1, .days = 1}) == on(2027, 3, 1));
static_assert(best_before(on(2027, 1, 31), {.years = 1, .months = 1, .weeks = 1, .days = 1}) == on(2028, 3, 8));

static_assert(best_before(on(2026, 11, 23), {.days = -1}).error() == failure{errc::negative});
static_assert(best_before(on(2026, 11, 23), {.years = 1, .months = -1}).error() == failure{errc::negative});
static_assert(best_before(on(2026, 11, 23), {.weeks = -1}).error() == failure{errc::negative});
static_assert(best_before(on(2026, 11, 23), {.years = -1}).error() == failure{errc::negative});
static_assert(best_before(on(2027, 2, 29), {.days = 1}).error() == not_a_date);
static_assert(best_before(on(-1, 2, 1), {.days = 1}).error() == not_a_date);
static_assert(best_before(on(9999, 12, 30), {.days = 1}) == on(9999, 12, 31));
static_assert(best_before(on(9999, 12, 31), {.days = 1}).error() == not_a_date);
static_assert(best_before(on(9999, 12, 1), {.months = 1}).error() == not_a_date);
static_assert(best_before(on(0, 1, 1), {.years = 9999}) == on(9999, 1, 1));
static_assert(shelf_life{.days = 1}.ok() && !shelf_life{}.ok() && !shelf_life{.months = 1, .days = -1}.ok());

TEST_CASE("no shelf life overflows", "[calendar]") {
  constexpr int most = std::numeric_limits<int>::max();
  for (const shelf_life& life :
       {shelf_life{.years = most}, shelf_life{.months = most}, shelf_life{.weeks = most}, shelf_life{.days = most},
        shelf_life{most, most, most, most}, shelf_life{10'000, 120'000, 4'000'000, 4'000'000},
        shelf_life{.weeks = 4'000'000}, shelf_life{.days = 4'000'000}, shelf_life{.months = 120'000}})
    CHECK(best_before(on(2026, 11, 23), life).error() == not_a_date);
}

// Counts day by day and month by month.
TEST_CASE("days and months add up", "[calendar]") {
  using namespace std::chrono;
  int errors = 0;
  for (sys_days at = sys_days{on(2023, 1, 1)}; at < sys_days{on(2029, 1, 1)}; at += days{1}) {
    const date produced{at};
    for (int n = 0; n < 40; ++n) {
      if (best_before(produced, {.days = n}) != date{at + days{n}}) ++errors;
      const auto later = best_before(produced, {.months = n});
      const auto shifted_month = year_month{produced.year(), produced.month()} + months{n};
      const bool right_month = later->year() == shifted_month.year() && later->month() == shifted_month.month();
      const bool right_day = later->day() == produced.day() ||
                             (later->day() < produced.day() && *later == date{later->year() / later->month() / last});
      if (!right_month || !right_day) ++errors;
      if (n % 12 == 0 && best_before(produced, {.years = n / 12}) != *later) ++errors;
    }
  }
  CHECK(errors == 0);
}
