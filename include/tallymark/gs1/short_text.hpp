// A short text that is a value: it owns its bytes and allocates nothing.
#pragma once

#include <tallymark/config.hpp>

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tallymark::gs1 {

/// At most `Capacity` bytes, which is less than 255. Of a longer text it keeps one byte more, so that validation
/// detects the excess.
template <std::size_t Capacity>
class short_text {
  static_assert(Capacity < 255, "tallymark::gs1::short_text: the capacity is greater than 254");

 public:
  constexpr short_text() = default;

  template <std::convertible_to<std::string_view> Text>
  constexpr short_text(const Text& initial_text) {
    for (const char c : std::string_view(initial_text).substr(0, bytes_.size())) bytes_[size_++] = c;
  }

  /// Adds a byte, unless there is already one too many. O(1).
  constexpr void push_back(char c) {
    if (size_ < bytes_.size()) bytes_[size_++] = c;
  }

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {bytes_.data(), size_}; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

  friend constexpr bool operator==(const short_text& a, const short_text& b) noexcept { return a.view() == b.view(); }
  friend constexpr auto operator<=>(const short_text& a, const short_text& b) noexcept { return a.view() <=> b.view(); }

 private:
  std::array<char, Capacity + 1> bytes_{};
  std::uint8_t size_ = 0;
};

}  // namespace tallymark::gs1
