// Where the tool writes: data to stdout in large pieces, messages to stderr.
#pragma once

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace tallymark::tool {

/// What the tool returns to the shell.
enum exit_code : int { accepted = 0, refused = 1, usage = 2 };

/// Writes a message to stderr. Whether anybody reads it changes nothing.
template <class... Args>
void say(fmt::format_string<Args...> format, Args&&... args) {
  const std::string text = fmt::format(format, std::forward<Args>(args)...);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

/// Text of a user's file as it can be shown on a terminal: one line of at most about `limit` bytes.
inline std::string shown(std::string_view text, std::size_t limit = 60) {
  std::size_t end = std::min(text.size(), limit);
  while (0 < end && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  std::string out(text.substr(0, end));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  if (end < text.size()) out += "...";
  return out;
}

/// Standard output, in large pieces. After a failed write nothing more is written.
class output {
 public:
  /// Append here, and call `full` now and then.
  std::string text{};

  /// Writes what has been appended, if it is much. False if nobody reads it.
  bool full() { return text.size() < piece || flush(); }

  /// Writes the rest. The code to exit with: `code`, unless the data could not be written. A reader that has gone, as
  /// `head` does, is not an error.
  [[nodiscard]] int finish(int code) {
    if (flush() && std::fflush(stdout) != 0) error_ = errno;
    if (error_ == 0 || error_ == EPIPE) return code;
    say("tallymark: cannot write the output: {}\n", std::strerror(error_));
    return refused;
  }

 private:
  static constexpr std::size_t piece = 1 << 16;

  bool flush() {
    if (error_ == 0 && std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) error_ = errno;
    text.clear();
    return error_ == 0;
  }

  int error_ = 0;
};

}  // namespace tallymark::tool
