// Explains on stderr what is wrong with a text.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <tallymark/error.hpp>

#include "output.hpp"

namespace tallymark::tool {

/// Marks the position of each failure, sorted by position; if the text is long or has several lines, also prints the
/// line and byte.
inline void complain(std::string_view text, std::span<const failure> failures) {
  const bool long_text = text.size() > 100 || text.find('\n') != text.npos;
  std::size_t line = 1, line_begin = 0, seen = 0;
  std::string out;
  for (const failure& why : failures) {
    const std::size_t at = std::min<std::size_t>(why.at, text.size());
    for (; seen < at; ++seen)
      if (text[seen] == '\n') {
        ++line;
        line_begin = seen + 1;
      }
    if (long_text) out += fmt::format("line {}, byte {}:\n", line, at - line_begin + 1);
    out.append(explain(why, text)).append(1, '\n');
    if (out.size() > 1 << 16) {
      say("{}", out);
      out.clear();
    }
  }
  say("{}", out);
}

}  // namespace tallymark::tool
