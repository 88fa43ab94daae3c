// A hash table for very many small entries that stay where they are.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <tallymark/config.hpp>

namespace tallymark::detail {

/// Entries in the order in which they came, found by hash. They never move and never go before the table does. Memory
/// besides the entries: 11 to 21 bytes each, and as much again while the table grows. If it is concurrent, any number
/// of threads may find while one adds; then the slots that a grown table has left stay, since a thread may be
/// looking into them.
///
/// stable_table keeps a pointer and the whole hash of each entry, which is faster to follow and takes 24 bytes more: it is
/// for entries that are few or large.
///
/// Entry i lies in block b, where i + 1 has b + 1 bits. The upper half of a slot is of the hash, the lower one the
/// number of its entry, from 1 on, so that a look at another's slot is seldom a look at its entry.
/// Precondition: there are at most 3 * 2^30 entries.
template <class Entry, bool Concurrent>
class family_table {
 public:
  family_table() = default;
  family_table(const family_table&) = delete;
  family_table& operator=(const family_table&) = delete;
  ~family_table() {
    for (std::size_t i = 0; i < size_; ++i) std::destroy_at(&(*this)[i]);
    for (unsigned b = 0; now() && b < now()->bits && now()->blocks[b]; ++b)
      allocator().deallocate(now()->blocks[b], std::size_t{1} << b);
  }

  /// The entry with this hash that `is_it` accepts, or null. O(1).
  template <class IsIt>
  [[nodiscard]] Entry* find(std::size_t hash, IsIt&& is_it) const {
    const slots* in = now();
    if (!in) return nullptr;
    const std::uint64_t tag = tag_of(hash);
    for (std::size_t at = in->place(tag);; at = in->following(at)) {
      const std::uint64_t here = in->all[at].load(std::memory_order_acquire);
      if (here == 0) return nullptr;
      if (here >> 32U != tag) continue;
      if (Entry& entry = in->entry(static_cast<std::uint32_t>(here) - 1); is_it(entry)) return &entry;
    }
  }

  /// Adds an entry made of these, which is not there yet. O(1) on average.
  template <class... Of>
  Entry& add(std::size_t hash, Of&&... of) {
    if (grown_.empty() || grown_.back()->full(size_)) grow();
    slots& in = *grown_.back();
    const unsigned b = block_of(size_);
    if (!in.blocks[b]) in.blocks[b] = allocator().allocate(std::size_t{1} << b);
    Entry& made = *std::construct_at(&in.entry(size_), std::forward<Of>(of)...);
    put(in, tag_of(hash) << 32U | ++size_);
    return made;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// The entry that came after `i` others.
  [[nodiscard]] Entry& operator[](std::size_t i) const noexcept { return now()->entry(i); }

 private:
  using allocator = std::allocator<Entry>;

  struct slots {
    explicit slots(unsigned log)
        : bits(log),
          all(std::make_unique<std::atomic<std::uint64_t>[]>(size())),
          blocks(std::make_unique<Entry*[]>(log)) {}
    [[nodiscard]] std::size_t size() const noexcept { return std::size_t{1} << bits; }
    [[nodiscard]] bool full(std::size_t entries) const noexcept { return 4 * (entries + 1) > 3 * size(); }
    // by the upper bits: so the slots of a grown table are filled from the first to the last
    [[nodiscard]] std::size_t place(std::uint64_t tag) const noexcept {
      return static_cast<std::size_t>(tag >> (32 - bits));
    }
    [[nodiscard]] std::size_t following(std::size_t at) const noexcept { return (at + 1) & (size() - 1); }

    [[nodiscard]] Entry& entry(std::size_t i) const noexcept {
      const unsigned b = block_of(i);
      return blocks[b][i + 1 - (std::size_t{1} << b)];
    }

    unsigned bits;
    std::unique_ptr<std::atomic<std::uint64_t>[]> all;
    std::unique_ptr<Entry*[]> blocks;  // a block is there before a slot tells of it
  };

  [[nodiscard]] const slots* now() const noexcept { return now_.load(std::memory_order_acquire); }
  [[nodiscard]] static unsigned block_of(std::size_t i) noexcept {
    return static_cast<unsigned>(std::bit_width(i + 1)) - 1;
  }
  // Fibonacci hashing, Knuth, TAOCP 3, 6.4
  [[nodiscard]] static std::uint64_t tag_of(std::size_t hash) noexcept {
    return hash * std::uint64_t{0x9E3779B97F4A7C15U} >> 32U;
  }

  static void put(slots& in, std::uint64_t entry) {
    std::size_t at = in.place(entry >> 32U);
    while (in.all[at].load(std::memory_order_relaxed) != 0) at = in.following(at);
    in.all[at].store(entry, std::memory_order_release);
  }

  void grow() {
    const unsigned bits = grown_.empty() ? 2 : grown_.back()->bits + 1;
    TALLYMARK_ASSERT(bits <= 32, "tallymark::registry: a scope has at most 3 * 2^30 families");
    auto larger = std::make_unique<slots>(bits);
    if (const slots* old = now()) {
      std::copy_n(old->blocks.get(), old->bits, larger->blocks.get());
      for (std::size_t at = 0; at < old->size(); ++at)
        if (const std::uint64_t entry = old->all[at].load(std::memory_order_relaxed)) put(*larger, entry);
    }
    grown_.push_back(std::move(larger));
    now_.store(grown_.back().get(), std::memory_order_release);
    if (!Concurrent) grown_.erase(grown_.begin(), grown_.end() - 1);
  }

  std::atomic<const slots*> now_ = nullptr;
  std::vector<std::unique_ptr<slots>> grown_;
  std::size_t size_ = 0;
};

}  // namespace tallymark::detail
