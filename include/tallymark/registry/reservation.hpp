// Serial numbers that are taken tentatively.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>
#include <utility>

#include <tallymark/number/holder.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/registry/answer.hpp>

namespace tallymark {

/// Serial numbers that a registry keeps for whoever holds this: `commit` claims them, the destructor gives them back.
/// The registry must live longer. A reservation itself is used by one thread at a time. `Scope` is what a registry
/// keeps of a scope.
template <class Scope>
class reservation {
 public:
  reservation(reservation&& other) noexcept
      : scope_(std::exchange(other.scope_, nullptr)), rank_(other.rank_), serials_(std::move(other.serials_)) {}
  reservation& operator=(reservation&& other) noexcept {
    std::swap(scope_, other.scope_);
    std::swap(rank_, other.rank_);
    std::swap(serials_, other.serials_);
    return *this;
  }
  ~reservation() { drop(); }

  /// What is reserved, in the order of the sequence.
  [[nodiscard]] const run_list& serials() const noexcept { return serials_; }

  /// Whether the serial numbers are still reserved: neither committed nor dropped.
  [[nodiscard]] bool pending() const noexcept { return scope_ != nullptr; }

  /// Where the sequence stands once the serial numbers are given back. Precondition: pending().
  [[nodiscard]] sequence_state without() const {
    const auto guard = scope_->lock();
    return scope_->sequence(rank_);
  }

  /// Claims the serial numbers for `first_item` and the items after it. Precondition: pending(). O(runs log r).
  void commit(std::uint64_t first_item = no_item) {
    TALLYMARK_ASSERT(pending(), "a reservation is committed once, and not after it was dropped or moved");
    Scope& scope = *std::exchange(scope_, nullptr);
    const auto guard = scope.lock();
    scope.commit(serials_, rank_, {first_item, hold::claimed});
  }

  /// Gives the serial numbers back, now rather than at the end of the reservation's life. O(runs log r).
  void drop() {
    if (!scope_) return;
    Scope& scope = *std::exchange(scope_, nullptr);
    const auto guard = scope.lock();
    scope.give_back(serials_, rank_);
  }

 private:
  template <class, class>
  friend class registry;
  reservation(Scope& scope, std::int64_t rank, run_list serials)
      : scope_(&scope), rank_(rank), serials_(std::move(serials)) {}

  Scope* scope_;
  std::int64_t rank_;
  run_list serials_;
};

}  // namespace tallymark
