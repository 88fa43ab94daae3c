// Which family of a scope leads its sequence, and the list of them all.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include <tallymark/number/serial_number.hpp>
#include <tallymark/registry/detail/family_entry.hpp>

namespace tallymark::detail {

/// That a family was issued from, or reserved from: its place in the order of these.
template <class Family>
struct issue_mark {
  explicit issue_mark(Family& issued_from) noexcept : family(&issued_from) {}

  Family* family;
  std::int64_t rank = 0;  ///< 1, 2, ... in the order of the reservations
  bool linked = false;
  issue_mark *before = nullptr, *after = nullptr;
};

/// The families of a scope, and which one its sequence goes on from: that of the latest issue or reservation; only if
/// there is none the first of those that were claimed. All families are in one list, those that were claimed in the order
/// of their claims. `Families` keeps them, by number; it is passed to each call.
///
/// What a scope needs that issues is made by its first reservation. A family that holds nothing any more stays where it
/// is, so that it can come back. All is O(1), but for `leave`, which looks for the next that was claimed, and for coming
/// back to the issues.
template <class Families>
class leaders {
  using family_type = typename Families::entry;

 public:
  using mark = issue_mark<family_type>;

  /// A new family of this scope: it comes last.
  void add(Families& all, std::uint32_t number) noexcept { link(all, number, last_, no_entry); }
  /// Visits all families, in no certain order.
  template <class Visit>
  void for_each(const Families& all, Visit visit) const {
    for (std::uint32_t at = first_; at != no_entry; at = all[at].after) visit(all[at]);
  }

  /// The active family, or null; and whether that is by an issue. With `without` as if this reservation were given back.
  [[nodiscard]] std::pair<family_type*, bool> active(const Families& all,
                                                     const mark* without = nullptr) const noexcept {
    const mark* last = issues_ ? issues_->last : nullptr;
    if (last && last == without) last = last->before;
    if (last) return {last->family, true};
    return {leading_ == no_entry ? nullptr : &all[leading_], false};
  }

  /// The first claim of a family: it comes after those of the others.
  void add_claimed(Families& all, family_type& in) noexcept {
    const std::uint32_t number = number_of(all, in);
    if (number != last_) {
      unlink(all, in);
      link(all, number, last_, no_entry);
    }
    in.set_claimed(true);
    if (leading_ == no_entry) leading_ = number;
  }
  /// The claim of this family was the first of all.
  void claimed_first(Families& all, family_type& in) noexcept {
    const std::uint32_t number = number_of(all, in);
    if (leading_ == number) return;
    unlink(all, in);
    link(all, number, no_entry, first_);
    in.set_claimed(true);
    leading_ = number;
  }

  /// Takes the memory that `commit` and `give_back` of a reservation from this family need. If it throws, nothing has
  /// changed.
  void make_room(family_type& in) { issues().committed.try_emplace(&in); }
  /// A new reservation. The mark is the caller's until it is committed or given back. Precondition: there is room.
  void add_reserved(mark& added) noexcept { link(issues_->last, added, ++issues_->ranks); }
  /// A reservation became an issue; only the latest of a family counts.
  void commit(std::unique_ptr<mark> done) noexcept {
    std::unique_ptr<mark>& issued = *issued_of(*done->family);
    if (issued && issued->linked && issued->rank > done->rank) {
      unlink(*done);
      return;
    }
    if (issued) unlink(*issued);
    issued = std::move(done);
  }
  void give_back(std::unique_ptr<mark> dropped) noexcept {
    unlink(*dropped);
    if (std::unique_ptr<mark>& issued = *issued_of(*dropped->family); !issued) issued = std::move(dropped);
  }
  /// Sees to it that `issued_last` can be called. If it throws, nothing has changed.
  void make_issued(family_type& in) {
    auto fresh = std::make_unique<mark>(in);
    if (std::unique_ptr<mark>& issued = issues().committed[&in]; !issued) issued = std::move(fresh);
  }
  [[nodiscard]] bool has_issued(const family_type& in) const noexcept {
    const auto* issued = issued_of(in);
    return issued && *issued;
  }
  /// The latest issue of all is of this family. Precondition: has_issued(in).
  void issued_last(family_type& in) noexcept {
    mark& issued = **issued_of(in);
    unlink(issued);
    add_reserved(issued);
  }

  /// The family holds nothing any more.
  void leave(Families& all, family_type& in) noexcept {
    const auto* issued = issued_of(in);
    mark* const linked = issued && *issued && (*issued)->linked ? issued->get() : nullptr;
    const bool leading = leading_ != no_entry && &all[leading_] == &in;
    in.set_left({in.claimed(), leading, linked != nullptr});
    in.set_claimed(false);
    if (leading) do
        leading_ = all[leading_].after;
      while (leading_ != no_entry && !all[leading_].claimed());
    if (linked) unlink(*linked);
  }
  /// It holds something again, as if it had not left. Those that left after it have to come back before. O(issues since).
  void come_back(Families& all, family_type& in) noexcept {
    const left_as left = in.left();
    if (left.claimed && !in.claimed()) {
      in.set_claimed(true);
      if (left.leading || leading_ == no_entry) leading_ = number_of(all, in);
    }
    if (left.issued)
      if (mark& issued = **issued_of(in); !issued.linked) {
        mark* before = issues_->last;
        while (before && before->rank > issued.rank) before = before->before;
        link(before, issued, issued.rank);
      }
    in.set_left({});
  }

  /// Where the sequence was set to begin, and from where to search for the next free one, which may be further.
  struct start_of_sequence {
    std::optional<serial_number> start{}, hint{};
  };
  [[nodiscard]] const start_of_sequence* start() const noexcept { return issues_ ? &issues_->start : nullptr; }
  [[nodiscard]] start_of_sequence* start() noexcept { return issues_ ? &issues_->start : nullptr; }
  /// Makes it if it is not there.
  [[nodiscard]] start_of_sequence& ensure_start() { return issues().start; }

 private:
  struct of_issues {
    mark *first = nullptr, *last = nullptr;  // by rank, also what is reserved
    std::int64_t ranks = 0;
    boost::unordered_flat_map<const family_type*, std::unique_ptr<mark>> committed;  // null before the first commit
    start_of_sequence start;
  };
  [[nodiscard]] of_issues& issues() {
    if (!issues_) issues_ = std::make_unique<of_issues>();
    return *issues_;
  }
  [[nodiscard]] std::unique_ptr<mark>* issued_of(const family_type& in) const noexcept {
    if (!issues_) return nullptr;
    const auto at = issues_->committed.find(&in);
    return at == issues_->committed.end() ? nullptr : &at->second;
  }

  [[nodiscard]] std::uint32_t number_of(const Families& all, const family_type& in) const noexcept {
    return in.before == no_entry ? first_ : all[in.before].after;
  }
  void link(Families& all, std::uint32_t number, std::uint32_t before, std::uint32_t after) noexcept {
    all[number].before = before;
    all[number].after = after;
    (before == no_entry ? first_ : all[before].after) = number;
    (after == no_entry ? last_ : all[after].before) = number;
  }
  void unlink(Families& all, family_type& in) noexcept {
    (in.before == no_entry ? first_ : all[in.before].after) = in.after;
    (in.after == no_entry ? last_ : all[in.after].before) = in.before;
  }

  void link(mark* before, mark& added, std::int64_t rank) noexcept {
    mark* const after = before ? before->after : issues_->first;
    added.rank = rank;
    added.linked = true;
    added.before = before;
    added.after = after;
    (before ? before->after : issues_->first) = &added;
    (after ? after->before : issues_->last) = &added;
  }
  void unlink(mark& in) noexcept {
    if (!std::exchange(in.linked, false)) return;
    (in.before ? in.before->after : issues_->first) = in.after;
    (in.after ? in.after->before : issues_->last) = in.before;
  }

  std::uint32_t first_ = no_entry, last_ = no_entry, leading_ = no_entry;
  std::unique_ptr<of_issues> issues_;
};

}  // namespace tallymark::detail
