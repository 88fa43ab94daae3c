// Copies of texts, one after the other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace tallymark::detail {

/// Texts that stay where they are as long as this lives. Memory: their bytes, and at most as much again or 64 KiB.
class interned_texts {
 public:
  /// A copy of both, the second right after the first. O(bytes).
  [[nodiscard]] const char* keep(std::string_view first, std::string_view second) {
    const std::size_t size = first.size() + second.size();
    if (size > room_) add_room(size);
    char* const kept = free_;
    std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), kept));
    free_ += size;
    room_ -= size;
    return kept;
  }

 private:
  void add_room(std::size_t least) {
    const std::size_t size = std::max(least, next_);
    std::unique_ptr<char[]> fresh(new char[size]);  // make_unique would write zeros first
    chunks_.push_back(std::move(fresh));
    free_ = chunks_.back().get();
    room_ = size;
    next_ = std::min(2 * next_, most);
  }

  static constexpr std::size_t most = 65'536;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;
  std::size_t room_ = 0, next_ = 32;
};

}  // namespace tallymark::detail
