// Held ordinals as runs where they are long, in chunks of 1024 where they are dense, and each by itself where they lie far apart.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include <tallymark/ext/detail/prefetch.hpp>
#include <tallymark/ext/detail/succeeds.hpp>
#include <tallymark/index/detail/chunk.hpp>
#include <tallymark/index/detail/directory.hpp>
#include <tallymark/index/detail/packed_holder.hpp>
#include <tallymark/index/detail/plain_parts.hpp>
#include <tallymark/index/detail/sparse_ordinals.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// The held ordinals of one family. What just continues the last run goes on with it. Other ordinals that come one by one
/// are kept each by itself as long as they lie apart; where more than 3 of the same 16 do, or less than 64 in a row change
/// at once, the 1024 around them become a chunk. A chunk is a run again once it is full and its holders continue one
/// another. With r runs outside of chunks, c chunks and s ordinals by themselves: one ordinal is found in O(1), or O(log r)
/// in a run; it is taken in O(1) in a chunk, else in O(log s); runs in O(log r + log c + log s + what they meet). Memory:
/// 72 bytes for a run; 31 to 50 bytes for an ordinal by itself; for a chunk about 170 bytes, and for its ordinals 16 bytes
/// a run, or a bit each, or 4 to 5 bytes for each that is taken, or, from 97 on, 4 bytes for each of the 1024. If their items
/// are 2^30 - 1 or more apart, 9 to 12 bytes for each that is taken.
class dense_map {
 public:
  /// Who holds an ordinal.
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
    const detail::shortcut* way = directory_.way(number_of(ordinal));
    if (way && way->is_open()) return way->find(place_of(ordinal));
    return way && way->to() ? way->to()->find(place_of(ordinal)) : find_outside(ordinal);
  }

  /// Asks for the memory that find and claim will need.
  void prefetch(std::uint64_t ordinal) const {
    if (directory_.all_near() && sparse_.empty()) {
      // Without a branch on the ordinal: where half of them are free, it would be mistaken half the time.
      detail::prefetch(directory_.near_or_first(number_of(ordinal)).address(place_of(ordinal)));
    } else if (const detail::shortcut* way = directory_.way(number_of(ordinal)); way && way->is_open()) {
      detail::prefetch(way->address(place_of(ordinal)));
    } else {
      sparse_.prefetch(ordinal);
    }
  }

  /// Takes an ordinal if it is free; else changes nothing and answers who holds it.
  [[gnu::always_inline]] std::optional<holder> claim(std::uint64_t ordinal, holder by) {
    detail::shortcut* way = directory_.way(number_of(ordinal));
    if (way && way->take(place_of(ordinal), by)) return std::nullopt;
    if (!(way && way->to()) && is_after_sparse(ordinal) && runs_.extend(ordinal, 1, by)) return std::nullopt;
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
    return found.taken || sparse_.empty() ? found : occupancy_of_sparse(ordinal, found);
  }

  /// Visits what is taken of `length` ordinals from `first` on, in order.
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    const std::uint64_t last = first + (length - 1);
    for (auto at = chunks_.lower_bound(number_of(first)); at != chunks_.end() && base_of(at->first) <= last; ++at) {
      const std::uint64_t base = base_of(at->first);
      if (first < base) overlaps_outside(first, base - first, visit);
      const std::uint64_t begin = std::max(first, base), end = std::min(last, base + (detail::places - 1));
      at->second.overlaps(begin - base, end - begin + 1, base, visit);
      if (end == last) return;
      first = end + 1;
    }
    overlaps_outside(first, last - first + 1, visit);
  }

  /// Gives ordinals to a holder, whatever they were.
  void assign(const held_run& run) {
    if (chunk* in = run.length == 1 ? chunk_of(run.first) : nullptr) {  // the usual case first
      const reshaping guard(directory_, number_of(run.first));
      in->assign({place_of(run.first), 1, run.by});
      if (in->uniform()) settle(chunks_.find(number_of(run.first)));
      return;
    }
    if (!detail::is_plain(run)) return assign_in_copy(run);
    if (run.length == 1 && assign_single(run.first, run.by)) return;
    const auto part_of = [&](std::uint64_t first, std::uint64_t length) {
      return held_run{first, length, run.by + (first - run.first)};
    };
    change(
        run.first, run.last(),
        [&](std::uint64_t first, std::uint64_t length) {
          return length < least_run && !can_continue(first, part_of(first, length).by);
        },
        [&](chunk& in, std::uint64_t first, std::uint64_t length) {
          in.make_room({place_of(first), length, part_of(first, length).by});
        },
        [&](chunk& in, std::uint64_t first, std::uint64_t length) {
          in.assign({place_of(first), length, part_of(first, length).by});
        },
        [&](std::uint64_t first, std::uint64_t length, run_map::spare_nodes& spare) {
          runs_.assign(part_of(first, length), spare);
        });
  }

  /// Frees ordinals, whatever they were.
  void erase(std::uint64_t first, std::uint64_t length) {
    if (chunk* in = length == 1 ? chunk_of(first) : nullptr) {
      const reshaping guard(directory_, number_of(first));
      in->erase(place_of(first), 1);
      if (in->count() <= most_left) settle(chunks_.find(number_of(first)));
      return;
    }
    if (length == 1 && sparse_.erase(first)) return;
    change(
        first, first + (length - 1),
        [&](std::uint64_t begin, std::uint64_t n) {
          const stretch here = runs_.occupancy(begin);
          return n < least_run && (here.taken || here.length < n);
        },
        [](chunk& in, std::uint64_t, std::uint64_t) { in.make_room(); },
        [](chunk& in, std::uint64_t begin, std::uint64_t n) { in.erase(place_of(begin), n); },
        [&](std::uint64_t begin, std::uint64_t n, run_map::spare_nodes& spare) { runs_.erase(begin, n, spare); });
  }

  /// The greatest taken ordinal. O(1).
  [[nodiscard]] std::optional<std::uint64_t> greatest() const {
    auto found = runs_.greatest();
    if (!sparse_.empty()) found = std::max(found, std::optional(sparse_.greatest()));
    if (chunks_.empty()) return found;
    const auto& [number, last] = *chunks_.rbegin();
    return std::max(found, std::optional(base_of(number) + last.greatest()));
  }

  /// Whether nothing is taken. O(1).
  [[nodiscard]] bool empty() const noexcept { return runs_.empty() && chunks_.empty() && sparse_.empty(); }

 private:
  using chunk = detail::chunk;
  using chunk_map = std::map<std::uint64_t, chunk>;
  static constexpr std::uint64_t least_run = 64;  // shorter ones make a chunk
  static constexpr std::uint64_t most_left = 2;   // in a chunk that then goes; less than there are when it comes

  [[nodiscard]] static std::uint64_t number_of(std::uint64_t ordinal) noexcept { return ordinal >> detail::place_bits; }
  [[nodiscard]] static std::uint64_t base_of(std::uint64_t number) noexcept { return number << detail::place_bits; }
  [[nodiscard]] static std::uint64_t place_of(std::uint64_t ordinal) noexcept { return ordinal % detail::places; }

  [[nodiscard]] chunk* chunk_of(std::uint64_t ordinal) const { return directory_.find(number_of(ordinal)); }

  // Around a change of a chunk: its shortcut is closed meanwhile.
  class reshaping {
   public:
    reshaping(detail::directory& ways, std::uint64_t number) noexcept : ways_(ways), number_(number) {
      ways_.close(number_);
    }
    reshaping(const reshaping&) = delete;
    reshaping& operator=(const reshaping&) = delete;
    ~reshaping() { ways_.open(number_); }

   private:
    detail::directory& ways_;
    std::uint64_t number_;
  };

  // The chunks that a change has opened: if it fails, the empty ones go again.
  class fresh_chunks {
   public:
    explicit fresh_chunks(dense_map& in) noexcept : in_(in) {}
    fresh_chunks(const fresh_chunks&) = delete;
    fresh_chunks& operator=(const fresh_chunks&) = delete;
    ~fresh_chunks() {
      while (size_ > 0)
        if (const auto at = in_.chunks_.find(numbers_[--size_]); at->second.count() == 0) in_.drop(at);
    }
    void add(std::uint64_t number) noexcept { numbers_[size_++] = number; }
    void keep() noexcept { size_ = 0; }

   private:
    dense_map& in_;
    std::array<std::uint64_t, 4> numbers_{};  // two at each end, since what is longer becomes a run
    std::size_t size_ = 0;
  };

  // Out of line, to keep the fast path small.
  [[gnu::noinline]] std::optional<holder> claim_elsewhere(std::uint64_t ordinal, holder by) {
    chunk* in = chunk_of(ordinal);
    if (!in) {
      if (auto held = runs_.find(ordinal)) return held;
      if (can_continue(ordinal, by)) {
        if (auto held = sparse_.find(ordinal)) return held;
        runs_.assign({ordinal, 1, by});
        return std::nullopt;
      }
      if (detail::packed_holder::fits(by)) {
        if (const auto [crowded, held] = sparse_.claim(ordinal, by); !crowded) return held;
      } else if (auto held = sparse_.find(ordinal)) {
        return held;
      }
      in = &opened(number_of(ordinal));
    }
    if (auto held = in->find(place_of(ordinal))) return held;
    const std::uint64_t number = number_of(ordinal);
    const reshaping guard(directory_, number);
    in->take(place_of(ordinal), by);
    if (in->uniform()) settle(chunks_.find(number));
    return std::nullopt;
  }

  // ---- ordinals that lie far apart ----------------------------------------------------------------

  // There is no chunk for the ordinals of all these.
  [[nodiscard]] std::optional<holder> find_outside(std::uint64_t ordinal) const {
    if (!sparse_.empty())
      if (auto held = sparse_.find(ordinal)) return held;
    return runs_.find(ordinal);
  }
  [[nodiscard]] bool is_after_sparse(std::uint64_t ordinal) const noexcept {
    return sparse_.empty() || ordinal > sparse_.greatest();
  }
  // Gives an ordinal to a holder, if it is one by itself or becomes one; whether it did.
  [[nodiscard]] bool assign_single(std::uint64_t ordinal, const holder& by) {
    if (!detail::packed_holder::fits(by)) return false;
    if (sparse_.replace(ordinal, by)) return true;
    return !runs_.find(ordinal) && !can_continue(ordinal, by) && !sparse_.claim(ordinal, by).crowded;
  }

  // given the stretch that is free without these
  [[nodiscard]] stretch occupancy_of_sparse(std::uint64_t ordinal, const stretch& free) const {
    const auto next = sparse_.next(ordinal);
    if (!next || *next - ordinal >= free.length) return free;
    if (*next > ordinal) return {false, *next - ordinal};
    std::uint64_t length = 1;
    while (length < free.length && sparse_.find(ordinal + length)) ++length;  // a few, or they would be a chunk
    return {true, length};
  }
  // runs, and between them what is taken by itself
  template <class Visit>
  void overlaps_outside(std::uint64_t first, std::uint64_t length, Visit& visit) const {
    const std::uint64_t last = first + (length - 1);
    auto next = sparse_.next(first);
    runs_.overlaps(first, length, [&](const held_run& run) {
      if (next && *next < run.first) {
        sparse_.overlaps(*next, run.first - *next, visit);
        next = sparse_.next(run.first);
      }
      visit(run);
    });
    if (next && *next <= last) sparse_.overlaps(*next, last - *next + 1, visit);
  }

  // What a chunk holds, if that are a few, becomes ordinals by themselves, if there is memory for it. Whether they did.
  // NOLINTNEXTLINE(bugprone-exception-escape): only a variant without a value throws; chunks always have one
  [[nodiscard]] bool became_singles(std::uint64_t base, const chunk& in) noexcept {
    bool fit = in.count() <= most_left;
    const auto for_each_single = [&](auto&& visit) {
      in.overlaps(0, detail::places, base, [&](const held_run& run) {
        for (std::uint64_t i = 0; i < run.length; ++i) visit(run.first + i, run.by + i);
      });
    };
    if (fit) for_each_single([&](std::uint64_t, const holder& by) { fit = fit && detail::packed_holder::fits(by); });
    if (!fit) return false;
    const auto claim_all = [&] {
      for_each_single([&](std::uint64_t ordinal, const holder& by) { (void)sparse_.claim(ordinal, by); });
    };
    if (detail::succeeds(claim_all)) return true;
    sparse_.erase(base, detail::places);
    return false;
  }

  // Whether what is taken here just continues the last run, or is the first of all; there are no chunks for these
  // ordinals.
  [[nodiscard]] bool can_continue(std::uint64_t first, const holder& by) const {
    return empty() || runs_.can_extend(first, by);
  }

  // The items of the run pass the greatest, which no run of stock does.
  void assign_in_copy(const held_run& run) {
    dense_map copy;
    overlaps(0, std::numeric_limits<std::uint64_t>::max(), [&](const held_run& part) { copy.assign(part); });
    detail::for_plain_parts(run, [&](const held_run& part) { copy.assign(part); });
    *this = std::move(copy);
  }

  // Changes ordinals. What lies in chunks is changed there; a chunk of which everything changes goes first: what comes
  // instead is a run, or nothing. What lies elsewhere is changed in the runs, unless needs_chunk(first, length): then
  // chunks are opened for it.
  //
  // First everything is made that needs memory, which changes nothing that can be seen: chunks, make_room(chunk, first,
  // length) in them, and nodes for runs. Then nothing fails any more: in_chunk(chunk, first, length), in_runs(first,
  // length, spare).
  template <class NeedsChunk, class MakeRoom, class InChunk, class InRuns>
  void change(std::uint64_t first, std::uint64_t last, NeedsChunk needs_chunk, MakeRoom make_room, InChunk in_chunk,
              InRuns in_runs) {
    run_map::spare_nodes spare;
    std::size_t nodes = 0;
    fresh_chunks fresh(*this);
    for_each_part(
        first, last, [](chunk_map::iterator at) { return std::next(at); },
        [&](chunk_map::iterator at, std::uint64_t begin, std::uint64_t length) {
          const reshaping guard(directory_, at->first);
          make_room(at->second, begin, length);
          return std::next(at);
        },
        [&](std::uint64_t begin, std::uint64_t length) {
          if (!needs_chunk(begin, length)) {
            nodes += 2;
            return;
          }
          for (std::uint64_t end = begin + (length - 1), stop = begin;; begin = stop + 1) {
            stop = std::min(end, begin | (detail::places - 1));
            chunk& in = opened(number_of(begin));
            fresh.add(number_of(begin));
            const reshaping guard(directory_, number_of(begin));
            make_room(in, begin, stop - begin + 1);
            if (stop == end) return;
          }
        });
    spare.reserve(nodes);
    fresh.keep();

    for_each_part(
        first, last, [&](chunk_map::iterator at) { return drop(at); },
        [&](chunk_map::iterator at, std::uint64_t begin, std::uint64_t length) {
          const reshaping guard(directory_, at->first);
          in_chunk(at->second, begin, length);
          return settle(at);
        },
        [&](std::uint64_t begin, std::uint64_t length) {
          in_runs(begin, length, spare);
          sparse_.erase(begin, length);
        });
  }

  // Calls whole(chunk) for each chunk that these ordinals cover, inside(chunk, first, length) for what lies in another
  // one, and outside(first, length) for the rest, from one of these others to the next. The first two answer with the
  // next chunk.
  template <class Whole, class Inside, class Outside>
  void for_each_part(std::uint64_t first, std::uint64_t last, Whole whole, Inside inside, Outside outside) {
    for (auto at = chunks_.lower_bound(number_of(first)); at != chunks_.end() && base_of(at->first) <= last;) {
      const std::uint64_t base = base_of(at->first), most = base + (detail::places - 1), end = std::min(last, most);
      if (first <= base && most <= last) {
        at = whole(at);
        continue;
      }
      if (first < base) outside(first, base - first);
      const std::uint64_t begin = std::max(first, base);
      at = inside(at, begin, end - begin + 1);
      if (end == last) return;
      first = end + 1;
    }
    outside(first, last - first + 1);
  }

  chunk_map::iterator drop(chunk_map::iterator at) noexcept {
    directory_.erase(at->first);
    return chunks_.erase(at);
  }

  // A chunk that is empty goes, and one of a few ordinals, or that is one run, becomes that, if there is memory for it. The
  // next chunk.
  // NOLINTNEXTLINE(bugprone-exception-escape): only a variant without a value throws; chunks always have one
  chunk_map::iterator settle(chunk_map::iterator at) noexcept {
    if (at->second.count() == 0 || became_singles(base_of(at->first), at->second)) return drop(at);
    const auto first = at->second.uniform();
    const auto become_run = [&] { runs_.assign({base_of(at->first), detail::places, *first}); };
    return first && detail::succeeds(become_run) ? drop(at) : std::next(at);
  }

  // The chunk for ordinals that have none; it takes over what is held of them. If it throws, nothing has changed;
  // if it is empty, a place of it can be taken without memory.
  chunk& opened(std::uint64_t number) {
    directory_.make_room(number, chunks_);
    run_map::spare_nodes spare;
    spare.reserve(1);
    chunk_map filled;
    chunk& in = filled[number];
    runs_.overlaps(base_of(number), detail::places,
                   [&](const held_run& run) { in.assign({place_of(run.first), run.length, run.by}); });
    sparse_.overlaps(base_of(number), detail::places,
                     [&](const held_run& single) { in.assign({place_of(single.first), 1, single.by}); });
    in.make_room();
    chunks_.insert(filled.extract(filled.begin()));
    runs_.erase(base_of(number), detail::places, spare);
    sparse_.erase(base_of(number), detail::places);
    directory_.set(number, &in);
    return in;
  }

  run_map runs_;
  detail::sparse_ordinals sparse_;
  chunk_map chunks_;
  detail::directory directory_;  // of chunks_
};

/// Index policy: a dense_map for each family. The default.
struct dense_index {
  using policy_slot = index_slot;
  using map = dense_map;
};

}  // namespace tallymark
