// The ISO week as batch code.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/production.hpp>
#include <tallymark/calendar/clock.hpp>
#include <tallymark/ext/fixed_string.hpp>

namespace tallymark {

/// The format of a week, with or without the day of the week, Monday 1 to Sunday 7. The year is always the ISO week
/// year. The first four are the week dates of ISO 8601-1:2019, 5.2.4; the others omit digits of the year.
enum class iso_week_format : std::uint8_t {
  extended,      ///< 1 January 2027 is `2026-W53`
  extended_day,  ///< `2026-W53-5`
  basic,         ///< `2026W53`
  basic_day,     ///< `2026W535`
  yyww,          ///< `2653`
  yywwd,         ///< `26535`
  yww,           ///< `653`
  ywwd           ///< `6535`
};

namespace detail {

template <iso_week_format Format>
consteval auto iso_week_pattern() {
  using enum iso_week_format;
  if constexpr (Format == extended)
    return fixed_string("{iso_year:04}-W{iso_week:02}");
  else if constexpr (Format == extended_day)
    return fixed_string("{iso_year:04}-W{iso_week:02}-{weekday}");
  else if constexpr (Format == basic)
    return fixed_string("{iso_year:04}W{iso_week:02}");
  else if constexpr (Format == basic_day)
    return fixed_string("{iso_year:04}W{iso_week:02}{weekday}");
  else if constexpr (Format == yyww)
    return fixed_string("{iso_yy}{iso_week:02}");
  else if constexpr (Format == yywwd)
    return fixed_string("{iso_yy}{iso_week:02}{weekday}");
  else if constexpr (Format == yww)
    return fixed_string("{iso_y}{iso_week:02}");
  else
    return fixed_string("{iso_y}{iso_week:02}{weekday}");
}

}  // namespace detail

/// Batch policy: the week of production. A pattern_batch, which writes the codes and reads them back.
template <iso_week_format Format = iso_week_format::extended, class Clock = local_clock,
          production Rules = production{}>
using iso_week_batch = pattern_batch<detail::iso_week_pattern<Format>(), Clock, Rules>;

}  // namespace tallymark
