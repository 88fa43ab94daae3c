// The fields of the calendar that patterns know by name.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/date.hpp>

namespace tallymark::detail {

enum class calendar_field : std::uint8_t { none, year, month, day, hour, minute, iso_year, iso_week, day_of_year };

struct calendar_field_info {
  std::string_view name;
  calendar_field field;
  std::uint8_t digits;  // the most that it has
  std::uint16_t least, most;
};

inline constexpr std::array<calendar_field_info, 8> calendar_fields{{
    {"year", calendar_field::year, 4, 0, 9999},
    {"month", calendar_field::month, 2, 1, 12},
    {"day", calendar_field::day, 2, 1, 31},
    {"hour", calendar_field::hour, 2, 0, 23},
    {"minute", calendar_field::minute, 2, 0, 59},
    {"iso_year", calendar_field::iso_year, 4, 0, 9999},
    {"iso_week", calendar_field::iso_week, 2, 1, 53},
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

// The values of all fields, or of some of them: 0 where there is none.
class calendar_values {
 public:
  constexpr calendar_values() = default;
  constexpr explicit calendar_values(const civil_time& at) {
    const iso_week week = iso_week_of(date_of(at));
    values_ = {at.year, at.month, at.day, at.hour, at.minute, week.year, week.week, day_of_year(date_of(at))};
    known_ = 0xFF;
  }

  [[nodiscard]] constexpr int operator[](calendar_field field) const { return values_[place(field)]; }
  [[nodiscard]] constexpr bool has(calendar_field field) const { return (known_ >> place(field) & 1U) != 0; }
  constexpr void set(calendar_field field, int value) {
    values_[place(field)] = value;
    known_ |= 1U << place(field);
  }

  // Whether there is a day with these values. A year that is not named may be a leap year.
  [[nodiscard]] constexpr bool can_be() const {
    using field = calendar_field;
    const auto value_or = [&](field of, int other) { return has(of) ? (*this)[of] : other; };
    const std::chrono::year year{value_or(field::year, 2000)};  // 2000 had 366 days, and 2020 53 weeks
    const date day = year / value_or(field::month, 1) / value_or(field::day, 1);
    // the 28th of December is in the last week of its ISO year
    const date last_week = std::chrono::year{value_or(field::iso_year, 2020)} / 12 / 28;
    return day.ok() && (value_or(field::day_of_year, 1) <= 365 || year.is_leap()) &&
           value_or(field::iso_week, 1) <= iso_week_of(last_week).week;
  }

 private:
  static constexpr std::size_t place(calendar_field field) { return static_cast<std::size_t>(field) - 1; }

  std::array<int, 8> values_{};
  unsigned known_ = 0;
};

}  // namespace tallymark::detail
