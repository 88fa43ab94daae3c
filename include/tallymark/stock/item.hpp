// Stock items, and what happened to them.
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
#include <tallymark/stock/quantity.hpp>
#include <tallymark/stock/refusal.hpp>

namespace tallymark {

/// The permanent id of a stock item. The first is 1; ids are not reused.
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

/// Appends `item 7`, `items 7 to 9`, or `no item`.
inline void append_text(std::string& out, const items& which) {
  if (which.count == 0) {
    out += "no item";
    return;
  }
  out.append(which.count == 1 ? "item " : "items ").append(std::to_string(which.first));
  if (which.count > 1) out.append(" to ").append(std::to_string(which.last()));
}

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

/// The name of a change, as the journal and the tool write it.
[[nodiscard]] constexpr std::string_view name_of(change what) noexcept {
  switch (what) {
    case change::created: return "created";
    case change::split: return "split";
    case change::serialized: return "serialized";
    case change::merged: return "merged";
    case change::added: return "added";
    case change::taken: return "taken";
    case change::counted: return "counted";
    case change::serial_changed: return "serial_changed";
    case change::batch_changed: return "batch_changed";
    case change::parent_changed: return "parent_changed";
    case change::removed: return "removed";
  }
  return "unknown";
}
/// Appends the name.
constexpr void append_text(std::string& out, change what) { out += name_of(what); }

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
