// The one idea: a serial number is a (family, ordinal) pair, and consecutive ones are a run.
#pragma once

#include <tallymark/config.hpp>

#include <compare>
#include <cstdint>
#include <limits>
#include <string_view>

namespace tallymark {

/// The greatest ordinal. One value is left over, so that the length of every run fits into 64 bits.
inline constexpr std::uint64_t max_ordinal = std::numeric_limits<std::uint64_t>::max() - 1;

/// What stays fixed in a serial number while its counter moves. Families sort by text. A family only looks at its text
/// and tail: they belong to whoever made the family (the parsed text, a run_list, a registry).
struct family {
  /// Whether the family has a counter.
  enum class kind : std::uint8_t { counted, literal };

  std::string_view text{};    ///< what the serial policy needs to spell the fixed part; opaque to everybody else
  std::uint8_t width = 0;     ///< digits of the counter, 0 if it is free to grow
  kind form = kind::counted;  ///< a literal has no counter: its text is the whole serial number
  std::string_view tail{};    ///< more of the fixed part, where it stands in two places: `/2027` in `SN-0042/2027`

  /// A serial number without a counter.
  [[nodiscard]] static constexpr family literal(std::string_view text) noexcept { return {text, 0, kind::literal, {}}; }

  /// Whether serial numbers of this family have ordinals.
  [[nodiscard]] constexpr bool counts() const noexcept { return form == kind::counted; }

  friend constexpr bool operator==(const family&, const family&) = default;
  friend constexpr std::strong_ordering operator<=>(const family&, const family&) = default;
};

/// A serial number apart from its spelling. Sorts naturally: by family, then by ordinal.
struct serial_number {
  tallymark::family family{};
  std::uint64_t ordinal = 0;  ///< 0 in a family that does not count

  friend constexpr bool operator==(const serial_number&, const serial_number&) = default;
  friend constexpr std::strong_ordering operator<=>(const serial_number&, const serial_number&) = default;
};

/// `length` consecutive ordinals of one family, from `first` on. `length` is at least 1.
struct run {
  tallymark::family family{};
  std::uint64_t first = 0;
  std::uint64_t length = 1;

  /// The last ordinal.
  [[nodiscard]] constexpr std::uint64_t last() const noexcept { return first + (length - 1); }

  friend constexpr bool operator==(const run&, const run&) = default;
  friend constexpr std::strong_ordering operator<=>(const run&, const run&) = default;
};

}  // namespace tallymark
