// Hexadecimal digits, and the bits that they hold.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/detail/symbols.hpp>

namespace tallymark::gs1::detail {

using tallymark::detail::hexadecimal_value;
inline constexpr std::string_view hex_symbols = tallymark::detail::upper_hexadecimal;

constexpr bool is_hex(char c) noexcept { return hexadecimal_value(c) < 16; }

/// `count` bits from bit `at` on, at most 60. Precondition: these are hexadecimal digits.
constexpr std::uint64_t get_bits(std::string_view hex, std::size_t at, std::size_t count) {
  const std::size_t end = at + count;
  std::uint64_t value = 0;
  std::size_t i = at / 4;
  for (; 4 * i < end; ++i) value = value << 4U | hexadecimal_value(hex[i]);
  return value >> (4 * i - end) & ((std::uint64_t{1} << count) - 1);
}

/// Overwrites `count` bits from bit `at` on.
constexpr void put_bits(char* hex, std::size_t at, std::size_t count, std::uint64_t value) {
  const std::size_t end = at + count;
  for (std::size_t i = at / 4; 4 * i < end; ++i) {
    const std::size_t from = std::max(at, 4 * i), to = std::min(end, 4 * i + 4), shift = 4 * i + 4 - to;
    const unsigned mask = (1U << (to - from)) - 1;
    const auto bits = static_cast<unsigned>(value >> (end - to)) & mask;
    hex[i] = hex_symbols[(hexadecimal_value(hex[i]) & ~(mask << shift)) | bits << shift];
  }
}

/// A failure over the digits that hold these bits.
constexpr unexpected<failure> fail_bits(errc code, std::size_t at, std::size_t count) {
  return fail(code, at / 4, (at + count + 3) / 4 - at / 4);
}

}  // namespace tallymark::gs1::detail
