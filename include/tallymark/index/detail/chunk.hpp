// The holders of 1024 consecutive ordinals, in the form that is small and fast for them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include <tallymark/index/detail/places.hpp>
#include <tallymark/policy/holder.hpp>

namespace tallymark::detail {

/// Asks for what will be read or written soon.
inline void prefetch([[maybe_unused]] const void* address) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(address);
#endif
}

/// 1024 ordinals, addressed by their lowest ten bits, the places. Begins with short runs; more than 8 become bits if all
/// holders continue one another, more than 32 become a word for each place.
class chunk {
 public:
  static constexpr std::size_t most_runs = 32, most_runs_of_one = 8;  // as large as the bits are

  /// Who holds a place. O(1), in short runs O(log of these).
  [[nodiscard]] std::optional<holder> find(std::uint64_t at) const {
    if (const auto* words = std::get_if<narrow_words>(&form_)) return words->find(at);  // the usual case
    return find_elsewhere(at);
  }

  /// Takes a place if it is free, has a word of its own, and is not the last free one; whether all that was so.
  bool take_word(std::uint64_t at, holder by) {
    auto* words = std::get_if<narrow_words>(&form_);
    if (!words || words->taken(at) || !words->fits(by) || count_ + 1 == places) return false;
    words->set(at, by);
    ++count_;
    return true;
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

  /// Gives places to a holder, whatever they were. Its items do not pass `no_item`.
  void assign(const held_run& run) {
    put(run, run.length - taken_of(run.first, run.length));
  }

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
  [[nodiscard]] bool full() const noexcept { return count_ == places; }

  /// The last place that is taken. Precondition: count() > 0.
  [[nodiscard]] std::uint64_t greatest() const {
    return std::visit([](const auto& form) { return form.greatest(); }, form_);
  }

  /// Asks for the memory of a place.
  void prefetch(std::uint64_t at) const noexcept {
    detail::prefetch(std::visit([&](const auto& form) { return form.address(at); }, form_));
  }

 private:
  using forms = std::variant<short_runs, place_bits_of_one, narrow_words, wide_words>;

  // apart from the usual case, which is shorter and faster by it
  [[gnu::noinline, nodiscard]] std::optional<holder> find_elsewhere(std::uint64_t at) const {
    return std::visit([&](const auto& form) { return form.find(at); }, form_);
  }

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
    short_runs all;
    overlaps(0, places, 0, [&](const held_run& part) { all.put(part); });
    all.put(run);
    auto better = better_than(all);
    form_ = better ? *std::move(better) : forms(std::move(all));
    count_ += fresh;
  }

  void improve() {
    if (const auto* runs = std::get_if<short_runs>(&form_))
      if (auto better = better_than(*runs)) form_ = *std::move(better);
  }

  // the form for more runs than the bits are large, if there is a better one than runs
  [[nodiscard]] static std::optional<forms> better_than(const short_runs& runs) {
    const auto filled = [&](auto form) {
      runs.for_each([&](const held_run& run) { form.put(run); });
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
      least = std::min(least, static_cast<std::int64_t>(run.by.item - *origin));
      most = std::max(most, static_cast<std::int64_t>(run.by.item + (run.length - 1) - *origin));
    });
    const std::uint64_t span = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
    if (span >= narrow_words::nobody) return std::nullopt;
    return origin.value_or(0) + static_cast<std::uint64_t>(least) - (narrow_words::nobody - span) / 2;
  }

  forms form_;
  std::uint64_t count_ = 0;
};

}  // namespace tallymark::detail
