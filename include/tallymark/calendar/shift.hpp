// Shifts: the shift and the working day of a moment.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>

#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/date.hpp>

namespace tallymark {

/// A shift: when it begins, and its name in codes. It ends when the next one begins.
struct shift {
  int hour = 0;       ///< 0 to 23
  int minute = 0;     ///< 0 to 59
  char name[8] = {};  ///< 1 to 7 bytes of printable ASCII, then a zero

  /// The name without the zeros after it.
  [[nodiscard]] constexpr std::string_view text() const {
    const char* const end = std::find(name, name + sizeof name, '\0');
    return {name, static_cast<std::size_t>(end - name)};
  }

  friend constexpr bool operator==(const shift&, const shift&) = default;
};

/// A working day and the number of one of its shifts.
struct working_shift {
  date day{};
  std::size_t index = 0;  ///< from 0, in the order of the plan

  friend constexpr bool operator==(const working_shift&, const working_shift&) = default;
};

/// Up to eight shifts in the order of the working day, which begins with the first of them:
/// `shift_plan{{{{6, 0, "E"}, {14, 0, "L"}, {22, 0, "N"}}}}`. The time before the first shift belongs to the last shift
/// of the day before. Trailing shifts without a name are ignored. A plan can be a template argument.
struct shift_plan {
  std::array<shift, 8> shifts{};

  /// How many shifts there are.
  [[nodiscard]] constexpr std::size_t size() const {
    std::size_t count = shifts.size();
    while (count > 0 && shifts[count - 1] == shift{}) --count;
    return count;
  }

  /// Whether every shift has a time of day and a name of its own, and all begin in order within 24 hours. A plan
  /// without shifts is valid: its days begin at midnight.
  [[nodiscard]] constexpr bool ok() const;

  /// The shift of a moment, and its working day. Without shifts, and for a time that does not exist, the calendar day
  /// and 0. Precondition: ok(). O(shifts).
  [[nodiscard]] constexpr working_shift at(const civil_time& time) const;

  friend constexpr bool operator==(const shift_plan&, const shift_plan&) = default;
};

namespace detail {

inline constexpr int minutes_in_day = 1'440;

// Minutes from when the first shift of a plan begins to a time of day.
constexpr int minutes_into(const shift_plan& plan, int hour, int minute) {
  const int first = plan.shifts[0].hour * 60 + plan.shifts[0].minute;
  return (hour * 60 + minute - first + minutes_in_day) % minutes_in_day;
}

}  // namespace detail

constexpr bool shift_plan::ok() const {
  for (std::size_t i = 0; i < size(); ++i) {
    const auto& [hour, minute, name] = shifts[i];
    const std::string_view text = shifts[i].text();
    const auto is_plain = [](char c) { return ' ' < c && c <= '~'; };
    if (hour < 0 || 23 < hour || minute < 0 || 59 < minute) return false;
    if (text.empty() || text.size() == sizeof name || !std::all_of(text.begin(), text.end(), is_plain)) return false;
    if (!std::all_of(name + text.size(), name + sizeof name, [](char c) { return c == '\0'; })) return false;
    for (std::size_t before = 0; before < i; ++before)
      if (shifts[before].text() == text) return false;
    const auto begin = [&](std::size_t of) { return detail::minutes_into(*this, shifts[of].hour, shifts[of].minute); };
    if (i > 0 && begin(i) <= begin(i - 1)) return false;
  }
  return true;
}

constexpr working_shift shift_plan::at(const civil_time& time) const {
  using namespace std::chrono;
  const std::size_t count = size();
  if (count == 0 || !time.ok()) return {date_of(time), 0};
  const int into = detail::minutes_into(*this, time.hour, time.minute);
  std::size_t index = count - 1;
  while (index > 0 && into < detail::minutes_into(*this, shifts[index].hour, shifts[index].minute)) --index;
  const bool day_before = time.hour * 60 + time.minute < shifts[0].hour * 60 + shifts[0].minute;
  return {day_before ? date{sys_days{date_of(time)} - days{1}} : date_of(time), index};
}

}  // namespace tallymark
