// Held ordinals as runs in a sorted map: small, simple, and right for any order of arrival.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include <tallymark/index/detail/plain_parts.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// The held ordinals of one family. Neighbours with consecutive items and the same state are one run. With r runs,
/// everything is O(log r), and O(log r + k) where k runs are met; memory is about 72 bytes a run, whatever its length.
class run_map {
 public:
  run_map() = default;
  run_map(run_map&&) = default;  // a copy would remember a place in the other one
  run_map& operator=(run_map&&) = default;

  /// Memory taken beforehand, for changes that must not fail.
  class spare_nodes;

  /// Who holds an ordinal. O(log r), and O(1) in the last run and after it.
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
    if (runs_.empty()) return std::nullopt;
    if (ordinal >= last_->first) {
      if (ordinal > last_->second.last) return std::nullopt;
      return last_->second.by + (ordinal - last_->first);
    }
    const auto at = containing(ordinal);
    if (at == runs_.end()) return std::nullopt;
    return at->second.by + (ordinal - at->first);
  }

  /// How far the ordinals from here on are all taken, or all free. O(log r).
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const {
    const auto at = containing(ordinal);
    if (at != runs_.end()) return {true, at->second.last - ordinal + 1};
    const auto following = runs_.upper_bound(ordinal);
    return {false, following == runs_.end() ? std::numeric_limits<std::uint64_t>::max() - ordinal
                                            : following->first - ordinal};
  }

  /// Visits what is taken of `length` ordinals from `first` on, in order. O(log r + k).
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    const std::uint64_t last = first + (length - 1);
    auto at = containing(first);
    if (at == runs_.end()) at = runs_.upper_bound(first);
    for (; at != runs_.end() && at->first <= last; ++at) {
      const std::uint64_t begin = std::max(first, at->first), end = std::min(last, at->second.last);
      visit(held_run{begin, end - begin + 1, at->second.by + (begin - at->first)});
    }
  }

  /// Gives ordinals to a holder, whatever they were. O(log r + k).
  void assign(const held_run& run);
  /// The same for a run whose items do not pass `no_item`; takes two nodes at most.
  void assign(const held_run& run, spare_nodes& spare) noexcept;

  /// Takes an ordinal if it is free; else answers who holds it. O(log r), and O(1) where it goes on after the last run.
  std::optional<holder> claim(std::uint64_t ordinal, holder by) {
    if (extend(ordinal, 1, by)) return std::nullopt;
    if (auto held = find(ordinal)) return held;
    added(runs_.emplace(ordinal, node{ordinal, by}).first);
    return std::nullopt;
  }

  /// Takes ordinals if they just continue the last run, else does nothing; whether it did. Their items do not pass
  /// `no_item`. O(1).
  [[gnu::always_inline]] bool extend(std::uint64_t first, std::uint64_t length, holder by) {
    if (!can_extend(first, by)) return false;
    last_->second.last = first + (length - 1);
    return true;
  }
  /// Whether `extend` would take them. O(1).
  [[nodiscard, gnu::always_inline]] bool can_extend(std::uint64_t first, const holder& by) const {
    if (runs_.empty()) return false;
    const node& last = last_->second;
    return last.last < first && last.last + 1 == first && last.by.leads_to(by, first - last_->first);
  }

  /// Frees ordinals, whatever they were. O(log r + k).
  void erase(std::uint64_t first, std::uint64_t length);
  /// The same; takes one node at most.
  void erase(std::uint64_t first, std::uint64_t length, spare_nodes& spare) noexcept;

  /// The greatest taken ordinal. O(1).
  [[nodiscard]] std::optional<std::uint64_t> greatest() const {
    if (runs_.empty()) return std::nullopt;
    return last_->second.last;
  }

  /// Whether nothing is taken. O(1).
  [[nodiscard]] bool empty() const noexcept { return runs_.empty(); }

 private:
  struct node {
    std::uint64_t last;
    holder by;
  };
  using runs = std::map<std::uint64_t, node>;

  [[nodiscard]] runs::const_iterator containing(std::uint64_t ordinal) const {
    const auto after = runs_.upper_bound(ordinal);
    if (after == runs_.begin()) return runs_.end();
    const auto at = std::prev(after);
    return ordinal <= at->second.last ? at : runs_.end();
  }

  // the run of which [first, last] is the middle, so that freeing that makes two of it
  [[nodiscard]] runs::const_iterator cut_by(std::uint64_t first, std::uint64_t last) const {
    const auto at = containing(first);
    return at != runs_.end() && at->first < first && last < at->second.last ? at : runs_.end();
  }

  void remember_last() {
    if (!runs_.empty()) last_ = std::prev(runs_.end());
  }
  void added(runs::iterator at) {
    join(at);
    if (at != runs_.begin()) join(std::prev(at));
    remember_last();
  }

  // joins a run with the one after it if that continues it
  void join(runs::iterator at) {
    const auto following = std::next(at);
    if (following == runs_.end() || at->second.last + 1 != following->first) return;
    if (!at->second.by.leads_to(following->second.by, following->first - at->first)) return;
    at->second.last = following->second.last;
    runs_.erase(following);
  }

  runs runs_;
  runs::iterator last_{};  // the last run, if there is one
};

class run_map::spare_nodes {
 public:
  /// From now on there are at least n. O(n).
  void reserve(std::size_t n) {
    while (nodes_.size() < n) nodes_.emplace(nodes_.size(), node{});
  }

 private:
  friend run_map;
  [[nodiscard]] runs::node_type take(std::uint64_t first, const node& value) noexcept {
    auto taken = nodes_.extract(std::prev(nodes_.end()));
    taken.key() = first;
    taken.mapped() = value;
    return taken;
  }

  runs nodes_;  // numbered
};

inline void run_map::assign(const held_run& run) {
  if (detail::is_plain(run)) {
    if (extend(run.first, run.length, run.by)) return;
    spare_nodes spare;
    spare.reserve(cut_by(run.first, run.last()) == runs_.end() ? 1 : 2);
    assign(run, spare);
    return;
  }
  std::size_t parts = 0;
  detail::for_plain_parts(run, [&](const held_run&) { ++parts; });
  spare_nodes spare;
  spare.reserve(2 * parts);
  detail::for_plain_parts(run, [&](const held_run& part) { assign(part, spare); });
}

inline void run_map::assign(const held_run& run, spare_nodes& spare) noexcept {
  if (extend(run.first, run.length, run.by)) return;
  erase(run.first, run.length, spare);
  added(runs_.insert(spare.take(run.first, {run.last(), run.by})).position);
}

inline void run_map::erase(std::uint64_t first, std::uint64_t length) {
  spare_nodes spare;
  if (cut_by(first, first + (length - 1)) != runs_.end()) spare.reserve(1);
  erase(first, length, spare);
}

inline void run_map::erase(std::uint64_t first, std::uint64_t length, spare_nodes& spare) noexcept {
  const std::uint64_t last = first + (length - 1);
  if (const auto at = cut_by(first, last); at != runs_.end()) {
    const std::uint64_t begin = at->first;
    runs_.insert(spare.take(last + 1, {at->second.last, at->second.by + (last + 1 - begin)}));
    runs_.find(begin)->second.last = first - 1;
    remember_last();
    return;
  }
  auto at = runs_.lower_bound(first);
  if (at != runs_.begin())  // the end of the one before
    if (node& before = std::prev(at)->second; before.last >= first) before.last = first - 1;
  while (at != runs_.end() && at->second.last <= last) at = runs_.erase(at);
  if (at != runs_.end() && at->first <= last) {
    auto tail = runs_.extract(at);
    tail.mapped().by = tail.mapped().by + (last + 1 - tail.key());
    tail.key() = last + 1;
    runs_.insert(std::move(tail));
  }
  remember_last();
}

/// Index policy: a run_map for each family.
struct run_index {
  using policy_slot = index_slot;
  using map = run_map;
};

}  // namespace tallymark
