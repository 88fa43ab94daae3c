// The calendar: properties of ISO weeks.
#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/clock.hpp>
#include <tallymark/calendar/date.hpp>

#include <chrono>
#include <type_traits>

using namespace tallymark;

namespace {

// whether weeks around a New Year are consecutive and begin on Monday
constexpr bool weeks_follow(int new_year) {
  using namespace std::chrono;
  const sys_days begin{year{new_year} / 1 / 1};
  iso_week before = iso_week_of(date{begin - days{9}});
  for (int i = -8; i <= 8; ++i) {
    const sys_days day_point = begin + days{i};
    const iso_week week = iso_week_of(date{day_point});
    const bool next_week = week.year == before.year && week.week == before.week + 1;
    const bool next_year = week == iso_week{before.year + 1, 1} && before.week >= 52;
    if (weekday{day_point} == Monday ? !next_week && !next_year : week != before) return false;
    before = week;
  }
  return true;
}

constexpr bool weeks_follow_for_28_years() {  // after 28 years the days of the week repeat
  for (int year = 2000; year < 2028; ++year)
    if (!weeks_follow(year)) return false;
  return true;
}

}  // namespace

static_assert(weeks_follow_for_28_years() && weeks_follow(1901) && weeks_follow(2101));
static_assert(std::is_same_v<date, std::chrono::year_month_day>);
static_assert(std::is_trivially_copyable_v<civil_time> && std::is_trivially_destructible_v<result<civil_time>>);
