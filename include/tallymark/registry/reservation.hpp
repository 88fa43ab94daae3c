// Serial numbers that are taken tentatively.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>
#include <memory>
#include <utility>

#include <tallymark/number/holder.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/registry/answer.hpp>
#include <tallymark/registry/detail/spare_changes.hpp>

namespace tallymark {

/// Serial numbers that a registry keeps for the owner of this: `commit` claims them, the destructor gives them back.
/// Neither needs memory, so that neither can fail. The registry must live longer. A reservation itself is used by one
/// thread at a time; it can be moved, but not copied. `Scope` is what a registry keeps of a scope.
template <class Scope>
class [[nodiscard]] reservation {
 public:
  // The compiler shows the line of a deleted function, and so its sentence.
  reservation(const reservation&) = delete;  // tallymark::reservation: it is not copied. Move it: std::move(...)
  reservation& operator=(const reservation&) = delete;  // tallymark::reservation: it is not copied, but can be moved
  reservation(reservation&& other) noexcept
      : scope_(std::exchange(other.scope_, nullptr)),
        mark_(std::move(other.mark_)),
        serials_(std::move(other.serials_)),
        spare_(std::move(other.spare_)) {}
  reservation& operator=(reservation&& other) noexcept {
    std::swap(scope_, other.scope_);
    std::swap(mark_, other.mark_);
    std::swap(serials_, other.serials_);
    std::swap(spare_, other.spare_);
    return *this;
  }
  ~reservation() { drop(); }

  /// What is reserved, in the order of the sequence.
  [[nodiscard]] const run_list& serials() const& noexcept { return serials_; }
  [[nodiscard]] run_list serials() && noexcept { return std::move(serials_); }

  /// Whether the serial numbers are still reserved: neither committed nor dropped.
  [[nodiscard]] bool pending() const noexcept { return scope_ != nullptr; }

  /// The state of the sequence once the serial numbers are given back. Precondition: pending().
  [[nodiscard]] sequence_state without() const noexcept {
    const auto guard = scope_->lock();
    return scope_->sequence(mark_.get());
  }

  /// Claims the serial numbers for `first_item` and the items after it. Precondition: pending(). O(runs log r).
  void commit(std::uint64_t first_item = no_item) noexcept {
    TALLYMARK_ASSERT(pending(), "a reservation is committed once, and not after it was dropped or moved");
    Scope& scope = *std::exchange(scope_, nullptr);
    const auto guard = scope.lock();
    scope.commit(serials_, std::move(mark_), {first_item, hold::claimed}, spare_);
  }

  /// Gives the serial numbers back, now rather than at the end of the reservation's life. O(runs log r).
  void drop() noexcept {
    if (!scope_) return;
    Scope& scope = *std::exchange(scope_, nullptr);
    const auto guard = scope.lock();
    scope.give_back(serials_, std::move(mark_), spare_);
  }

 private:
  template <class, class>
  friend class registry;
  reservation(Scope& scope, std::unique_ptr<typename Scope::mark> mark, run_list serials,
              detail::spare_changes spare) noexcept
      : scope_(&scope), mark_(std::move(mark)), serials_(std::move(serials)), spare_(std::move(spare)) {}

  Scope* scope_;
  std::unique_ptr<typename Scope::mark> mark_;
  run_list serials_;
  detail::spare_changes spare_;
};

}  // namespace tallymark
