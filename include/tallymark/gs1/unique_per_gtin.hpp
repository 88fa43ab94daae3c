// The scope of GS1 serial numbers: a trade item is identified by its GTIN and its serial number together.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

#include <tallymark/gs1/key.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

namespace detail {

template <class T>
concept gtin_itself = std::same_as<std::remove_cvref_t<T>, gs1::gtin>;

/// A registry's item, or the data of a stock's part.
template <class Item>
concept has_gtin = requires(const Item& item) {
  { item.gtin } -> gtin_itself;
};

template <class Item>
concept has_part_with_gtin =
    requires(const Item& item) { requires has_gtin<std::remove_cvref_t<decltype(item.data)>>; };

template <class Item>
consteval bool assert_gtin() {
  static_assert(
      has_gtin<Item> || has_part_with_gtin<Item>,
      "tallymark::unique_per_gtin: the part has no GTIN. Give the data of your parts, or the items of your registry, a "
      "member 'tallymark::gs1::gtin gtin'");
  return true;
}

}  // namespace detail

/// Scope policy: unique within a GTIN, whichever parts have it. Needs a member `gtin`, a gs1::gtin, of the item or of
/// the part's own data (`item.data.gtin`). All spellings of a GTIN, GTIN-12, GTIN-13 and GTIN-14 with leading zeros,
/// are one key. Parts without a GTIN share one scope.
struct unique_per_gtin {
  using policy_slot = scope_slot;

  /// The GTIN as a number. O(1).
  template <class Item>
  [[nodiscard]] constexpr std::uint64_t key(const Item& item) const {
    static_assert(detail::assert_gtin<Item>());
    if constexpr (detail::has_gtin<Item>)
      return item.gtin.number();
    else if constexpr (detail::has_part_with_gtin<Item>)
      return item.data.gtin.number();
    else
      return 0;
  }
};

}  // namespace tallymark
