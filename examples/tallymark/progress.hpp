// One line on the terminal that says how far the import is; nothing where there is no terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <unistd.h>

#include "output.hpp"

namespace tallymark::tool {

/// Rewrites its line ten times a second at most.
class progress {
 public:
  progress() = default;
  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;
  ~progress() { clear(); }

  /// So many rows are done, and so many refused. To be called now and then: it looks at the clock.
  void at(std::uint64_t rows, std::uint64_t rejected) {
    if (!terminal_) return;
    const auto now = clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(100);
    say("\r{} rows, {} refused\x1b[K", rows, rejected);
    drawn_ = true;
  }

  /// Makes room for a message.
  void clear() {
    if (drawn_) say("\r\x1b[K");
    drawn_ = false;
  }

 private:
  using clock = std::chrono::steady_clock;
  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  clock::time_point next_ = clock::now() + std::chrono::milliseconds(200);
  bool drawn_ = false;
};

}  // namespace tallymark::tool
