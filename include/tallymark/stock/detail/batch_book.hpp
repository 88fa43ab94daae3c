// Batch codes of a stock, and which items ever carried them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/stock/detail/block.hpp>
#include <tallymark/stock/item.hpp>

namespace tallymark::detail {

/// Each batch code has a number. Those that a transaction uses for the first time are not counted before `keep`.
class batch_book {
 public:
  batch_book() : carried_(1), codes_(1) {}

  /// The number of a batch code, which gets one if it has none; no_batch for an empty one. If it fails, nothing has
  /// changed. O(log n); O(1) for the same code once more.
  std::uint32_t intern(std::string_view code) {
    if (code.empty()) return no_batch;
    if (code != codes_[latest_]) latest_ = number(code);
    return latest_;
  }
  /// All codes count from now on.
  void keep() noexcept { kept_ = codes_.size(); }
  /// Forgets the codes that were interned since the last call of keep.
  void undo() noexcept { undo(kept_ - 1); }
  /// Forgets all codes but this many. Precondition: nothing carries the others, and none of them was kept.
  void undo(std::size_t codes) noexcept {
    if (latest_ > codes) latest_ = no_batch;
    for (; codes_.size() > codes + 1; codes_.pop_back()) {
      numbers_.erase(numbers_.find(codes_.back()));
      carried_.pop_back();
    }
  }

  /// Items carry a code from now on. If it fails, nothing has changed. O(1), amortized.
  void carry(std::uint32_t number, items which) {
    if (number == no_batch) return;
    std::vector<items>& all = carried_[number];
    if (!all.empty() && all.back().last() + 1 == which.first)
      all.back().count += which.count;
    else
      all.push_back(which);
  }
  /// Takes the latest call of carry back that was not taken back yet. O(1).
  void drop(std::uint32_t number, items which) noexcept {
    if (number == no_batch) return;
    std::vector<items>& all = carried_[number];
    if (all.back() == which)
      all.pop_back();
    else
      all.back().count -= which.count;
  }

  [[nodiscard]] std::string_view code(std::uint32_t number) const { return codes_[number]; }
  [[nodiscard]] std::uint32_t find(std::string_view code) const {
    const auto at = numbers_.find(code);
    return at == numbers_.end() ? no_batch : at->second;
  }
  /// Items that ever carried a batch code, in the order in which they began to.
  [[nodiscard]] const std::vector<items>& carried(std::uint32_t number) const { return carried_[number]; }
  /// The number of batch codes that were kept.
  [[nodiscard]] std::size_t size() const noexcept { return kept_ - 1; }
  /// The same with those that were not kept yet.
  [[nodiscard]] std::size_t interned() const noexcept { return codes_.size() - 1; }

 private:
  std::uint32_t number(std::string_view code) {
    auto at = numbers_.find(code);
    if (at == numbers_.end()) {
      reserve_more(codes_, 1);
      reserve_more(carried_, 1);
      at = numbers_.emplace(std::string(code), static_cast<std::uint32_t>(codes_.size())).first;
      codes_.push_back(at->first);
      carried_.emplace_back();
    }
    return at->second;
  }

  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<std::vector<items>> carried_;
  std::vector<std::string_view> codes_;  // into the keys of numbers_
  std::size_t kept_ = 1;                 // of codes_
  std::uint32_t latest_ = no_batch;
};

}  // namespace tallymark::detail
