// A short text that is a value: it owns its bytes and allocates nothing.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/config.hpp>

namespace tallymark::gs1 {

/// At most `Capacity` bytes.
template <std::size_t Capacity>
class short_text {
  static_assert(Capacity < 256);

 public:
  constexpr short_text() = default;

  /// Precondition: at most `Capacity` bytes.
  constexpr short_text(std::string_view text) : size_(static_cast<std::uint8_t>(text.size())) {
    TALLYMARK_ASSERT(text.size() <= Capacity, "the text is longer than short_text can hold");
    std::copy(text.begin(), text.end(), bytes_.begin());
  }
  constexpr short_text(const char* text) : short_text(std::string_view(text)) {}

  /// Adds a byte. Precondition: there is room.
  constexpr void push_back(char c) {
    TALLYMARK_ASSERT(size_ < Capacity, "the text is longer than short_text can hold");
    bytes_[size_++] = c;
  }

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {bytes_.data(), size_}; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

  friend constexpr bool operator==(const short_text& a, const short_text& b) noexcept { return a.view() == b.view(); }
  friend constexpr auto operator<=>(const short_text& a, const short_text& b) noexcept { return a.view() <=> b.view(); }

 private:
  std::array<char, Capacity> bytes_{};
  std::uint8_t size_ = 0;
};

}  // namespace tallymark::gs1
