// A value with its escapes decoded, and the position of each byte in the text that it was read from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/error.hpp>

namespace tallymark::gs1::detail {

/// Holds one byte more than the longest value, so that a value that is too long is detected.
class unescaped {
 public:
  /// Adds a byte that was read at position `at`. Returns whether there is room for another.
  constexpr bool add(char c, std::size_t at) {
    bytes_[size_] = c;
    places_[size_++] = at;
    return size_ < most;
  }

  /// Sets the position at which the text ended.
  constexpr void end(std::size_t at) { places_[size_] = at; }

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {bytes_.data(), size_}; }

  /// A failure in this value, as one in the text that it was read from.
  [[nodiscard]] constexpr failure placed(failure why) const noexcept {
    const std::size_t from = places_[why.at], to = places_[why.at + why.length];
    why.at = static_cast<std::uint32_t>(from);
    why.length = static_cast<std::uint32_t>(to - from);
    return why;
  }

 private:
  static constexpr std::size_t most = 91;  // no value is longer than 90
  std::array<char, most> bytes_{};
  std::array<std::size_t, most + 1> places_{};
  std::size_t size_ = 0;
};

}  // namespace tallymark::gs1::detail
