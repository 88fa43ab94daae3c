// Lines of a file, as ranges.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tallymark::tool {

/// A set of lines. Memory: 16 bytes for each range.
class line_set {
 public:
  /// Adds lines that are not in the set. For `contains`, ranges must be in ascending order: see `sort`. O(1).
  void add(std::uint64_t first, std::uint64_t count) {
    if (!ranges_.empty() && ranges_.back().end == first)
      ranges_.back().end += count;
    else if (count > 0)
      ranges_.push_back({first, first + count});
  }
  /// Sorts ranges that were added in another order. O(n log n).
  void sort() { std::sort(ranges_.begin(), ranges_.end(), ascending); }

  /// Whether a line is in the set. O(log n).
  [[nodiscard]] bool contains(std::uint64_t line) const noexcept {
    const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), range{line, line}, ascending);
    return after != ranges_.begin() && line < (after - 1)->end;
  }

 private:
  struct range {
    std::uint64_t first, end;
  };
  static bool ascending(const range& a, const range& b) noexcept { return a.first < b.first; }

  std::vector<range> ranges_;
};

}  // namespace tallymark::tool
