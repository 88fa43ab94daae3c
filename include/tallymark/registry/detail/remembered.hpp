// The entry of a table that was found last.
#pragma once

#include <atomic>

namespace tallymark::detail {

// The entry of a table that was asked for last, so that the next question about it needs no hash. Threads that only
// look may do so at once; where threads change things too they would fight for it, and it stays with the first entry.
template <class Entry, bool Concurrent>
class remembered {
 public:
  [[nodiscard]] Entry* get() const noexcept { return last_.load(std::memory_order_acquire); }
  void set(Entry* entry) const noexcept {
    if (!Concurrent || !get()) last_.store(entry, std::memory_order_release);
  }

 private:
  mutable std::atomic<Entry*> last_ = nullptr;
};

}  // namespace tallymark::detail
