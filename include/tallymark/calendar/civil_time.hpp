// A date and a time of day as people write them, without a time zone.
#pragma once

#include <tallymark/config.hpp>

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>

namespace tallymark {

/// A second of a day. `civil_time{2027, 1, 31, 23, 59}` is the last minute of January.
struct civil_time {
  int year = 1970;  ///< 0 to 9999
  int month = 1;    ///< 1 to 12
  int day = 1;      ///< 1 to 31
  int hour = 0;     ///< 0 to 23
  int minute = 0;   ///< 0 to 59
  int second = 0;   ///< 0 to 59

  /// Whether all members are in their ranges, and the day exists.
  [[nodiscard]] constexpr bool ok() const;

  /// Reads `2027-01-31`, `2027-01-31T23:59` or `2027-01-31T23:59:00` (ISO 8601-1:2019, 5.2.2.1 and 5.4.2.1; no 24:00,
  /// no leap second, no time zone). Errors: not_a_date and not_a_time, at the byte or number that is wrong. O(1).
  [[nodiscard]] static constexpr result<civil_time> parse(std::string_view text);

  friend constexpr auto operator<=>(const civil_time&, const civil_time&) = default;
};

/// The date of a time.
[[nodiscard]] constexpr date date_of(const civil_time& time) {
  return std::chrono::year{time.year} / time.month / time.day;
}

/// The midnight at which a date begins.
[[nodiscard]] constexpr civil_time midnight(date day) {
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

/// Appends a time as `2027-01-31T23:59:00`. Precondition: time.ok().
constexpr void append_time(std::string& out, const civil_time& time) {
  char text[19];
  char* at = detail::put_date(text, time.year, time.month, time.day);
  *at++ = 'T';
  at = detail::put_digits<2>(at, time.hour);
  *at++ = ':';
  at = detail::put_digits<2>(at, time.minute);
  *at++ = ':';
  detail::put_digits<2>(at, time.second);
  out.append(text, sizeof text);
}

constexpr bool civil_time::ok() const {
  const auto in = [](int value, int most) { return 0 <= value && value <= most; };
  return in(year, 9999) && in(month, 12) && in(day, 31) && date_of(*this).ok() && in(hour, 23) && in(minute, 59) &&
         in(second, 59);
}

constexpr result<civil_time> civil_time::parse(std::string_view text) {
  constexpr auto wrong = errc::not_a_time;
  const auto read = detail::read_date(text);
  if (!read) return unexpected(read.error());
  civil_time time = midnight(*read);
  if (text.size() == 10) return time;

  std::size_t at = 10;
  const auto number = [&](char separator, int most, int& value) -> result<void> {
    if (const auto mark = detail::read_separator(text, at, separator, wrong); !mark) return mark;
    const auto parsed = detail::read_number(text, at + 1, 2, 0, most, wrong);
    if (!parsed) return unexpected(parsed.error());
    value = *parsed;
    at += 3;
    return {};
  };
  if (const auto hour = number('T', 23, time.hour); !hour) return unexpected(hour.error());
  if (const auto minute = number(':', 59, time.minute); !minute) return unexpected(minute.error());
  if (at < text.size())
    if (const auto second = number(':', 59, time.second); !second) return unexpected(second.error());
  if (at < text.size()) return fail(wrong, at, text.size() - at);
  return time;
}

}  // namespace tallymark
