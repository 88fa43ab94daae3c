// One line on the terminal that shows the progress of an import; nothing if stderr is not a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <unistd.h>

#include "output.hpp"

namespace tallymark::tool {

/// Redraws its line at most ten times a second.
class progress {
 public:
  progress() = default;
  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;
  ~progress() { clear(); }

  /// Shows the number of rows read and refused. To be called from time to time, since it reads the clock.
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
