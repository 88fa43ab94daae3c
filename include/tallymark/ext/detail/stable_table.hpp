// A hash table whose entries stay: lookups never wait, not even while another thread adds.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace tallymark::detail {

/// Entries in order of insertion, found by hash. They never move and live as long as the table, so a
/// reference stays valid. Any number of threads may find; the thread that adds keeps others from adding. The slots that
/// a grown table no longer uses stay too, since another thread may be reading them: at most as many as it has.
template <class Entry>
class stable_table {
 public:
  stable_table() = default;
  stable_table(const stable_table&) = delete;
  stable_table& operator=(const stable_table&) = delete;

  /// The entry with this hash that `is_it` accepts, or null. O(1).
  template <class IsIt>
  [[nodiscard]] Entry* find(std::size_t hash, IsIt&& is_it) const {
    const slots* in = now_.load(std::memory_order_acquire);
    if (!in) return nullptr;
    for (std::size_t at = place(*in, hash);; at = (at + 1) & in->mask) {
      const slot& here = in->all[at];
      Entry* entry = here.entry.load(std::memory_order_acquire);
      if (!entry || (here.hash == hash && is_it(*entry))) return entry;
    }
  }

  /// Adds an entry. Precondition: the table does not have it; if that throws, nothing is added. O(1) on average.
  Entry& add(std::size_t hash, std::unique_ptr<Entry> entry) {
    if (grown_.empty() || 2 * (entries_.size() + 1) > grown_.back()->mask + 1) grow();
    entries_.push_back(std::move(entry));
    put(*grown_.back(), hash, entries_.back().get());
    return *entries_.back();
  }

  [[nodiscard]] const std::vector<std::unique_ptr<Entry>>& entries() const noexcept { return entries_; }

 private:
  struct slot {
    std::size_t hash = 0;  // readable once there is an entry
    std::atomic<Entry*> entry = nullptr;
  };
  struct slots {
    explicit slots(std::size_t size) : mask(size - 1), all(std::make_unique<slot[]>(size)) {}
    std::size_t mask;
    std::unique_ptr<slot[]> all;
  };

  // hashes of small integers are often the integers: spread them (Fibonacci hashing, Knuth, TAOCP 3, 6.4)
  [[nodiscard]] static std::size_t place(const slots& in, std::size_t hash) noexcept {
    return static_cast<std::size_t>((hash * 0x9E3779B97F4A7C15U) >> 20U) & in.mask;
  }

  static void put(slots& in, std::size_t hash, Entry* entry) {
    std::size_t at = place(in, hash);
    while (in.all[at].entry.load(std::memory_order_relaxed)) at = (at + 1) & in.mask;
    in.all[at].hash = hash;
    in.all[at].entry.store(entry, std::memory_order_release);
  }

  void grow() {
    auto larger = std::make_unique<slots>(grown_.empty() ? 8 : 2 * (grown_.back()->mask + 1));
    if (!grown_.empty())
      for (std::size_t at = 0; at <= grown_.back()->mask; ++at)
        if (const slot& old = grown_.back()->all[at]; Entry* entry = old.entry.load(std::memory_order_relaxed))
          put(*larger, old.hash, entry);
    grown_.push_back(std::move(larger));
    now_.store(grown_.back().get(), std::memory_order_release);
  }

  std::atomic<const slots*> now_ = nullptr;
  std::vector<std::unique_ptr<slots>> grown_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace tallymark::detail
