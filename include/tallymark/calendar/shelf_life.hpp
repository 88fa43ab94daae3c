// Shelf life: the best-before date of things that were made on a day.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <chrono>

#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>

namespace tallymark {

/// A duration by the calendar, as on labels and in contracts: `shelf_life{.months = 18}`. All members are added.
struct shelf_life {
  int years = 0;   ///< 0 or more
  int months = 0;  ///< 0 or more
  int weeks = 0;   ///< 0 or more
  int days = 0;    ///< 0 or more

  /// Whether at least one member is not 0, and no member is negative.
  [[nodiscard]] constexpr bool ok() const {
    return *this != shelf_life{} && years >= 0 && months >= 0 && weeks >= 0 && days >= 0;
  }

  friend constexpr bool operator==(const shelf_life&, const shelf_life&) = default;
};

/// The best-before date of something made on the day `made`. Years and months are added first and keep the day of the
/// month; a month without that day gives its last one: 31 January and a month is 28 February, or the 29th. Weeks and
/// days are counted from there. Errors: negative for a member below 0; not_a_date if `made` does not exist or
/// is before the year 0, and for results after the year 9999. O(1).
[[nodiscard]] constexpr result<date> best_before(date made, const shelf_life& life) {
  using namespace std::chrono;
  if (life.years < 0 || life.months < 0 || life.weeks < 0 || life.days < 0) return fail(errc::negative);
  if (!made.ok() || static_cast<int>(made.year()) < 0) return fail(errc::not_a_date);
  // above these bounds every sum is after the year 9999, and below them no sum overflows
  constexpr int most_months = 120'000, most_days = 4'000'000;
  if (life.years > 10'000 || life.months > most_months || life.weeks > most_days || life.days > most_days)
    return fail(errc::not_a_date);
  const int months_later = life.years * 12 + life.months;
  const int month = static_cast<int>(static_cast<unsigned>(made.month())) - 1 + months_later;
  const int in_year = static_cast<int>(made.year()) + month / 12;
  if (in_year > 9999) return fail(errc::not_a_date);
  const year_month of{std::chrono::year{in_year}, std::chrono::month{static_cast<unsigned>(month % 12 + 1)}};
  const sys_days until =
      sys_days{of / std::min(made.day(), (of / last).day())} + std::chrono::days{life.weeks * 7 + life.days};
  if (until > sys_days{std::chrono::year{9999} / December / 31}) return fail(errc::not_a_date);
  return date{until};
}

}  // namespace tallymark
