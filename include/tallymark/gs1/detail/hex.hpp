// Hexadecimal digits, and the bits that they hold.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/error.hpp>

namespace tallymark::gs1::detail {

inline constexpr std::string_view hex_symbols = "0123456789ABCDEF";

constexpr bool is_hex(char c) noexcept {
  return ('0' <= c && c <= '9') || ('A' <= c && c <= 'F') || ('a' <= c && c <= 'f');
}

/// The value of a digit of either case.
constexpr unsigned hex_digit(char c) noexcept {
  return static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

/// `count` bits from bit `at` on, at most 60. Precondition: these are hexadecimal digits.
constexpr std::uint64_t get_bits(std::string_view hex, std::size_t at, std::size_t count) {
  const std::size_t end = at + count;
  std::uint64_t value = 0;
  std::size_t i = at / 4;
  for (; 4 * i < end; ++i) value = value << 4U | hex_digit(hex[i]);
  return value >> (4 * i - end) & ((std::uint64_t{1} << count) - 1);
}

/// Writes these bits over those that are there.
constexpr void put_bits(char* hex, std::size_t at, std::size_t count, std::uint64_t value) {
  const std::size_t end = at + count;
  for (std::size_t i = at / 4; 4 * i < end; ++i) {
    const std::size_t from = std::max(at, 4 * i), to = std::min(end, 4 * i + 4), behind = 4 * i + 4 - to;
    const unsigned mask = (1U << (to - from)) - 1;
    const auto bits = static_cast<unsigned>(value >> (end - to)) & mask;
    hex[i] = hex_symbols[(hex_digit(hex[i]) & ~(mask << behind)) | bits << behind];
  }
}

/// A failure over the digits that hold these bits.
constexpr unexpected<failure> fail_bits(errc code, std::size_t at, std::size_t count) {
  return fail(code, at / 4, (at + count + 3) / 4 - at / 4);
}

}  // namespace tallymark::gs1::detail
