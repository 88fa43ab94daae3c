// Dates of application identifiers: six digits, YYMMDD.
#pragma once

#include <tallymark/config.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/gs1/short_text.hpp>

namespace tallymark::gs1 {

/// A date without its century, and perhaps without its day.
struct short_date {
  std::uint8_t year = 0;   ///< 0 to 99
  std::uint8_t month = 1;  ///< 1 to 12
  std::uint8_t day = 0;    ///< 1 to 31; 0 if only the month is given

  /// Reads YYMMDD; DD may be 00 (GS1 Syntax Dictionary, lint_yymmd0). Years divisible by 4 have a 29 February. Errors:
  /// not_a_date at the byte that is not a digit, at the number that is out of range, or at the end of a text that is
  /// too short, or over the bytes after the sixth. O(1).
  [[nodiscard]] static constexpr result<short_date> parse(std::string_view text) {
    constexpr auto wrong = errc::not_a_date;
    const auto yy = tallymark::detail::read_number(text, 0, 2, 0, 99, wrong);
    if (!yy) return unexpected<failure>(yy.error());
    const auto mm = tallymark::detail::read_number(text, 2, 2, 1, 12, wrong);
    if (!mm) return unexpected<failure>(mm.error());
    const std::chrono::month_day_last month_end{std::chrono::month{static_cast<unsigned>(*mm)}};
    const auto last = std::chrono::year_month_day_last{std::chrono::year{2000 + *yy}, month_end}.day();
    const auto dd = tallymark::detail::read_number(text, 4, 2, 0, static_cast<int>(static_cast<unsigned>(last)), wrong);
    if (!dd) return unexpected<failure>(dd.error());
    if (text.size() > 6) return fail(wrong, 6, text.size() - 6);
    return short_date{static_cast<std::uint8_t>(*yy), static_cast<std::uint8_t>(*mm), static_cast<std::uint8_t>(*dd)};
  }

  /// Drops the century of a date. Precondition: the date exists. O(1).
  [[nodiscard]] static constexpr short_date of(date full) {
    return {static_cast<std::uint8_t>((static_cast<int>(full.year()) % 100 + 100) % 100),
            static_cast<std::uint8_t>(static_cast<unsigned>(full.month())),
            static_cast<std::uint8_t>(static_cast<unsigned>(full.day()))};
  }

  /// The date in the year with these last digits that is at most 49 years before `this_year` and at most 50 years after
  /// it (the rule of lint_yymmd0). Without a day, the last day of the month. O(1).
  [[nodiscard]] constexpr date seen_from(int this_year) const {
    int full = this_year - (this_year % 100 + 100) % 100 + year;
    if (full - this_year >= 51) full -= 100;
    if (full - this_year <= -50) full += 100;
    const std::chrono::year_month year_month{std::chrono::year{full}, std::chrono::month{month}};
    const date last = year_month / std::chrono::last;
    if (day == 0 || std::chrono::day{day} > last.day()) return last;
    return year_month / std::chrono::day{day};
  }

  /// YYMMDD. O(1).
  [[nodiscard]] constexpr short_text<6> text() const {
    std::array<char, 6> six;
    char* at = six.data();
    for (const int part : {year, month, day}) at = tallymark::detail::put_digits<2>(at, part);
    return std::string_view(six.data(), six.size());
  }

  friend constexpr bool operator==(const short_date&, const short_date&) = default;
};

}  // namespace tallymark::gs1
