// Memory that runs out: operator new fails at the n-th call, or from the n-th call on.
//
// The test program has failing_memory.cpp as one of its sources, which replaces operator new and delete.
#pragma once

#include <cstddef>
#include <limits>
#include <new>

namespace tallymark::testing {

struct memory_plan {
  std::size_t calls = 0;                                                // of operator new so far
  std::size_t first_failing = std::numeric_limits<std::size_t>::max();  // counted from 1
  bool forever = false;                                                 // all later calls fail too
  bool failed = false;
};
// of this thread
memory_plan& current_memory_plan() noexcept;

/// During its lifetime, the n-th call of operator new in this thread throws std::bad_alloc, n counted from 1; with
/// `forever` all later calls too.
class failing_memory {
 public:
  explicit failing_memory(std::size_t n, bool forever = false) noexcept : before_(current_memory_plan()) {
    current_memory_plan() = {0, n, forever, false};
  }
  failing_memory(const failing_memory&) = delete;
  failing_memory& operator=(const failing_memory&) = delete;
  ~failing_memory() { current_memory_plan() = before_; }

  /// Whether a call has failed.
  [[nodiscard]] bool failed() const noexcept { return current_memory_plan().failed; }
  /// The number of calls of operator new.
  [[nodiscard]] std::size_t calls() const noexcept { return current_memory_plan().calls; }

 private:
  memory_plan before_;
};

/// Calls attempt(n) for n = 1, 2, ... until no operator new fails in a call; `attempt` returns whether one failed. With
/// the address sanitizer, which is several times slower, only for some of those beyond 20: the other builds try all.
/// Returns the number of points of failure.
template <class Attempt>
std::size_t for_each_failure(Attempt attempt) {
#if defined(__SANITIZE_ADDRESS__)
  constexpr bool sampled = true;
#elif defined(__has_feature)
  constexpr bool sampled = __has_feature(address_sanitizer);
#else
  constexpr bool sampled = false;
#endif
  std::size_t n = 1;
  while (attempt(n)) n += sampled && n > 20 ? n / 8 : 1;
  return n - 1;
}

}  // namespace tallymark::testing
