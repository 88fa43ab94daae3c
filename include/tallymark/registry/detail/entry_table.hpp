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
/// Of each 15 entries there are a byte of the hash in one array, in groups of 16 bytes, and the numbers in another one. So
/// a look for what is not there reads only the first array, which is small enough to stay in a cache for long; one for what
/// is there goes on to the number and the entry. Memory besides the entries: 6 to 9 bytes each, and as much again
/// while the table grows. Precondition: hashes are mixed well, and there are at most 2^32 - 2^17 entries.
///
/// Entries lie in blocks of 1, 2, 4, ... and from then on 2^13 of them. The number of an entry is that of its block and
/// its place there.
template <class Entry, bool Concurrent>
class entry_table {
 public:
  entry_table() = default;
  entry_table(const entry_table&) = delete;
  entry_table& operator=(const entry_table&) = delete;
  ~entry_table() {
    for_each([](Entry& each, std::uint32_t) { std::destroy_at(&each); });
    for (std::size_t b = 0; now() && b < now()->block_count && now()->blocks[b]; ++b)
      allocator().deallocate(now()->blocks[b], block_size(b));
  }

  /// The entry with this hash that `is_it` accepts, or null. O(1).
  template <class IsIt>
  [[nodiscard]] Entry* find(std::uint64_t hash, IsIt&& is_it) const {
    const buckets* in = now();
    if (!in) return nullptr;
    for (std::size_t at = in->home(hash);; at = in->next_group(at)) {
      detail::prefetch(&in->numbers[at]);  // while the group is read
      const group& here = in->groups[at];
      for (places with = here.with(tag_of(hash)); with; with.pop())
        if (Entry& entry = in->entry(in->number(at, with.first())); is_it(entry)) return &entry;
      if (!here.is_passed()) return nullptr;
    }
  }

  /// Prefetches what find reads first; once that is there, `prefetch_entry` what it reads then.
  void prefetch(std::uint64_t hash) const {
    if (const buckets* in = now()) in->prefetch(hash);
  }
  void prefetch_entry(std::uint64_t hash) const {
    const buckets* in = now();
    if (!in) return;
    const std::size_t at = in->home(hash);
    if (const places with = in->groups[at].with(tag_of(hash)))
      detail::prefetch(&in->entry(in->number(at, with.first())));
  }

  /// Adds an entry made of these, which is not there yet; `hash_of(entry)` is the hash of one that is. O(1) on average.
  template <class HashOf, class... Of>
  Entry& add(std::uint64_t hash, HashOf&& hash_of, Of&&... of) {
    TALLYMARK_ASSERT(size_ < largest_size, "tallymark::registry: it keeps at most 2^32 - 2^17 families and scopes");
    if (grown_.empty() || size_ == grown_.back()->room) grow(hash_of);
    buckets& in = *grown_.back();
    const std::uint32_t number = size_ == 0 ? 0 : following(last_);
    Entry*& block = in.blocks[number >> log_largest];
    if (!block) block = allocator().allocate(block_size(number >> log_largest));
    Entry& added = *std::construct_at(&in.entry(number), std::forward<Of>(of)...);
    in.put(hash, number);
    last_ = number;
    ++size_;
    return added;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// The number of the entry that was added last. Precondition: there is one.
  [[nodiscard]] std::uint32_t last() const noexcept { return last_; }
  [[nodiscard]] Entry& operator[](std::uint32_t number) const noexcept { return now()->entry(number); }

 private:
  using allocator = std::allocator<Entry>;
  static constexpr std::size_t per_group = 15, log_largest = 13, largest_size = 0xFFFE'0000;

  // Some of the places of a group: the upper bit of byte i for place i, in two words. What is no zero byte may count as
  // one if the byte below it is one (Warren, Hacker's Delight, 6-1), so that the entries have the last word.
  class places {
   public:
    constexpr places(std::uint64_t low, std::uint64_t high) noexcept : low_(low), high_(high) {}
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
    std::uint64_t low_, high_;
  };

  class alignas(16) group {
   public:
    [[nodiscard]] places with(std::uint8_t tag) const noexcept {
      return {zero_bytes(low_.load(std::memory_order_acquire) ^ eight_of(tag)),
              zero_bytes(high_.load(std::memory_order_acquire) ^ eight_of(tag)) & (first_of_state - 1)};
    }
    /// Whether an entry whose home is here, or before, lies in a group after this one.
    [[nodiscard]] bool is_passed() const noexcept { return (high_.load(std::memory_order_acquire) & passed) != 0; }

    /// The entries here.
    [[nodiscard]] std::size_t size() const noexcept {
      return high_.load(std::memory_order_relaxed) / first_of_state % 16;
    }
    void set_passed() noexcept {
      high_.store(high_.load(std::memory_order_relaxed) | passed, std::memory_order_release);
    }
    /// Adds a tag, after the number is there. Precondition: the group is not full.
    void add(std::uint8_t tag) noexcept {
      const std::size_t at = size();
      std::uint64_t high = high_.load(std::memory_order_relaxed) + first_of_state;
      if (at < 8)
        low_.store(low_.load(std::memory_order_relaxed) | std::uint64_t{tag} << (8 * at), std::memory_order_release);
      else
        high |= std::uint64_t{tag} << (8 * (at - 8));
      high_.store(high, std::memory_order_release);
    }

   private:
    // the uppermost byte of high_: the number of entries, and whether the group is passed
    static constexpr std::uint64_t first_of_state = std::uint64_t{1} << 56U, passed = 16 * first_of_state;

    [[nodiscard]] static constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept {
      return (word - eight_of(0x01)) & ~word & eight_of(0x80);
    }

    std::atomic<std::uint64_t> low_ = 0, high_ = 0;  // tags, 0 where there is no entry
  };

  // of the entries of a group; one line of the cache
  struct alignas(64) group_numbers {
    std::array<std::atomic<std::uint32_t>, per_group> of{};
  };

  struct buckets {
    explicit buckets(std::size_t size)
        : count(size),
          room(size == 1 ? per_group : size * per_group * 7 / 8),
          block_count(blocks_for(room)),
          groups(std::make_unique<group[]>(size)),
          numbers(std::make_unique<group_numbers[]>(size)),
          blocks(std::make_unique<Entry*[]>(block_count)) {}

    // by the upper half of the hash; the tag is of the lower one
    [[nodiscard]] std::size_t home(std::uint64_t hash) const noexcept {
      return static_cast<std::size_t>((hash >> 32U) * count >> 32U);
    }
    [[nodiscard]] std::size_t next_group(std::size_t at) const noexcept { return at + 1 == count ? 0 : at + 1; }
    [[nodiscard]] std::uint32_t number(std::size_t at, std::size_t place) const noexcept {
      return numbers[at].of[place].load(std::memory_order_relaxed);
    }
    [[nodiscard]] Entry& entry(std::uint32_t number) const noexcept {
      return blocks[number >> log_largest][number & (block_size(log_largest) - 1)];
    }
    void prefetch(std::uint64_t hash) const noexcept {
      const std::size_t at = home(hash);
      detail::prefetch(&groups[at]);
      detail::prefetch(&numbers[at]);
    }
    void put(std::uint64_t hash, std::uint32_t number) noexcept {
      std::size_t at = home(hash);
      for (; groups[at].size() == per_group; at = next_group(at)) groups[at].set_passed();
      numbers[at].of[groups[at].size()].store(number, std::memory_order_relaxed);
      groups[at].add(tag_of(hash));
    }

    std::size_t count, room, block_count;
    std::unique_ptr<group[]> groups;
    std::unique_ptr<group_numbers[]> numbers;
    std::unique_ptr<Entry*[]> blocks;  // a block is there before a group tells of it
  };

  [[nodiscard]] const buckets* now() const noexcept { return now_.load(std::memory_order_acquire); }
  [[nodiscard]] static constexpr std::uint8_t tag_of(std::uint64_t hash) noexcept {
    const auto tag = static_cast<std::uint8_t>(hash);
    return tag == 0 ? 1 : tag;
  }
  [[nodiscard]] static constexpr std::size_t block_size(std::size_t b) noexcept {
    return std::size_t{1} << (b < log_largest ? b : log_largest);
  }
  // how many blocks this many entries need
  [[nodiscard]] static constexpr std::size_t blocks_for(std::size_t entries) noexcept {
    if (entries >> log_largest != 0) return log_largest + (entries >> log_largest);
    return static_cast<std::size_t>(std::bit_width(entries));
  }
  [[nodiscard]] static constexpr std::uint32_t following(std::uint32_t number) noexcept {
    const std::size_t b = number >> log_largest, next = (number & (block_size(log_largest) - 1)) + 1;
    return next < block_size(b) ? number + 1 : static_cast<std::uint32_t>((b + 1) << log_largest);
  }
  // calls visit(entry, number) in the order in which they were added
  template <class Visit>
  void for_each(Visit visit) const {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < size_; ++i, number = following(number)) visit((*this)[number], number);
  }

  template <class HashOf>
  void grow(HashOf& hash_of) {
    const std::size_t before = grown_.empty() ? 0 : grown_.back()->count;
    auto larger = std::make_unique<buckets>(before + before / 2 + 1);
    if (const buckets* old = now())
      for (std::size_t b = 0; b < old->block_count; ++b) larger->blocks[b] = old->blocks[b];
    // some at a time, so that the groups are there when they are written
    std::array<std::pair<std::uint64_t, std::uint32_t>, 32> ahead;
    std::size_t waiting = 0;
    const auto put_all = [&] {
      for (std::size_t i = 0; i < waiting; ++i) larger->put(ahead[i].first, ahead[i].second);
      waiting = 0;
    };
    for_each([&](const Entry& each, std::uint32_t number) {
      const std::uint64_t hash = hash_of(each);
      larger->prefetch(hash);
      ahead[waiting++] = {hash, number};
      if (waiting == ahead.size()) put_all();
    });
    put_all();
    grown_.push_back(std::move(larger));
    now_.store(grown_.back().get(), std::memory_order_release);
    if (!Concurrent) grown_.erase(grown_.begin(), grown_.end() - 1);
  }

  std::atomic<const buckets*> now_ = nullptr;
  std::vector<std::unique_ptr<buckets>> grown_;
  std::size_t size_ = 0;
  std::uint32_t last_ = 0;
};

}  // namespace tallymark::detail
