// Dates: read, written, and as ISO weeks and days of the year.
#pragma once

#include <tallymark/config.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>

namespace tallymark {

/// A date without a time, such as an expiry date. Years 0000 to 9999 can be read and written.
using date = std::chrono::year_month_day;

/// A week of the ISO calendar. Around New Year its year is not the calendar year.
struct iso_week {
  int year = 1970;  ///< the ISO year, which has 52 or 53 weeks
  int week = 1;     ///< 1 to 53

  friend constexpr bool operator==(const iso_week&, const iso_week&) = default;
};

namespace detail {

constexpr char* put_date(char* at, int year, int month, int day) {
  at = put_digits<4>(at, year);
  *at++ = '-';
  at = put_digits<2>(at, month);
  *at++ = '-';
  return put_digits<2>(at, day);
}

// Reads a number of exactly `digits` digits. Errors: at the byte that is not a digit, or at the number that is out of
// range.
[[nodiscard]] constexpr result<int> read_number(std::string_view text, std::size_t at, std::size_t digits, int least,
                                                int most, errc wrong) {
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (i >= text.size()) return fail(wrong, text.size());
    if (!is_digit(text[i])) return fail(wrong, i, 1);
    value = value * 10 + static_cast<int>(digit_value(text[i]));
  }
  if (value < least || most < value) return fail(wrong, at, digits);
  return value;
}

[[nodiscard]] constexpr result<void> read_separator(std::string_view text, std::size_t at, char separator, errc wrong) {
  if (at >= text.size()) return fail(wrong, text.size());
  if (text[at] != separator) return fail(wrong, at, 1);
  return {};
}

[[nodiscard]] constexpr result<date> read_date(std::string_view text) {
  constexpr auto wrong = errc::not_a_date;
  const auto year = read_number(text, 0, 4, 0, 9999, wrong);
  if (!year) return unexpected(year.error());
  if (const auto hyphen = read_separator(text, 4, '-', wrong); !hyphen) return unexpected(hyphen.error());
  const auto month = read_number(text, 5, 2, 1, 12, wrong);
  if (!month) return unexpected(month.error());
  if (const auto hyphen = read_separator(text, 7, '-', wrong); !hyphen) return unexpected(hyphen.error());
  const std::chrono::year_month of{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)}};
  const auto last = static_cast<int>(static_cast<unsigned>((of / std::chrono::last).day()));
  const auto day = read_number(text, 8, 2, 1, last, wrong);
  if (!day) return unexpected(day.error());
  return of / std::chrono::day{static_cast<unsigned>(*day)};
}

}  // namespace detail

/// Reads a date in the extended format `2027-01-31` (ISO 8601-1:2019, 5.2.2.1). Errors: not_a_date, at the byte or
/// number that is wrong, or at the end of a text that is too short. O(1).
[[nodiscard]] constexpr result<date> parse_date(std::string_view text) {
  const auto parsed = detail::read_date(text);
  if (parsed && text.size() > 10) return fail(errc::not_a_date, 10, text.size() - 10);
  return parsed;
}

/// Appends a date as `2027-01-31`. Precondition: a date that exists, years 0000 to 9999.
constexpr void append_date(std::string& out, date day) {
  char text[10];
  detail::put_date(text, static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                   static_cast<int>(static_cast<unsigned>(day.day())));
  out.append(text, sizeof text);
}

/// A date as `2027-01-31`. Precondition: as append_date.
[[nodiscard]] constexpr std::string date_text(date day) {
  std::string out;
  append_date(out, day);
  return out;
}

/// Appends a week as `2026-W48` (ISO 8601-1:2019, 5.2.4.3). Precondition: years 0000 to 9999.
constexpr void append_text(std::string& out, const iso_week& week) {
  char text[8];
  char* const number = detail::put_digits<4>(text, week.year);
  number[0] = '-';
  number[1] = 'W';
  detail::put_digits<2>(number + 2, week.week);
  out.append(text, sizeof text);
}

/// The day of the year, 1 to 366 (ISO 8601-1:2019, 5.2.3: ordinal date). Precondition: a date that exists.
[[nodiscard]] constexpr int day_of_year(date day) {
  using namespace std::chrono;
  return static_cast<int>((sys_days{day} - sys_days{day.year() / January / 1}).count()) + 1;
}

/// The week of a date (ISO 8601-1:2019, 5.2.4: week date). Weeks begin on Monday, and week 1 is that with the year's
/// first Thursday: so a week belongs to the year of its Thursday. Precondition: a date that exists.
[[nodiscard]] constexpr iso_week iso_week_of(date day) {
  using namespace std::chrono;
  const sys_days at{day};
  const auto of_week = static_cast<int>(weekday{at}.iso_encoding());  // Monday is 1
  const date thursday{at + days{4 - of_week}};
  return {static_cast<int>(thursday.year()), (day_of_year(thursday) - 1) / 7 + 1};
}

/// The day of the week by its ISO number, Monday 1 to Sunday 7. Precondition: a date that exists.
[[nodiscard]] constexpr int iso_weekday_of(date day) {
  return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{day}}.iso_encoding());
}

/// How many days a calendar year has: 365 or 366.
[[nodiscard]] constexpr int days_in_year(int year) { return std::chrono::year{year}.is_leap() ? 366 : 365; }

/// How many weeks an ISO year has, 52 or 53: the number of the week that holds 28 December, which is always in the
/// last.
[[nodiscard]] constexpr int weeks_in_year(int year) {
  return iso_week_of(std::chrono::year{year} / std::chrono::December / 28).week;
}

/// The date of a day of a year, the inverse of day_of_year. Errors: not_a_date if there is no such day, and for years
/// that cannot be written. O(1).
[[nodiscard]] constexpr result<date> date_of_day(int year, int day_of_year) {
  using namespace std::chrono;
  if (year < 0 || 9999 < year || day_of_year < 1 || days_in_year(year) < day_of_year) return fail(errc::not_a_date);
  return date{sys_days{std::chrono::year{year} / January / 1} + days{day_of_year - 1}};
}

/// The date of a day of an ISO week, the inverse of iso_week_of. Errors: not_a_date if the year has no such week, and
/// for dates that cannot be written. O(1).
[[nodiscard]] constexpr result<date> date_of(const iso_week& week, std::chrono::weekday day = std::chrono::Monday) {
  using namespace std::chrono;
  const bool known = 0 <= week.year && week.year <= 9999 && 1 <= week.week && week.week <= 53 && day.ok();
  if (!known || weeks_in_year(week.year) < week.week) return fail(errc::not_a_date);
  const sys_days fourth = std::chrono::year{week.year} / January / 4;  // always in week 1
  const int after = (week.week - 1) * 7 + static_cast<int>(day.iso_encoding()) - iso_weekday_of(fourth);
  const date found{fourth + days{after}};
  if (static_cast<int>(found.year()) < 0 || 9999 < static_cast<int>(found.year())) return fail(errc::not_a_date);
  return found;
}

}  // namespace tallymark
