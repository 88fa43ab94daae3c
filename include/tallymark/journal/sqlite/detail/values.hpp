// Numbers, runs and enumerators as a journal in SQLite writes them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/number/serial_number.hpp>
#include <tallymark/stock/item.hpp>
#include <tallymark/stock/part_tree.hpp>

namespace tallymark::detail {

// The first number that does not fit SQLite's integers, which have a sign.
inline constexpr std::uint64_t sqlite_half = std::uint64_t{1} << 63;

constexpr bool sqlite_fits(std::uint64_t value) noexcept { return value < sqlite_half; }

// No id of these is after the last of SQLite's integers.
constexpr bool sqlite_fits(items which) noexcept {
  return sqlite_fits(which.first) && which.count >= 1 && which.count < sqlite_half - which.first;
}

// An ordinal with its kind. 0: none; 1: as is; 2: less 2^63.
struct sqlite_ordinal {
  std::int64_t kind = 0;
  std::int64_t first = 0;
};

constexpr sqlite_ordinal sqlite_ordinal_of(const family& of, std::uint64_t ordinal) noexcept {
  if (!of.counts()) return {0, 0};
  if (ordinal < sqlite_half) return {1, static_cast<std::int64_t>(ordinal)};
  return {2, static_cast<std::int64_t>(ordinal - sqlite_half)};
}

// How many of a run, from its first on, go into one row.
constexpr std::uint64_t sqlite_row_length(const run& of) noexcept {
  if (!of.family.counts() || of.first >= sqlite_half) return of.length;
  const std::uint64_t room = sqlite_half - 1 - of.first;
  return std::min(of.length, (of.stride == 1 ? room : room / of.stride) + 1);
}

// The run of a row, in a journal whose runs have this stride; none if no run can be in such a row.
constexpr std::optional<run> sqlite_run_of(std::string_view text, std::string_view tail, std::int64_t width,
                                           std::int64_t kind, std::int64_t first, std::int64_t length,
                                           std::uint64_t stride = 1) noexcept {
  if (width < 0 || width > 255 || kind < 0 || kind > 2 || first < 0 || length < 1) return std::nullopt;
  if (kind == 0) {
    if (first != 0 || length != 1 || width != 0 || !tail.empty()) return std::nullopt;
    return run{family::literal(text), 0, 1};
  }
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() - (kind == 2 ? 1 : 0);  // max_ordinal
  if (first > most) return std::nullopt;
  if (static_cast<std::uint64_t>(length - 1) > static_cast<std::uint64_t>(most - first) / stride) return std::nullopt;
  const auto ordinal = static_cast<std::uint64_t>(first) + (kind == 2 ? sqlite_half : 0);
  return run{{text, static_cast<std::uint8_t>(width), family::kind::counted, tail},
             ordinal,
             static_cast<std::uint64_t>(length),
             length == 1 ? 1 : stride};
}

// The first eight bytes of a text as a number that sorts as they do.
constexpr std::uint64_t sqlite_first_bytes(std::string_view text) noexcept {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 8; ++i) out = out << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return out;
}

// A serial number of plain decimal digits. What other policies write, a journal does not know.
inline std::string sqlite_decimal(const family& of, std::uint64_t ordinal) {
  const std::string digits = std::to_string(ordinal);
  std::string out(of.text);
  if (digits.size() < of.width) out.append(of.width - digits.size(), '0');
  out.append(digits).append(of.tail);
  return out;
}

// How a number within a run is spelled, if both of its ends are plain decimal digits; else empty.
inline std::string sqlite_inner_serial(const run& of, std::string_view first, std::string_view last,
                                       std::uint64_t ordinal) {
  const bool plain = of.family.counts() && first == sqlite_decimal(of.family, of.first) &&
                     last == sqlite_decimal(of.family, of.last());
  return plain ? sqlite_decimal(of.family, ordinal) : std::string();
}

inline constexpr std::array<std::string_view, 3> sqlite_rules{"forbidden", "optional", "required"};
inline constexpr std::array<std::string_view, 11> sqlite_changes{
    "created", "split",          "serialized",    "merged",         "added",  "taken",
    "counted", "serial_changed", "batch_changed", "parent_changed", "removed"};

constexpr std::string_view sqlite_text_of(rule which) noexcept { return sqlite_rules[static_cast<std::size_t>(which)]; }
constexpr std::string_view sqlite_text_of(change which) noexcept {
  return sqlite_changes[static_cast<std::size_t>(which)];
}

template <class Enum, std::size_t N>
constexpr std::optional<Enum> sqlite_enum_of(const std::array<std::string_view, N>& names, std::string_view text) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace tallymark::detail
