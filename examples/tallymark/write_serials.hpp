// Serial numbers to standard output, in large blocks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <tallymark/policy/text.hpp>
#include <tallymark/registry/serial_range.hpp>

#include "output.hpp"

namespace tallymark::tool {

/// Writes all texts, until nobody reads them. A separator that ends with a line feed or NUL follows each of them; any
/// other stands between them, and behind the last one stands a line feed, or nothing where the separator is empty.
template <class Serial>
void write_serials(const serial_range<Serial>& texts, std::string_view separator, output& out) {
  constexpr std::size_t block = 1 << 17;
  const bool ends = separator.ends_with('\n') || separator.ends_with('\0');
  const std::uint64_t size = texts.written_size(separator), longest = max_text + separator.size();
  std::vector<char> buffer(static_cast<std::size_t>(std::min(size, std::max<std::uint64_t>(block, longest))));
  for (std::uint64_t done = 0; done < texts.size();) {
    const written now = texts.write_to(buffer, separator, done);
    done += now.serials;
    const bool last = done == texts.size();
    if (!out.write({buffer.data(), now.bytes - (last && !ends ? separator.size() : 0)})) return;
  }
  if (!ends && !separator.empty() && texts.size() > 0) out.text += '\n';
}

}  // namespace tallymark::tool
