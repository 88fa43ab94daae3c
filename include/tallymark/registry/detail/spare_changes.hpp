// Memory taken beforehand, for changes of a scope that must not fail.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include <tallymark/number/detail/stride_order.hpp>
#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

class change_block;

/// A change of the held ordinals of a family that its index still has to make.
struct deferred_change {
  enum class kind : std::uint8_t { assign, erase, retire };

  void* family = nullptr;  ///< whatever the scope keeps of it
  kind what{};
  held_run run{};  ///< its holder is that of an assign
  change_block* home = nullptr;
  deferred_change* next = nullptr;

  /// Whether the change is about this ordinal of this family.
  [[nodiscard]] bool covers(const void* of, std::uint64_t ordinal) const noexcept {
    return family == of && lies_in(ordinal, run.first, run.length, run.stride);
  }
};

/// Records of changes in one piece of memory, which goes with the last that uses one of them. Several threads may own
/// records of one block.
class change_block {
 public:
  [[nodiscard]] static change_block* make(std::size_t records, change_block* older) {
    void* const memory = ::operator new(sizeof(change_block) + records * sizeof(deferred_change));
    return ::new (memory) change_block(records, older);
  }

  [[nodiscard]] std::size_t unused() const noexcept { return unused_; }
  [[nodiscard]] change_block* older() const noexcept { return older_; }

  /// Precondition: there is an unused one.
  [[nodiscard]] deferred_change* take() noexcept {
    owners_.fetch_add(1);
    deferred_change* const record = reinterpret_cast<deferred_change*>(this + 1) + --unused_;
    return ::new (record) deferred_change{nullptr, {}, {}, this, nullptr};
  }
  /// One owner less: a record that was taken, or who made the block.
  static void release(change_block* block) noexcept {
    if (block->owners_.fetch_sub(1) != 1) return;
    std::destroy_at(block);
    ::operator delete(static_cast<void*>(block));
  }

 private:
  change_block(std::size_t records, change_block* older) noexcept : unused_(records), older_(older) {}

  std::atomic<std::size_t> owners_ = 1;
  std::size_t unused_;
  change_block* older_;
};
static_assert(alignof(deferred_change) <= alignof(change_block) &&
              sizeof(change_block) % alignof(deferred_change) == 0);

/// Unused records of changes. A change that finds no memory in its index waits in such a record until there is some.
class spare_changes {
 public:
  spare_changes() = default;
  spare_changes(spare_changes&& other) noexcept
      : blocks_(std::exchange(other.blocks_, nullptr)), unused_(std::exchange(other.unused_, 0)) {}
  spare_changes& operator=(spare_changes&& other) noexcept {
    std::swap(blocks_, other.blocks_);
    std::swap(unused_, other.unused_);
    return *this;
  }
  ~spare_changes() {
    while (blocks_) pop_block();
  }

  /// From now on there are at least `n` unused records. If it throws, there are as many as before. O(1) on average, also
  /// where n grows by one each time.
  void reserve(std::size_t n) {
    if (n <= unused_) return;
    const std::size_t more = std::max(n - unused_, unused_);
    blocks_ = change_block::make(more, blocks_);
    unused_ += more;
  }

  /// How many unused ones there are.
  [[nodiscard]] std::size_t unused() const noexcept { return unused_; }

  /// Precondition: there is an unused one.
  [[nodiscard]] deferred_change* take() noexcept {
    while (blocks_->unused() == 0) pop_block();
    --unused_;
    return blocks_->take();
  }

 private:
  void pop_block() noexcept { change_block::release(std::exchange(blocks_, blocks_->older())); }

  change_block* blocks_ = nullptr;  // the newest one
  std::size_t unused_ = 0;
};

}  // namespace tallymark::detail
