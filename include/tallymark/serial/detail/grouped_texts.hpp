// Symbols of whole bits, and consecutive texts in which separators divide the counter.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/ext/detail/symbols.hpp>
#include <tallymark/number/detail/counted_texts.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/text.hpp>

namespace tallymark::detail {

/// The value of the hexadecimal digits in a text; other bytes are skipped.
constexpr std::uint64_t read_hexadecimal(std::string_view digits) noexcept {
  std::uint64_t value = 0;
  for (const char c : digits)
    if (const unsigned digit = hexadecimal_value(c); digit < 16) value = value << 4 | digit;
  return value;
}

/// Writes the lowest `count` symbols of a value, each of `Bits` bits.
template <unsigned Bits>
constexpr char* put_symbols(char* out, std::uint64_t value, unsigned count, std::string_view symbols) noexcept {
  constexpr std::uint64_t mask = (std::uint64_t{1} << Bits) - 1;
  for (unsigned i = count; i-- > 0; value >>= Bits) out[i] = symbols[static_cast<std::size_t>(value & mask)];
  return out + count;
}

/// Writes the texts of `count` ordinals, at least one, each of `length` bytes and followed by the suffix and the
/// separator. The last `width` symbols of these bytes are the lowest of its counter; `spell(out, ordinal)` writes a
/// whole text, and is called when symbols before these have changed. O(bytes).
template <class Spell>
constexpr void write_grouped(char* out, std::uint64_t first, std::uint64_t count, std::string_view separator,
                             std::size_t length, std::string_view symbols, std::uint8_t width, const Spell& spell,
                             std::string_view suffix = {}) {
  char text[max_text]{};
  const serial_layout group{.prefix = {text, length - width}, .symbols = symbols, .width = width, .suffix = suffix};
  const std::uint64_t greatest = group.last_of(width);
  for (;;) {
    spell(text, first);
    const std::uint64_t low = greatest + 1 == 0 ? first : first % (greatest + 1);
    const std::uint64_t in_group = std::min(count - 1, greatest - low) + 1;
    counted_texts(group, separator, width).write(out, low, in_group);
    if ((count -= in_group) == 0) return;
    first += in_group;
    out += static_cast<std::size_t>(in_group) * (length + suffix.size() + separator.size());
  }
}

}  // namespace tallymark::detail
