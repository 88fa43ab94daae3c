// Held ordinals one by one in a hash table, for serial numbers that are far apart; long runs in a map.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include <tallymark/index/detail/packed_holder.hpp>
#include <tallymark/index/detail/plain_parts.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// The held ordinals of one family. Up to 8 ordinals that are taken at once go into a hash table, longer runs into a
/// run_map. With s ordinals in the table and r runs: one ordinal is found, taken and freed in O(1 + log r). A table has
/// no order: what asks for ordinals in order looks for each, or at the whole table, whichever is less. Memory: 18 to 40
/// bytes for an ordinal in the table, 72 for a run.
class hashed_map {
 public:
  /// Who holds an ordinal. O(1 + log r).
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
    if (const auto at = singles_.find(ordinal); at != singles_.end()) return at->second.get();
    return runs_.find(ordinal);
  }

  /// Takes an ordinal if it is free; else changes nothing and answers who holds it. O(1 + log r).
  std::optional<holder> claim(std::uint64_t ordinal, holder by) {
    if (!runs_.empty())
      if (auto held = runs_.find(ordinal)) return held;
    if (!detail::packed_holder::fits(by)) {
      if (auto held = find(ordinal)) return held;
      runs_.assign({ordinal, 1, by});
      return std::nullopt;
    }
    const auto [at, is_new] = singles_.try_emplace(ordinal, by);
    if (!is_new) return at->second.get();
    greatest_ = std::max(greatest_, ordinal);
    return std::nullopt;
  }

  /// How far the ordinals from here on are all taken, or all free, at most to the next multiple of 4096; from such a
  /// multiple, and after the greatest, as far as can be. O(log r + the length), and not more than O(log r + s).
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const {
    stretch found = runs_.occupancy(ordinal);
    if (found.taken || singles_.empty() || ordinal > greatest_) return found;
    const std::uint64_t most = ordinal % step != 0 ? step - ordinal % step : singles_.size();
    const bool taken = singles_.contains(ordinal);
    std::uint64_t length = 1;
    while (length < std::min(found.length, most) && singles_.contains(ordinal + length) == taken) ++length;
    if (!taken && ordinal % step == 0 && length == singles_.size()) {  // as long as looking at the whole table
      length = found.length;
      for (const auto& [other, by] : singles_)
        if (other > ordinal) length = std::min(length, other - ordinal);
    }
    return {taken, std::min(length, found.length)};
  }

  /// Visits what is taken of `length` ordinals from `first` on, in order. O(log r + k + m), where k runs are met and
  /// m is the length, or s log s if that is less.
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    std::optional<held_run> joined;
    const auto next = [&](const held_run& run) {
      if (joined && joined->last() + 1 == run.first && joined->by.leads_to(run.by, joined->length)) {
        joined->length += run.length;
        return;
      }
      if (joined) visit(*joined);
      joined = run;
    };
    const std::vector<held_run> singles = singles_in(first, length);
    auto at = singles.begin();
    runs_.overlaps(first, length, [&](const held_run& run) {
      for (; at != singles.end() && at->first < run.first; ++at) next(*at);
      next(run);
    });
    for (; at != singles.end(); ++at) next(*at);
    if (joined) visit(*joined);
  }

  /// Gives ordinals to a holder, whatever they were. O(log r + runs met + the length, or s if that is less).
  void assign(const held_run& run) {
    if (run.length > most_singles || !detail::is_plain(run) ||
        !detail::packed_holder::fits(run.by + (run.length - 1))) {
      runs_.assign(run);  // all that needs memory comes first
      erase_singles(run.first, run.length);
      return;
    }
    make_room(run.length);
    if (!runs_.empty()) runs_.erase(run.first, run.length);
    for (std::uint64_t i = 0; i < run.length; ++i)
      singles_.insert_or_assign(run.first + i, detail::packed_holder(run.by + i));
    greatest_ = std::max(greatest_, run.last());
  }

  /// Frees ordinals, whatever they were. O(log r + runs met + the length, or s if that is less); if the greatest is
  /// among them, as much again until the one before it is found.
  void erase(std::uint64_t first, std::uint64_t length) {
    if (!runs_.empty()) runs_.erase(first, length);
    erase_singles(first, length);
  }

  /// The greatest taken ordinal. O(1).
  [[nodiscard]] std::optional<std::uint64_t> greatest() const {
    const auto in_runs = runs_.greatest();
    return singles_.empty() ? in_runs : std::max(in_runs, std::optional(greatest_));
  }

  /// Whether nothing is taken. O(1).
  [[nodiscard]] bool empty() const noexcept { return singles_.empty() && runs_.empty(); }

 private:
  static constexpr std::uint64_t most_singles = 8;  // of a run; as large as a run is elsewhere
  static constexpr std::uint64_t step = 4096;

  // so that this many more go into the table without memory
  void make_room(std::size_t more) {
    const std::size_t needed = singles_.size() + more;
    if (needed > singles_.max_load()) singles_.reserve(std::max(needed, 2 * singles_.size()));
  }

  [[nodiscard]] std::vector<held_run> singles_in(std::uint64_t first, std::uint64_t length) const {
    std::vector<held_run> found;
    if (length <= singles_.size()) {
      for (std::uint64_t i = 0; i < length; ++i)
        if (const auto at = singles_.find(first + i); at != singles_.end())
          found.push_back({first + i, 1, at->second.get()});
      return found;
    }
    for (const auto& [ordinal, by] : singles_)
      if (ordinal - first < length) found.push_back({ordinal, 1, by.get()});
    std::sort(found.begin(), found.end(), [](const held_run& a, const held_run& b) { return a.first < b.first; });
    return found;
  }

  void erase_singles(std::uint64_t first, std::uint64_t length) {
    if (length <= singles_.size())
      for (std::uint64_t i = 0; i < length; ++i) singles_.erase(first + i);
    else
      erase_if(singles_, [&](const auto& one) { return one.first - first < length; });
    if (greatest_ - first < length) greatest_ = greatest_below(first);
  }

  // the greatest in the table: all of them are less than this one; 0 if there is none
  [[nodiscard]] std::uint64_t greatest_below(std::uint64_t ordinal) const {
    for (std::size_t i = 0; i < singles_.size() && ordinal > 0; ++i)
      if (singles_.contains(--ordinal)) return ordinal;
    std::uint64_t greatest = 0;
    for (const auto& [one, by] : singles_) greatest = std::max(greatest, one);
    return greatest;
  }

  boost::unordered_flat_map<std::uint64_t, detail::packed_holder> singles_;
  std::uint64_t greatest_ = 0;  // in singles_
  run_map runs_;
};

/// Index policy: a hashed_map for each family.
struct hashed_index {
  using policy_slot = index_slot;
  using map = hashed_map;
};

}  // namespace tallymark
