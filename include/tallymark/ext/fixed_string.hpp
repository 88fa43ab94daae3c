// A string literal that can be a template argument: the C++20 standard library has no such type.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace tallymark {

/// A literal of N - 1 bytes as a value of structural type. Written as the literal itself: `prefixed_serial<"SN-", 6>`.
template <std::size_t N>
struct fixed_string {
  char value[N]{};

  /// Takes a literal with its closing zero.
  consteval fixed_string(const char (&literal)[N]) { std::copy_n(literal, N, value); }

  /// The bytes without the closing zero.
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {value, N - 1}; }

  /// The number of bytes without the closing zero.
  [[nodiscard]] static constexpr std::size_t size() noexcept { return N - 1; }

  friend constexpr bool operator==(const fixed_string&, const fixed_string&) = default;
};

}  // namespace tallymark
