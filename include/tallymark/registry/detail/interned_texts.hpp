// Copies of texts, one after the other.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace tallymark::detail {

/// Texts that stay where they are as long as this lives. Memory: their bytes, and at most as much again or 64 KiB.
class interned_texts {
 public:
  /// A copy of these, one right after the other. O(bytes).
  template <std::convertible_to<std::string_view>... Text>
  [[nodiscard]] const char* keep(Text... texts) {
    const std::size_t size = (std::size_t{0} + ... + std::string_view(texts).size());
    if (size > room_) add_room(size);
    char* const kept = free_;
    for (const std::string_view text : {std::string_view(texts)...}) free_ = std::copy(text.begin(), text.end(), free_);
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
