// How the keys of scopes are hashed.
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <string_view>

#include <boost/container_hash/hash.hpp>

#include <tallymark/ext/detail/text_hash.hpp>

namespace tallymark::detail {

template <class Key>
concept has_std_hash = requires(const Key& key) {
  { std::hash<Key>{}(key) } -> std::convertible_to<std::size_t>;
};

namespace with_boost {
using boost::hash_value;
template <class Key>
concept has_hash = requires(const Key& key) {
  { hash_value(key) } -> std::convertible_to<std::size_t>;
};
}  // namespace with_boost

/// Texts, what std::hash knows, and what Boost.ContainerHash knows besides: pairs, tuples, containers, enumerations,
/// and types with a function hash_value.
template <class Key>
concept hashable_key =
    std::convertible_to<const Key&, std::string_view> || has_std_hash<Key> || with_boost::has_hash<Key>;

/// Equal for keys that are equal, also for a std::string and a view of it.
template <hashable_key Key>
[[nodiscard]] std::size_t key_hash(const Key& key) {
  if constexpr (std::convertible_to<const Key&, std::string_view>)
    return text_hash{}(key);
  else if constexpr (has_std_hash<Key>)
    return std::hash<Key>{}(key);
  else
    return boost::hash<Key>{}(key);
}

}  // namespace tallymark::detail
