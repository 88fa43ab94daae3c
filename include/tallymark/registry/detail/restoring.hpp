// What journals need of tallymark::registry. Included by registry/registry.hpp.
#pragma once

#include <tallymark/record/codec.hpp>
#include <tallymark/registry/registry.hpp>

namespace tallymark {

namespace detail {

// The key of a scope as text; different keys have different texts.
template <class Key>
[[nodiscard]] std::string key_text(const Key& key) {
  static_assert(std::is_same_v<Key, std::monostate> || field<owned_key<Key>>,
                "tallymark::stock: the key of the uniqueness scope cannot be written as text, which a journal needs. "
                "Specialise tallymark::field_codec for its type");
  std::string text;
  if constexpr (!std::is_same_v<Key, std::monostate> && field<owned_key<Key>>)
    field_codec<owned_key<Key>>::append(text, owned_key<Key>(key));
  return text;
}

}  // namespace detail

template <class Policies, class Item>
std::string registry<Policies, Item>::scope_text(const Item& where) const {
  return detail::key_text(scope_of_(where));
}

template <class Policies, class Item>
sequence_state registry<Policies, Item>::sequence(const Item& where) const {
  const scope_state* scope = scopes_.find(scope_of_(where));
  if (!scope) return {};
  const auto guard = scope->lock();
  return scope->sequence();
}

template <class Policies, class Item>
void registry<Policies, Item>::restore(const Item& where, const sequence_state& to) {
  scope_state& scope = state(where);
  const auto guard = scope.lock();
  scope.set_sequence(to);
}

template <class Policies, class Item>
result<family> registry<Policies, Item>::restore(const Item& where, const tallymark::run& serials, const holder& by) {
  if (!numbers_.canonical(serials)) return fail(errc::not_a_run);
  return restore(scope(where), serials, by);
}

template <class Policies, class Item>
void registry<Policies, Item>::forget(scope_ref where, const tallymark::run& serials, spare_changes& spare) noexcept {
  const auto guard = where.state_->lock();
  where.state_->erase(serials, spare);
}

template <class Policies, class Item>
void registry<Policies, Item>::retire(scope_ref where, const tallymark::run& serials, spare_changes& spare) noexcept {
  const auto guard = where.state_->lock();
  where.state_->retire(serials, spare);
}

template <class Policies, class Item>
void registry<Policies, Item>::restore(scope_ref where, const tallymark::run& serials, const holder& by,
                                       spare_changes& spare) noexcept {
  const auto guard = where.state_->lock();
  where.state_->restore(serials, by, spare);
}

template <class Policies, class Item>
void registry<Policies, Item>::forget(const Item& where, const tallymark::run& serials) {
  scope_state& scope = state(where);
  const auto guard = scope.lock();
  scope.erase(serials);
}

}  // namespace tallymark
