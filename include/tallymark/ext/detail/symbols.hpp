// Symbols and their values: alphabets to count and to check with, and hexadecimal digits.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include <tallymark/ext/detail/digits.hpp>

namespace tallymark::detail {

/// Whether all are visible ASCII: '!' to '~'.
constexpr bool is_printable(std::string_view symbols) {
  return std::all_of(symbols.begin(), symbols.end(), [](char c) { return '!' <= c && c <= '~'; });
}

constexpr bool is_distinct(std::string_view symbols) {
  for (std::size_t i = 1; i < symbols.size(); ++i)
    if (symbols.substr(0, i).find(symbols[i]) != symbols.npos) return false;
  return true;
}

/// Whether these are different printable symbols.
constexpr bool is_alphabet(std::string_view symbols) { return is_printable(symbols) && is_distinct(symbols); }

inline constexpr std::uint8_t no_symbol = std::numeric_limits<std::uint8_t>::max();

/// The value of each byte, which is its index among the symbols, or no_symbol.
constexpr std::array<std::uint8_t, 256> values_of(std::string_view symbols) {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_symbol);
  for (std::size_t i = 0; i < symbols.size(); ++i)
    values[static_cast<unsigned char>(symbols[i])] = static_cast<std::uint8_t>(i);
  return values;
}

inline constexpr std::string_view lower_hexadecimal = "0123456789abcdef";
inline constexpr std::string_view upper_hexadecimal = "0123456789ABCDEF";

/// The value of a hexadecimal digit of either case, or 16.
constexpr unsigned hexadecimal_value(char c) noexcept {
  if (is_digit(c)) return digit_value(c);
  if ('a' <= c && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if ('A' <= c && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return 16;
}

}  // namespace tallymark::detail
