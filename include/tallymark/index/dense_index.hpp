// Held ordinals as runs where they are long, and in chunks of 1024 where they come one by one in any order.
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

#include <tallymark/ext/detail/prefetch.hpp>
#include <tallymark/index/detail/chunk.hpp>
#include <tallymark/index/detail/directory.hpp>
#include <tallymark/index/detail/plain_parts.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// The held ordinals of one family. Where less than 64 ordinals in a row change, and do not just continue the last run,
/// the 1024 around them become a chunk; a chunk is a run again once it is full and its holders continue one another.
/// With r runs outside of chunks and c chunks: one ordinal is found and taken in O(1) in a chunk, else in O(log r);
/// runs in O(log r + log c + what they meet). Memory: 72 bytes for a run; for a chunk about 160 bytes, and for its
/// ordinals 16 bytes a run, one bit each, 4 bytes each, or, if their items are more than 2^30 apart, 9 bytes each.
class dense_map {
 public:
  /// Who holds an ordinal.
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
    const detail::shortcut* at = directory_.near(number_of(ordinal));
    if (at && at->words()) return at->words().find(place_of(ordinal));
    const chunk* in = at ? at->to() : directory_.far(number_of(ordinal));
    return in ? in->find(place_of(ordinal)) : runs_.find(ordinal);
  }

  /// Asks for the memory that find and claim will need.
  void prefetch(std::uint64_t ordinal) const {
    // Without a branch on the ordinal: where half of them are free, it would be mistaken half the time.
    if (!directory_.all_near()) return;
    detail::prefetch(directory_.near_or_first(number_of(ordinal)).words().address(place_of(ordinal)));
  }

  /// Takes an ordinal if it is free; else changes nothing and answers who holds it.
  std::optional<holder> claim(std::uint64_t ordinal, holder by) {
    detail::shortcut* at = directory_.near(number_of(ordinal));
    if (at && at->take(place_of(ordinal), by)) return std::nullopt;
    const chunk* in = at ? at->to() : directory_.far(number_of(ordinal));
    if (!in && runs_.extend(ordinal, 1, by)) return std::nullopt;
    return claim_elsewhere(ordinal, by);
  }

  /// How far the ordinals from here on are all taken, or all free; at most to where a chunk begins or ends.
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const {
    if (const chunk* in = chunk_of(ordinal)) {
      const stretch found = in->occupancy(place_of(ordinal));
      return {found.taken, std::min(found.length, std::numeric_limits<std::uint64_t>::max() - ordinal)};
    }
    stretch found = runs_.occupancy(ordinal);
    const auto next = chunks_.upper_bound(number_of(ordinal));
    if (next != chunks_.end()) found.length = std::min(found.length, base_of(next->first) - ordinal);
    return found;
  }

  /// Visits what is taken of `length` ordinals from `first` on, in order.
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    const std::uint64_t last = first + (length - 1);
    for (auto at = chunks_.lower_bound(number_of(first)); at != chunks_.end() && base_of(at->first) <= last; ++at) {
      const std::uint64_t base = base_of(at->first);
      if (first < base) runs_.overlaps(first, base - first, visit);
      const std::uint64_t begin = std::max(first, base), end = std::min(last, base + (detail::places - 1));
      at->second.overlaps(begin - base, end - begin + 1, base, visit);
      if (end == last) return;
      first = end + 1;
    }
    runs_.overlaps(first, last - first + 1, visit);
  }

  /// Gives ordinals to a holder, whatever they were.
  void assign(const held_run& run) {
    if (chunk* in = run.length == 1 ? chunk_of(run.first) : nullptr) {  // the usual case first
      const std::uint64_t number = number_of(run.first);
      directory_.close(number);
      in->assign({place_of(run.first), 1, run.by});
      if (in->uniform()) settle(chunks_.find(number));
      directory_.open(number);
      return;
    }
    detail::for_plain_parts(run, [&](const held_run& part) {
      const auto piece = [&](std::uint64_t first, std::uint64_t length) {
        return held_run{first, length, part.by + (first - part.first)};
      };
      change(
          part.first, part.last(),
          [&](chunk& in, std::uint64_t first, std::uint64_t length) {
            in.assign({place_of(first), length, piece(first, length).by});
          },
          [&](std::uint64_t first, std::uint64_t length) {
            if (continues(first, length, piece(first, length).by)) return false;
            if (length < least_run) return true;
            runs_.assign(piece(first, length));
            return false;
          });
    });
  }

  /// Frees ordinals, whatever they were.
  void erase(std::uint64_t first, std::uint64_t length) {
    if (chunk* in = length == 1 ? chunk_of(first) : nullptr) {
      const std::uint64_t number = number_of(first);
      directory_.close(number);
      in->erase(place_of(first), 1);
      if (in->count() == 0) drop(chunks_.find(number));
      directory_.open(number);
      return;
    }
    change(
        first, first + (length - 1),
        [](chunk& in, std::uint64_t begin, std::uint64_t n) { in.erase(place_of(begin), n); },
        [&](std::uint64_t begin, std::uint64_t n) {
          const stretch here = runs_.occupancy(begin);
          if (!here.taken && here.length >= n) return false;
          if (n < least_run) return true;
          runs_.erase(begin, n);
          return false;
        });
  }

  /// The greatest taken ordinal. O(1).
  [[nodiscard]] std::optional<std::uint64_t> greatest() const {
    const auto in_runs = runs_.greatest();
    if (chunks_.empty()) return in_runs;
    const auto& [number, last] = *chunks_.rbegin();
    return std::max(in_runs, std::optional(base_of(number) + last.greatest()));
  }

  /// Whether nothing is taken. O(1).
  [[nodiscard]] bool empty() const noexcept { return runs_.empty() && chunks_.empty(); }

 private:
  using chunk = detail::chunk;
  using chunk_map = std::map<std::uint64_t, chunk>;
  static constexpr std::uint64_t least_run = 64;  // shorter ones make a chunk

  [[nodiscard]] static std::uint64_t number_of(std::uint64_t ordinal) noexcept { return ordinal >> detail::place_bits; }
  [[nodiscard]] static std::uint64_t base_of(std::uint64_t number) noexcept { return number << detail::place_bits; }
  [[nodiscard]] static std::uint64_t place_of(std::uint64_t ordinal) noexcept { return ordinal % detail::places; }

  [[nodiscard]] chunk* chunk_of(std::uint64_t ordinal) const { return directory_.find(number_of(ordinal)); }

  // apart from the usual cases, which are shorter and faster by it
  [[gnu::noinline]] std::optional<holder> claim_elsewhere(std::uint64_t ordinal, holder by) {
    chunk* in = chunk_of(ordinal);
    if (!in) {
      if (continues(ordinal, 1, by)) return std::nullopt;
      if (auto held = runs_.find(ordinal)) return held;
      in = &opened(number_of(ordinal));
    }
    if (auto held = in->find(place_of(ordinal))) return held;
    const std::uint64_t number = number_of(ordinal);
    directory_.close(number);
    in->take(place_of(ordinal), by);
    if (in->uniform()) settle(chunks_.find(number));
    directory_.open(number);
    return std::nullopt;
  }

  // takes what just continues the last run, and the first of all; there are no chunks for these ordinals
  bool continues(std::uint64_t first, std::uint64_t length, holder by) {
    if (runs_.extend(first, length, by)) return true;
    if (!empty()) return false;
    runs_.assign({first, length, by});
    return true;
  }

  // Changes ordinals: calls `inside(chunk, first, length)` for what lies in a chunk. For what lies elsewhere it calls
  // `outside(first, length)`, which either makes the change in the runs, or answers true: chunks have to be opened.
  // A chunk of which everything changes goes first: what comes instead is a run, or nothing.
  template <class Inside, class Outside>
  void change(std::uint64_t first, std::uint64_t last, Inside inside, Outside outside) {
    const auto in_chunk = [&](chunk_map::iterator at, std::uint64_t begin, std::uint64_t end) {
      const std::uint64_t number = at->first;
      directory_.close(number);
      inside(at->second, begin, end - begin + 1);
      const auto behind = settle(at);
      directory_.open(number);
      return behind;
    };
    const auto elsewhere = [&](std::uint64_t begin, std::uint64_t end) {
      if (!outside(begin, end - begin + 1)) return;
      for (std::uint64_t stop = begin;; begin = stop + 1) {
        stop = std::min(end, begin | (detail::places - 1));
        opened(number_of(begin));
        in_chunk(chunks_.find(number_of(begin)), begin, stop);
        if (stop == end) return;
      }
    };
    for (auto at = chunks_.lower_bound(number_of(first)); at != chunks_.end() && base_of(at->first) <= last;) {
      const std::uint64_t base = base_of(at->first), end = base + (detail::places - 1);
      if (first <= base && end <= last) {
        at = drop(at);
        continue;
      }
      if (first < base) elsewhere(first, base - 1);
      const std::uint64_t begin = std::max(first, base), stop = std::min(last, end);
      at = in_chunk(at, begin, stop);
      if (stop == last) return;
      first = stop + 1;
    }
    elsewhere(first, last);
  }

  chunk_map::iterator drop(chunk_map::iterator at) {
    directory_.erase(at->first);
    return chunks_.erase(at);
  }

  // a chunk that is empty goes, and one that is one run becomes that; answers with the chunk behind
  chunk_map::iterator settle(chunk_map::iterator at) {
    const auto one = at->second.uniform();
    if (at->second.count() > 0 && !one) return std::next(at);
    if (one) runs_.assign({base_of(at->first), detail::places, *one});
    return drop(at);
  }

  // the chunk for ordinals that have none; it takes over what the runs hold of them
  chunk& opened(std::uint64_t number) {
    directory_.make_room(number, chunks_);
    chunk filled;
    runs_.overlaps(base_of(number), detail::places,
                   [&](const held_run& run) { filled.assign({place_of(run.first), run.length, run.by}); });
    chunk& made = chunks_.insert_or_assign(number, std::move(filled)).first->second;
    runs_.erase(base_of(number), detail::places);
    directory_.set(number, &made);
    return made;
  }

  run_map runs_;
  chunk_map chunks_;
  detail::directory directory_;  // of chunks_
};

/// Index policy: a dense_map for each family. The default.
struct dense_index {
  using policy_slot = index_slot;
  using map = dense_map;
};

}  // namespace tallymark
