// Where the chunk of an ordinal is: an array where the chunks are close together, a hash table for the others.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include <tallymark/index/detail/chunk.hpp>

namespace tallymark::detail {

/// The ways to the chunks of a sorted map, by number. The largest group of chunks of which at least each fourth is
/// there lies in an array, with some room at both ends; it is found anew whenever too many of the others have come.
class directory {
 public:
  using chunks = std::map<std::uint64_t, chunk>;

  /// The place in the array where the way to a chunk is, or null if its number lies outside of it. O(1).
  [[nodiscard]] shortcut* near(std::uint64_t number) const {
    return number - first_ < size_ ? near_.get() + (number - first_) : nullptr;
  }
  /// Whether there is an array, and nothing outside of it.
  [[nodiscard]] bool all_near() const noexcept { return size_ != 0 && far_.empty(); }
  /// The same as near, or the first place of the array. Precondition: there is an array.
  [[nodiscard]] const shortcut& near_or_first(std::uint64_t number) const {
    return near_[number - first_ < size_ ? number - first_ : 0];
  }
  /// The way to a chunk, or null, or a way to no chunk. O(1).
  [[nodiscard]] const shortcut* way(std::uint64_t number) const {
    if (const shortcut* at = near(number)) return at;
    return far_.empty() ? nullptr : find_far(number);
  }
  [[nodiscard]] shortcut* way(std::uint64_t number) {
    return const_cast<shortcut*>(std::as_const(*this).way(number));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  }

  /// The chunk, or null. O(1).
  [[nodiscard]] chunk* find(std::uint64_t number) const {
    const shortcut* at = way(number);
    return at ? at->to() : nullptr;
  }

  [[nodiscard]] bool empty() const noexcept { return size_ == 0 && far_.empty(); }

  /// To be called before a chunk changes, and after it.
  void close(std::uint64_t number) noexcept {
    if (shortcut* at = way(number)) at->close();
  }
  void open(std::uint64_t number) noexcept {
    if (shortcut* at = way(number)) at->open();
  }

  /// Makes room for one more, so that `set` cannot fail. If this throws, the ways are as they were. O(1) on the
  /// average.
  void make_room(std::uint64_t number, chunks& all) {
    if (near(number)) return;
    if (far_.size() >= most_far_) arrange(all);
    if (!near(number)) far_.try_emplace(number);
  }

  /// Precondition: there is room for this number.
  void set(std::uint64_t number, chunk* to) { *way(number) = shortcut(to); }

  void erase(std::uint64_t number) {
    if (shortcut* at = near(number))
      *at = {};
    else
      far_.erase(number);
  }

 private:
  struct group {
    std::uint64_t first = 0, last = 0;
    std::size_t size = 0;

    [[nodiscard]] bool can_take(std::uint64_t number) const { return (number - first) / 4 <= size; }
  };

  // out of the way of the usual case, which gets shorter by it
  [[gnu::noinline, nodiscard]] const shortcut* find_far(std::uint64_t number) const {
    const auto at = far_.find(number);
    return at == far_.end() ? nullptr : &at->second;
  }

  void arrange(chunks& all) {
    group largest, one;
    for (const auto& [number, in] : all) {
      if (one.size == 0 || !one.can_take(number)) one = {number, number, 0};
      one.last = number;
      ++one.size;
      if (one.size > largest.size) largest = one;
    }
    const std::uint64_t span = largest.last - largest.first + 1, margin = span / 4;
    directory made;
    made.first_ = largest.first - std::min(largest.first, margin);
    if (largest.size >= fewest_near) {
      made.size_ = largest.last - made.first_ + 1 + margin;
      made.near_ = std::make_unique<shortcut[]>(made.size_);
    }
    for (const auto& [number, in] : all)
      if (!made.near(number)) made.far_.try_emplace(number);
    // nothing fails from here on
    for (std::uint64_t i = 0; i < size_; ++i) near_[i].close();
    for (auto& [number, way] : far_) way.close();
    for (auto& [number, in] : all) made.set(number, &in);
    made.most_far_ = 2 * made.far_.size() + (all.size() - made.far_.size()) / 4 + fewest_near;
    *this = std::move(made);
  }

  static constexpr std::size_t fewest_near = 16;

  std::uint64_t first_ = 0;  // the number of near_[0]
  std::uint64_t size_ = 0;
  std::unique_ptr<shortcut[]> near_;
  boost::unordered_flat_map<std::uint64_t, shortcut> far_;
  std::size_t most_far_ = fewest_near;
};

}  // namespace tallymark::detail
