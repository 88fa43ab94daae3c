// The lock of a scope.
#pragma once

#include <mutex>
#include <type_traits>

#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

// What takes the place of a lock where one thread uses it.
struct no_mutex {
  void lock() const noexcept {}
  void unlock() const noexcept {}
};
// A lock that is mostly held for about a microsecond: a thread that waits for it spins at first.
class brief_mutex {
 public:
  void lock() {
    for (int i = 0; i < 200; ++i) {
      if (mutex_.try_lock()) return;
#if defined(__x86_64__) || defined(__i386__)
      __builtin_ia32_pause();
#endif
    }
    mutex_.lock();
  }
  void unlock() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};
template <class Map>
using mutex_of = std::conditional_t<concurrent_ordinal_map<Map>, brief_mutex, no_mutex>;

}  // namespace tallymark::detail
