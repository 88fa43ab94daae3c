// The rules that components of values have beyond length and characters, one letter each.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/calendar/date.hpp>
#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/gs1/character_set.hpp>
#include <tallymark/gs1/detail/hex.hpp>
#include <tallymark/gs1/short_date.hpp>

namespace tallymark::gs1::detail {

using tallymark::detail::number_of_digits;

[[nodiscard]] constexpr result<void> check_range(std::string_view text, std::uint64_t least, std::uint64_t most,
                                                 errc code) {
  const std::uint64_t value = number_of_digits(text);
  if (value < least || most < value) return fail(code, 0, text.size());
  return {};
}

[[nodiscard]] constexpr result<void> check_date(std::string_view yymmdd, bool day_required) {
  const auto read = short_date::parse(yymmdd);
  if (!read) return unexpected<failure>(read.error());
  if (day_required && (*read).day == 0) return fail(errc::not_a_date, 4, 2);
  return {};
}

[[nodiscard]] constexpr result<void> check_long_date(std::string_view yyyymmdd) {
  using tallymark::detail::read_number;
  const auto month = read_number(yyyymmdd, 4, 2, 1, 12, errc::not_a_date);
  if (!month) return unexpected<failure>(month.error());
  const std::chrono::year_month year_month{std::chrono::year{static_cast<int>(number_of_digits(yyyymmdd.substr(0, 4)))},
                                           std::chrono::month{static_cast<unsigned>(*month)}};
  const auto last = static_cast<unsigned>((year_month / std::chrono::last).day());
  const auto day = read_number(yyyymmdd, 6, 2, 1, static_cast<int>(last), errc::not_a_date);
  if (!day) return unexpected<failure>(day.error());
  return {};
}

[[nodiscard]] constexpr result<void> check_hhmm(std::string_view hhmm) {
  if (const auto hour = check_range(hhmm.substr(0, 2), 0, 23, errc::not_a_time); !hour) return hour;
  if (const auto minute = check_range(hhmm.substr(2), 0, 59, errc::not_a_time); !minute)
    return unexpected<failure>(shifted(minute.error(), 2));
  return {};
}

// `1/3`: the first of three
[[nodiscard]] constexpr result<void> check_place_in_sequence(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i == 1 ? text[i] != '/' : text[i] < '1' || '9' < text[i]) return fail(errc::wrong_character, i, 1);
  if (text[0] > text[2]) return fail(errc::refused_by_rule, 0, text.size());
  return {};
}

// Piece and total, with the same number of digits.
[[nodiscard]] constexpr result<void> check_piece_of_total(std::string_view text) {
  const std::string_view piece = text.substr(0, text.size() / 2), total = text.substr(text.size() / 2);
  if (number_of_digits(piece) == 0) return fail(errc::refused_by_rule, 0, piece.size());
  if (number_of_digits(total) == 0) return fail(errc::refused_by_rule, piece.size(), total.size());
  if (piece > total) return fail(errc::refused_by_rule, 0, text.size());
  return {};
}

[[nodiscard]] constexpr result<void> check_percent_encoded(std::string_view text) {
  for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at + 3))
    if (text.size() - at < 3 || !is_hex(text[at + 1]) || !is_hex(text[at + 2]))
      return fail(errc::bad_escape, at, std::min<std::size_t>(3, text.size() - at));
  return {};
}

// ISO 13616: two letters, two check digits, letters and digits; as a number with the check digits last, it is 1 mod 97.
[[nodiscard]] constexpr result<void> check_iban(std::string_view text) {
  if (text.size() < 5) return fail(errc::value_too_short, text.size());
  const auto is_letter = [](char c) { return 'A' <= c && c <= 'Z'; };
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!(i < 2   ? is_letter(text[i])
          : i < 4 ? cset_numeric.contains(text[i])
                  : is_letter(text[i]) || cset_numeric.contains(text[i])))
      return fail(errc::wrong_character, i, 1);
  unsigned rest = 0;
  const auto append = [&](char c) {
    const unsigned value = static_cast<unsigned>(is_letter(c) ? c - 'A' + 10 : c - '0');
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  };
  for (const char c : text.substr(4)) append(c);
  for (const char c : text.substr(0, 2)) append(c);
  const unsigned right = 98 - rest * 100 % 97;
  std::array<char, 2> check{};
  tallymark::detail::put_digits(check.data(), check.size(), right);
  if (text.substr(2, 2) != std::string_view(check.data(), 2))
    return fail(errc::wrong_check, 2, 2, std::string_view(check.data(), 2));
  return {};
}

// A company prefix has to begin here: at least four digits (lint_gcppos1).
[[nodiscard]] constexpr result<void> check_company_prefix(std::string_view text) {
  for (std::size_t i = 0; i < 4; ++i) {
    if (i == text.size()) return fail(errc::value_too_short, i);
    if (!cset_numeric.contains(text[i])) return fail(errc::wrong_character, i, 1);
  }
  return {};
}

[[nodiscard]] constexpr result<void> check_one_of(std::string_view text, std::string_view symbols) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (symbols.find(text[i]) == symbols.npos) return fail(errc::wrong_character, i, 1);
  return {};
}

[[nodiscard]] constexpr result<void> refused_if(bool wrong, std::string_view text) {
  if (wrong) return fail(errc::refused_by_rule, 0, text.size());
  return {};
}

/// Validates one component against one rule. Precondition: its length and its characters are valid.
[[nodiscard]] constexpr result<void> check_rule(char rule, std::string_view text) {
  constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  switch (rule) {
    case 'c': return verify(gs1_mod10{}, text);
    case 'a': return verify(gs1_pair{}, text);
    case 'b': return check_iban(text);
    case 'd': return check_date(text, true);
    case 'e': return check_date(text, false);
    case 'D': return check_long_date(text);
    case 't': return check_hhmm(text);
    case 'H': return check_range(text, 0, 23, errc::not_a_time);
    case 'M': return check_range(text, 0, 59, errc::not_a_time);
    case 'g': return check_company_prefix(text);
    case 'n': return refused_if(number_of_digits(text) == 0, text);  // not zero
    case 'z': return check_one_of(text, "0");
    case 'p': return refused_if(text.front() == '0', text.substr(0, 1));  // no leading zero
    case 'w': return check_one_of(text, "019");                           // winding direction
    case 'o': return check_piece_of_total(text);
    case 'y': return check_one_of(text, "01");                                    // no, yes
    case '-': return check_one_of(text, "-");                                     // below zero
    case 'l': return check_range(text, 0, 1'800'000'000, errc::refused_by_rule);  // latitude
    case 'L': return check_range(text, 0, 3'600'000'000, errc::refused_by_rule);  // longitude
    case 'x': return check_one_of(text, "0129");                                  // ISO 5218
    case 's': return check_place_in_sequence(text);
    case '%': return check_percent_encoded(text);
    case 'h': return refused_if(cset_numeric.find_other(text) == text.npos, text);                // not only digits
    case 'i': return refused_if(text.find('=') != text.npos || !cset64.contains(text[0]), text);  // importer
    case 'u': return check_one_of(text, upper);                                                   // ISO 3166 alpha-2
    case 'm':
      return refused_if(number_of_digits(text) == 0 || (10 < number_of_digits(text) && number_of_digits(text) < 80),
                        text);
    default: return {};
  }
}

}  // namespace tallymark::gs1::detail
