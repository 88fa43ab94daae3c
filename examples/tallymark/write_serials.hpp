// Serial numbers to standard output, in large blocks.
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

/// Writes all texts, until nobody reads them. A separator that ends with a line feed or NUL follows each of them; any
/// other stands between them, and behind the last one stands a line feed, or nothing where the separator is empty.
template <class Serial>
void write_serials(const serial_range<Serial>& texts, std::string_view separator, output& out) {
  constexpr std::size_t block_size = 1 << 17;
  const bool ends = separator.ends_with('\n') || separator.ends_with('\0');
  std::uint64_t left = texts.written_size(separator);
  const std::uint64_t room = std::max<std::uint64_t>(block_size, max_text + separator.size());
  std::vector<char> buffer(static_cast<std::size_t>(std::min(left, room)));
  for (std::string_view block : texts.blocks(buffer, separator)) {
    left -= block.size();
    if (left == 0 && !ends) block.remove_suffix(separator.size());
    if (!out.write(block)) return;
  }
  if (!ends && !separator.empty() && texts.size() > 0) out.text += '\n';
}

}  // namespace tallymark::tool
