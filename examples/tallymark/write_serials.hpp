// Writes serial numbers to standard output, in large pieces.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <tallymark/number/text.hpp>
#include <tallymark/registry/serial_range.hpp>

#include "output.hpp"

namespace tallymark::tool {

/// Writes all texts, or stops when the output cannot be written. A separator that ends with a line feed or NUL follows
/// each text. Any other goes between texts, and a line feed follows the last one, unless the separator is empty.
template <class Serial>
void write_serials(const serial_range<Serial>& texts, std::string_view separator, output& out) {
  constexpr std::size_t piece_size = 1 << 17;
  const bool terminated = separator.ends_with('\n') || separator.ends_with('\0');
  std::uint64_t left = texts.written_size(separator);
  const std::uint64_t capacity = std::max<std::uint64_t>(piece_size, max_text + separator.size());
  std::vector<char> buffer(static_cast<std::size_t>(std::min(left, capacity)));
  for (std::string_view piece : texts.blocks(buffer, separator)) {
    left -= piece.size();
    if (left == 0 && !terminated) piece.remove_suffix(separator.size());
    if (!out.write(piece)) return;
  }
  if (!terminated && !separator.empty() && texts.size() > 0) out.text += '\n';
}

}  // namespace tallymark::tool
