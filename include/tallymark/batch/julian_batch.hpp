// The day of the year as batch code, in the formats that factories print, often called Julian dates.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/production.hpp>
#include <tallymark/calendar/clock.hpp>
#include <tallymark/ext/fixed_string.hpp>

namespace tallymark {

/// The order of the digits: D of the day of the year, Y of the year, C the century less 19.
enum class julian_format : std::uint8_t {
  yddd,    ///< 9 April 2026 is `6099`
  yyddd,   ///< 1 January 1999 is `99001`
  cyyddd,  ///< 14 May 2021 is `121134`; the years 1900 to 2899
  dddy,    ///< 9 February 2004 is `0404`
  dddyy    ///< 9 February 2004 is `04004`
};

namespace detail {

template <julian_format Format>
consteval auto julian_pattern() {
  if constexpr (Format == julian_format::yddd)
    return fixed_string("{y}{day_of_year:03}");
  else if constexpr (Format == julian_format::yyddd)
    return fixed_string("{yy}{day_of_year:03}");
  else if constexpr (Format == julian_format::cyyddd)
    return fixed_string("{century}{yy}{day_of_year:03}");
  else if constexpr (Format == julian_format::dddy)
    return fixed_string("{day_of_year:03}{y}");
  else
    return fixed_string("{day_of_year:03}{yy}");
}

}  // namespace detail

/// Batch policy: the day of the year and digits of the year. A pattern_batch, which writes the codes and reads them
/// back. The same digits mean a different day in another format. Day of the year: ISO 8601-1:2019, 5.2.3; the formats
/// are customary.
template <julian_format Format, class Clock = local_clock, production Rules = production{}>
using julian_batch = pattern_batch<detail::julian_pattern<Format>(), Clock, Rules>;

}  // namespace tallymark
