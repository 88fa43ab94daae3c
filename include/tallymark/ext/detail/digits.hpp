// Decimal digits: read and written.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tallymark::detail {

constexpr bool is_digit(char c) noexcept { return '0' <= c && c <= '9'; }

/// Precondition: a digit.
constexpr unsigned digit_value(char digit) noexcept { return static_cast<unsigned>(digit - '0'); }

/// The number that digits spell. Precondition: digits, at most 19.
constexpr std::uint64_t number_of_digits(std::string_view digits) noexcept {
  std::uint64_t value = 0;
  for (const char digit : digits) value = value * 10 + digit_value(digit);
  return value;
}

/// Writes the last `count` digits of a value. Returns the end.
constexpr char* put_digits(char* out, std::size_t count, std::uint64_t value) noexcept {
  for (std::size_t i = count; i > 0; --i, value /= 10) out[i - 1] = static_cast<char>('0' + value % 10);
  return out + count;
}

/// Writes the last N digits of a value, whatever the value is: never more room than that.
template <std::size_t N>
constexpr char* put_digits(char* out, int value) noexcept {
  auto rest = static_cast<unsigned>(value);
  for (std::size_t i = N; i > 0; --i, rest /= 10) out[i - 1] = static_cast<char>('0' + rest % 10);
  return out + N;
}

/// The same without leading zeros.
template <std::size_t N>
constexpr char* put_number(char* out, int value) noexcept {
  constexpr int power = [] {
    int least = 1;
    for (std::size_t i = 1; i < N; ++i) least *= 10;
    return least;
  }();
  if constexpr (N > 1)
    if (value < power) return put_number<N - 1>(out, value);
  return put_digits<N>(out, value);
}

/// The digits of a number, without leading zeros.
class decimal_text {
 public:
  constexpr explicit decimal_text(std::uint64_t value) noexcept {
    do digits_[--begin_] = static_cast<char>('0' + value % 10);
    while ((value /= 10) != 0);
  }
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {digits_ + begin_, most - begin_}; }

 private:
  static constexpr std::size_t most = 20;  // digits of 2^64 - 1
  char digits_[most];
  std::size_t begin_ = most;
};

/// Writes a number with leading zeros up to `width` digits. Room: the greater of width and 20. Returns the end.
constexpr char* put_padded(char* out, std::uint64_t value, std::size_t width) noexcept {
  const decimal_text text(value);
  const std::string_view digits = text.view();
  if (digits.size() < width) out = std::fill_n(out, width - digits.size(), '0');
  return std::copy_n(digits.data(), digits.size(), out);
}

/// Appends a number with leading zeros up to `width` digits.
constexpr void append_digits(std::string& out, std::uint64_t value, std::size_t width) {
  const decimal_text text(value);
  const std::string_view digits = text.view();
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out.append(digits);
}

}  // namespace tallymark::detail
