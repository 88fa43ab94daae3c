// The audit of a database of stock: its findings, and what it looks for row by row: parts, items with their runs, runs
// in their order, spellings, history.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/ext/detail/cycle_finder.hpp>
#include <tallymark/journal/sqlite/detail/audit_replay.hpp>
#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/journal/sqlite/detail/schema.hpp>
#include <tallymark/journal/sqlite/detail/values.hpp>
#include <tallymark/journal/sqlite/finding.hpp>
#include <tallymark/journal/sqlite/statement.hpp>
#include <tallymark/stock/item.hpp>
#include <tallymark/stock/quantity.hpp>

namespace tallymark::detail {

// The findings, and the queries that lead to them.
class audit {
 public:
  audit(sqlite_database& db, std::size_t most) noexcept : db_(db), most_(std::max<std::size_t>(most, 1)) {}

  void found(std::string_view what, std::string where) {
    if (findings_.size() < most_) findings_.push_back({std::string(what), std::move(where)});
  }
  void found(std::string_view what, std::string_view table, std::int64_t row) {
    std::string where(table);
    where += ' ';
    where += std::to_string(row);
    found(what, std::move(where));
  }
  // there is no room for more, or the file cannot be read on
  [[nodiscard]] bool done() const noexcept { return failed_ != SQLITE_OK || findings_.size() >= most_; }
  // SQLite's code, if the audit itself failed
  [[nodiscard]] int failed() const noexcept { return failed_; }
  [[nodiscard]] std::vector<sqlite_finding> take() { return std::move(findings_); }

  // Visits the rows of a query. Damage that SQLite meets on the way is a finding about `table`.
  template <class Visit>
  void each(std::string_view table, const char* sql, Visit&& visit) {
    if (done()) return;
    sqlite_statement row(sql);
    int code = row.ready(db_.handle());
    if (code == SQLITE_OK)
      while (!done() && (code = row.step()) == SQLITE_ROW) visit(std::as_const(row));
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    switch (code & 0xFF) {
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
      case SQLITE_ERROR:  // a table or a column that does not exist
      case SQLITE_FORMAT:
      case SQLITE_TOOBIG:
      case SQLITE_MISMATCH: found(sqlite3_errmsg(db_.handle()), std::string(table)); break;
      default: failed_ = code;
    }
  }

 private:
  sqlite_database& db_;
  std::size_t most_;
  int failed_ = SQLITE_OK;
  std::vector<sqlite_finding> findings_;
};

// The stride of all runs, as the file records it; of the file's version it is known whether that is 1.
[[nodiscard]] inline std::uint64_t audit_stride(audit& findings, std::int64_t version) {
  std::optional<std::uint64_t> stride = 1;
  findings.each("policies", "SELECT name FROM policies WHERE slot = 'stride'",
                [&](const sqlite_statement& row) { stride = sqlite_stride_of(row.text(0)); });
  if (!stride || (*stride == 1) != (version == sqlite_version))
    findings.found("the stride of the runs is not recorded", "policies");
  return stride.value_or(1);
}

// What the items and runs of a part must be like.
struct audited_part {
  std::string serials{}, batches{};
  std::optional<std::string> scope{};  // of the runs of its items that were seen first
};

// Also finds parts that are variants of themselves.
[[nodiscard]] inline std::vector<audited_part> audit_parts(audit& findings) {
  std::vector<audited_part> parts;
  std::vector<std::optional<std::size_t>> above;
  findings.each("parts", "SELECT number, variant_of, serials, batches FROM parts ORDER BY number",
                [&](const sqlite_statement& row) {
                  if (row.integer(0) != static_cast<std::int64_t>(parts.size())) return;  // a finding of check_queries
                  parts.push_back({std::string(row.text(2)), std::string(row.text(3))});
                  const bool variant = !row.is_null(1) && row.integer(1) >= 0;
                  above.push_back(variant ? std::optional(static_cast<std::size_t>(row.integer(1))) : std::nullopt);
                });
  cycle_finder<std::size_t> finder;
  for (std::size_t i = 0; i < above.size(); ++i)
    if (const auto cycle = finder.find(
            i, [&](std::size_t at) { return above[at] && *above[at] < above.size() ? above[at] : std::nullopt; })) {
      findings.found("a part is a variant of itself", "parts", static_cast<std::int64_t>(*cycle));
      break;
    }
  return parts;
}

// Applies all entries, in their order.
inline void audit_history(audit& findings, stock_replay& replay) {
  std::int64_t due = 0;
  findings.each(
      "history",
      "SELECT number, what, item, count, coalesce(other, 0), coalesce(other_count, 0), coalesce(steps, 0), before"
      " FROM history ORDER BY number",
      [&](const sqlite_statement& row) {
        const std::int64_t number = row.integer(0);
        if (number != due) findings.found("the numbers of history do not count from 0", "history", number);
        due = number + 1;
        const auto what = sqlite_enum_of<change>(sqlite_changes, row.text(1));
        if (!what) return findings.found("an entry of history says what is unknown", "history", number);
        const auto range = [&](int i) {
          return items{static_cast<item_id>(row.integer(i)), static_cast<std::uint64_t>(row.integer(i + 1))};
        };
        const auto wrong = replay.apply({*what, range(2), range(4), row.integer(6), row.text(7)});
        if (!wrong.empty()) findings.found(wrong, "history", number);
      });
}

class item_audit {
 public:
  item_audit(audit& findings, std::vector<audited_part>& parts, const stock_replay& replay)
      : findings_(findings), parts_(parts), known_(replay.all().begin()), end_(replay.all().end()) {}

  void run(item_id replayed_next, std::uint64_t stride) {
    const std::string sql = sqlite_by_stride(
        "SELECT i.first, i.count, i.part, i.steps, i.batch, i.parent, i.removed, i.expiry IS NULL OR"
        " date(i.expiry, '+0 days') IS i.expiry, i.kind, r.length, i.scope, b.number, r.item"
        " FROM items i LEFT JOIN serial_runs r ON r.family = i.family AND r.scope = i.scope AND r.tail = i.tail"
        " AND r.width = i.width AND r.kind = i.kind{ AND r.remainder = i.ordinal % $} AND r.first = i.ordinal"
        " LEFT JOIN batches b ON b.number = i.batch ORDER BY i.first",
        stride);
    findings_.each("items", sql.c_str(), [&](const sqlite_statement& row) { look_at(row); });
    if (findings_.done()) return;
    if (static_cast<item_id>(due_) != replayed_next)
      findings_.found("there are not as many items as history says", "items", due_ - 1);
    if (furthest_parent_ >= due_) findings_.found("the parent of an item does not exist", "items", of_furthest_);
    if (!parent_is_younger_) return;                  // where each is older than its children there is no circle
    std::map<item_id, std::optional<item_id>> above;  // of blocks, by their first items
    findings_.each("items", "SELECT first, parent FROM items ORDER BY first", [&](const sqlite_statement& row) {
      above.emplace_hint(above.end(), static_cast<item_id>(row.integer(0)),
                         row.is_null(1) ? std::nullopt : std::optional(static_cast<item_id>(row.integer(1))));
    });
    cycle_finder<item_id> finder;
    for (const auto& [block, parent] : above) {
      const auto up = [&](item_id at) -> std::optional<item_id> {
        const auto& of = above.at(at);
        const auto after = of ? above.upper_bound(*of) : above.begin();
        return after == above.begin() ? std::nullopt : std::optional(std::prev(after)->first);
      };
      if (const auto cycle = finder.find(block, up))
        return findings_.found("an item is its own ancestor", "items", static_cast<std::int64_t>(*cycle));
    }
  }

 private:
  void look_at(const sqlite_statement& row) {
    const std::int64_t first = row.integer(0), count = row.integer(1), steps = row.integer(3);
    const auto wrong = [&](std::string_view what) { findings_.found(what, "items", first); };
    if (first < due_) wrong("the ids of items overlap");
    if (first > due_) wrong("the ids of items have a gap");
    if (first < 1 || count < 1 || count - 1 > std::numeric_limits<std::int64_t>::max() - 1 - first)
      return wrong("a block is of no items");
    due_ = first + count;

    constexpr auto most = static_cast<std::int64_t>(quantity::max_whole) * quantity::scale;
    const bool has_serials = !row.is_null(8), has_batch = !row.is_null(4);
    if (steps < 0 || steps > most) wrong("the quantity is out of range");
    if (has_serials && steps != quantity::scale) wrong("a serialized item has another quantity than 1");
    if (has_serials && (row.is_null(12) || row.integer(12) != first))
      wrong("a block does not have the run of its serial numbers");
    else if (has_serials && row.integer(9) != count)
      wrong("a run is not as long as its block");
    if (has_batch && row.is_null(11)) wrong("a batch does not exist");
    if (row.integer(6) != 0 && row.integer(6) != 1) wrong("an item is neither removed nor there");
    if (row.integer(7) == 0) wrong("the expiry date is no date");
    look_at_part(row, has_serials, has_batch);

    if (!row.is_null(5)) {
      const std::int64_t parent = row.integer(5);
      if (parent < 1) wrong("the parent of an item does not exist");
      if (parent > furthest_parent_) furthest_parent_ = parent, of_furthest_ = first;
      parent_is_younger_ = parent_is_younger_ || parent >= first;
    }
    compare(row, static_cast<item_id>(first), static_cast<item_id>(due_ - 1));
  }

  void look_at_part(const sqlite_statement& row, bool has_serials, bool has_batch) {
    const auto wrong = [&](std::string_view what) { findings_.found(what, "items", row.integer(0)); };
    const auto number = static_cast<std::uint64_t>(row.integer(2));
    if (number >= parts_.size()) return wrong("the part of an item does not exist");
    audited_part& part = parts_[number];
    if (has_serials ? part.serials == "forbidden" : part.serials == "required")
      wrong(has_serials ? "the part takes no serial numbers" : "the part requires a serial number");
    if (has_batch ? part.batches == "forbidden" : part.batches == "required")
      wrong(has_batch ? "the part has no batches" : "the part requires a batch code");
    if (!has_serials) return;
    if (!part.scope)
      part.scope = std::string(row.text(10));
    else if (*part.scope != row.text(10))
      wrong("serial numbers of one part are in two scopes");
  }

  // with what history says
  void compare(const sqlite_statement& row, item_id first, item_id last) {
    while (known_ != end_ && known_->second.last < first) ++known_;
    const auto parent = row.is_null(5) ? no_item : static_cast<item_id>(row.integer(5));
    for (auto at = known_; at != end_ && at->first <= last && !findings_.done(); ++at) {
      const auto& [end, steps, known_parent, removed, serialized] = at->second;
      const auto wrong = [&](std::string_view what) {
        findings_.found(what, "items", static_cast<std::int64_t>(std::max(first, at->first)));
      };
      if (steps != stock_replay::any_steps && steps != row.integer(3)) wrong("the quantity is not what history says");
      if (known_parent != stock_replay::any_parent && known_parent != parent)
        wrong("the parent is not what history says");
      if (removed != (row.integer(6) != 0))
        wrong(removed ? "history says that the item was removed" : "history does not say that the item was removed");
      if (serialized && row.is_null(8)) wrong("history says that the item is serialized");
    }
  }

  audit& findings_;
  std::vector<audited_part>& parts_;
  stock_replay::ranges::const_iterator known_, end_;
  std::int64_t due_ = 1;
  std::int64_t furthest_parent_ = 0, of_furthest_ = 0;
  bool parent_is_younger_ = false;
};

// Runs of items and reservations, in the order of their serial numbers by remainder: none overlaps another.
inline void audit_runs(audit& findings, std::uint64_t stride) {
  std::array<std::string, 3> family{};  // family, scope, tail of the row before
  std::int64_t width = -1, kind = -1;
  std::uint64_t remainder = 0, free_from = 0;
  const std::string sql = sqlite_by_stride(
      "SELECT r.family, r.scope, r.tail, r.width, r.kind, r.first, r.length, r.item, i.first_serial,"
      " i.last_serial, 0{, r.remainder, r.first % $} FROM serial_runs r LEFT JOIN items i ON i.first = r.item"
      " UNION ALL"
      " SELECT family, scope, tail, width, kind, first, length, id, first_serial, last_serial, 1{, remainder, first % "
      "$}"
      " FROM reservations ORDER BY 1, 2, 3, 4, 5, {13, }6",
      stride);
  findings.each("serial_runs", sql.c_str(), [&](const sqlite_statement& row) {
    const auto wrong = [&](std::string_view what) {
      findings.found(what, row.integer(10) == 0 ? "serial_runs" : "reservations", row.integer(7));
    };
    const std::int64_t first = row.integer(5), length = row.integer(6);
    const bool in_range = first >= 0 && length >= 1 &&
                          static_cast<std::uint64_t>(length - 1) <=
                              static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() - first) / stride;
    if (!in_range || row.integer(3) < 0 || row.integer(3) > 255 || row.integer(4) < 0 || row.integer(4) > 2 ||
        (row.integer(4) == 0 && (first != 0 || length != 1)))
      return wrong("a run is of no serial numbers");
    // within a run that was cut, what only the serial policy can spell is empty
    const std::string_view last = row.is_null(9) ? row.text(8) : row.text(9);
    const bool spelled = !row.text(8).empty() && !last.empty();
    const bool of_item = row.integer(10) == 0 && !row.is_null(8);
    if ((spelled && (row.text(8) == last) != (length == 1)) || (of_item && row.is_null(9) != (length == 1)) ||
        (row.integer(4) == 0 && !row.is_null(8) && row.text(8) != row.text(0)))
      wrong("the serial numbers of a run are not as they are spelled");

    const std::uint64_t rest = static_cast<std::uint64_t>(first) % stride;
    if (stride != 1 && (row.is_null(11) || row.integer(11) != static_cast<std::int64_t>(rest)))
      wrong("the remainder of a run is not that of its first serial number");
    bool same = width == row.integer(3) && kind == row.integer(4) && remainder == rest;
    for (int i = 0; i < 3; ++i) same = same && family[static_cast<std::size_t>(i)] == row.text(i);
    if (same && static_cast<std::uint64_t>(first) < free_from) wrong("two runs have a serial number in common");
    if (!same) {
      for (int i = 0; i < 3; ++i) family[static_cast<std::size_t>(i)] = row.text(i);
      width = row.integer(3);
      kind = row.integer(4);
      remainder = rest;
      free_from = 0;
    }
    free_from =
        std::max(free_from, static_cast<std::uint64_t>(first) + static_cast<std::uint64_t>(length - 1) * stride + 1);
  });
}

// The serial numbers that are spelled, the first and last of each run, differ within a scope.
inline void audit_spellings(audit& findings) {
  std::string scope, serial;
  bool any = false;
  findings.each("items",
                "SELECT scope, first_serial, first FROM items WHERE kind IS NOT NULL UNION ALL"
                " SELECT scope, last_serial, first FROM items WHERE kind IS NOT NULL AND count > 1 UNION ALL"
                " SELECT scope, first_serial, -id FROM reservations UNION ALL"
                " SELECT scope, last_serial, -id FROM reservations WHERE length > 1 ORDER BY 1, 2",
                [&](const sqlite_statement& row) {
                  const std::int64_t of = row.integer(2);
                  if (any && !serial.empty() && scope == row.text(0) && serial == row.text(1))
                    findings.found("two runs spell the same serial number", of > 0 ? "items" : "reservations",
                                   std::abs(of));
                  any = true;
                  scope = row.text(0);
                  serial = row.text(1);
                });
}

}  // namespace tallymark::detail
