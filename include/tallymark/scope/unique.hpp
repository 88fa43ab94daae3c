// Where a serial number must be unique.
#pragma once

#include <tallymark/config.hpp>

#include <compare>
#include <variant>

#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// Scope policy: unique within a part and all its variants. The default. Needs `item.tree`, the root of the part tree.
struct unique_per_part_tree {
  using policy_slot = scope_slot;
  [[nodiscard]] constexpr auto key(const auto& item) const
    requires requires { item.tree; }
  {
    return item.tree;
  }
};

/// Scope policy: unique within a part; its variants have numbers of their own. Needs `item.part`.
struct unique_per_part {
  using policy_slot = scope_slot;
  [[nodiscard]] constexpr auto key(const auto& item) const
    requires requires { item.part; }
  {
    return item.part;
  }
};

/// Scope policy: unique within a group of parts, such as a production line or a customer. Needs `item.group`; parts
/// without a group share the empty one. As in all scopes, the key is stored: unless it is a `std::string_view`, it must
/// own its contents.
struct unique_per_group {
  using policy_slot = scope_slot;
  [[nodiscard]] constexpr auto key(const auto& item) const
    requires requires { item.group; }
  {
    return item.group;
  }
};

/// Scope policy: unique among all parts.
struct unique_globally {
  using policy_slot = scope_slot;
  [[nodiscard]] constexpr std::monostate key(const auto&) const { return {}; }
};

}  // namespace tallymark
