// Stock items, what happened to them, and why an operation on them was refused.
#pragma once

#include <tallymark/config.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tallymark/calendar/date.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/registry/answer.hpp>
#include <tallymark/stock/quantity.hpp>

namespace tallymark {

/// Names one stock item for ever. The first is 1; ids are not used again.
using item_id = std::uint64_t;

/// `count` stock items with consecutive ids. One item is a range of one.
struct items {
  item_id first = no_item;
  std::uint64_t count = 1;

  constexpr items() = default;
  constexpr items(item_id one) : first(one) {}
  constexpr items(item_id begin, std::uint64_t n) : first(begin), count(n) {}

  /// The last id.
  [[nodiscard]] constexpr item_id last() const noexcept { return first + (count - 1); }

  friend constexpr bool operator==(const items&, const items&) = default;
  friend constexpr std::strong_ordering operator<=>(const items&, const items&) = default;
};

/// Why an operation on stock was refused. Nothing has changed.
struct refusal {
  failure why{};              ///< the place counts in the text of `member`
  std::string_view member{};  ///< part, variant_of, item, quantity, serial, batch, parent, expiry_date, journal
  conflicts met{};            ///< the serial numbers that are not free

  friend bool operator==(const refusal&, const refusal&) = default;
};

/// What was done to stock items.
enum class change : std::uint8_t {
  created,         ///< `subject` are the new items
  split,           ///< `amount` of `subject` went to `other`, whose batch code is `after` if it got one of its own
  serialized,      ///< `amount` of `subject` became the units `other`
  merged,          ///< `amount` came to `subject` from `other`, which is empty now
  added,           ///< `amount` was added
  taken,           ///< `amount` was taken away
  counted,         ///< there are `amount`; `before` is what there were
  serial_changed,  ///< from `before` to `after`
  batch_changed,   ///< from `before` to `after`
  parent_changed,  ///< `other` is the parent now
  removed,         ///< `subject` are gone; their serial numbers are retired
};

/// Where a change comes from: lines of a file, or whatever else has a name and numbers.
struct origin {
  std::string_view source{};  ///< empty: unknown
  std::uint64_t line = 0;     ///< of the first item
  std::uint64_t lines = 0;    ///< one for each item, or one for all of them

  friend bool operator==(const origin&, const origin&) = default;
};

/// One entry of history: one change, to one item or to many in the same way.
struct entry {
  std::uint64_t number = 0;  ///< counts all changes from 0
  change what{};
  items subject{};
  items other{};  ///< count 0 if there is none
  quantity amount{};
  std::string before{};
  std::string after{};
  std::chrono::sys_seconds at{};
  origin from{};  ///< the text of its source lives as long as the stock

  friend bool operator==(const entry&, const entry&) = default;
};

/// A stock item as it is now. Views and references are good until the stock changes.
template <class Key, class Data>
struct item {
  item_id id = no_item;
  const Key& part;
  quantity amount{};
  std::optional<std::string> serial{};
  std::string_view batch{};         ///< empty: none
  std::optional<item_id> parent{};  ///< the item that it was split or serialized from
  std::optional<date> expiry{};
  bool removed = false;
  const Data& data;

  /// A serialized item has a serial number, and quantity 1.
  [[nodiscard]] bool serialized() const noexcept { return serial.has_value(); }
};

}  // namespace tallymark
