// Where stock keeps its items: consecutive ids that differ in nothing else are one block.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tallymark/stock/detail/block.hpp>
#include <tallymark/stock/item.hpp>

namespace tallymark::detail {

/// All blocks by their first id, some dozens in one piece of memory. Ids are given out in order, without gaps. Blocks
/// move when others are added, cut or joined.
template <class Data, bool History = true>
class block_map {
 public:
  struct placed {
    item_id first;
    block<Data, History> second;
  };

 private:
  using chunk = std::vector<placed>;           // has at least one
  using directory = std::map<item_id, chunk>;  // by the first of its ids
  static constexpr std::size_t most = 64;
  static_assert(
      std::is_nothrow_move_constructible_v<placed> && std::is_nothrow_move_assignable_v<placed>,
      "tallymark::stock: data of stock items that cannot be moved without a throw need a default constructor. "
      "Give the type one, or a noexcept move");

  template <class At, class Placed>
  class walk {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = placed;
    using difference_type = std::ptrdiff_t;
    using pointer = Placed*;
    using reference = Placed&;

    walk() = default;
    [[nodiscard]] Placed& operator*() const { return in_->second[at_]; }
    [[nodiscard]] Placed* operator->() const { return &in_->second[at_]; }
    walk& operator++() {
      if (++at_ == in_->second.size()) {
        ++in_;
        at_ = 0;
      }
      return *this;
    }
    walk operator++(int) {
      const walk before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const walk&, const walk&) = default;

   private:
    friend block_map;
    walk(At in, std::size_t at) : in_(in), at_(at) {}
    At in_{};
    std::size_t at_ = 0;
  };

  using iterator = walk<typename directory::iterator, placed>;

 public:
  using const_iterator = walk<typename directory::const_iterator, const placed>;

  /// The id that the next item gets.
  [[nodiscard]] item_id next_id() const noexcept { return next_id_; }

  /// Whether there are ids for this many more items.
  [[nodiscard]] bool has_room(std::uint64_t count) const noexcept { return count < no_item - next_id_; }

  /// Room for this many more blocks: appending them needs no memory, unless blocks are cut meanwhile. O(1), amortized.
  void reserve(std::size_t more) {
    const std::size_t in_last = std::min(more, chunks_.empty() ? 0 : most - chunks_.rbegin()->second.size());
    if (in_last > 0) reserve_more(chunks_.rbegin()->second, in_last);
    const std::size_t others = (more - in_last + most - 1) / most;
    if (others == 0) return;
    while (spare_.size() < others) spare_.emplace(spare_.size(), chunk());
    const std::size_t size = chunks_.empty() ? std::min(more, most) : most;
    for (auto& [key, each] : spare_) each.reserve(size);
  }
  /// Adds a block after all others. Precondition: there are ids and there is room for it. O(1).
  items append(block<Data, History>&& added) noexcept {
    const items which{next_id_, added.count};
    if (chunks_.empty() || chunks_.rbegin()->second.size() == most) {
      auto node = spare_.extract(std::prev(spare_.end()));
      node.key() = next_id_;
      chunks_.insert(chunks_.end(), std::move(node));
    }
    chunks_.rbegin()->second.push_back({next_id_, std::move(added)});
    next_id_ += which.count;
    return which;
  }

  /// The block that holds an item, or end(). O(log b).
  [[nodiscard]] const_iterator find(item_id id) const { return position<const_iterator>(chunks_, id); }

  /// The last of an item's ancestors; itself, if it has no parent. O(log² b), amortized.
  [[nodiscard]] item_id root(item_id id) {
    const auto above = [this](item_id of) {
      const placed& found = *find(of);
      const auto known = above_.find(found.first);
      return known != above_.end() ? known->second : found.second.parent;
    };
    for (item_id next = above(id); next != no_item; next = above(id)) {
      const item_id after = above(next);
      if (after == no_item) return next;
      above_[find(id)->first] = after;  // half the way for the next time
      id = after;
    }
    return id;
  }

  /// Whether these items are one block. O(log b).
  [[nodiscard]] bool is_block(items which) const {
    const auto at = find(which.first);
    return at != end() && at->first == which.first && at->second.count == which.count;
  }
  /// Makes a block begin with this item, and answers whether one had to be cut for that. If it fails, nothing has
  /// changed. O(log b).
  bool cut(item_id id) {
    auto whole = position<iterator>(chunks_, id);
    if (whole == iterator{chunks_.end(), 0} || whole->first == id) return false;
    if (whole.in_->second.size() == most) {
      halve(whole.in_);
      whole = position<iterator>(chunks_, id);
    }
    placed tail{id, whole->second};
    const std::uint64_t head = id - whole->first;
    tail.second.count -= head;
    tail.second.serial.advance(head);
    chunk& in = whole.in_->second;
    in.insert(in.begin() + static_cast<std::ptrdiff_t>(whole.at_ + 1), std::move(tail));
    in[whole.at_].second.count = head;
    return true;
  }
  /// Takes a cut back. Precondition: the block that begins with this item was cut off the one before it, and they differ
  /// in nothing since. O(log b).
  void join(item_id id) noexcept {
    const auto before = position<iterator>(chunks_, id - 1), tail = position<iterator>(chunks_, id);
    before->second.count += tail->second.count;
    chunk& in = tail.in_->second;
    in.erase(in.begin() + static_cast<std::ptrdiff_t>(tail.at_));
    if (tail.at_ > 0) return;
    auto node = chunks_.extract(tail.in_);
    if (node.mapped().empty()) return;
    node.key() = node.mapped().front().first;
    chunks_.insert(std::move(node));
  }
  /// Visits the blocks of these items, to change them: `visit(items, block&)`. Precondition: blocks begin with the first
  /// of them and after the last. O(log b + blocks visited).
  template <class Visit>
  void change(items which, Visit&& visit) {
    const iterator end{chunks_.end(), 0};
    for (auto at = position<iterator>(chunks_, which.first); at != end && at->first <= which.last(); ++at)
      visit(items{at->first, at->second.count}, at->second);
  }

  /// Visits the blocks of these items, without cutting: `visit(items, const block&)`, where items are those that both
  /// have.
  template <class Visit>
  void look_at(items which, Visit&& visit) const {
    for (auto at = find(which.first); at != end() && at->first <= which.last(); ++at) {
      const item_id first = std::max(at->first, which.first);
      const item_id last = std::min(at->first + (at->second.count - 1), which.last());
      visit(items{first, last - first + 1}, at->second);
    }
  }

  /// Whether all of these ids were given out.
  [[nodiscard]] bool contains(items which) const noexcept {
    return which.count > 0 && 0 < which.first && which.first < next_id_ && which.count <= next_id_ - which.first;
  }

  [[nodiscard]] const_iterator begin() const { return {chunks_.begin(), 0}; }
  [[nodiscard]] const_iterator end() const { return {chunks_.end(), 0}; }

 private:
  // where the block is that holds an item, or the end
  template <class At, class Chunks>
  [[nodiscard]] At position(Chunks& chunks, item_id id) const {
    const auto after = chunks.upper_bound(id);
    if (after == chunks.begin() || id >= next_id_) return {chunks.end(), 0};
    const auto in = std::prev(after);
    const auto next = std::upper_bound(in->second.begin(), in->second.end(), id,
                                       [](item_id id_of, const placed& other) { return id_of < other.first; });
    return {in, static_cast<std::size_t>(next - in->second.begin()) - 1};
  }

  void halve(typename directory::iterator full) {
    const auto middle = full->second.begin() + most / 2;
    directory upper;
    chunk& in = upper.emplace(middle->first, chunk()).first->second;
    in.reserve(most);
    std::move(middle, full->second.end(), std::back_inserter(in));
    full->second.erase(middle, full->second.end());
    chunks_.insert(std::next(full), upper.extract(upper.begin()));
  }

  directory chunks_;
  directory spare_;                             // empty ones, by 0, 1, ...
  std::unordered_map<item_id, item_id> above_;  // of blocks, by their first id: some ancestor, once it was looked for
  item_id next_id_ = 1;
};

/// Sorted, without overlaps, neighbours joined.
[[nodiscard]] inline std::vector<items> joined(std::vector<items> all) {
  std::sort(all.begin(), all.end());
  std::vector<items> out;
  for (const items& each : all) {
    if (!out.empty() && each.first <= out.back().last() + 1)
      out.back().count = std::max(out.back().last(), each.last()) - out.back().first + 1;
    else
      out.push_back(each);
  }
  return out;
}

}  // namespace tallymark::detail
