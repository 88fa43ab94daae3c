// What expressions ask a registry for `~`. Included by registry/registry.hpp.
#pragma once

#include <tallymark/registry/registry.hpp>

namespace tallymark {

/// A serial_source of one scope.
template <class Policies, class Item>
class registry<Policies, Item>::source {
 public:
  /// Where the search for the next free serial number begins; its family may look into `storage`.
  [[nodiscard]] result<serial_number> start(std::string& storage) const {
    if (refused_) return unexpected(*refused_);
    const scope_state* in = scope();
    const auto guard = in ? in->lock() : decltype(in->lock())();
    return owner_->begin_of(in, record_, storage);
  }
  /// How far from here on all are taken, or all are free.
  [[nodiscard]] stretch occupancy(const serial_number& from) const {
    const scope_state* in = scope();
    if (!in) return detail::nothing_taken(from);
    const auto guard = in->lock();
    return in->occupancy(from);
  }

 private:
  friend registry;
  using key = detail::owned_key<typename keys::type>;
  source(const registry& owner, key where, const Item& record, std::optional<failure> refused)
      : owner_(&owner), where_(std::move(where)), record_(record), refused_(refused) {}
  [[nodiscard]] const scope_state* scope() const { return owner_->scopes_.find(where_); }

  const registry* owner_;
  [[no_unique_address]] key where_;
  [[no_unique_address]] record_to_keep record_;
  std::optional<failure> refused_;
};

}  // namespace tallymark
