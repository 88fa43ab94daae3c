// Held ordinals as runs in a sorted map: small, simple, and right for any order of arrival.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>

#include <tallymark/policy/holder.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// The held ordinals of one family. Neighbours with consecutive items and the same state are one run. With r runs,
/// everything is O(log r), and O(log r + k) where k runs are met; memory is about 72 bytes a run, whatever its length.
class run_map {
 public:
  /// Who holds an ordinal. O(log r).
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
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
  void assign(const held_run& run) {
    if (!runs_.empty()) {  // the usual case first: it goes on where the last run ends
      auto& [first, last_run] = *runs_.rbegin();
      if (last_run.last < run.first && last_run.last + 1 == run.first && last_run.by + (run.first - first) == run.by) {
        last_run.last = run.last();
        return;
      }
    }
    erase(run.first, run.length);
    const auto at = runs_.emplace(run.first, node{run.last(), run.by}).first;
    join(at);
    if (at != runs_.begin()) join(std::prev(at));
  }

  /// Frees ordinals, whatever they were. O(log r + k).
  void erase(std::uint64_t first, std::uint64_t length) {
    const std::uint64_t last = first + (length - 1);
    if (const auto at = containing(first); at != runs_.end() && at->first < first) {
      const auto tail = node{at->second.last, at->second.by + (first - at->first)};
      runs_.find(at->first)->second.last = first - 1;
      runs_.emplace(first, tail);
    }
    auto at = runs_.lower_bound(first);
    while (at != runs_.end() && at->second.last <= last) at = runs_.erase(at);
    if (at == runs_.end() || at->first > last) return;
    const auto tail = node{at->second.last, at->second.by + (last + 1 - at->first)};
    runs_.erase(at);
    runs_.emplace(last + 1, tail);
  }

  /// The greatest taken ordinal. O(1).
  [[nodiscard]] std::optional<std::uint64_t> greatest() const {
    if (runs_.empty()) return std::nullopt;
    return runs_.rbegin()->second.last;
  }

  /// Whether this ordinal is of the last run. O(1).
  [[nodiscard]] bool is_last(std::uint64_t ordinal) const { return !runs_.empty() && runs_.rbegin()->first <= ordinal; }

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

  // joins a run with the one behind it if that continues it
  void join(runs::iterator at) {
    const auto following = std::next(at);
    if (following == runs_.end() || at->second.last + 1 != following->first) return;
    if (at->second.by + (following->first - at->first) != following->second.by) return;
    at->second.last = following->second.last;
    runs_.erase(following);
  }

  runs runs_;
};

/// Index policy: a run_map for each family.
struct run_index {
  using policy_slot = index_slot;
  using map = run_map;
};

}  // namespace tallymark
