// The fields of the calendar that patterns know by name.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>

namespace tallymark::detail {

enum class calendar_field : std::uint8_t {
  none,
  year,
  yy,
  y,
  month,
  day,
  hour,
  minute,
  iso_year,
  iso_yy,
  iso_y,
  iso_week,
  weekday,
  day_of_year
};

struct calendar_field_info {
  std::string_view name;
  calendar_field field;
  std::uint8_t digits;  // at most
  std::uint16_t least, most;
  bool fixed = false;  // always that many: a year keeps its zeros
};

inline constexpr std::array<calendar_field_info, 13> calendar_fields{{
    {"year", calendar_field::year, 4, 0, 9999, true},
    {"yy", calendar_field::yy, 2, 0, 99, true},
    {"y", calendar_field::y, 1, 0, 9, true},
    {"month", calendar_field::month, 2, 1, 12},
    {"day", calendar_field::day, 2, 1, 31},
    {"hour", calendar_field::hour, 2, 0, 23},
    {"minute", calendar_field::minute, 2, 0, 59},
    {"iso_year", calendar_field::iso_year, 4, 0, 9999, true},
    {"iso_yy", calendar_field::iso_yy, 2, 0, 99, true},
    {"iso_y", calendar_field::iso_y, 1, 0, 9, true},
    {"iso_week", calendar_field::iso_week, 2, 1, 53},
    {"weekday", calendar_field::weekday, 1, 1, 7, true},
    {"day_of_year", calendar_field::day_of_year, 3, 1, 366},
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

// The values of all fields, or of some of them; 0 where a field is missing.
class calendar_values {
 public:
  constexpr calendar_values() = default;
  constexpr explicit calendar_values(const civil_time& at) {
    const date day = date_of(at);
    const iso_week week = iso_week_of(day);
    values_ = {at.year,   at.year % 100,       at.year % 10,    at.month,        at.day,
               at.hour,   at.minute,           week.year,       week.year % 100, week.year % 10,
               week.week, iso_weekday_of(day), day_of_year(day)};
    known_ = 0x1FFF;
  }

  [[nodiscard]] constexpr int operator[](calendar_field field) const { return values_[place(field)]; }
  [[nodiscard]] constexpr bool has(calendar_field field) const { return (known_ >> place(field) & 1U) != 0; }
  constexpr void set(calendar_field field, int value) {
    values_[place(field)] = value;
    known_ |= 1U << place(field);
  }

  // Whether a day with these values exists, as far as they are known. A year that is missing or has only its last
  // digits may be a leap year, or have 53 weeks.
  [[nodiscard]] constexpr bool can_be() const {
    using field = calendar_field;
    const auto value_or = [&](field of, int other) { return has(of) ? (*this)[of] : other; };
    // one of the years with these last digits: a leap year, if there is one
    const int last_digits = value_or(field::yy, value_or(field::y, 0) % 2 == 0 ? 0 : 1);
    const std::chrono::year year{value_or(field::year, 2000 + last_digits)};
    const date day = year / value_or(field::month, 1) / value_or(field::day, 1);
    // the 28th of December is in the last week of its ISO year; 2020 had 53
    const date last_week = std::chrono::year{value_or(field::iso_year, 2020)} / 12 / 28;
    return day.ok() && (value_or(field::day_of_year, 1) <= 365 || year.is_leap()) &&
           value_or(field::iso_week, 1) <= iso_week_of(last_week).week && agree();
  }

 private:
  // The day that these values name, if they name one.
  [[nodiscard]] constexpr result<date> day() const {
    using field = calendar_field;
    if (has(field::year) && has(field::month) && has(field::day))
      return date{std::chrono::year{(*this)[field::year]} / (*this)[field::month] / (*this)[field::day]};
    if (has(field::year) && has(field::day_of_year))
      return date_of_day((*this)[field::year], (*this)[field::day_of_year]);
    if (has(field::iso_year) && has(field::iso_week) && has(field::weekday))
      return date_of(iso_week{(*this)[field::iso_year], (*this)[field::iso_week]},
                     std::chrono::weekday{static_cast<unsigned>((*this)[field::weekday])});
    return fail(errc::not_a_date);
  }
  // Whether the fields agree where they name a day, or one year twice.
  [[nodiscard]] constexpr bool agree() const {
    using field = calendar_field;
    const auto is_end = [&](field shorter, field longer, int power) {
      return !has(shorter) || !has(longer) || (*this)[longer] % power == (*this)[shorter];
    };
    if (!is_end(field::yy, field::year, 100) || !is_end(field::y, field::year, 10) ||
        !is_end(field::y, field::yy, 10) || !is_end(field::iso_yy, field::iso_year, 100) ||
        !is_end(field::iso_y, field::iso_year, 10) || !is_end(field::iso_y, field::iso_yy, 10))
      return false;
    const result<date> named = day();
    if (!named) return true;
    const calendar_values all(midnight(*named));
    return std::all_of(calendar_fields.begin(), calendar_fields.end(), [&](const calendar_field_info& each) {
      const bool of_day = each.field != field::hour && each.field != field::minute;
      return !of_day || !has(each.field) || (*this)[each.field] == all[each.field];
    });
  }
  static constexpr std::size_t place(calendar_field field) { return static_cast<std::size_t>(field) - 1; }

  std::array<int, calendar_fields.size()> values_{};
  unsigned known_ = 0;
};

}  // namespace tallymark::detail
