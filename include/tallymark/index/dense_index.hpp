// Held ordinals as runs while they are few and long, and in chunks of bits and words where they are many and short.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include <tallymark/config.hpp>
#include <tallymark/index/detail/chunk.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/policy/holder.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// The held ordinals of one family. 1024 ordinals that begin with a multiple of 1024 are a chunk once they hold more than 16
/// runs, and runs again once they are full and their holders continue one another. With r runs outside of chunks and c
/// chunks: find is O(1) in a chunk, else O(log r); a run is taken in O(log r + chunks that it meets). Memory: 72 bytes for
/// a run; for a chunk 160 bytes, and 8 KiB more once its holders do not continue one another. Precondition: items are
/// less than 2^62 - 1, or no_item.
class dense_map {
 public:
  /// Who holds an ordinal.
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
    if (const chunk* in = chunk_of(ordinal)) return in->find(ordinal % chunk::size);
    return runs_.find(ordinal);
  }

  /// How far the ordinals from here on are all taken, or all free; at most to where a chunk begins or ends.
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const {
    if (const chunk* in = chunk_of(ordinal)) return in->occupancy(ordinal % chunk::size);
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
      const std::uint64_t begin = std::max(first, base), end = std::min(last, base + (chunk::size - 1));
      at->second.overlaps(begin - base, end - begin + 1, base, visit);
      if (end == last) return;
      first = end + 1;
    }
    runs_.overlaps(first, last - first + 1, visit);
  }

  /// Gives ordinals to a holder, whatever they were.
  void assign(const held_run& run) {
    TALLYMARK_ASSERT(run.by.item == no_item || run.by.item < limit, "items are less than 2^62 - 1");
    if (run.length == 1)  // the usual case first
      if (const auto at = directory_.find(number_of(run.first)); at != directory_.end()) {
        at->second->assign({run.first % chunk::size, 1, run.by});
        if (at->second->full()) settled(chunks_.find(at->first));
        return;
      }
    const auto piece = [&](std::uint64_t begin, std::uint64_t n) {
      return held_run{begin, n, run.by + (begin - run.first)};
    };
    in_pieces(
        run.first, run.last(), [&](chunk& in, held_run at) { in.assign({at.first % chunk::size, at.length, piece(at.first, 1).by}); },
        [&](std::uint64_t begin, std::uint64_t n) {
          runs_.assign(piece(begin, n));
          if (n < chunk::size && !runs_.is_last(begin)) open_if_crowded(number_of(begin));
        });
  }

  /// Frees ordinals, whatever they were.
  void erase(std::uint64_t first, std::uint64_t length) {
    in_pieces(
        first, first + (length - 1), [&](chunk& in, held_run at) { in.erase(at.first % chunk::size, at.length); },
        [&](std::uint64_t begin, std::uint64_t n) { runs_.erase(begin, n); });
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
  static constexpr std::uint64_t limit = detail::packed_holder::item_limit - 1;
  static constexpr std::size_t most_runs = 16;  // in 1024 ordinals, before they become a chunk

  [[nodiscard]] static std::uint64_t number_of(std::uint64_t ordinal) noexcept { return ordinal >> chunk::size_bits; }
  [[nodiscard]] static std::uint64_t base_of(std::uint64_t number) noexcept { return number << chunk::size_bits; }

  [[nodiscard]] const chunk* chunk_of(std::uint64_t ordinal) const {
    if (directory_.empty()) return nullptr;
    const auto at = directory_.find(number_of(ordinal));
    return at == directory_.end() ? nullptr : at->second;
  }

  // Calls `inside(chunk, ordinals)` and `outside(first, length)` for the pieces of a change that lie in chunks and elsewhere.
  // Chunks that the change covers go before: what comes instead is a run, or nothing.
  template <class Inside, class Outside>
  void in_pieces(std::uint64_t first, std::uint64_t last, Inside inside, Outside outside) {
    const bool whole_run = last - first >= chunk::size - 1;
    for (auto at = chunks_.lower_bound(number_of(first)); at != chunks_.end() && base_of(at->first) <= last;) {
      const std::uint64_t number = at->first, base = base_of(number), end = base + (chunk::size - 1);
      if (whole_run && first <= base && end <= last) {
        at = drop(at);
        continue;
      }
      if (first < base) outside(first, base - first);
      const std::uint64_t begin = std::max(first, base), stop = std::min(last, end);
      inside(at->second, held_run{begin, stop - begin + 1, {}});
      at = settled(at);
      if (stop == last) return;
      first = stop + 1;
    }
    outside(first, last - first + 1);
  }

  using chunk_map = std::map<std::uint64_t, chunk>;

  chunk_map::iterator drop(chunk_map::iterator at) {
    directory_.erase(at->first);
    return chunks_.erase(at);
  }

  // a chunk that is empty goes, and one that is one run becomes that; answers with the chunk behind
  chunk_map::iterator settled(chunk_map::iterator at) {
    const std::uint64_t base = base_of(at->first);
    const auto one = at->second.uniform();
    if (at->second.count() > 0 && !one) return std::next(at);
    at = drop(at);
    if (one) runs_.assign({base, chunk::size, *one});
    return at;
  }

  void open_if_crowded(std::uint64_t number) {
    std::vector<held_run> held;
    runs_.overlaps(base_of(number), chunk::size, [&](const held_run& run) { held.push_back(run); });
    if (held.size() <= most_runs) return;
    chunk& made = chunks_[number];
    for (held_run& run : held) {
      run.first -= base_of(number);
      made.assign(run);
    }
    directory_.emplace(number, &made);
    runs_.erase(base_of(number), chunk::size);
  }

  run_map runs_;
  chunk_map chunks_;
  boost::unordered_flat_map<std::uint64_t, chunk*> directory_;  // into chunks_
};

/// Index policy: a dense_map for each family. The default.
struct dense_index {
  using policy_slot = index_slot;
  using map = dense_map;
};

}  // namespace tallymark
