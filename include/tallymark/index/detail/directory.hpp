// Where the chunk of an ordinal is: an array where the chunks are close together, a hash table for the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

namespace tallymark::detail {

/// Pointers to the chunks of a sorted map, by number. The largest group of chunks of which at least each fourth is there
/// lies in an array, which is found anew whenever too many of the others have come.
template <class Chunk>
class directory {
 public:
  using chunks = std::map<std::uint64_t, Chunk>;

  /// The chunk, or null. O(1).
  [[nodiscard]] Chunk* find(std::uint64_t number) const {
    if (number - first_ < near_.size()) return near_[number - first_];
    return far_.empty() ? nullptr : find_far(number);
  }

  [[nodiscard]] bool empty() const noexcept { return near_.empty() && far_.empty(); }

  /// Makes room for one more, so that `set` cannot fail. O(1) on the average.
  void make_room(std::uint64_t number, chunks& all) {
    if (number - first_ < near_.size()) return;
    if (far_.size() >= most_far_) arrange(all);
    if (number - first_ >= near_.size()) far_.try_emplace(number, nullptr);
  }

  /// Precondition: there is room for this number.
  void set(std::uint64_t number, Chunk* at) {
    if (number - first_ < near_.size())
      near_[number - first_] = at;
    else
      far_.find(number)->second = at;
  }

  void erase(std::uint64_t number) {
    if (number - first_ < near_.size())
      near_[number - first_] = nullptr;
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
  [[gnu::noinline, nodiscard]] Chunk* find_far(std::uint64_t number) const {
    const auto at = far_.find(number);
    return at == far_.end() ? nullptr : at->second;
  }

  void arrange(chunks& all) {
    group largest, one;
    for (const auto& [number, chunk] : all) {
      if (one.size == 0 || !one.can_take(number)) one = {number, number, 0};
      one.last = number;
      ++one.size;
      if (one.size > largest.size) largest = one;
    }
    const std::uint64_t span = largest.last - largest.first + 1;
    directory made;
    made.first_ = largest.first;
    made.near_.resize(largest.size < fewest_near ? 0 : static_cast<std::size_t>(span + span / 4));
    for (auto& [number, chunk] : all) {
      if (number - made.first_ >= made.near_.size()) made.far_.try_emplace(number);
      made.set(number, &chunk);
    }
    made.most_far_ = made.far_.size() + all.size() / 4 + fewest_near;
    *this = std::move(made);
  }

  static constexpr std::size_t fewest_near = 16;

  std::uint64_t first_ = 0;   // the number of near_[0]
  std::vector<Chunk*> near_;  // null where there is no chunk
  boost::unordered_flat_map<std::uint64_t, Chunk*> far_;
  std::size_t most_far_ = fewest_near;
};

}  // namespace tallymark::detail
