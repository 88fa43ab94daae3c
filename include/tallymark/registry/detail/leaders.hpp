// Who leads the sequence of a scope.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

namespace tallymark::detail {

/// How a family was a leader before it held nothing any more.
struct left_leaders {
  bool claimed = false, issued = false;
};

/// That a family was issued from, or reserved from: its place in the order of these.
template <class Family>
struct issue_mark {
  explicit issue_mark(Family& issued_from) noexcept : family(&issued_from) {}

  Family* family;
  std::int64_t rank = 0;  ///< 1, 2, ... in the order of the reservations
  bool linked = false;
  issue_mark *before = nullptr, *after = nullptr;
};

/// The families that the sequence of a scope can go on from, all of which hold something. The active one is that of the
/// latest issue or reservation; only if there is none it is the first of those that were claimed. A `Family` has the
/// members `claimed`, `before`, `after`, `issued` and `left`, which are kept here.
///
/// Only a new issue_mark needs memory. A family that holds nothing any more is left with its mark and with the places
/// where it was, so that it can come back; all is O(1), but for coming back to the issues.
template <class Family>
class leaders {
 public:
  using mark = issue_mark<Family>;

  /// The active family, or null; and whether that is by an issue. With `without` as if this reservation were given back.
  [[nodiscard]] std::pair<Family*, bool> active(const mark* without = nullptr) const noexcept {
    const mark* last = last_issued_;
    if (last && last == without) last = last->before;
    if (!last) return {first_, false};
    return {last->family, true};
  }

  /// The first claim of a family: it comes after those of the others.
  void add_claimed(Family& in) noexcept { link(last_, in, nullptr); }
  /// The claim of this family was the first of all.
  void claimed_first(Family& in) noexcept {
    remove_claimed(in);
    link(nullptr, in, first_);
  }
  /// No serial number of this family counts as the first one that was claimed; whether one did.
  bool remove_claimed(Family& in) noexcept {
    if (!in.claimed.exchange(false)) return false;
    (in.before ? in.before->after : first_) = in.after;
    (in.after ? in.after->before : last_) = in.before;
    return true;
  }

  /// A new reservation. The mark is the caller's until it is committed or given back.
  void add_reserved(mark& added) noexcept { link(last_issued_, added, ++ranks_); }
  /// A reservation became an issue; only the latest of a family counts.
  void commit(std::unique_ptr<mark> done) noexcept {
    std::unique_ptr<mark>& issued = done->family->issued;
    if (issued && issued->linked && issued->rank > done->rank) {
      unlink(*done);
      return;
    }
    if (issued) unlink(*issued);
    issued = std::move(done);
  }
  void give_back(std::unique_ptr<mark> dropped) noexcept {
    unlink(*dropped);
    if (std::unique_ptr<mark>& issued = dropped->family->issued; !issued) issued = std::move(dropped);
  }
  /// The latest issue of all is of this family. Precondition: it has a mark.
  void issued_last(Family& in) noexcept {
    unlink(*in.issued);
    add_reserved(*in.issued);
  }

  /// The family holds nothing any more.
  void leave(Family& in) noexcept {
    in.left = {remove_claimed(in), in.issued && in.issued->linked};
    if (in.issued) unlink(*in.issued);
  }
  /// It holds something again, as if it had not left. Where those that it was among have changed meanwhile, it comes
  /// last among the claims. O(issues since).
  void come_back(Family& in) noexcept {
    if (in.left.claimed && !in.claimed) {
      const bool same_before = in.before ? in.before->claimed && in.before->after == in.after : first_ == in.after;
      const bool same_after = in.after ? in.after->claimed && in.after->before == in.before : last_ == in.before;
      if (same_before && same_after)
        link(in.before, in, in.after);
      else
        add_claimed(in);
    }
    if (in.left.issued && !in.issued->linked) {
      mark* before = last_issued_;
      while (before && before->rank > in.issued->rank) before = before->before;
      link(before, *in.issued, in.issued->rank);
    }
    in.left = {};
  }

 private:
  void link(Family* before, Family& in, Family* after) noexcept {
    in.before = before;
    in.after = after;
    (before ? before->after : first_) = &in;
    (after ? after->before : last_) = &in;
    in.claimed = true;
  }
  void link(mark* before, mark& added, std::int64_t rank) noexcept {
    mark* const after = before ? before->after : first_issued_;
    added.rank = rank;
    added.linked = true;
    added.before = before;
    added.after = after;
    (before ? before->after : first_issued_) = &added;
    (after ? after->before : last_issued_) = &added;
  }
  void unlink(mark& in) noexcept {
    if (!std::exchange(in.linked, false)) return;
    (in.before ? in.before->after : first_issued_) = in.after;
    (in.after ? in.after->before : last_issued_) = in.before;
  }

  Family *first_ = nullptr, *last_ = nullptr;              // those that were claimed
  mark *first_issued_ = nullptr, *last_issued_ = nullptr;  // by rank, also what is reserved
  std::int64_t ranks_ = 0;
};

}  // namespace tallymark::detail
