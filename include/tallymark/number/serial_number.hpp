// The one idea: a serial number is a (family, ordinal) pair, and those that follow each other are a run.
#pragma once

#include <tallymark/config.hpp>

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <tallymark/ext/print.hpp>

namespace tallymark {

/// The greatest ordinal. It is one less than 2^64 - 1, so that the length of every run fits into 64 bits.
inline constexpr std::uint64_t max_ordinal = std::numeric_limits<std::uint64_t>::max() - 1;

/// What stays fixed in a serial number while its counter moves. Families sort by text. A family is a view of its
/// text and tail: they belong to its source (the parsed text, a run_list, a registry).
struct family {
  /// Whether the family has a counter.
  enum class kind : std::uint8_t { counted, literal };

  std::string_view text{};    ///< what the serial policy needs to spell the fixed part; opaque to all other code
  std::uint8_t width = 0;     ///< digits of the counter, 0 if it is free to grow
  kind form = kind::counted;  ///< a literal has no counter: its text is the whole serial number
  std::string_view tail{};    ///< the fixed part after the counter, if it has two parts: `/2027` in `SN-0042/2027`

  /// A serial number without a counter.
  [[nodiscard]] static constexpr family literal(std::string_view text) noexcept { return {text, 0, kind::literal, {}}; }

  /// Whether serial numbers of this family have ordinals.
  [[nodiscard]] constexpr bool counts() const noexcept { return form == kind::counted; }

  friend constexpr bool operator==(const family&, const family&) = default;
  friend constexpr std::strong_ordering operator<=>(const family&, const family&) = default;
};

/// A serial number without its spelling. Sorts naturally: by family, then by ordinal.
struct serial_number {
  tallymark::family family{};
  std::uint64_t ordinal = 0;  ///< 0 in a family that does not count

  friend constexpr bool operator==(const serial_number&, const serial_number&) = default;
  friend constexpr std::strong_ordering operator<=>(const serial_number&, const serial_number&) = default;
};

/// `length` ordinals of one family, from `first` on, each `stride` greater than the one before. Both are at least 1. One
/// ordinal alone has stride 1, so that equal runs compare equal.
struct run {
  tallymark::family family{};
  std::uint64_t first = 0;
  std::uint64_t length = 1;
  std::uint64_t stride = 1;

  /// The ordinal n places after the first.
  [[nodiscard]] constexpr std::uint64_t at(std::uint64_t n) const noexcept { return first + n * stride; }
  /// The last ordinal.
  [[nodiscard]] constexpr std::uint64_t last() const noexcept { return at(length - 1); }

  friend constexpr bool operator==(const run&, const run&) = default;
  friend constexpr std::strong_ordering operator<=>(const run&, const run&) = default;
};

// Printed as the library sees them, since only the serial policy can spell them: for messages and logs of a program.

/// Appends `family "SN-", width 4`, or `literal "QQQ"`.
inline void append_text(std::string& out, const family& of) {
  out.append(of.counts() ? "family \"" : "literal \"").append(of.text).append(1, '"');
  if (of.width > 0) out.append(", width ").append(std::to_string(of.width));
  if (!of.tail.empty()) out.append(", tail \"").append(of.tail).append(1, '"');
}

/// Appends `42 of family "SN-", width 4`, or `42 to 50 of family "SN-", width 4`, or `10 to 50 by 10 of ...`.
inline void append_text(std::string& out, const run& serials) {
  if (serials.family.counts()) {
    out += std::to_string(serials.first);
    if (serials.length > 1) out.append(" to ").append(std::to_string(serials.last()));
    if (serials.stride > 1) out.append(" by ").append(std::to_string(serials.stride));
    out += " of ";
  }
  append_text(out, serials.family);
}

/// Appends `42 of family "SN-", width 4`.
inline void append_text(std::string& out, const serial_number& serial) {
  append_text(out, run{serial.family, serial.ordinal, 1});
}

}  // namespace tallymark
