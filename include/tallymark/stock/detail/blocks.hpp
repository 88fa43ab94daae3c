// Where stock keeps its items: consecutive ids that are alike are one block.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/policy/serial_number.hpp>
#include <tallymark/stock/item.hpp>

namespace tallymark::detail {

inline constexpr std::uint32_t no_batch = 0;

/// Items that differ in nothing but their id and the ordinal of their serial number.
template <class Data>
struct block {
  std::uint64_t count = 1;
  std::uint32_t part = 0;
  std::uint32_t batch = no_batch;
  quantity amount{};                      ///< of each
  std::optional<serial_number> serial{};  ///< of the first; the registry keeps the family's text
  item_id parent = no_item;
  std::optional<date> expiry{};
  bool removed = false;
  Data data{};
  std::vector<std::uint64_t> changes{};  ///< numbers of the history entries about these items, ascending
  item_id above = no_item;               ///< some ancestor, once it was looked for

  /// A new item that this one becomes the parent of: alike but for its amount, with a history of its own.
  [[nodiscard]] block child(item_id id, quantity of, std::uint64_t change) const {
    return {1, part, batch, of, std::nullopt, id, expiry, false, data, {change}};
  }
};

/// All blocks by their first id. Ids are given out in order, without gaps.
template <class Data>
class block_map {
 public:
  using map = std::map<item_id, block<Data>>;
  using iterator = typename map::iterator;
  using const_iterator = typename map::const_iterator;

  /// The id that the next item gets.
  [[nodiscard]] item_id next_id() const noexcept { return next_id_; }

  /// Whether there are ids for so many more items.
  [[nodiscard]] bool has_room(std::uint64_t count) const noexcept { return count < no_item - next_id_; }

  /// Adds a block behind all others. O(1). Precondition: there is room.
  items add(block<Data> added) {
    const items made{next_id_, added.count};
    blocks_.emplace_hint(blocks_.end(), next_id_, std::move(added));
    next_id_ += made.count;
    return made;
  }

  /// The block that holds an item, or end(). O(log b).
  [[nodiscard]] const_iterator find(item_id id) const {
    const auto after = blocks_.upper_bound(id);
    if (after == blocks_.begin() || id >= next_id_) return blocks_.end();
    return std::prev(after);
  }

  /// The last of an item's ancestors; itself, if it has no parent. O(log² b), amortized.
  [[nodiscard]] item_id root(item_id id) {
    const auto above = [this](item_id of) -> item_id& {
      block<Data>& found = std::prev(blocks_.upper_bound(of))->second;
      if (found.above == no_item) found.above = found.parent;
      return found.above;
    };
    for (item_id next = above(id); next != no_item; next = above(id)) {
      const item_id after = above(next);
      if (after == no_item) return next;
      id = above(id) = after;  // half the way for the next time
    }
    return id;
  }

  /// Cuts the blocks so that these items are blocks of their own, and visits them: `visit(items, block&)`.
  /// Precondition: the items exist. O(log b + blocks visited).
  template <class Visit>
  void cut_out(items which, Visit&& visit) {
    const auto end = cut(which.last() + 1);
    for (auto at = cut(which.first); at != end; ++at) visit(items{at->first, at->second.count}, at->second);
  }

  /// Visits the blocks of these items, without cutting: `visit(items, const block&)`, where items are those that both
  /// have.
  template <class Visit>
  void look_at(items which, Visit&& visit) const {
    for (auto at = find(which.first); at != blocks_.end() && at->first <= which.last(); ++at) {
      const item_id first = std::max(at->first, which.first);
      const item_id last = std::min(at->first + (at->second.count - 1), which.last());
      visit(items{first, last - first + 1}, at->second);
    }
  }

  /// Whether all of these ids were given out.
  [[nodiscard]] bool contains(items which) const noexcept {
    return which.count > 0 && 0 < which.first && which.first < next_id_ && which.count <= next_id_ - which.first;
  }

  [[nodiscard]] const_iterator begin() const { return blocks_.begin(); }
  [[nodiscard]] const_iterator end() const { return blocks_.end(); }

 private:
  // the block that begins with this item, cut off the one before if need be
  iterator cut(item_id id) {
    const auto at = blocks_.lower_bound(id);
    if (id >= next_id_ || (at != blocks_.end() && at->first == id)) return at;
    const auto whole = std::prev(at);
    block<Data> tail = whole->second;
    const std::uint64_t head = id - whole->first;
    tail.count -= head;
    whole->second.count = head;
    if (tail.serial) tail.serial->ordinal += head;
    return blocks_.emplace_hint(at, id, std::move(tail));
  }

  map blocks_;
  item_id next_id_ = 1;
};

/// Batch codes, and which items ever carried them.
class batch_book {
 public:
  batch_book() : carried_(1), codes_(1) {}

  /// The number of a batch code, for items that carry it from now on. O(log n).
  std::uint32_t carry(std::string_view code, items which) {
    if (code.empty()) return no_batch;
    auto at = numbers_.find(code);
    if (at == numbers_.end()) {
      at = numbers_.emplace(std::string(code), static_cast<std::uint32_t>(codes_.size())).first;
      codes_.push_back(at->first);
      carried_.emplace_back();
    }
    carry(at->second, which);
    return at->second;
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
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<std::vector<items>> carried_;
  std::vector<std::string_view> codes_;  // into the keys of numbers_
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
