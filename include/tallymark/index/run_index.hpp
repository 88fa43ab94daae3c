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
  run_map(const run_map&) = delete;  // it remembers a place in itself
  run_map& operator=(const run_map&) = delete;

  /// Who holds an ordinal. O(log r), and O(1) in the last run and behind it.
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
  void assign(const held_run& run) {
    detail::for_plain_parts(run, [&](const held_run& part) {
      if (extend(part.first, part.length, part.by)) return;
      erase(part.first, part.length);
      const auto at = runs_.emplace(part.first, node{part.last(), part.by}).first;
      join(at);
      if (at != runs_.begin()) join(std::prev(at));
      remember_last();
    });
  }

  /// Takes an ordinal if it is free; else answers who holds it. O(log r), and O(1) where it goes on after the last run.
  std::optional<holder> claim(std::uint64_t ordinal, holder by) {
    if (extend(ordinal, 1, by)) return std::nullopt;
    if (auto held = find(ordinal)) return held;
    assign({ordinal, 1, by});
    return std::nullopt;
  }

  /// Takes ordinals if they just continue the last run, else does nothing; whether it did. Their items do not pass
  /// `no_item`. O(1).
  bool extend(std::uint64_t first, std::uint64_t length, holder by) {
    if (runs_.empty()) return false;
    node& last = last_->second;
    if (last.last >= first || last.last + 1 != first || !last.by.leads_to(by, first - last_->first)) return false;
    last.last = first + (length - 1);
    return true;
  }

  /// Frees ordinals, whatever they were. O(log r + k).
  void erase(std::uint64_t first, std::uint64_t length) {
    const std::uint64_t last = first + (length - 1);
    if (const auto at = containing(first); at != runs_.end() && at->first < first) {
      runs_.emplace(first, node{at->second.last, at->second.by + (first - at->first)});
      runs_.find(at->first)->second.last = first - 1;
    }
    auto at = runs_.lower_bound(first);
    while (at != runs_.end() && at->second.last <= last) at = runs_.erase(at);
    if (at != runs_.end() && at->first <= last) {
      auto tail = runs_.extract(at);
      tail.mapped().by = tail.mapped().by + (last + 1 - tail.key());
      tail.key() = last + 1;
      runs_.insert(std::move(tail));
    }
    remember_last();
  }

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

  void remember_last() {
    if (!runs_.empty()) last_ = std::prev(runs_.end());
  }

  // joins a run with the one behind it if that continues it
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

/// Index policy: a run_map for each family.
struct run_index {
  using policy_slot = index_slot;
  using map = run_map;
};

}  // namespace tallymark
