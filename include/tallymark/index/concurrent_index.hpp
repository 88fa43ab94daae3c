// Held ordinals for many threads at once: a word for each, and runs where they cover whole chunks.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <tallymark/ext/detail/prefetch.hpp>
#include <tallymark/ext/detail/stable_table.hpp>
#include <tallymark/index/detail/concurrent_runs.hpp>
#include <tallymark/index/detail/shared_holder.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// The held ordinals of one family, a concurrent_ordinal_map. 256 ordinals that begin with a multiple of 256 are a
/// chunk: if there is one, its words say who holds them, and if not, the runs do, which cover whole chunks only.
///
/// `find` never waits: one look into a table of chunks and at a word, and O(log r) for r runs if there is no chunk.
/// `try_claim` is one exchange of a word, but for the first of a chunk. A run is taken in O(log r), and one store for
/// each ordinal in chunks that are there. Memory: 2.2 KiB a chunk, and about 150 bytes a run besides the chunks at its
/// ends. Chunks stay when they are empty; runs that were cut or freed keep their memory until the map goes.
/// Precondition: items are less than 2^61 - 1, or no_item.
class concurrent_map {
 public:
  concurrent_map() = default;
  concurrent_map(const concurrent_map&) = delete;
  concurrent_map& operator=(const concurrent_map&) = delete;

  /// Who holds an ordinal. Never waits.
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
    if (const chunk* in = chunk_of(number_of(ordinal))) return in->at(ordinal).load().get();
    if (const auto by = runs_.find(number_of(ordinal))) return *by + ordinal % chunk_size;
    // The chunk may have been made of a run, and the run cut, since we looked.
    if (const chunk* in = chunk_of(number_of(ordinal))) return in->at(ordinal).load().get();
    return std::nullopt;
  }

  /// Asks for the memory that find and try_claim will need.
  void prefetch(std::uint64_t ordinal) const {
    if (const chunk* in = chunk_of(number_of(ordinal))) detail::prefetch(&in->at(ordinal));
  }

  /// Takes an ordinal if it is free, else answers who holds it; not decided if its chunk is not there, or it is closed.
  [[nodiscard]] claim_attempt try_claim(std::uint64_t ordinal, const holder& by) {
    chunk* in = chunk_of(number_of(ordinal));
    if (!in) return {};
    word seen;
    if (in->at(ordinal).compare_exchange_strong(seen, by)) return {true, {}};
    return {!seen.closed(), seen.get()};
  }

  /// The same under the lock.
  [[nodiscard]] std::optional<holder> claim(std::uint64_t ordinal, const holder& by) {
    word seen;
    ensure_chunk(number_of(ordinal)).at(ordinal).compare_exchange_strong(seen, by);
    return seen.get();
  }

  /// How far the ordinals from here on are all taken, or all free; at most to where a chunk or a run begins or ends.
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const {
    const std::uint64_t number = number_of(ordinal);
    const auto chunk_at = chunks_.lower_bound(number);
    if (chunk_at != chunks_.end() && chunk_at->first == number) {
      const auto taken = [&](std::uint64_t at) { return !chunk_at->second->at(at).load().free(); };
      const std::uint64_t most = clipped_base(number + 1) - ordinal;
      stretch found{taken(ordinal), 1};
      while (found.length < most && taken(ordinal + found.length) == found.taken) ++found.length;
      return found;
    }
    const auto covered = runs_.cover(number);  // or how far they do not reach
    const std::uint64_t end = std::min(covered.end, chunk_at == chunks_.end() ? end_number : chunk_at->first);
    return {covered.by.has_value(), clipped_base(end) - ordinal};
  }

  /// Visits what is taken of `length` ordinals from `first` on, in order.
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    const std::uint64_t last = first + (length - 1);
    for_each_part(first, last, [&](std::uint64_t begin, std::uint64_t end, chunk* in) {
      if (in)
        visit_words(*in, begin, end, visit);
      else
        runs_.for_each(
            number_of(begin), number_of(end) + 1, [&](std::uint64_t from, std::uint64_t to, const holder& by) {
              const std::uint64_t start = std::max(begin, base_of(from)), stop = std::min(end, clipped_base(to) - 1);
              visit(held_run{start, stop - start + 1, by + (start - base_of(from))});
            });
    });
  }

  /// Gives ordinals to a holder, whatever they were.
  void assign(const held_run& run) {
    TALLYMARK_ASSERT(run.by.item == no_item || run.by.item + run.length <= word::item_limit,
                     "concurrent_index: items are less than 2^61 - 1");
    make_edges(run.first, run.last(), true);
    runs_.make_room(2 * parts_without_chunk(run.first, run.last()));  // nothing fails from here on
    for_each_part(run.first, run.last(), [&](std::uint64_t begin, std::uint64_t end, chunk* in) {
      const holder by = run.by + (begin - run.first);
      if (!in)
        runs_.assign(number_of(begin), number_of(end) + 1, by);
      else
        for (std::uint64_t at = begin; at <= end; ++at) in->at(at).store(by + (at - begin));
    });
  }

  /// Frees ordinals, whatever they were.
  void erase(std::uint64_t first, std::uint64_t length) {
    const std::uint64_t last = first + (length - 1);
    make_edges(first, last, false);
    runs_.make_room(parts_without_chunk(first, last));  // nothing fails from here on
    for_each_part(first, last, [&](std::uint64_t begin, std::uint64_t end, chunk* in) {
      if (!in)
        runs_.erase(number_of(begin), number_of(end) + 1);
      else
        for (std::uint64_t at = begin; at <= end; ++at) in->at(at).store({});
    });
  }

  /// Keeps free ordinals from being claimed until `assign` or `open`; false, and nothing happens, if one is not free.
  [[nodiscard]] bool close(std::uint64_t first, std::uint64_t length) {
    const std::uint64_t last = first + (length - 1);
    make_edges(first, last, true);
    std::uint64_t closed = first;  // all before it are
    bool free = true;
    for_each_part(first, last, [&](std::uint64_t begin, std::uint64_t end, chunk* in) {
      if (!free) return;
      if (!in) {
        // Chunks are made under the lock, so no claim comes in between.
        runs_.for_each(number_of(begin), number_of(end) + 1, [&](auto&&...) { free = false; });
        if (free) closed = end + 1;
        return;
      }
      for (std::uint64_t at = begin; free && at <= end; ++at) {
        word seen;
        free = in->at(at).compare_exchange_strong(seen, word::of_closed());
        if (free) closed = at + 1;
      }
    });
    if (!free && closed > first) open(first, closed - first);
    return free;
  }

  /// Takes `close` back.
  void open(std::uint64_t first, std::uint64_t length) {
    for_each_part(first, first + (length - 1), [&](std::uint64_t begin, std::uint64_t end, chunk* in) {
      for (std::uint64_t at = begin; in && at <= end; ++at) in->at(at).store({});
    });
  }

  /// The greatest taken ordinal.
  [[nodiscard]] std::optional<std::uint64_t> greatest() const {
    auto at = chunks_.rbegin();
    for (std::uint64_t below = end_number;;) {  // all from there on is free
      const auto end = runs_.last_end(below);   // of the run that reaches furthest up to there
      if (end && (at == chunks_.rend() || at->first + 1 < *end)) return clipped_base(*end) - 1;
      if (at == chunks_.rend()) return std::nullopt;
      for (std::uint64_t i = chunk_size; i-- > 0;)
        if (!at->second->words[i].load().free()) return base_of(at->first) + i;
      below = (at++)->first;
    }
  }

  /// Whether nothing is taken.
  [[nodiscard]] bool empty() const { return !greatest(); }

 private:
  using word = detail::shared_holder;
  static constexpr unsigned size_bits = 8;
  static constexpr std::uint64_t chunk_size = std::uint64_t{1} << size_bits;
  static constexpr std::uint64_t end_number = std::uint64_t{1} << (64 - size_bits);  // after the last chunk
  struct chunk {
    std::array<std::atomic<word>, chunk_size> words{};

    [[nodiscard]] std::atomic<word>& at(std::uint64_t ordinal) { return words[ordinal % chunk_size]; }
    [[nodiscard]] const std::atomic<word>& at(std::uint64_t ordinal) const { return words[ordinal % chunk_size]; }
  };

  [[nodiscard]] static std::uint64_t number_of(std::uint64_t ordinal) noexcept { return ordinal >> size_bits; }
  [[nodiscard]] static std::uint64_t base_of(std::uint64_t number) noexcept { return number << size_bits; }
  // where a chunk begins, or 2^64 - 1, which is no ordinal, after the last one
  [[nodiscard]] static std::uint64_t clipped_base(std::uint64_t number) noexcept {
    return number == end_number ? max_ordinal + 1 : base_of(number);
  }

  [[nodiscard]] chunk* chunk_of(std::uint64_t number) const {
    return found_.find(number, [](const chunk&) { return true; });  // the hash is the number
  }

  // the chunk with this number, made of what the runs say of it
  chunk& ensure_chunk(std::uint64_t number) {
    if (chunk* in = chunk_of(number)) return *in;
    auto fresh = std::make_unique<chunk>();
    std::map<std::uint64_t, chunk*> entry{{number, fresh.get()}};
    if (const auto by = runs_.find(number))
      for (std::uint64_t i = 0; i < chunk_size; ++i) fresh->words[i].store(*by + i, std::memory_order_relaxed);
    chunk& in = found_.add(number, std::move(fresh));
    chunks_.insert(entry.extract(entry.begin()));
    return in;
  }

  // Makes the chunks that a change covers in part: all, or only those where something is taken.
  void make_edges(std::uint64_t first, std::uint64_t last, bool all) {
    const auto make = [&](std::uint64_t number) {
      if (all || runs_.find(number)) ensure_chunk(number);
    };
    if (first % chunk_size != 0 || number_of(first) == number_of(last)) make(number_of(first));
    if ((last + 1) % chunk_size != 0) make(number_of(last));
  }

  [[nodiscard]] std::size_t parts_without_chunk(std::uint64_t first, std::uint64_t last) const {
    std::size_t parts = 0;
    for_each_part(first, last, [&](std::uint64_t, std::uint64_t, const chunk* in) { parts += in ? 0 : 1; });
    return parts;
  }

  // calls visit(first, last, chunk) for the parts that lie in a chunk, and those between them, with none
  template <class Visit>
  void for_each_part(std::uint64_t first, std::uint64_t last, Visit&& visit) const {
    for (auto at = chunks_.lower_bound(number_of(first)); at != chunks_.end() && base_of(at->first) <= last; ++at) {
      const std::uint64_t base = base_of(at->first), end = std::min(last, base + (chunk_size - 1));
      if (first < base) visit(first, base - 1, nullptr);
      visit(std::max(first, base), end, at->second);
      if (end == last) return;
      first = end + 1;
    }
    visit(first, last, nullptr);
  }

  template <class Visit>
  static void visit_words(const chunk& in, std::uint64_t begin, std::uint64_t end, Visit& visit) {
    std::optional<held_run> run;
    for (std::uint64_t at = begin; at <= end; ++at) {
      const auto by = in.at(at).load().get();
      if (run && by && *by == run->by + run->length) {
        ++run->length;
        continue;
      }
      if (run) visit(*run);
      run = by ? std::optional(held_run{at, 1, *by}) : std::nullopt;
    }
    if (run) visit(*run);
  }

  detail::stable_table<chunk> found_;
  std::map<std::uint64_t, chunk*> chunks_;    // the same in order
  detail::concurrent_runs<chunk_size> runs_;  // of chunk numbers
};

/// Index policy: a concurrent_map for each family. A registry with it may be used by any number of threads.
struct concurrent_index {
  using policy_slot = index_slot;
  using map = concurrent_map;
};

}  // namespace tallymark
