// Decimal counters of up to 18 digits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tallymark::detail {

/// A counter of text has at most this many digits: the most of which every number fits into 64 bits, signed or not.
inline constexpr std::uint8_t counter_digits = 18;

inline constexpr auto power_of_ten = [] {
  std::array<std::uint64_t, 20> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr bool is_digit(char c) noexcept { return '0' <= c && c <= '9'; }

// Precondition: at most 19 digits and nothing else.
constexpr std::uint64_t read_digits(std::string_view digits) noexcept {
  std::uint64_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value;
}

// Zeros in front up to `width` digits.
constexpr void append_digits(std::string& out, std::uint64_t value, std::size_t width) {
  char digits[20];
  char* begin = digits + sizeof digits;
  do *--begin = static_cast<char>('0' + value % 10);
  while ((value /= 10) != 0);
  const auto length = static_cast<std::size_t>(digits + sizeof digits - begin);
  if (length < width) out.append(width - length, '0');
  out.append(begin, length);
}

}  // namespace tallymark::detail
