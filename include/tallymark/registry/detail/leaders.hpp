// Who leads the sequence of a scope.
#pragma once

#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

namespace tallymark::detail {

/// The families that the sequence of a scope can go on from, all of which hold something. The active one is that of the
/// latest issue or reservation, which have ranks 1, 2, …; only if there is none it is the first of those that were
/// claimed. A `Family` has the members `claimed`, `before`, `after` and `issued`, which are kept here.
template <class Family>
class leaders {
 public:
  /// The active family, or null; and whether that is by an issue. With `without` as if this rank were given back.
  [[nodiscard]] std::pair<Family*, bool> active(std::int64_t without = 0) const {
    auto last = issued_.rbegin();
    if (last != issued_.rend() && last->first == without) ++last;
    if (last == issued_.rend()) return {first_, false};
    return {last->second, true};
  }

  /// The first claim of a family: it comes after those of the others. O(1).
  void add_claimed(Family& in) { link(last_, in, nullptr); }
  /// The claim of this family was the first of all. O(1).
  void claimed_first(Family& in) {
    remove_claimed(in);
    link(nullptr, in, first_);
  }
  /// No serial number of this family counts as the first one that was claimed; whether one did. O(1).
  bool remove_claimed(Family& in) {
    if (!in.claimed.exchange(false)) return false;
    (in.before ? in.before->after : first_) = in.after;
    (in.after ? in.after->before : last_) = in.before;
    return true;
  }

  /// The rank of a new reservation. The others here are O(log n) for n families that were issued from.
  std::int64_t add_reserved(Family& in) {
    issued_.emplace_hint(issued_.end(), ++ranks_, &in);
    return ranks_;
  }
  /// A reservation became an issue; only the latest of a family counts.
  void commit(std::int64_t rank) {
    const auto at = issued_.find(rank);
    std::int64_t& issued = at->second->issued;
    if (issued < rank)
      issued_.erase(std::exchange(issued, rank));
    else
      issued_.erase(at);
  }
  void give_back(std::int64_t rank) { issued_.erase(rank); }
  /// The latest issue of all is of this family.
  void issued_last(Family& in) {
    issued_.erase(std::exchange(in.issued, ranks_ + 1));
    add_reserved(in);
  }
  void remove_issued(Family& in) { issued_.erase(std::exchange(in.issued, 0)); }

 private:
  void link(Family* before, Family& in, Family* after) {
    in.before = before;
    in.after = after;
    (before ? before->after : first_) = &in;
    (after ? after->before : last_) = &in;
    in.claimed = true;
  }

  Family *first_ = nullptr, *last_ = nullptr;
  std::map<std::int64_t, Family*> issued_;  // by rank, also what is reserved
  std::int64_t ranks_ = 0;
};

}  // namespace tallymark::detail
