// Where a serial number belongs, as scope policies see it.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <string_view>
#include <utility>

namespace tallymark {

/// A part, the root of its part tree, and its group. The default item type of a registry. A part_ref made from a part
/// alone is the root of its own tree, in the empty group.
template <class Key = std::string_view>
struct part_ref {
  Key part{};
  Key tree{};
  Key group{};

  constexpr part_ref() = default;
  template <std::convertible_to<Key> Part>
  constexpr part_ref(const Part& of) : part(of), tree(part) {}
  constexpr part_ref(Key of, Key root, Key in = Key{})
      : part(std::move(of)), tree(std::move(root)), group(std::move(in)) {}

  friend constexpr bool operator==(const part_ref&, const part_ref&) = default;
};

}  // namespace tallymark
