// Held ordinals that lie far apart, each by itself in a hash table.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include <tallymark/ext/detail/prefetch.hpp>
#include <tallymark/ext/detail/succeeds.hpp>
#include <tallymark/ext/detail/text_hash.hpp>
#include <tallymark/index/detail/packed_holder.hpp>
#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// Ordinals and their holders, which fit into a packed_holder. A bucket is one line of the cache with four of them, and
/// those of the same 16 have the same home: so a lookup reads one line, or a few, and it is seen where ordinals crowd.
/// Memory: 21 to 32 bytes for an ordinal; while the table grows, as much again.
class sparse_table {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  /// Who holds an ordinal. O(1).
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const noexcept {
    const slot* const found = slot_of(ordinal);
    return found ? std::optional(found->by.get()) : std::nullopt;
  }
  void prefetch(std::uint64_t ordinal) const noexcept {
    if (count_ != 0) detail::prefetch(&all_[home(ordinal)]);
  }
  /// How many ordinals of the 16 around this one are held.
  [[nodiscard]] std::size_t held_of_16(std::uint64_t ordinal) const noexcept {
    if (count_ == 0) return 0;
    std::size_t held = 0;
    for (std::size_t at = home(ordinal);; at = following(at)) {
      for (const slot& each : all_[at]) held += each.ordinal / 16 == ordinal / 16 && each.ordinal != none ? 1 : 0;
      if (all_[at].back().ordinal == none) return held;
    }
  }

  /// Sees to it that n more need no memory. If it throws, nothing has changed. O(1) on average, also where n is one each
  /// time.
  void make_room(std::size_t n) {
    if (size_ + n > room()) grow(std::max(size_ + n, size_ + size_ / 2));
  }
  /// Gives an ordinal to a holder. Precondition: there is room.
  void put(std::uint64_t ordinal, const holder& by) noexcept {
    if (slot* found = slot_of(ordinal)) {
      found->by = packed_holder(by);
      return;
    }
    add({ordinal, packed_holder(by)});
    ++size_;
  }
  /// Frees an ordinal; whether it was held.
  bool erase(std::uint64_t ordinal) noexcept {
    slot* const found = slot_of(ordinal);
    if (!found) return false;
    fill(static_cast<std::size_t>(found - all_[0].data()) / per_bucket, *found);
    --size_;
    return true;
  }
  /// Gives memory back if little of it is used, and if there is some to do that.
  void trim() noexcept {
    if (size_ >= room() / 8) return;
    if (size_ == 0)
      *this = {};
    else
      (void)succeeds([&] { grow(2 * size_); });
  }

 private:
  static constexpr std::size_t per_bucket = 4;
  static constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();

  struct slot {
    std::uint64_t ordinal = none;
    packed_holder by{};
  };
  struct alignas(64) bucket : std::array<slot, per_bucket> {};  // those that are free come last
  static_assert(sizeof(bucket) == 64);

  [[nodiscard]] std::size_t room() const noexcept { return count_ * per_bucket * 3 / 4; }
  [[nodiscard]] std::size_t home(std::uint64_t ordinal) const noexcept {
    const hash_seeds& seeds = hash_seeds::of_process();
    return static_cast<std::size_t>((folded_product(ordinal / 16 ^ seeds.first, seeds.second) >> 32U) * count_ >> 32U);
  }
  [[nodiscard]] std::size_t following(std::size_t at) const noexcept { return at + 1 == count_ ? 0 : at + 1; }

  [[nodiscard]] slot* slot_of(std::uint64_t ordinal) const noexcept {
    if (count_ == 0 || ordinal == none) return nullptr;
    for (std::size_t at = home(ordinal);; at = following(at)) {
      for (slot& each : all_[at])
        if (each.ordinal == ordinal) return &each;
      if (all_[at].back().ordinal == none) return nullptr;
    }
  }
  // it is not there
  void add(const slot& added) noexcept {
    for (std::size_t at = home(added.ordinal);; at = following(at))
      for (slot& each : all_[at])
        if (each.ordinal == none) {
          each = added;
          return;
        }
  }

  // Frees a slot of a bucket. If the bucket was full, an entry that lies after it because of that comes into its place, and
  // then its own place is filled in the same way.
  void fill(std::size_t at, slot& freed) noexcept {
    const bool was_full = all_[at].back().ordinal != none;
    slot* last = &all_[at].back();
    while (last->ordinal == none) --last;
    freed = *last;
    *last = {};
    if (!was_full) return;
    for (std::size_t next = following(at); next != at; next = following(next)) {
      for (slot& each : all_[next])
        if (each.ordinal != none && !is_within(home(each.ordinal), at, next)) {
          *last = each;
          fill(next, each);
          return;
        }
      if (all_[next].back().ordinal == none) return;
    }
  }
  // whether a bucket comes after `first`, up to `last`, where the table is a circle
  [[nodiscard]] static bool is_within(std::size_t bucket, std::size_t first, std::size_t last) noexcept {
    return first < last ? first < bucket && bucket <= last : first < bucket || bucket <= last;
  }

  // to any other size that is enough
  void grow(std::size_t least) {
    sparse_table larger;
    larger.count_ = least / 3 + 1;
    larger.all_ = std::make_unique<bucket[]>(larger.count_);
    larger.size_ = size_;
    for (std::size_t first = 0; first < count_; first += ahead) {  // in groups, so that the buckets are there
      const std::size_t end = std::min(count_, first + ahead);
      for (std::size_t at = first; at < end; ++at)
        for (const slot& each : all_[at]) larger.prefetch(each.ordinal);
      for (std::size_t at = first; at < end; ++at)
        for (const slot& each : all_[at])
          if (each.ordinal != none) larger.add(each);
    }
    std::swap(all_, larger.all_);
    std::swap(count_, larger.count_);
  }
  static constexpr std::size_t ahead = 8;

  std::unique_ptr<bucket[]> all_;
  std::size_t count_ = 0, size_ = 0;
};

}  // namespace tallymark::detail
