// The fields of the calendar that patterns and templates know by name, and what they say of a day.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/date.hpp>

namespace tallymark::detail {

enum class calendar_field : std::uint8_t {
  none,
  year,
  yy,
  y,
  century,
  month,
  day,
  day_of_year,
  iso_year,
  iso_yy,
  iso_y,
  iso_week,
  weekday,
  date,
  hour,
  minute
};

struct calendar_field_info {
  std::string_view name;
  calendar_field field;
  std::uint8_t digits;        // at most
  std::uint16_t least, most;  // of its values
  bool fixed = false;         // always has all its digits: a year keeps its zeros
};

inline constexpr std::array<calendar_field_info, 15> calendar_fields{{
    {"year", calendar_field::year, 4, 0, 9999, true},
    {"yy", calendar_field::yy, 2, 0, 99, true},
    {"y", calendar_field::y, 1, 0, 9, true},
    {"century", calendar_field::century, 1, 0, 9, true},
    {"month", calendar_field::month, 2, 1, 12},
    {"day", calendar_field::day, 2, 1, 31},
    {"day_of_year", calendar_field::day_of_year, 3, 1, 366},
    {"iso_year", calendar_field::iso_year, 4, 0, 9999, true},
    {"iso_yy", calendar_field::iso_yy, 2, 0, 99, true},
    {"iso_y", calendar_field::iso_y, 1, 0, 9, true},
    {"iso_week", calendar_field::iso_week, 2, 1, 53},
    {"weekday", calendar_field::weekday, 1, 1, 7, true},
    {"date", calendar_field::date, 10, 0, 0, true},  // 2026-11-23, in templates only: no number
    {"hour", calendar_field::hour, 2, 0, 23},
    {"minute", calendar_field::minute, 2, 0, 59},
}};

constexpr calendar_field calendar_field_named(std::string_view name) {
  const auto* found = std::find_if(calendar_fields.begin(), calendar_fields.end(),
                                   [&](const auto& known) { return known.name == name; });
  return found == calendar_fields.end() ? calendar_field::none : found->field;
}

// Precondition: not none.
constexpr const calendar_field_info& info_of(calendar_field field) {
  return calendar_fields[static_cast<std::size_t>(field) - 1];
}
constexpr bool is_in_range(calendar_field field, std::int64_t value) {
  return info_of(field).least <= value && value <= info_of(field).most;
}
constexpr bool is_of_date(calendar_field field) {
  return calendar_field::year <= field && field <= calendar_field::date;
}
constexpr bool is_of_time(calendar_field field) { return field >= calendar_field::hour; }

class calendar_field_set {
 public:
  constexpr void add(calendar_field field) { bits_ |= bit(field); }
  [[nodiscard]] constexpr bool has(calendar_field field) const { return (bits_ & bit(field)) != 0; }

  [[nodiscard]] constexpr bool has_year() const {
    using enum calendar_field;
    return has(year) || has(yy) || has(y);
  }
  [[nodiscard]] constexpr bool has_iso_year() const {
    using enum calendar_field;
    return has(iso_year) || has(iso_yy) || has(iso_y);
  }
  [[nodiscard]] constexpr bool needs_weeks() const {
    return has_iso_year() || has(calendar_field::iso_week) || has(calendar_field::weekday);
  }

  // Whether a field does not go with the only year in the set: an ISO week beside the calendar year, or a month or day
  // beside the ISO year. Around New Year, where the two years differ, the text would be wrong.
  [[nodiscard]] constexpr bool is_misplaced(calendar_field field) const {
    using enum calendar_field;
    if (has_year() == has_iso_year()) return false;
    return has_year() ? field == iso_week : field == month || field == day || field == day_of_year;
  }
  [[nodiscard]] constexpr bool mixes_years() const {
    return std::any_of(calendar_fields.begin(), calendar_fields.end(),
                       [this](const auto& known) { return has(known.field) && is_misplaced(known.field); });
  }

 private:
  static constexpr unsigned bit(calendar_field field) {
    return field == calendar_field::none ? 0U : 1U << static_cast<unsigned>(field);
  }

  unsigned bits_ = 0;
};

// The values of the fields on one day. What needs weeks or the day of the year is computed only if asked for.
struct calendar_day {
  tallymark::date day{};
  tallymark::iso_week week{};
  int of_year = 1;
  int of_week = 1;

  constexpr calendar_day() = default;
  constexpr explicit calendar_day(tallymark::date on, bool weeks = true, bool days_of_year = true) : day(on) {
    if (weeks) {
      week = iso_week_of(on);
      of_week = iso_weekday_of(on);
    }
    if (days_of_year) of_year = tallymark::day_of_year(on);
  }

  [[nodiscard]] constexpr int value(calendar_field field) const {
    using enum calendar_field;
    const auto last_digits = [](int number, int power) { return (number % power + power) % power; };
    const int calendar_year = static_cast<int>(this->day.year());
    switch (field) {
      case year: return calendar_year;
      case yy: return last_digits(calendar_year, 100);
      case y: return last_digits(calendar_year, 10);
      case century: return calendar_year / 100 - 19;
      case month: return static_cast<int>(static_cast<unsigned>(this->day.month()));
      case calendar_field::day: return static_cast<int>(static_cast<unsigned>(this->day.day()));
      case day_of_year: return of_year;
      case iso_year: return week.year;
      case iso_yy: return last_digits(week.year, 100);
      case iso_y: return last_digits(week.year, 10);
      case iso_week: return week.week;
      case weekday: return of_week;
      default: return 0;
    }
  }
};

// The values of the fields at one moment, on a day that need not be that of the clock.
struct calendar_moment {
  civil_time time{};
  calendar_day day{};

  [[nodiscard]] constexpr int value(calendar_field field) const {
    if (field == calendar_field::hour) return time.hour;
    if (field == calendar_field::minute) return time.minute;
    return day.value(field);
  }
};

}  // namespace tallymark::detail
