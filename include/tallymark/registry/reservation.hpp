// Serial numbers that are taken tentatively.
#pragma once

#include <cstdint>
#include <utility>

#include <tallymark/policy/holder.hpp>
#include <tallymark/policy/run_list.hpp>

namespace tallymark {

/// Serial numbers that a registry keeps for whoever holds this: `commit` claims them, the destructor gives them back. The
/// registry must live longer.
template <class Registry>
class reservation {
 public:
  reservation(reservation&& other) noexcept
      : registry_(std::exchange(other.registry_, nullptr)), scope_(other.scope_), serials_(std::move(other.serials_)) {}
  reservation& operator=(reservation&& other) noexcept {
    std::swap(registry_, other.registry_);
    std::swap(scope_, other.scope_);
    std::swap(serials_, other.serials_);
    return *this;
  }
  ~reservation() { drop(); }

  /// What is reserved, in the order of the sequence.
  [[nodiscard]] const run_list& serials() const noexcept { return serials_; }

  /// Whether the serial numbers are still reserved: neither committed nor dropped.
  [[nodiscard]] bool pending() const noexcept { return registry_ != nullptr; }

  /// Claims the serial numbers for `first_item` and the items after it. Precondition: pending(). O(runs).
  void commit(std::uint64_t first_item = no_item) { std::exchange(registry_, nullptr)->commit(*scope_, serials_, first_item); }

  /// Gives the serial numbers back, now rather than at the end of the reservation's life. O(runs).
  void drop() {
    if (registry_) std::exchange(registry_, nullptr)->give_back(*scope_, serials_);
  }

 private:
  friend Registry;
  reservation(Registry& registry, typename Registry::scope_state& scope, run_list serials)
      : registry_(&registry), scope_(&scope), serials_(std::move(serials)) {}

  Registry* registry_;
  typename Registry::scope_state* scope_;
  run_list serials_;
};

}  // namespace tallymark
