// A chunk of consecutive ordinals, with a bit for each that is taken and, if need be, a word for who holds it.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>

#include <tallymark/policy/holder.hpp>

namespace tallymark::detail {

/// The holder of one ordinal in 64 bits: the item above, the state in the two lowest bits; 0 is free.
class packed_holder {
 public:
  static constexpr std::uint64_t item_limit = std::uint64_t{1} << 62;

  constexpr packed_holder() = default;
  constexpr packed_holder(const holder& by) noexcept
      : bits_(((by.item == no_item ? item_limit - 1 : by.item) << 2U) | (static_cast<std::uint64_t>(by.state) + 1)) {}

  [[nodiscard]] constexpr bool free() const noexcept { return bits_ == 0; }
  [[nodiscard]] constexpr holder get() const noexcept {
    const std::uint64_t item = bits_ >> 2U;
    return {item == item_limit - 1 ? no_item : item, static_cast<hold>((bits_ & 3U) - 1)};
  }
  friend constexpr bool operator==(packed_holder, packed_holder) = default;

 private:
  std::uint64_t bits_ = 0;
};

/// 1024 ordinals, addressed by their lowest ten bits. While all holders continue one another (or are none), there is one
/// holder for all; else each has a word.
class chunk {
 public:
  static constexpr unsigned size_bits = 10;
  static constexpr std::uint64_t size = std::uint64_t{1} << size_bits;

  /// Who holds the ordinal at a place, 0 to 1023. O(1).
  [[nodiscard]] std::optional<holder> find(std::uint64_t at) const {
    if (each_) {
      const packed_holder by = each_[at];
      return by.free() ? std::nullopt : std::optional(by.get());
    }
    return taken(at) ? std::optional(all_ + at) : std::nullopt;
  }

  /// How far the places from here on are all taken or all free, at most to the end of the chunk.
  [[nodiscard]] stretch occupancy(std::uint64_t at) const {
    const bool is_taken = taken(at);
    std::uint64_t word = at / 64;
    // the bits that differ from this one, from here on
    std::uint64_t other = (is_taken ? ~bits_[word] : bits_[word]) & (~std::uint64_t{0} << (at % 64));
    while (other == 0 && ++word < words) other = is_taken ? ~bits_[word] : bits_[word];
    const std::uint64_t end = other == 0 ? size : word * 64 + static_cast<std::uint64_t>(std::countr_zero(other));
    return {is_taken, end - at};
  }

  /// Gives places to a holder, whatever they were.
  void assign(const held_run& run) {
    if (!each_ && count_ == 0) all_ = begin_of(run);
    if (!each_ && !continues(run)) spread();
    fill(run.first, run.length, true);
    if (each_)
      for (std::uint64_t i = 0; i < run.length; ++i) each_[run.first + i] = run.by + i;
  }

  /// Frees places, whatever they were.
  void erase(std::uint64_t first, std::uint64_t length) {
    fill(first, length, false);
    if (each_) std::fill_n(each_.get() + first, length, packed_holder{});
    if (count_ == 0) each_.reset();
  }

  /// Visits what is taken of some places as runs of consecutive holders: `visit(held_run)`, ordinals counted from `base`.
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, std::uint64_t base, Visit&& visit) const {
    for (std::uint64_t at = first, end = first + length; at < end;) {
      const stretch here = occupancy(at);
      const std::uint64_t stop = std::min(end, at + here.length);
      while (here.taken && at < stop) {
        const holder by = *find(at);
        std::uint64_t n = stop - at;
        if (each_)
          for (n = 1; at + n < stop && each_[at + n] == packed_holder(by + n);) ++n;
        visit(held_run{base + at, n, by});
        at += n;
      }
      at = stop;
    }
  }

  /// The holder of the first place, if all places are taken and their holders continue it.
  [[nodiscard]] std::optional<holder> uniform() const {
    if (count_ < size) return std::nullopt;
    const holder first = *find(0);
    if (each_)
      for (std::uint64_t at = 1; at < size; ++at)
        if (each_[at] != packed_holder(first + at)) return std::nullopt;
    return first;
  }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] bool full() const noexcept { return count_ == size; }

  /// The last place that is taken. Precondition: count() > 0.
  [[nodiscard]] std::uint64_t greatest() const noexcept {
    std::uint64_t word = words - 1;
    while (bits_[word] == 0) --word;
    return word * 64 + 63 - static_cast<std::uint64_t>(std::countl_zero(bits_[word]));
  }

 private:
  static constexpr std::uint64_t words = size / 64;

  [[nodiscard]] bool taken(std::uint64_t at) const noexcept { return (bits_[at / 64] >> (at % 64) & 1U) != 0; }

  // the holder that place 0 would have; counts modulo 2^64
  [[nodiscard]] static holder begin_of(const held_run& run) noexcept {
    return {run.by.item == no_item ? no_item : run.by.item - run.first, run.by.state};
  }
  [[nodiscard]] bool continues(const held_run& run) const noexcept {
    const bool looks_like_none = all_.item == no_item && run.by.item != no_item;
    return begin_of(run) == all_ && !looks_like_none;
  }

  void spread() {
    each_ = std::make_unique<packed_holder[]>(size);
    for (std::uint64_t at = 0; at < size; ++at)
      if (taken(at)) each_[at] = all_ + at;
  }

  void fill(std::uint64_t first, std::uint64_t length, bool value) {
    for (std::uint64_t at = first, end = first + length; at < end;) {
      const std::uint64_t n = std::min(64 - at % 64, end - at);
      const std::uint64_t mask = (n == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1) << (at % 64);
      std::uint64_t& word = bits_[at / 64];
      count_ -= static_cast<std::uint64_t>(std::popcount(word));
      word = value ? word | mask : word & ~mask;
      count_ += static_cast<std::uint64_t>(std::popcount(word));
      at += n;
    }
  }

  std::array<std::uint64_t, words> bits_{};
  std::uint64_t count_ = 0;
  holder all_{};
  std::unique_ptr<packed_holder[]> each_;
};

}  // namespace tallymark::detail
