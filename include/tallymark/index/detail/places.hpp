// Forms in which the holders of 1024 consecutive ordinals are kept: short runs, and bits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

// A place is one of 1024 ordinals, 0 to 1023. All forms, also those of place_words.hpp and packed_places.hpp, have the same
// members:
//   find(at)              who holds a place
//   from(at)              the places from one on that are all free, or whose holders continue one another
//   make_room(run)        whether this form can hold it, and then put of the same run needs no memory
//   put(run)              gives places to a holder, if this form can hold that; whether it can. No item passes no_item
//   clear(first, length)  frees places
//   greatest()            the last place that is taken; there is one
inline constexpr unsigned place_bits = 10;
inline constexpr std::uint64_t places = std::uint64_t{1} << place_bits;

/// Places up to `end`, all free, or held by consecutive holders of which `by` is the first.
struct stretch_of_places {
  std::uint64_t end = places;
  std::optional<holder> by{};
};

/// Sorted runs, 16 bytes each.
class short_runs {
 public:
  [[nodiscard]] std::optional<holder> find(std::uint64_t at) const { return from(at).by; }

  [[nodiscard]] stretch_of_places from(std::uint64_t at) const {
    const auto next = ending_at_or_after(at);
    if (next == runs_.end()) return {};
    if (at < next->first) return {next->first, {}};
    return {next->last + std::uint64_t{1}, next->by() + (at - next->first)};
  }

  // A change adds two runs at most; with room for these, no change stops half way.
  void make_room() {
    if (runs_.capacity() - runs_.size() < 2) runs_.reserve(runs_.size() + runs_.size() / 2 + 2);
  }
  bool make_room(const held_run&) {
    make_room();
    return true;
  }

  bool put(const held_run& run) {
    clear(run.first, run.length);
    insert(ending_at_or_after(run.first), run);
    return true;
  }

  /// Takes a place if it is free; whether it was.
  bool take(std::uint64_t at, holder by) {
    make_room();
    const auto next = ending_at_or_after(at);
    if (next != runs_.end() && next->first <= at) return false;
    insert(next, {at, 1, by});
    return true;
  }

  void clear(std::uint64_t first, std::uint64_t length) {
    make_room();
    const std::uint64_t last = first + (length - 1);
    auto at = ending_at_or_after(first);
    if (at == runs_.end() || at->first > last) return;
    if (at->first < first) {
      if (at->last > last) at = runs_.insert(at, *at) + 1;  // it is cut in two: this is the second of them
      const auto head = at->last > last ? at - 1 : at;
      head->last = place(first - 1);
      if (head == at) ++at;
    }
    auto stop = at;
    while (stop != runs_.end() && stop->last <= last) ++stop;
    if (stop != runs_.end() && stop->first <= last) {
      stop->item = (stop->by() + (last + 1 - stop->first)).item;
      stop->first = place(last + 1);
    }
    runs_.erase(at, stop);
  }

  [[nodiscard]] std::uint64_t greatest() const { return runs_.back().last; }

  /// How many runs there are.
  [[nodiscard]] std::size_t size() const noexcept { return runs_.size(); }

  /// The first run. There is one.
  [[nodiscard]] held_run front() const { return runs_.front().whole(); }

  /// Whether the holder of each place follows from that of the first taken one.
  [[nodiscard]] bool continuous() const {
    const short_run& one = runs_.front();
    return std::all_of(runs_.begin() + 1, runs_.end(), [&](const short_run& each) {
      return one.by().leads_to(each.by(), std::uint64_t{each.first} - one.first);
    });
  }

  /// Visits all, in order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const short_run& each : runs_) visit(each.whole());
  }

 private:
  struct short_run {
    std::uint16_t first, last;
    hold state;
    std::uint64_t item;

    [[nodiscard]] holder by() const noexcept { return {item, state}; }
    [[nodiscard]] held_run whole() const noexcept { return {first, std::uint64_t{last} - first + 1, by()}; }
    [[nodiscard]] bool leads_to(const held_run& next) const noexcept {
      return last + std::uint64_t{1} == next.first && by().leads_to(next.by, next.first - first);
    }
  };
  using runs = std::vector<short_run>;

  // these places are free
  void insert(runs::iterator at, const held_run& run) {
    if (at != runs_.begin() && (at - 1)->leads_to(run)) {
      --at;
      at->last = place(run.last());
    } else {
      at = runs_.insert(at, {place(run.first), place(run.last()), run.by.state, run.by.item});
    }
    if (const auto after = at + 1; after != runs_.end() && at->leads_to({after->first, 1, after->by()})) {
      at->last = after->last;
      runs_.erase(after);
    }
  }

  [[nodiscard]] static std::uint16_t place(std::uint64_t at) noexcept { return static_cast<std::uint16_t>(at); }

  [[nodiscard]] runs::const_iterator ending_at_or_after(std::uint64_t at) const {
    return std::lower_bound(runs_.begin(), runs_.end(), at,
                            [](const short_run& each, std::uint64_t place) { return each.last < place; });
  }
  [[nodiscard]] runs::iterator ending_at_or_after(std::uint64_t at) {
    return runs_.begin() + (std::as_const(*this).ending_at_or_after(at) - runs_.cbegin());
  }

  runs runs_;
};

/// One bit each. Every holder follows from that of place 0, or all have no_item.
class place_bits_of_one {
 public:
  /// Makes the form for what continues this run.
  explicit place_bits_of_one(const held_run& run)
      : origin_(run.by.item - run.first),
        state_(run.by.state),
        without_item_(run.by.item == no_item),
        bits_(std::make_unique<words>()) {}

  [[nodiscard]] std::optional<holder> find(std::uint64_t at) const {
    if (!taken(at)) return std::nullopt;
    return by(at);
  }

  [[nodiscard]] stretch_of_places from(std::uint64_t at) const {
    const std::uint64_t is_taken = taken(at) ? ~std::uint64_t{0} : 0;
    std::uint64_t word = at / 64;
    // the bits that differ from this one, from here on
    std::uint64_t other = (is_taken ^ (*bits_)[word]) & (~std::uint64_t{0} << (at % 64));
    while (other == 0 && ++word < bits_->size()) other = is_taken ^ (*bits_)[word];
    const std::uint64_t end = other == 0 ? places : word * 64 + static_cast<std::uint64_t>(std::countr_zero(other));
    return {end, find(at)};
  }

  [[nodiscard]] bool make_room(const held_run& run) const {
    return run.by.state == state_ && (run.by.item == no_item) == without_item_ &&
           (without_item_ || run.by.item - run.first == origin_);
  }

  bool put(const held_run& run) {
    const bool fits = make_room(run);
    if (fits) in_words(run.first, run.length, [](std::uint64_t& word, std::uint64_t mask) { word |= mask; });
    return fits;
  }

  void clear(std::uint64_t first, std::uint64_t length) {
    in_words(first, length, [](std::uint64_t& word, std::uint64_t mask) { word &= ~mask; });
  }

  [[nodiscard]] std::uint64_t greatest() const {
    std::uint64_t word = bits_->size() - 1;
    while ((*bits_)[word] == 0) --word;
    return word * 64 + 63 - static_cast<std::uint64_t>(std::countl_zero((*bits_)[word]));
  }

 private:
  using words = std::array<std::uint64_t, places / 64>;

  [[nodiscard]] bool taken(std::uint64_t at) const noexcept { return ((*bits_)[at / 64] >> (at % 64) & 1U) != 0; }
  [[nodiscard]] holder by(std::uint64_t at) const noexcept { return {without_item_ ? no_item : origin_ + at, state_}; }

  template <class Change>
  void in_words(std::uint64_t first, std::uint64_t length, Change change) {
    for (std::uint64_t at = first, end = first + length; at < end;) {
      const std::uint64_t n = std::min(64 - at % 64, end - at);
      change((*bits_)[at / 64], (~std::uint64_t{0} >> (64 - n)) << (at % 64));
      at += n;
    }
  }

  std::uint64_t origin_;  // the item of place 0, modulo 2^64
  hold state_;
  bool without_item_;
  std::unique_ptr<words> bits_;
};

}  // namespace tallymark::detail
