// Where stock keeps its items: consecutive ids that are alike are one block.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tallymark/stock/detail/block.hpp>
#include <tallymark/stock/item.hpp>

namespace tallymark::detail {

/// All blocks by their first id, some dozens in one piece of memory. Ids are given out in order, without gaps. Blocks
/// move when others are added or cut.
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

  /// Whether there are ids for so many more items.
  [[nodiscard]] bool has_room(std::uint64_t count) const noexcept { return count < no_item - next_id_; }

  /// Adds a block behind all others. O(1), amortized. Precondition: there is room.
  items add(block<Data, History> added) {
    const items made{next_id_, added.count};
    if (chunks_.empty() || chunks_.rbegin()->second.size() == most) {
      chunk& last = chunks_.emplace_hint(chunks_.end(), next_id_, chunk())->second;
      if (chunks_.size() > 1) last.reserve(most);
    }
    chunks_.rbegin()->second.push_back({next_id_, std::move(added)});
    next_id_ += made.count;
    return made;
  }

  /// The block that holds an item, or end(). O(log b).
  [[nodiscard]] const_iterator find(item_id id) const { return in_place<const_iterator>(chunks_, id); }

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

  /// Cuts the blocks so that these items are blocks of their own, and visits them: `visit(items, block&)`, which changes
  /// no other blocks. Precondition: the items exist. O(log b + blocks visited).
  template <class Visit>
  void cut_out(items which, Visit&& visit) {
    cut(which.last() + 1);
    cut(which.first);
    const iterator end{chunks_.end(), 0};
    for (auto at = in_place<iterator>(chunks_, which.first); at != end && at->first <= which.last(); ++at)
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
  [[nodiscard]] At in_place(Chunks& chunks, item_id id) const {
    const auto after = chunks.upper_bound(id);
    if (after == chunks.begin() || id >= next_id_) return {chunks.end(), 0};
    const auto in = std::prev(after);
    const auto behind = std::upper_bound(in->second.begin(), in->second.end(), id,
                                         [](item_id one, const placed& other) { return one < other.first; });
    return {in, static_cast<std::size_t>(behind - in->second.begin()) - 1};
  }

  // makes a block begin with this item, cut off the one before if need be
  void cut(item_id id) {
    auto whole = in_place<iterator>(chunks_, id);
    if (whole == iterator{chunks_.end(), 0} || whole->first == id) return;
    if (whole.in_->second.size() == most) {
      halve(whole.in_);
      whole = in_place<iterator>(chunks_, id);
    }
    placed tail{id, whole->second};
    const std::uint64_t head = id - whole->first;
    tail.second.count -= head;
    whole->second.count = head;
    tail.second.serial.advance(head);
    chunk& in = whole.in_->second;
    in.insert(in.begin() + static_cast<std::ptrdiff_t>(whole.at_ + 1), std::move(tail));
  }

  void halve(typename directory::iterator full) {
    const auto middle = full->second.begin() + most / 2;
    chunk upper;
    upper.reserve(most);
    std::move(middle, full->second.end(), std::back_inserter(upper));
    full->second.erase(middle, full->second.end());
    const item_id first = upper.front().first;
    chunks_.emplace_hint(std::next(full), first, std::move(upper));
  }

  directory chunks_;
  std::unordered_map<item_id, item_id> above_;  // of blocks, by their first id: some ancestor, once it was looked for
  item_id next_id_ = 1;
};

/// Batch codes, and which items ever carried them.
class batch_book {
 public:
  batch_book() : carried_(1), codes_(1) {}

  /// The number of a batch code, for items that carry it from now on. O(log n); O(1) for the same code once more.
  std::uint32_t carry(std::string_view code, items which) {
    if (code.empty()) return no_batch;
    if (code != codes_[latest_]) latest_ = number(code);
    carry(latest_, which);
    return latest_;
  }
  void carry(std::uint32_t number, items which) {
    if (number == no_batch) return;
    std::vector<items>& all = carried_[number];
    if (!all.empty() && all.back().last() + 1 == which.first)
      all.back().count += which.count;
    else
      all.push_back(which);
  }

  [[nodiscard]] std::string_view code(std::uint32_t number) const { return codes_[number]; }
  [[nodiscard]] std::uint32_t find(std::string_view code) const {
    const auto at = numbers_.find(code);
    return at == numbers_.end() ? no_batch : at->second;
  }
  /// Items that ever carried a batch code, in the order in which they began to.
  [[nodiscard]] const std::vector<items>& carried(std::uint32_t number) const { return carried_[number]; }
  /// The number of batch codes.
  [[nodiscard]] std::size_t size() const noexcept { return codes_.size() - 1; }

 private:
  std::uint32_t number(std::string_view code) {
    auto at = numbers_.find(code);
    if (at == numbers_.end()) {
      at = numbers_.emplace(std::string(code), static_cast<std::uint32_t>(codes_.size())).first;
      codes_.push_back(at->first);
      carried_.emplace_back();
    }
    return at->second;
  }

  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<std::vector<items>> carried_;
  std::vector<std::string_view> codes_;  // into the keys of numbers_
  std::uint32_t latest_ = no_batch;
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
