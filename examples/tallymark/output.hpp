// Where the tool writes: data to stdout in large pieces, messages to stderr.
#pragma once

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace tallymark::tool {

/// The exit codes of the tool.
enum exit_code : int { accepted = 0, refused = 1, usage = 2 };

/// Writes a message to stderr. Ignores write errors.
template <class... Args>
void say(fmt::format_string<Args...> format, Args&&... args) {
  const std::string text = fmt::format(format, std::forward<Args>(args)...);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

/// Text from a user's file in a form that is safe to show on a terminal: one line of about `limit` bytes at most.
inline std::string shown(std::string_view text, std::size_t limit = 60) {
  std::size_t end = std::min(text.size(), limit);
  while (0 < end && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  std::string out(text.substr(0, end));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  if (end < text.size()) out += "...";
  return out;
}

/// 1234567 as 1,234,567.
inline std::string grouped(std::uint64_t value) {
  std::string out = std::to_string(value);
  for (std::size_t at = out.size(); at > 3;) out.insert(at -= 3, 1, ',');
  return out;
}

/// Standard output, in large pieces. After a failed write nothing more is written.
class output {
 public:
  output() { std::setvbuf(stdout, nullptr, _IONBF, 0); }  // each write goes to the system without another copy

  /// Append here, and call `full` regularly.
  std::string text{};

  /// Writes the appended text if it fills a piece. False if the output cannot be written.
  bool full() { return text.size() < piece || flush(); }

  /// Writes the appended text, then a large piece, which is not copied. False if the output cannot be written.
  bool write(std::string_view piece_of_text) { return (text.empty() || flush()) && put(piece_of_text); }

  /// Writes the rest. Returns the exit code: `code`, unless the output could not be written. It is not an error if the
  /// reader closes the pipe early, as `head` does.
  [[nodiscard]] int finish(int code) {
    if (flush() && std::fflush(stdout) != 0) error_ = errno;
    if (error_ == 0 || error_ == EPIPE) return code;
    say("tallymark: cannot write the output: {}\n", std::strerror(error_));
    return refused;
  }

 private:
  static constexpr std::size_t piece = 1 << 16;

  bool flush() {
    const bool written = put(text);
    text.clear();
    return written;
  }
  bool put(std::string_view bytes) {
    if (error_ == 0 && std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) error_ = errno;
    return error_ == 0;
  }

  int error_ = 0;
};

}  // namespace tallymark::tool
