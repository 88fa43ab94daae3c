// Tests of texts with right and wrong check characters, at compile time and at run time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/check/check_policy.hpp>

/// A text with its check characters. If they are wrong, `right` has the right ones.
struct checked_text {
  std::string_view text;
  std::string_view right{};
};

/// Whether each text verifies, or fails with wrong_check at its check characters and with the right ones. At run time
/// also whether every other character in the position of a check character fails.
template <tallymark::check_policy Check>
constexpr bool all_as_told(std::span<const checked_text> texts) {
  using namespace tallymark;
  for (const auto& [text, right] : texts) {
    const auto verified = verify(Check{}, text);
    const std::size_t at = check_position<Check>(text.size());
    if (right.empty() ? !verified
                      : verified || verified.error() != fail(errc::wrong_check, at, Check::length, right).value())
      return false;
    if (!right.empty() || std::is_constant_evaluated()) continue;  // compilers limit the steps
    std::array<char, 64> other{};
    std::copy(text.begin(), text.end(), other.begin());
    for (std::size_t i = at; i < at + Check::length; ++i) {
      for (char c = ' '; c <= '~'; ++c) {
        other[i] = c;
        if (c != text[i] && verify(Check{}, {other.data(), text.size()})) return false;
      }
      other[i] = text[i];
    }
  }
  return true;
}

/// Whether a check detects every wrong digit in payloads of three digits with their check character.
template <tallymark::check_policy Check>
bool tells_wrong_digits() {
  for (int number = 0; number < 1000; ++number) {
    std::array<char, 4> text{static_cast<char>('0' + number / 100), static_cast<char>('0' + number / 10 % 10),
                             static_cast<char>('0' + number % 10)};
    text[3] = (*Check{}(std::string_view(text.data(), 3))).characters[0];
    for (char& digit : text) {
      const char original = digit;
      for (digit = '0'; digit <= '9'; ++digit)
        if (digit != original && tallymark::verify(Check{}, {text.data(), 4})) return false;
      digit = original;
    }
  }
  return true;
}

/// The number of swaps of neighbours that a check does not detect, in all payloads of three digits with their check
/// character.
template <tallymark::check_policy Check>
int missed_swaps() {
  int missed = 0;
  for (int number = 0; number < 1000; ++number) {
    std::array<char, 4> text{static_cast<char>('0' + number / 100), static_cast<char>('0' + number / 10 % 10),
                             static_cast<char>('0' + number % 10)};
    text[3] = (*Check{}(std::string_view(text.data(), 3))).characters[0];
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      if (text[i] == text[i + 1]) continue;
      std::swap(text[i], text[i + 1]);
      if (tallymark::verify(Check{}, {text.data(), 4})) ++missed;
      std::swap(text[i], text[i + 1]);
    }
  }
  return missed;
}
