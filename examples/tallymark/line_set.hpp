// Lines of a file, as ranges.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tallymark::tool {

/// A set of lines. Memory: 16 bytes for each range.
class line_set {
 public:
  /// Adds lines that were not added before, in ascending order. O(1).
  void add(std::uint64_t first, std::uint64_t count) {
    if (!ranges_.empty() && ranges_.back().end == first)
      ranges_.back().end += count;
    else if (count > 0)
      ranges_.push_back({first, first + count});
  }
  /// Puts ranges that came in another order in theirs. O(n log n).
  void sort() { std::sort(ranges_.begin(), ranges_.end(), ascending); }

  /// Whether a line is one of them. O(log n).
  [[nodiscard]] bool contains(std::uint64_t line) const noexcept {
    const auto behind = std::upper_bound(ranges_.begin(), ranges_.end(), range{line, line}, ascending);
    return behind != ranges_.begin() && line < (behind - 1)->end;
  }

 private:
  struct range {
    std::uint64_t first, end;
  };
  static bool ascending(const range& a, const range& b) noexcept { return a.first < b.first; }

  std::vector<range> ranges_;
};

}  // namespace tallymark::tool
