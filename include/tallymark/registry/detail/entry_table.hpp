// A hash table for very many small entries that stay where they are.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <tallymark/config.hpp>
#include <tallymark/ext/detail/prefetch.hpp>
#include <tallymark/ext/detail/words.hpp>

namespace tallymark::detail {

/// Entries in the order in which they came, found by hash. They never move and never go before the table does. If it is
/// concurrent, any number of threads may find while one adds; then the buckets that a grown table has left stay, since a
/// thread may be looking into them.
///
/// A bucket is one line of the cache: a byte of the hash of each of its 12 entries, and their numbers. So a look for what
/// is not there reads one line, and one for what is there a second one, which is the entry. Memory besides the
/// entries: 6 to 10 bytes each, and as much again while the table grows. Precondition: hashes are mixed well, and there
/// are less than 2^32 - 1 entries.
///
/// Entry i lies in block b, where i + 1 has b + 1 bits; from 2^13 entries on, blocks are equally large.
template <class Entry, bool Concurrent>
class entry_table {
 public:
  entry_table() = default;
  entry_table(const entry_table&) = delete;
  entry_table& operator=(const entry_table&) = delete;
  ~entry_table() {
    for (std::size_t i = 0; i < size_; ++i) std::destroy_at(&(*this)[i]);
    for (std::size_t b = 0; now() && b < now()->block_count && now()->blocks[b]; ++b)
      allocator().deallocate(now()->blocks[b], block_size(b));
  }

  /// The entry with this hash that `is_it` accepts, or null. O(1).
  template <class IsIt>
  [[nodiscard]] Entry* find(std::uint64_t hash, IsIt&& is_it) const {
    const buckets* in = now();
    if (!in) return nullptr;
    for (std::size_t at = in->home(hash);; at = in->following(at)) {
      const bucket& here = in->all[at];
      for (places with = here.with(tag_of(hash)); with; with.pop())
        if (Entry& entry = in->entry(here.number(with.first())); is_it(entry)) return &entry;
      if (!here.is_passed()) return nullptr;
    }
  }

  /// Prefetches what find reads first; once that is there, `prefetch_entry` what it reads then.
  void prefetch(std::uint64_t hash) const {
    if (const buckets* in = now()) detail::prefetch(&in->all[in->home(hash)]);
  }
  void prefetch_entry(std::uint64_t hash) const {
    const buckets* in = now();
    if (!in) return;
    const bucket& here = in->all[in->home(hash)];
    if (const places with = here.with(tag_of(hash))) detail::prefetch(&in->entry(here.number(with.first())));
  }

  /// Adds an entry made of these, which is not there yet; `hash_of(entry)` is the hash of one that is. O(1) on average.
  template <class HashOf, class... Of>
  Entry& add(std::uint64_t hash, HashOf&& hash_of, Of&&... of) {
    TALLYMARK_ASSERT(size_ < 0xFFFF'FFFEU, "tallymark::registry: it keeps less than 2^32 - 1 families and scopes");
    if (grown_.empty() || size_ == grown_.back()->room) grow(hash_of);
    buckets& in = *grown_.back();
    const std::size_t b = block_of(size_);
    if (!in.blocks[b]) in.blocks[b] = allocator().allocate(block_size(b));
    Entry& added = *std::construct_at(&in.entry(size_), std::forward<Of>(of)...);
    in.put(hash, static_cast<std::uint32_t>(size_++));
    return added;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// The entry that came after `i` others.
  [[nodiscard]] Entry& operator[](std::size_t i) const noexcept { return now()->entry(i); }

 private:
  using allocator = std::allocator<Entry>;
  static constexpr std::size_t per_bucket = 12, log_largest = 13;

  // Some of the places of a bucket: the upper bit of byte i for place i, in two words. What is no zero byte may count as
  // one if the byte below it is one (Warren, Hacker's Delight, 6-1), so that the entries have the last word.
  class places {
   public:
    constexpr places(std::uint64_t low, std::uint32_t high) noexcept : low_(low), high_(high) {}
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return (low_ | high_) != 0; }
    [[nodiscard]] constexpr std::size_t first() const noexcept {
      return static_cast<std::size_t>(low_ != 0 ? std::countr_zero(low_) / 8 : 8 + std::countr_zero(high_) / 8);
    }
    constexpr void pop() noexcept {
      if (low_ != 0)
        low_ &= low_ - 1;
      else
        high_ &= high_ - 1;
    }

   private:
    std::uint64_t low_;
    std::uint32_t high_;
  };

  class alignas(64) bucket {
   public:
    [[nodiscard]] places with(std::uint8_t tag) const noexcept {
      const std::uint64_t tags = eight_of(tag);
      return {zero_bytes(low_.load(std::memory_order_acquire) ^ tags),
              zero_bytes(high_.load(std::memory_order_acquire) ^ static_cast<std::uint32_t>(tags))};
    }
    [[nodiscard]] std::uint32_t number(std::size_t at) const noexcept {
      return numbers_[at].load(std::memory_order_relaxed);
    }
    /// Whether an entry whose home is here, or before, lies in a bucket after this one.
    [[nodiscard]] bool is_passed() const noexcept { return (state_.load(std::memory_order_acquire) & passed) != 0; }

    /// Puts an entry here, unless the bucket is full; whether it did.
    bool put(std::uint8_t tag, std::uint32_t number) noexcept {
      const std::uint32_t state = state_.load(std::memory_order_relaxed), at = state & count;
      if (at == per_bucket) {
        state_.store(state | passed, std::memory_order_release);
        return false;
      }
      numbers_[at].store(number, std::memory_order_relaxed);
      if (at < 8)
        low_.store(low_.load(std::memory_order_relaxed) | std::uint64_t{tag} << (8 * at), std::memory_order_release);
      else
        high_.store(high_.load(std::memory_order_relaxed) | std::uint32_t{tag} << (8 * (at - 8)),
                    std::memory_order_release);
      state_.store(state + 1, std::memory_order_release);
      return true;
    }

   private:
    static constexpr std::uint32_t count = 15, passed = 16;

    template <class Word>
    [[nodiscard]] static constexpr Word zero_bytes(Word word) noexcept {
      return (word - static_cast<Word>(eight_of(0x01))) & ~word & static_cast<Word>(eight_of(0x80));
    }

    std::atomic<std::uint64_t> low_ = 0;  // tags, 0 where there is no entry
    std::atomic<std::uint32_t> high_ = 0;
    std::array<std::atomic<std::uint32_t>, per_bucket> numbers_{};
    std::atomic<std::uint32_t> state_ = 0;
  };
  static_assert(sizeof(bucket) == 64);

  struct buckets {
    explicit buckets(std::size_t size)
        : count(size),
          room(size == 1 ? per_bucket : size * per_bucket * 6 / 7),
          block_count(block_of(room - 1) + 1),
          all(std::make_unique<bucket[]>(size)),
          blocks(std::make_unique<Entry*[]>(block_count)) {}

    // by the upper half of the hash; the tag is of the lower one
    [[nodiscard]] std::size_t home(std::uint64_t hash) const noexcept {
      return static_cast<std::size_t>((hash >> 32U) * count >> 32U);
    }
    [[nodiscard]] std::size_t following(std::size_t at) const noexcept { return at + 1 == count ? 0 : at + 1; }
    [[nodiscard]] Entry& entry(std::size_t i) const noexcept {
      const std::size_t b = block_of(i);
      return blocks[b][(i + 1) & (block_size(b) - 1)];
    }
    void put(std::uint64_t hash, std::uint32_t number) noexcept {
      for (std::size_t at = home(hash); !all[at].put(tag_of(hash), number);) at = following(at);
    }

    std::size_t count, room, block_count;
    std::unique_ptr<bucket[]> all;
    std::unique_ptr<Entry*[]> blocks;  // a block is there before a bucket tells of it
  };

  [[nodiscard]] const buckets* now() const noexcept { return now_.load(std::memory_order_acquire); }
  [[nodiscard]] static constexpr std::uint8_t tag_of(std::uint64_t hash) noexcept {
    const auto tag = static_cast<std::uint8_t>(hash);
    return tag == 0 ? 1 : tag;
  }
  [[nodiscard]] static constexpr std::size_t block_of(std::size_t i) noexcept {
    if ((i + 1) >> log_largest != 0) return log_largest - 1 + ((i + 1) >> log_largest);
    return static_cast<std::size_t>(std::bit_width(i + 1)) - 1;
  }
  [[nodiscard]] static constexpr std::size_t block_size(std::size_t b) noexcept {
    return std::size_t{1} << (b < log_largest ? b : log_largest);
  }

  template <class HashOf>
  void grow(HashOf& hash_of) {
    const std::size_t before = grown_.empty() ? 0 : grown_.back()->count;
    auto larger = std::make_unique<buckets>(before + before / 2 + 1);
    if (const buckets* old = now())
      for (std::size_t b = 0; b < old->block_count; ++b) larger->blocks[b] = old->blocks[b];
    // in groups, so that the buckets are there when they are written
    std::array<std::uint64_t, 32> hashes;
    for (std::size_t first = 0, end = 0; first < size_; first = end) {
      end = std::min(size_, first + hashes.size());
      for (std::size_t i = first; i < end; ++i) {
        hashes[i - first] = hash_of(std::as_const(larger->entry(i)));
        detail::prefetch(&larger->all[larger->home(hashes[i - first])]);
      }
      for (std::size_t i = first; i < end; ++i) larger->put(hashes[i - first], static_cast<std::uint32_t>(i));
    }
    grown_.push_back(std::move(larger));
    now_.store(grown_.back().get(), std::memory_order_release);
    if (!Concurrent) grown_.erase(grown_.begin(), grown_.end() - 1);
  }

  std::atomic<const buckets*> now_ = nullptr;
  std::vector<std::unique_ptr<buckets>> grown_;
  std::size_t size_ = 0;
};

}  // namespace tallymark::detail
