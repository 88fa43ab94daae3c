// Reads the history of a journal in SQLite.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/journal/sqlite/detail/rows.hpp>
#include <tallymark/journal/sqlite/detail/texts.hpp>
#include <tallymark/journal/sqlite/detail/values.hpp>
#include <tallymark/stock/item.hpp>

namespace tallymark::detail {

// The sources of the entries that it gives are good as long as it lives.
class sqlite_history : sqlite_row_reader {
 public:
  explicit sqlite_history(sqlite_database& db) : sqlite_row_reader(db) {}

  // Visits entries of history: all of them, or those about one item.
  template <class Visit>
  [[nodiscard]] result<void> visit(Visit&& take) {
    std::uint64_t next = 0;
    return for_rows(
        all_, [] {},
        [&]() -> result<void> {
          const auto found = change_of(all_);
          if (!found) return unexpected<failure>(found.error());
          if (found->number != next++) return corrupt("history has a gap");
          take(*found);
          return {};
        });
  }
  template <class Visit>
  [[nodiscard]] result<void> visit(std::uint64_t item, Visit&& take) {
    if (!sqlite_fits(item)) return {};
    return for_rows(
        item_history_, [&] { item_history_.integer(1, static_cast<std::int64_t>(item)); },
        [&]() -> result<void> {
          const auto found = change_of(item_history_);
          if (!found) return unexpected<failure>(found.error());
          take(*found);
          return {};
        });
  }
  template <class Visit>
  [[nodiscard]] result<void> origins(std::string_view source, Visit&& take) {
    return for_rows(
        origins_, [&] { origins_.text(1, source); },
        [&]() -> result<void> {
          const std::int64_t line = origins_.integer(0), lines = origins_.integer(1);
          if (line < 0 || lines < 0) return corrupt("an origin makes no sense");
          take(origin{source, static_cast<std::uint64_t>(line), static_cast<std::uint64_t>(lines)});
          return {};
        });
  }
  // Gives the entries that say batch_changed, from a number on; a failure of `take` ends it.
  template <class Take>
  [[nodiscard]] result<void> batch_changes(std::uint64_t seen, Take&& take) {
    return for_rows(
        batch_changes_, [&] { batch_changes_.integer(1, static_cast<std::int64_t>(seen)); },
        [&]() -> result<void> {
          const auto found = change_of(batch_changes_);
          if (!found) return unexpected<failure>(found.error());
          return take(*found);
        });
  }

 private:
  // The entry of a row with the columns of `entry_columns`.
  [[nodiscard]] result<entry> change_of(const sqlite_statement& row) {
    const auto range = [&](int at) -> std::optional<items> {
      const std::int64_t first = row.integer(at), count = row.integer(at + 1);
      if (first < 1 || count < 1) return std::nullopt;
      const items found{static_cast<item_id>(first), static_cast<std::uint64_t>(count)};
      return sqlite_fits(found) ? std::optional(found) : std::nullopt;
    };
    entry out;
    const std::int64_t number = row.integer(0), line = row.integer(11), lines = row.integer(12);
    const auto what = sqlite_enum_of<change>(sqlite_changes, row.text(2));
    const auto subject = range(3), other = row.is_null(5) ? std::optional(items{no_item, 0}) : range(5);
    const auto amount = quantity::from_steps(row.integer(7));
    const std::string_view before = row.text(8), after = row.text(9);
    if (number < 0 || !what || !subject || !other || !amount || line < 0 || lines < 0)
      return corrupt("an entry of history makes no sense");
    out.number = static_cast<std::uint64_t>(number);
    out.at = std::chrono::sys_seconds{std::chrono::seconds{row.integer(1)}};
    out.what = *what;
    out.subject = *subject;
    out.other = *other;
    out.amount = *amount;
    out.before = before;
    out.after = after;
    out.from.line = static_cast<std::uint64_t>(line);
    out.from.lines = static_cast<std::uint64_t>(lines);
    if (!row.is_null(10)) {
      const auto name = sources_.text(db_, row.integer(10));
      if (!name) return unexpected<failure>(name.error());
      out.from.source = kept(*name);
    }
    return out;
  }
  // a name that stays where it is as long as this lives
  std::string_view kept(std::string_view name) {
    if (latest_ != nullptr && *latest_ == name) return *latest_;
    auto found = names_.find(name);
    if (found == names_.end()) found = names_.emplace(name).first;
    latest_ = &*found;
    return *latest_;
  }

#define TALLYMARK_ENTRY_COLUMNS \
  "SELECT number, at, what, item, count, other, other_count, steps, before, after, source, line, lines FROM history "

  sqlite_texts sources_{"sources", "name"};
  std::set<std::string, std::less<>> names_;
  const std::string* latest_ = nullptr;
  sqlite_statement batch_changes_{TALLYMARK_ENTRY_COLUMNS
                                  "WHERE what = 'batch_changed' AND number >= ?1 ORDER BY number"};
  sqlite_statement all_{TALLYMARK_ENTRY_COLUMNS "ORDER BY number"};
  // an item was created in one entry, or split or serialized in one: that is the last that begins before it
  sqlite_statement item_history_{
      TALLYMARK_ENTRY_COLUMNS
      "WHERE number IN ("
      "SELECT number FROM history WHERE what = 'created' AND item = (SELECT max(item) FROM history WHERE what = "
      "'created' AND item <= ?1) AND item + count > ?1 "
      "UNION ALL SELECT number FROM history WHERE what IN ('split', 'serialized') AND other = (SELECT max(other) FROM "
      "history WHERE what IN ('split', 'serialized') AND other <= ?1) AND other + other_count > ?1 "
      "UNION ALL SELECT number FROM history WHERE what = 'merged' AND other = ?1 "
      "UNION ALL SELECT number FROM history WHERE what <> 'created' AND count = 1 AND item = ?1 "
      "UNION ALL SELECT number FROM history WHERE what <> 'created' AND count > 1 AND item <= ?1 AND item + count > "
      "?1) "
      "ORDER BY number"};
  sqlite_statement origins_{
      "SELECT line, lines FROM history WHERE source = (SELECT number FROM sources WHERE name = ?1) ORDER BY line"};
#undef TALLYMARK_ENTRY_COLUMNS
};

}  // namespace tallymark::detail
