// The holders of 1024 consecutive ordinals, in the form that is small and fast for them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include <tallymark/ext/detail/succeeds.hpp>
#include <tallymark/index/detail/places.hpp>
#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// 1024 ordinals, addressed by their lowest ten bits, the places. Begins with short runs; more than 8 become bits if
/// all holders continue one another, more than 16 become a word for each place. A change that throws for want of memory
/// has changed nothing; a better form that finds none is left for the next change.
class chunk {
 public:
  static constexpr std::size_t most_runs = 16, most_runs_of_one = 8;  // as large as the bits are

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
    if (std::visit([&](auto& form) { return form.make_room(run); }, form_)) return;
    short_runs before = all_runs(), after = all_runs();
    after.put(run);
    if (auto better = better_than(after, before))
      form_ = *std::move(better);
    else {
      (void)before.make_room(run);
      form_ = std::move(before);
    }
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

  /// A way to the words of the places, if each has a narrow one, that does not lead through the chunk. It is good until
  /// the chunk changes; what is taken through it counts once it is told with `count_more`.
  [[nodiscard]] narrow_view words() const noexcept {
    const auto* words = std::get_if<narrow_words>(&form_);
    return words ? static_cast<const narrow_view&>(*words) : narrow_view();
  }
  void count_more(std::uint64_t taken) noexcept { count_ += taken; }
  [[nodiscard]] bool full() const noexcept { return count_ == places; }

  /// The last place that is taken. Precondition: count() > 0.
  [[nodiscard]] std::uint64_t greatest() const {
    return std::visit([](const auto& form) { return form.greatest(); }, form_);
  }

 private:
  using forms = std::variant<short_runs, place_bits_of_one, narrow_words, wide_words>;

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

  // the change is made already; without memory the form stays as it is
  void improve() noexcept {
    const auto* runs = std::get_if<short_runs>(&form_);
    if (!runs || runs->size() <= most_runs_of_one) return;
    std::optional<forms> better;
    if (succeeds([&] { better = better_than(*runs, *runs); }) && better) form_ = *std::move(better);
  }

  // the form for these runs, if there is a better one than runs: more of them than the bits are large; filled with
  // those of `held`
  [[nodiscard]] static std::optional<forms> better_than(const short_runs& runs, const short_runs& held) {
    if (runs.size() <= most_runs_of_one) return std::nullopt;
    const auto filled = [&](auto form) {
      held.for_each([&](const held_run& run) { form.put(run); });
      return std::optional<forms>(std::move(form));
    };
    if (runs.continuous()) return filled(place_bits_of_one(runs.front()));
    if (runs.size() <= most_runs) return std::nullopt;
    if (const auto base = base_of(runs)) return filled(narrow_words(*base));
    return filled(wide_words());
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
    if (span >= narrow_words::item_limit) return std::nullopt;
    return origin.value_or(0) + static_cast<std::uint64_t>(least) - (narrow_words::item_limit - span) / 2;
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

  /// The words of the chunk, if its places have narrow ones.
  [[nodiscard]] const narrow_view& words() const noexcept { return words_; }

  /// Takes a place if it is free, has a narrow word, and is not the last free one; whether all that was so.
  bool take(std::uint64_t at, holder by) {
    if (left_ == 0 || words_.taken(at) || !words_.fits(by)) return false;
    words_.set(at, by);
    --left_;
    return true;
  }

  /// To be called before the chunk changes, or is asked for how many places are taken.
  void close() noexcept {
    if (words_) to_->count_more(opened_ - left_);
    words_ = {};
    left_ = 0;
  }
  /// And after it.
  void open() noexcept {
    if (to_) words_ = to_->words();
    opened_ = left_ = words_ && !to_->full() ? static_cast<std::uint32_t>(places - 1 - to_->count()) : 0;
  }

 private:
  narrow_view words_;
  std::uint32_t left_ = 0, opened_ = 0;  // that can be taken here, now and at first
  chunk* to_ = nullptr;
};

}  // namespace tallymark::detail
