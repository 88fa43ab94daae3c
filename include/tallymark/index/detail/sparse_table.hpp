// Held ordinals that lie far apart, each by itself in a hash table.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
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
/// those of the same 16 have the same home, so that it is seen where ordinals crowd. A byte of the hash of each lies apart,
/// where there are so few bytes that they stay in the caches: so what is free is usually known without a look at its
/// bucket, and a lookup of what is held reads one line, or a few. Memory: 23 to 34 bytes for an ordinal; while the table
/// grows, as much again.
class sparse_table {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  /// Who holds an ordinal. O(1).
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const noexcept {
    if (count_ == 0) return std::nullopt;
    const std::uint64_t hashed = hash(ordinal);
    detail::prefetch(&all_[home(hashed)]);  // so that it comes at the same time as the marks
    const auto found = place_of(ordinal, hashed);
    return found ? std::optional(at(*found).by.get()) : std::nullopt;
  }
  void prefetch(std::uint64_t ordinal) const noexcept {
    if (count_ == 0) return;
    const std::size_t in = home(hash(ordinal));
    detail::prefetch(&marks_[in]);
    detail::prefetch(&all_[in]);
  }
  /// How many ordinals of the 16 around this one are held.
  [[nodiscard]] std::size_t held_of_16(std::uint64_t ordinal) const noexcept {
    std::size_t held = 0;
    if (count_ == 0) return 0;
    (void)find_place(hash(ordinal), [&](const slot& each) {
      held += each.ordinal / 16 == ordinal / 16 ? 1 : 0;
      return false;
    });
    return held;
  }

  /// Sees to it that n more need no memory. If it throws, nothing has changed. O(1) on average, also where n is one each
  /// time.
  void make_room(std::size_t n) {
    if (size_ + n > room()) grow(std::max(size_ + n, size_ + size_ / 2));
  }
  /// Gives an ordinal to a holder. Precondition: there is room.
  void put(std::uint64_t ordinal, const holder& by) noexcept {
    const std::uint64_t hashed = hash(ordinal);
    if (const auto found = place_of(ordinal, hashed)) {
      at(*found).by = packed_holder(by);
      return;
    }
    add({ordinal, packed_holder(by)}, hashed);
    ++size_;
  }
  /// Frees an ordinal; whether it was held.
  bool erase(std::uint64_t ordinal) noexcept {
    if (count_ == 0) return false;
    const auto found = place_of(ordinal, hash(ordinal));
    if (!found) return false;
    remove(*found);
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

  struct slot {
    std::uint64_t ordinal;
    packed_holder by;
  };
  struct alignas(64) bucket : std::array<slot, per_bucket> {};
  static_assert(sizeof(bucket) == 64);

  // Of a bucket: a byte for each slot, which is 0 if that is free, else at least 128. Those that are free come last.
  class marks {
   public:
    [[nodiscard]] std::uint32_t of(std::size_t i) const noexcept { return bits_ >> 8 * i & 0xFFU; }
    void set(std::size_t i, std::uint32_t mark) noexcept {
      bits_ = (bits_ & ~(std::uint32_t{0xFF} << 8 * i)) | mark << 8 * i;
    }
    [[nodiscard]] bool full() const noexcept { return bits_ >> 24U != 0; }
    [[nodiscard]] std::size_t size() const noexcept {
      return per_bucket - static_cast<std::size_t>(std::countl_zero(bits_)) / 8;
    }
    // A bit for each slot with this mark, in its byte; now and then for another one, which is not free either.
    [[nodiscard]] std::uint32_t with(std::uint32_t mark) const noexcept {
      constexpr std::uint32_t ones = 0x0101'0101;
      const std::uint32_t different = bits_ ^ mark * ones;
      return (different - ones) & ~different & bits_ & ones << 7U;
    }

   private:
    std::uint32_t bits_ = 0;
  };

  struct place {
    std::size_t bucket = 0, slot = 0;
  };
  [[nodiscard]] const slot& at(place where) const noexcept { return all_[where.bucket][where.slot]; }
  [[nodiscard]] slot& at(place where) noexcept { return all_[where.bucket][where.slot]; }

  [[nodiscard]] std::size_t room() const noexcept { return count_ * per_bucket * 3 / 4; }
  [[nodiscard]] static std::uint64_t hash(std::uint64_t ordinal) noexcept {
    const hash_seeds& seeds = hash_seeds::of_process();
    return folded_product(ordinal / 16 ^ seeds.first, seeds.second);
  }
  [[nodiscard]] std::size_t home(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>((hash >> 32U) * count_ >> 32U);
  }
  [[nodiscard]] static std::uint32_t mark_of(std::uint64_t hash) noexcept {
    return static_cast<std::uint32_t>(hash & 0x7FU) | 0x80U;
  }
  [[nodiscard]] std::size_t following(std::size_t in) const noexcept { return in + 1 == count_ ? 0 : in + 1; }

  // the first slot with the mark of a hash for which is_it(slot) is true; there are buckets
  template <class IsIt>
  [[nodiscard]] std::optional<place> find_place(std::uint64_t hashed, IsIt is_it) const noexcept {
    const std::uint32_t mark = mark_of(hashed);
    for (std::size_t in = home(hashed);; in = following(in)) {
      const marks here = marks_[in];
      for (std::uint32_t left = here.with(mark); left != 0; left &= left - 1) {
        const place found{in, static_cast<std::size_t>(std::countr_zero(left)) / 8};
        if (is_it(at(found))) return found;
      }
      if (!here.full()) return std::nullopt;
    }
  }
  [[nodiscard]] std::optional<place> place_of(std::uint64_t ordinal, std::uint64_t hashed) const noexcept {
    return find_place(hashed, [&](const slot& each) { return each.ordinal == ordinal; });
  }
  // it is not there
  void add(const slot& added, std::uint64_t hashed) noexcept {
    std::size_t in = home(hashed);
    while (marks_[in].full()) in = following(in);
    const std::size_t i = marks_[in].size();
    all_[in][i] = added;
    marks_[in].set(i, mark_of(hashed));
  }
  void move(place from, place to) noexcept {
    at(to) = at(from);
    marks_[to.bucket].set(to.slot, marks_[from.bucket].of(from.slot));
  }

  // Frees a slot of a bucket. If the bucket was full, an entry that lies after it because of that comes into its place, and
  // then its own place is filled in the same way.
  void remove(place freed) noexcept {
    const std::size_t in = freed.bucket;
    const bool was_full = marks_[in].full();
    const place last{in, marks_[in].size() - 1};
    move(last, freed);
    marks_[in].set(last.slot, 0);
    if (!was_full) return;
    for (std::size_t next = following(in); next != in; next = following(next)) {
      for (place each{next, 0}; each.slot < marks_[next].size(); ++each.slot)
        if (!is_within(home(hash(at(each).ordinal)), in, next)) {
          move(each, last);
          return remove(each);
        }
      if (!marks_[next].full()) return;
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
    larger.marks_ = std::make_unique<marks[]>(larger.count_);
    larger.all_ = std::make_unique_for_overwrite<bucket[]>(larger.count_);
    larger.size_ = size_;
    const auto for_each = [&](std::size_t first, std::size_t end, auto visit) {
      for (std::size_t in = first; in < end; ++in)
        for (std::size_t i = 0; i < marks_[in].size(); ++i) visit(all_[in][i]);
    };
    for (std::size_t first = 0; first < count_; first += ahead) {  // in groups, so that the buckets are there
      const std::size_t end = std::min(count_, first + ahead);
      for_each(first, end, [&](const slot& each) { larger.prefetch(each.ordinal); });
      for_each(first, end, [&](const slot& each) { larger.add(each, hash(each.ordinal)); });
    }
    *this = std::move(larger);
  }
  static constexpr std::size_t ahead = 8;

  std::unique_ptr<marks[]> marks_;
  std::unique_ptr<bucket[]> all_;
  std::size_t count_ = 0, size_ = 0;
};

}  // namespace tallymark::detail
