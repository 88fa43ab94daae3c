// The holders of 1024 consecutive ordinals, in the form that is small and fast for them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include <tallymark/ext/detail/succeeds.hpp>
#include <tallymark/index/detail/packed_places.hpp>
#include <tallymark/index/detail/place_words.hpp>
#include <tallymark/index/detail/places.hpp>
#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// 1024 ordinals, addressed by their lowest ten bits, the places. Begins with short runs. More than 8 become bits if all
/// holders continue one another; else, if they are not long, bits and a word for each taken place; and those a word for each
/// place, if more than 96 are taken. A change that throws for want of memory has changed nothing; a better form than short
/// runs that finds none is left for the next change.
class chunk {
 public:
  static constexpr std::size_t most_runs = 16, least_runs = 8;
  static constexpr std::size_t most_packed = 96;   // with narrow words
  static constexpr std::size_t short_enough = 24;  // places, which are packed though they are at most most_runs runs

  /// Who holds a place. O(1), in short runs O(log of these).
  [[nodiscard]] std::optional<holder> find(std::uint64_t at) const {
    return std::visit([&](const auto& form) { return form.find(at); }, form_);
  }

  /// Takes a place if it is free; whether it was.
  bool take(std::uint64_t at, holder by) {
    if (auto* runs = std::get_if<short_runs>(&form_)) {
      if (!runs->take(at, by)) return false;
      ++count_;
      improve();
      return true;
    }
    if (find(at)) return false;
    put({at, 1, by}, 1);
    return true;
  }

  /// Sees to it that the next erase needs no memory.
  void make_room() {
    if (auto* runs = std::get_if<short_runs>(&form_)) runs->make_room();
  }
  /// Sees to it that the next change needs no memory, if it is to assign this run.
  void make_room(const held_run& run) {
    spread_for(run.length - taken_of(run.first, run.length));
    const auto make_room_in = [&](auto& form) { return form.make_room(run); };
    if (std::visit(make_room_in, form_)) return;
    short_runs before = all_runs(), after = all_runs();
    after.put(run);
    auto better = better_than(after, before);
    if (!better) better = forms(std::move(before));
    (void)std::visit(make_room_in, *better);
    form_ = *std::move(better);
  }

  /// Gives places to a holder, whatever they were. Its items do not pass `no_item`.
  void assign(const held_run& run) { put(run, run.length - taken_of(run.first, run.length)); }

  /// Frees places, whatever they were.
  void erase(std::uint64_t first, std::uint64_t length) {
    const std::uint64_t taken = taken_of(first, length);
    std::visit([&](auto& form) { form.clear(first, length); }, form_);
    count_ -= taken;
  }

  /// How far the places from here on are all taken or all free, at most to the end of the chunk.
  [[nodiscard]] stretch occupancy(std::uint64_t at) const {
    stretch_of_places here = from(at);
    const bool taken = here.by.has_value();
    while (taken && here.end < places)  // neighbours that do not continue one another
      if (const auto next = from(here.end); next.by)
        here.end = next.end;
      else
        break;
    return {taken, here.end - at};
  }

  /// Visits what is taken of some places as runs of consecutive holders: `visit(held_run)`, ordinals counted from
  /// `base`.
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, std::uint64_t base, Visit&& visit) const {
    for (std::uint64_t at = first, end = first + length; at < end;) {
      const stretch_of_places here = from(at);
      const std::uint64_t stop = std::min(here.end, end);
      if (here.by) visit(held_run{base + at, stop - at, *here.by});
      at = stop;
    }
  }

  /// The holder of the first place, if all places are taken and their holders continue it.
  [[nodiscard]] std::optional<holder> uniform() const {
    if (!full()) return std::nullopt;
    const stretch_of_places all = from(0);
    return all.end == places ? all.by : std::nullopt;
  }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

  /// Ways to the narrow words, if there are some, that do not lead through the chunk. They are good until the chunk changes;
  /// what is taken through them counts once it is told with `count_more`.
  [[nodiscard]] const narrow_view* words() const noexcept { return std::get_if<narrow_words>(&form_); }
  [[nodiscard]] const packed_view<narrow_code>* packed() const noexcept {
    return std::get_if<packed_places<narrow_code>>(&form_);
  }
  void count_more(std::uint64_t taken) noexcept { count_ += taken; }
  [[nodiscard]] bool full() const noexcept { return count_ == places; }

  /// The last place that is taken. Precondition: count() > 0.
  [[nodiscard]] std::uint64_t greatest() const {
    return std::visit([](const auto& form) { return form.greatest(); }, form_);
  }

 private:
  using forms =
      std::variant<short_runs, place_bits_of_one, packed_places<narrow_code>, narrow_words, packed_places<wide_code>>;

  [[nodiscard]] stretch_of_places from(std::uint64_t at) const {
    return std::visit([&](const auto& form) { return form.from(at); }, form_);
  }

  [[nodiscard]] std::uint64_t taken_of(std::uint64_t first, std::uint64_t length) const {
    std::uint64_t taken = 0;
    overlaps(first, length, 0, [&](const held_run& part) { taken += part.length; });
    return taken;
  }

  // of these, `fresh` were free
  void put(const held_run& run, std::uint64_t fresh) {
    spread_for(fresh);
    if (std::visit([&](auto& form) { return form.put(run); }, form_)) {
      count_ += fresh;
      improve();
      return;
    }
    short_runs all = all_runs();
    all.put(run);
    auto better = better_than(all, all);
    form_ = better ? *std::move(better) : forms(std::move(all));
    count_ += fresh;
  }

  [[nodiscard]] short_runs all_runs() const {
    short_runs all;
    overlaps(0, places, 0, [&](const held_run& part) { all.put(part); });
    return all;
  }

  // Where too many places would be packed with that many more, each gets a word.
  void spread_for(std::uint64_t fresh) {
    const auto* all = packed();
    if (!all || all->count() + fresh <= most_packed) return;
    narrow_words words(all->code());
    overlaps(0, places, 0, [&](const held_run& part) { words.put(part); });
    form_ = std::move(words);
  }

  // the change is made already; without memory the form stays as it is
  void improve() noexcept {
    const auto* runs = std::get_if<short_runs>(&form_);
    if (!runs || runs->size() <= least_runs) return;
    std::optional<forms> better;
    if (succeeds([&] { better = better_than(*runs, *runs); }) && better) form_ = *std::move(better);
  }

  // the form for these runs, if there is a better one than runs; filled with those of `held`
  [[nodiscard]] static std::optional<forms> better_than(const short_runs& runs, const short_runs& held) {
    if (runs.size() <= least_runs) return std::nullopt;
    const auto filled = [&](auto form) {
      held.for_each([&](const held_run& run) { form.put(run); });
      return std::optional<forms>(std::move(form));
    };
    if (runs.continuous()) return filled(place_bits_of_one(runs.front()));
    std::size_t taken = 0;
    place_groups groups;
    runs.for_each([&](const held_run& run) {
      taken += run.length;
      groups = groups.with(place_groups::of(run.first, run.length));
    });
    if (runs.size() <= most_runs && taken > short_enough) return std::nullopt;
    const auto base = base_of(runs);
    if (!base) return filled(packed_places<wide_code>({}, groups, taken));
    if (taken > most_packed) return filled(narrow_words(narrow_code(*base)));
    return filled(packed_places<narrow_code>(narrow_code(*base), groups, taken + 4));
  }

  // where the narrow words count from, if that is possible: such that there is as much room below as above
  [[nodiscard]] static std::optional<std::uint64_t> base_of(const short_runs& runs) {
    std::optional<std::uint64_t> origin;
    std::int64_t least = 0, most = 0;  // counted from the first item, modulo 2^64
    runs.for_each([&](const held_run& run) {
      if (run.by.item == no_item) return;
      if (!origin) origin = run.by.item;
      for (const std::uint64_t item : {run.by.item, run.by.item + (run.length - 1)}) {  // either can be the less one
        least = std::min(least, static_cast<std::int64_t>(item - *origin));
        most = std::max(most, static_cast<std::int64_t>(item - *origin));
      }
    });
    const std::uint64_t span = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
    if (span >= narrow_code::item_limit) return std::nullopt;
    return origin.value_or(0) + static_cast<std::uint64_t>(least) - (narrow_code::item_limit - span) / 2;
  }

  forms form_;
  std::uint64_t count_ = 0;
};

/// What is usually asked of a chunk, without going there: one memory access less, which is most of the time when there
/// are many chunks. A map keeps them close together.
class shortcut {
 public:
  shortcut() = default;
  explicit shortcut(chunk* to) noexcept : to_(to) { open(); }

  /// The chunk that it leads to, or null.
  [[nodiscard]] chunk* to() const noexcept { return to_; }

  /// Whether it leads to narrow words.
  [[nodiscard]] bool is_open() const noexcept { return memory_ != nullptr; }
  /// Who holds a place. Precondition: it is open.
  [[nodiscard]] std::optional<holder> find(std::uint64_t at) const noexcept {
    return step_ != 0 ? words().find(at) : packed().find(at);
  }
  /// What find reads first; for who only asks for the memory: if this is not open it is nowhere, so that it cannot be
  /// counted as a pointer.
  [[nodiscard]] const void* address(std::uint64_t at) const noexcept {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the address is only prefetched
    return reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(memory_) + at * step_);
  }

  /// Takes a place if it is free, can be taken without memory, and is not the last free one; whether all that was so.
  bool take(std::uint64_t at, holder by) noexcept {
    if (left_ == 0 || !(step_ != 0 ? words().take(at, by) : packed().take(at, by))) return false;
    --left_;
    return true;
  }

  /// To be called before the chunk changes, or is asked for how many places are taken.
  void close() noexcept {
    if (is_open()) to_->count_more(std::uint64_t{opened_} - left_);
    memory_ = nullptr;
    left_ = 0;
  }
  /// And after it.
  void open() noexcept {
    std::uint64_t left = 0;
    if (const auto* words = to_ ? to_->words() : nullptr) {
      base_ = words->code().base();
      memory_ = words->words();
      step_ = sizeof *words->words();
      if (!to_->full()) left = places - 1 - to_->count();
    } else if (const auto* packed = to_ ? to_->packed() : nullptr) {
      base_ = packed->code().base();
      memory_ = packed->block();
      step_ = 0;
      left = std::min<std::uint64_t>(packed->left(), chunk::most_packed - packed->count());
    }
    opened_ = left_ = static_cast<std::uint16_t>(left);
  }

 private:
  [[nodiscard]] narrow_view words() const noexcept {
    return {narrow_code(base_), static_cast<std::uint32_t*>(memory_)};
  }
  [[nodiscard]] packed_view<narrow_code> packed() const noexcept { return {narrow_code(base_), memory_}; }

  std::uint64_t base_ = 0;
  void* memory_ = nullptr;               // of words, or a block
  std::uint16_t left_ = 0, opened_ = 0;  // that can be taken here, now and at first
  std::uint32_t step_ = 0;               // from the word of a place to the next, or 0
  chunk* to_ = nullptr;
};
static_assert(sizeof(shortcut) == 32);

}  // namespace tallymark::detail
