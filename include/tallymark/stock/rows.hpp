// Stock as rows: what a stock gives a journal, and what it reads back.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/calendar/date.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/stock/item.hpp>
#include <tallymark/stock/part_tree.hpp>

namespace tallymark {

// All views in rows are good during the call that is given the row.

/// The most bytes of a text in a row that is not a member of a user's own data: a key, a code, a scope, a family.
inline constexpr std::size_t longest_row_text = 65'535;
/// The greatest stride of serial numbers in a row.
inline constexpr std::uint64_t greatest_row_stride = 4'294'967'295;

/// The texts of the members of a user's own data, in the order of their names; empty if all of them are empty.
using member_texts = std::span<const std::string>;

/// A part.
struct part_row {
  std::uint32_t number = 0;  ///< counts parts from 0
  std::string_view key{};
  std::optional<std::uint32_t> variant_of{};
  rule serials = rule::optional;
  rule batches = rule::optional;
  bool issued_here = true;
  std::string_view group{};
  member_texts data{};
};

/// Serial numbers that follow each other, as a journal keeps them: a run of its stride (see journal_log), or one alone.
struct serial_row {
  std::string_view scope{};  ///< within which they are unique, as text
  run serials{};
  std::string_view first{};  ///< the first of them, spelled
  std::string_view last{};   ///< the last of them, spelled
};

/// Stock items that differ in nothing but their id and the ordinal of their serial number: a block.
struct item_row {
  items which{};
  std::uint32_t part = 0;
  quantity amount{};  ///< of each
  std::string_view batch{};
  item_id parent = no_item;
  std::optional<date> expiry{};
  bool removed = false;
  member_texts data{};
  std::optional<serial_row> serials{};  ///< as many as there are items
};

/// What is new about stock items; all others stay as they are.
struct item_change {
  items which{};
  std::optional<quantity> amount{};
  std::optional<std::string_view> batch{};
  std::optional<item_id> parent{};
  bool removed = false;
  std::optional<serial_row> serials{};  ///< instead of those that they had, if they had any
};

/// Serial numbers that are taken tentatively.
struct reserved_row {
  std::uint32_t part = 0;
  serial_row serials{};
};

/// The position of the sequence of a scope.
struct sequence_row {
  std::string_view scope{};
  std::uint32_t part = 0;                ///< one of the parts whose scope it is
  std::optional<family> active{};        ///< the active family
  bool issued = false;                   ///< it is active because it was issued in, not because it was the first
  std::optional<serial_number> start{};  ///< what start_at set
};

/// How many batch codes were made of a rest; see batch_counters. Any bytes.
struct counter_row {
  std::string_view rest{};
  std::uint64_t last = 0;
};

/// A group of changes: one transaction. In this order: parts are added or changed, reservations are dropped, what is new
/// about items, new items (with ids that continue), reservations, sequences, counters, history (with numbers that
/// continue).
struct row_group {
  std::span<const part_row> parts{};
  std::span<const reserved_row> dropped{};
  std::span<const item_change> changes{};
  std::span<const item_row> added{};
  std::span<const reserved_row> reserved{};
  std::span<const sequence_row> sequences{};
  std::span<const counter_row> counters{};
  std::span<const entry> history{};
  /// Spells a serial number, where blocks are cut; without it the ends there are empty texts, unless they are decimal.
  std::function<std::string(const serial_number&)> spell{};
};

/// Takes what a journal reads, in this order. Each answers with a failure to end the reading.
template <class R>
concept row_reader = requires(R& reader, const part_row& part, items which, const item_row& block,
                              std::span<const reserved_row> reserved, const sequence_row& sequence,
                              const counter_row& counter, const entry& change) {
  { reader.part(part) } -> std::same_as<result<void>>;          // all that are new or changed, by number
  { reader.stale(which) } -> std::same_as<result<void>>;        // these items were changed: their rows follow
  { reader.item(block) } -> std::same_as<result<void>>;         // by id
  { reader.reserved(reserved) } -> std::same_as<result<void>>;  // all that there are now, once
  { reader.sequence(sequence) } -> std::same_as<result<void>>;  // all that are new or changed
  { reader.counter(counter) } -> std::same_as<result<void>>;    // all that are new or changed
  { reader.changed(change) } -> std::same_as<result<void>>;     // entries of history that say batch_changed, in order
};

}  // namespace tallymark
