// Texts that hold their check characters, right and wrong ones, checked when compiling and when running.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/check/check_policy.hpp>

/// A text with its check characters; where they are wrong, `right` are the right ones.
struct checked_text {
  std::string_view text;
  std::string_view right{};
};

/// Whether each text verifies, or fails with wrong_check over its check characters and the right ones; and, when
/// running, whether no other character verifies in the place of a check character.
template <tallymark::check_policy Check>
constexpr bool all_as_told(std::span<const checked_text> texts) {
  using namespace tallymark;
  for (const auto& [text, right] : texts) {
    const auto seen = verify(Check{}, text);
    const std::size_t at = check_position<Check>(text.size());
    if (right.empty() ? !seen : seen || seen.error() != fail(errc::wrong_check, at, Check::length, right).value())
      return false;
    if (!right.empty() || std::is_constant_evaluated()) continue;  // compilers count the steps
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

/// Whether a check tells all wrong digits in payloads of three digits and their check character.
template <tallymark::check_policy Check>
constexpr bool tells_wrong_digits() {
  for (int number = 0; number < 1000; ++number) {
    std::array<char, 4> text{static_cast<char>('0' + number / 100), static_cast<char>('0' + number / 10 % 10),
                             static_cast<char>('0' + number % 10)};
    text[3] = (*Check{}(std::string_view(text.data(), 3))).characters[0];
    for (char& digit : text) {
      const char was = digit;
      for (digit = '0'; digit <= '9'; ++digit)
        if (digit != was && tallymark::verify(Check{}, {text.data(), 4})) return false;
      digit = was;
    }
  }
  return true;
}

/// How many of the swaps of neighbours, in all payloads of three digits and their check character, a check does not
/// tell.
template <tallymark::check_policy Check>
constexpr int missed_swaps() {
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
