// How the key of a scope is found in an item.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <tallymark/policy/concepts.hpp>
#include <tallymark/registry/detail/key_hash.hpp>

namespace tallymark::detail {

// A key that a map can keep: views become strings.
template <class Key>
using owned_key = std::conditional_t<std::is_convertible_v<Key, std::string_view>, std::string, Key>;

// The type of a scope's key for this item.
template <class Scope, class Item>
using key_of = std::remove_cvref_t<decltype(std::declval<const Scope&>().key(std::declval<const Item&>()))>;

// The scope policy, or a stand-in where it does not fit the item, so that one mistake gives one error.
template <class Scope, class Item>
struct scope_keys {
  using type = std::monostate;
  static constexpr scope_keys of(const auto&) { return {}; }
  constexpr std::monostate operator()(const Item&) const { return {}; }
};
template <class Scope, class Item>
  requires(scope_policy_for<Scope, Item> && hashable_key<key_of<Scope, Item>>)
struct scope_keys<Scope, Item> {
  using type = key_of<Scope, Item>;
  [[no_unique_address]] Scope policy;
  static constexpr scope_keys of(const auto& set) {
    if constexpr (requires { set.scope_policy; })
      return {set.scope_policy};
    else
      return {};
  }
  constexpr type operator()(const Item& item) const { return policy.key(item); }
};

template <class Scope, class Item>
consteval bool is_scope() {
  static_assert(scope_policy_for<Scope, Item>,
                "tallymark::registry: the uniqueness scope has no 'key(item)' for this item type. Give the item the "
                "member that the scope reads (part, tree or group), or name another scope");
  if constexpr (scope_policy_for<Scope, Item>)
    static_assert(
        hashable_key<key_of<Scope, Item>>,
        "tallymark::registry: the key of the uniqueness scope has no hash. Specialise std::hash for its type, "
        "or give it a function hash_value(key) as Boost.ContainerHash has it");
  return true;
}

}  // namespace tallymark::detail
