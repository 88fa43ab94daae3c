// The order of ordinals that a hash table holds.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <tallymark/ext/detail/prefetch.hpp>

namespace tallymark::detail {

/// Up to 512 ordinals, in no order.
class order_leaf {
 public:
  static constexpr std::size_t most = 512;

  explicit order_leaf(std::size_t room)
      : all_(std::make_unique<std::uint64_t[]>(room)), room_(static_cast<std::uint32_t>(room)) {}

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t room() const noexcept { return room_; }
  [[nodiscard]] bool full() const noexcept { return size_ == room_; }
  [[nodiscard]] const std::uint64_t* begin() const noexcept { return all_.get(); }
  [[nodiscard]] const std::uint64_t* end() const noexcept { return all_.get() + size_; }
  [[nodiscard]] std::uint64_t greatest() const noexcept { return *std::max_element(begin(), end()); }

  void prefetch_end() const noexcept { detail::prefetch(end()); }

  /// The least that is not less than this one.
  [[nodiscard]] std::optional<std::uint64_t> next(std::uint64_t ordinal) const noexcept {
    std::uint64_t least = static_cast<std::uint64_t>(-1);  // counted from the ordinal on
    for (const std::uint64_t each : *this)
      if (each >= ordinal) least = std::min(least, each - ordinal);
    return least == static_cast<std::uint64_t>(-1) ? std::nullopt : std::optional(ordinal + least);
  }

  /// Precondition: not full.
  void add(std::uint64_t ordinal) noexcept { all_[size_++] = ordinal; }
  void add(const order_leaf& from) noexcept {
    std::copy(from.begin(), from.end(), all_.get() + size_);
    size_ += from.size_;
  }
  /// Removes those for which `remove(ordinal)` is true.
  template <class Remove>
  void erase_if(Remove remove) {
    size_ = static_cast<std::uint32_t>(std::remove_if(all_.get(), all_.get() + size_, remove) - all_.get());
  }
  /// Removes an ordinal, if it is there.
  void erase(std::uint64_t ordinal) noexcept {
    std::uint64_t* const end = all_.get() + size_;
    std::uint64_t* const found = std::find(all_.get(), end, ordinal);
    if (found == end) return;
    *found = end[-1];
    --size_;
  }
  /// The least of the greater half.
  [[nodiscard]] std::uint64_t median() noexcept {
    std::nth_element(all_.get(), all_.get() + size_ / 2, all_.get() + size_);
    return all_[size_ / 2];
  }

 private:
  std::unique_ptr<std::uint64_t[]> all_;
  std::uint32_t room_, size_ = 0;
};

/// Ordinals in a tree of three levels: the root and its branches say from which ordinal on the next branch or leaf
/// counts. Inside a leaf there is no order, so that one more is written at its end, and what asks for order looks at all
/// of its 512 at most. So with n ordinals all is O(log n) steps and some hundred more. Memory: 8 to 16 bytes for an ordinal,
/// 12 on average where they come in random order. Only `add` needs memory.
class sparse_order {
 public:
  [[nodiscard]] bool empty() const noexcept { return branches_.empty(); }
  /// Precondition: not empty. O(1).
  [[nodiscard]] std::uint64_t greatest() const noexcept { return greatest_; }

  /// Where an ordinal belongs, as long as nothing changes.
  struct position {
    std::size_t branch = 0, leaf = 0;
  };
  /// Finds that, and asks for the memory that `add` needs there.
  [[nodiscard]] position prepare(std::uint64_t ordinal) const noexcept {
    if (empty()) return {};
    const position at = position_of(ordinal);
    leaf_at(at).prefetch_end();
    return at;
  }
  /// Adds an ordinal, which is not there, where `prepare` says. If it throws, nothing has changed.
  void add(std::uint64_t ordinal, position at) {
    if (empty()) begin();
    order_leaf& in = leaf_at(at);
    (in.full() ? leaf_with_room(at, ordinal) : in).add(ordinal);
    greatest_ = std::max(greatest_, ordinal);
  }

  /// Removes an ordinal that is there.
  void erase(std::uint64_t ordinal) noexcept {
    const position at = position_of(ordinal);
    leaf_at(at).erase(ordinal);
    tidy(at);
    find_greatest(ordinal);
  }
  /// Removes those from `first` to `last`; `visit(ordinal)` for each of them before, in no certain order.
  template <class Visit>
  void erase(std::uint64_t first, std::uint64_t last, Visit visit) noexcept {
    for (auto at = next(first); at && *at <= last; at = next(first)) {
      const position in = position_of(*at);
      leaf_at(in).erase_if([&](std::uint64_t each) {
        const bool inside = first <= each && each <= last;
        if (inside) visit(each);
        return inside;
      });
      tidy(in);
    }
    find_greatest(last);
  }

  /// The least that is not less than this one.
  [[nodiscard]] std::optional<std::uint64_t> next(std::uint64_t ordinal) const noexcept {
    if (empty()) return std::nullopt;
    const position at = position_of(ordinal);
    const auto found = leaf_at(at).next(ordinal);
    return found || is_last(at) ? found : leaf_at(following(at)).next(ordinal);  // no leaf is empty
  }
  /// Visits those from `first` to `last` in order, a group at a time: `visit(begin, end)`.
  template <class Visit>
  void for_each_group(std::uint64_t first, std::uint64_t last, Visit visit) const {
    if (empty() || first > greatest_) return;
    std::array<std::uint64_t, order_leaf::most> sorted;
    for (position at = position_of(first);; at = following(at)) {
      const order_leaf& in = leaf_at(at);
      const auto end = std::copy_if(in.begin(), in.end(), sorted.begin(),
                                    [&](std::uint64_t each) { return first <= each && each <= last; });
      std::sort(sorted.begin(), end);
      visit(sorted.begin(), end);
      if (is_last(at) || first_of(following(at)) > last) return;
    }
  }

 private:
  // The leaves, and the ordinals from which on they count. The first of all counts from any.
  struct branch {
    static constexpr std::size_t most = 256;

    std::vector<std::uint64_t> firsts;
    std::vector<order_leaf> leaves;
  };

  // The last that is not greater than the ordinal, or the first of all.
  [[nodiscard]] static std::size_t index_in(const std::vector<std::uint64_t>& firsts, std::uint64_t ordinal) noexcept {
    const std::uint64_t* at = firsts.data();
    for (std::size_t n = firsts.size(); n > 1; n -= n / 2) at = at[n / 2] <= ordinal ? at + n / 2 : at;
    return static_cast<std::size_t>(at - firsts.data());
  }
  [[nodiscard]] position position_of(std::uint64_t ordinal) const noexcept {
    const std::size_t in = index_in(firsts_, ordinal);
    return {in, index_in(branches_[in].firsts, ordinal)};
  }
  [[nodiscard]] const order_leaf& leaf_at(position at) const noexcept { return branches_[at.branch].leaves[at.leaf]; }
  [[nodiscard]] order_leaf& leaf_at(position at) noexcept { return branches_[at.branch].leaves[at.leaf]; }
  [[nodiscard]] std::uint64_t first_of(position at) const noexcept { return branches_[at.branch].firsts[at.leaf]; }
  [[nodiscard]] position following(position at) const noexcept {
    return at.leaf + 1 < branches_[at.branch].leaves.size() ? position{at.branch, at.leaf + 1}
                                                            : position{at.branch + 1, 0};
  }
  [[nodiscard]] bool is_last(position at) const noexcept { return following(at).branch == branches_.size(); }

  // for one more
  template <class T>
  static void make_room(std::vector<T>& in) {
    if (in.size() == in.capacity()) in.reserve(in.size() + in.size() / 2 + 1);
  }
  template <class T>
  static auto iterator_at(std::vector<T>& in, std::size_t i) noexcept {
    return in.begin() + static_cast<std::ptrdiff_t>(i);
  }

  void begin() {
    branch only;
    only.firsts.push_back(0);
    only.leaves.emplace_back(std::size_t{8});
    make_room(firsts_);
    branches_.push_back(std::move(only));
    firsts_.push_back(0);
    greatest_ = 0;
  }

  // Where an ordinal belongs whose leaf is full: that is larger then, or two.
  [[nodiscard]] order_leaf& leaf_with_room(position at, std::uint64_t ordinal) {
    if (order_leaf& full = leaf_at(at); full.room() < order_leaf::most) {
      order_leaf larger(2 * full.room());
      larger.add(full);
      return full = std::move(larger);
    }
    order_leaf upper(order_leaf::most);
    if (branches_[at.branch].leaves.size() == branch::most) {
      cut(at.branch);
      at = position_of(ordinal);
    }
    branch& in = branches_[at.branch];
    make_room(in.firsts);
    make_room(in.leaves);
    // nothing fails from here on
    order_leaf& lower = in.leaves[at.leaf];
    const std::uint64_t first = ordinal > greatest_ ? ordinal : lower.median();
    for (const std::uint64_t each : lower)
      if (each >= first) upper.add(each);
    lower.erase_if([&](std::uint64_t each) { return each >= first; });
    in.firsts.insert(iterator_at(in.firsts, at.leaf + 1), first);
    in.leaves.insert(iterator_at(in.leaves, at.leaf + 1), std::move(upper));
    return in.leaves[at.leaf + (ordinal >= first ? 1 : 0)];
  }
  // makes two of a full branch
  void cut(std::size_t number) {
    branch upper;
    upper.firsts.reserve(branch::most);
    upper.leaves.reserve(branch::most);
    make_room(branches_);
    make_room(firsts_);
    branch& lower = branches_[number];
    const auto half = static_cast<std::ptrdiff_t>(lower.leaves.size() / 2);
    upper.firsts.assign(lower.firsts.begin() + half, lower.firsts.end());
    upper.leaves.assign(std::move_iterator(lower.leaves.begin() + half), std::move_iterator(lower.leaves.end()));
    lower.firsts.erase(lower.firsts.begin() + half, lower.firsts.end());
    lower.leaves.erase(lower.leaves.begin() + half, lower.leaves.end());
    firsts_.insert(iterator_at(firsts_, number + 1), upper.firsts.front());
    branches_.insert(iterator_at(branches_, number + 1), std::move(upper));
  }

  // After ordinals of a leaf were removed: it goes if it is empty, and joins a neighbour if both have few.
  void tidy(position at) noexcept {
    std::vector<order_leaf>& leaves = branches_[at.branch].leaves;
    if (leaves[at.leaf].size() == 0) return drop(at);
    if (leaves[at.leaf].size() > order_leaf::most / 4 || leaves.size() == 1) return;
    if (at.leaf + 1 == leaves.size()) --at.leaf;
    order_leaf& lower = leaves[at.leaf];
    const order_leaf& upper = leaves[at.leaf + 1];
    if (lower.size() + upper.size() > order_leaf::most * 3 / 4) return;
    lower.add(upper);
    drop({at.branch, at.leaf + 1});
  }
  // A leaf counts no more. The one after it in its branch counts from there on then.
  void drop(position at) noexcept {
    branch& in = branches_[at.branch];
    in.leaves.erase(iterator_at(in.leaves, at.leaf));
    in.firsts.erase(iterator_at(in.firsts, at.leaf == 0 && !in.leaves.empty() ? 1 : at.leaf));
    if (!in.leaves.empty()) return;
    branches_.erase(iterator_at(branches_, at.branch));
    firsts_.erase(iterator_at(firsts_, at.branch));
    if (empty()) *this = {};
  }
  // after some up to this one were removed
  void find_greatest(std::uint64_t removed) noexcept {
    if (!empty() && removed >= greatest_) greatest_ = branches_.back().leaves.back().greatest();
  }

  std::vector<std::uint64_t> firsts_;  // of the branches
  std::vector<branch> branches_;
  std::uint64_t greatest_ = 0;
};

}  // namespace tallymark::detail
