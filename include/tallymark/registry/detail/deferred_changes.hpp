// The changes of a scope that its indices still have to make.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>

#include <tallymark/number/holder.hpp>
#include <tallymark/registry/detail/spare_changes.hpp>

namespace tallymark::detail {

/// Changes in the order in which they were made; almost always there are none. `empty` may be asked at any time; all
/// other members are called under the lock of the scope.
class deferred_changes {
 public:
  deferred_changes() = default;
  deferred_changes(const deferred_changes&) = delete;
  deferred_changes& operator=(const deferred_changes&) = delete;
  ~deferred_changes() {
    while (!empty()) pop();
  }

  [[nodiscard]] bool empty() const noexcept { return first_.load(std::memory_order_acquire) == nullptr; }
  /// Precondition: not empty.
  [[nodiscard]] const deferred_change& front() const noexcept { return *first_.load(std::memory_order_relaxed); }
  void pop() noexcept {
    deferred_change* const done = first_.load(std::memory_order_relaxed);
    if (!done->next) last_ = nullptr;
    first_.store(done->next, std::memory_order_release);
    change_block::release(done->home);
  }

  /// Adds a change with a record of `spare`, or to the last one if that goes on so.
  void push(void* family, deferred_change::kind what, const held_run& run, spare_changes& spare) noexcept {
    if (last_ && last_->family == family && last_->what == what && what != deferred_change::kind::assign &&
        last_->run.stride == 1 && run.stride == 1 && last_->run.last() + 1 == run.first) {
      last_->run.length += run.length;
      return;
    }
    deferred_change* const added = spare.take();
    added->family = family;
    added->what = what;
    added->run = run;
    if (last_)
      last_->next = added;
    else
      first_.store(added, std::memory_order_release);
    last_ = added;
  }

  /// What the changes say of an ordinal and those after it, each greater by a stride: of `length` of them.
  struct verdict {
    const deferred_change* decided = nullptr;  ///< the last one that sets or removes the holder, if there is one
    bool retired = false;                      ///< after that it was retired
    std::uint64_t length = std::numeric_limits<std::uint64_t>::max();

    /// The holder, if the index says this one.
    [[nodiscard]] std::optional<holder> of(std::uint64_t ordinal, std::optional<holder> by) const noexcept {
      if (decided && decided->what == deferred_change::kind::erase) return std::nullopt;
      if (decided) by = decided->run.by + (ordinal - decided->run.first) / decided->run.stride;
      if (by && retired) by->state = hold::retired;
      return by;
    }
  };
  /// O(changes).
  [[nodiscard]] verdict judge(const void* family, std::uint64_t ordinal, std::uint64_t stride = 1) const noexcept {
    verdict out;
    for (const deferred_change* at = first_.load(std::memory_order_relaxed); at; at = at->next) {
      if (at->family != family) continue;
      out.length = std::min(out.length, alike(at->run, ordinal, stride));
      if (!at->covers(family, ordinal)) continue;
      out.retired = at->what == deferred_change::kind::retire;
      if (!out.retired) out.decided = at;
    }
    return out;
  }
  /// Visits the runs that the changes of a family assign, with what they say of them. O(changes^2) and more.
  template <class Visit>
  void for_each_assigned(const void* family, Visit visit) const {
    for (const deferred_change* at = first_.load(std::memory_order_relaxed); at; at = at->next)
      if (at->family == family && at->what == deferred_change::kind::assign) visit(*at);
  }

 private:
  // How many of these ordinals are all in the run, or all not in it; fewer where that is hard to tell.
  [[nodiscard]] static std::uint64_t alike(const held_run& run, std::uint64_t ordinal, std::uint64_t stride) noexcept {
    constexpr std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t last = run.last();
    if (ordinal > last) return all;
    const std::uint64_t before = ordinal < run.first ? (run.first - ordinal - 1) / stride + 1 : 0;  // it begins
    if (run.stride == 1) {
      if (before == 0) return (last - ordinal) / stride + 1;
      return before <= (last - ordinal) / stride ? before : all;  // or all of it is jumped over
    }
    if (run.stride != stride) return before == 0 ? 1 : before;
    const std::uint64_t remainder = before == 0 ? (ordinal - run.first) % stride : (run.first - ordinal) % stride;
    if (remainder != 0) return all;
    return before == 0 ? (last - ordinal) / stride + 1 : before;
  }

  std::atomic<deferred_change*> first_ = nullptr;
  deferred_change* last_ = nullptr;
};

}  // namespace tallymark::detail
