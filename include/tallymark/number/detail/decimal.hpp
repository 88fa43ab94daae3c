// Decimal counters of up to 18 digits.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/ext/detail/words.hpp>

namespace tallymark::detail {

/// The greatest number of digits of a counter in a text: all numbers of 18 digits fit into 64 bits, signed or not.
inline constexpr std::uint8_t counter_digits = 18;

inline constexpr auto power_of_ten = [] {
  std::array<std::uint64_t, 20> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

/// Digits at the end of a text, and their value.
struct digits_at_end {
  std::size_t count = 0;
  std::uint64_t value = 0;
};

/// The value of eight digits, 0 to 9 in each byte, the first of them in the lowest.
constexpr std::uint64_t value_of_word(std::uint64_t digits) noexcept {
  digits = digits * 10 + (digits >> 8);  // every other byte: two digits
  constexpr std::uint64_t pairs = 0x000000FF000000FF;
  return ((digits & pairs) * ((std::uint64_t{1'000'000} << 32) + 100) +
          ((digits >> 16) & pairs) * ((std::uint64_t{10'000} << 32) + 1)) >>
         32;  // the upper half has the sum
}

/// The digits at the end of eight bytes, the last of which is the highest. Without a branch, since what a text ends with
/// cannot be predicted.
constexpr digits_at_end digits_of_word(std::uint64_t word) noexcept {
  word ^= eight_of('0');  // digits become 0 to 9
  const std::uint64_t others = (((word & eight_of(0x7F)) + eight_of(0x06)) | word) & eight_of(0xF0);
  const auto count = static_cast<unsigned>(std::countl_zero(others)) / 8;
  // zeros in place of the bytes before the digits; in two steps, since 64 is too many for one
  const unsigned half = 32 - 4 * count;
  return {count, value_of_word(word >> half >> half << half << half)};
}

/// The last bytes of a text, at most eight of them, as digits_of_word takes them. Precondition: at least four.
constexpr std::uint64_t last_word(std::string_view text) noexcept {
  const char* const first = text.data();
  const std::size_t size = text.size();
  if (size >= 8) return load_word(first + size - 8);
  return load_half(first + size - 4) << 32U | load_half(first) << (8 * (8 - size));
}

/// The digits at the end of a text, at most 18 of them, read eight at a time. O(1).
constexpr digits_at_end read_digits_at_end(std::string_view text) noexcept {
  digits_at_end all;
  std::size_t before = text.size();
  while (before >= 4 && all.count + 8 <= counter_digits) {
    const digits_at_end more = digits_of_word(last_word(text.substr(0, before)));
    all.value += all.count == 0 ? more.value : more.value * power_of_ten[8];
    all.count += more.count;
    if (more.count < 8) return all;
    before -= 8;
  }
  for (; before > 0 && all.count < counter_digits && is_digit(text[before - 1]); --before)
    all.value += std::uint64_t{digit_value(text[before - 1])} * power_of_ten[all.count++];
  return all;
}

}  // namespace tallymark::detail
