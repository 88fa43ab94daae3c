// Writes groups of changes into a journal in SQLite.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/journal/sqlite/detail/item_writer.hpp>
#include <tallymark/journal/sqlite/detail/rows.hpp>
#include <tallymark/journal/sqlite/detail/schema.hpp>
#include <tallymark/journal/sqlite/detail/texts.hpp>
#include <tallymark/journal/sqlite/detail/values.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

class sqlite_writer : sqlite_item_writer {
 public:
  sqlite_writer(sqlite_database& db, std::span<const std::string_view> part_members,
                std::span<const std::string_view> item_members)
      : sqlite_item_writer(db, item_members),
        part_members_(static_cast<int>(part_members.size())),
        add_part_(part_sql(part_members)) {}

  using sqlite_item_writer::set_columns;

  // The stride of the runs in the tables.
  void set_stride(std::uint64_t stride) {
    std::string drop = sqlite_by_stride(drop_sql, stride);
    sqlite_item_writer::set_stride(stride);
    drop_.assign(std::move(drop));
  }

  // Within a transaction. `number` is that of the first new change, `version` what the transaction makes.
  [[nodiscard]] result<void> write(const row_group& group, std::uint64_t number, std::int64_t version) {
    why_ = {};
    version_ = version;
    spell_ = &group.spell;
    const bool done = parts(group.parts) && drop(group.dropped) &&
                      sqlite_item_writer::write(group.changes, group.added) && reserve(group.reserved) &&
                      sequences(group.sequences) && counters(group.counters) && history(group.history, number) &&
                      ok(stamp_.ready(db_.handle()));
    if (!done) return why_;
    stamp_.integer(1, version);
    ok(stamp_.run());
    return why_;
  }

  // What was written is taken back.
  void forget() noexcept {
    sqlite_item_writer::forget();
    sources_.forget();
  }

 private:
  static std::string part_sql(std::span<const std::string_view> members) {
    std::string sql = sqlite_insert(
        "INTO parts", "number, key, variant_of, serials, batches, issued_here, part_group, changed", 8, members);
    sql.append(
        " ON CONFLICT(number) DO UPDATE SET key = excluded.key, variant_of = excluded.variant_of, serials = "
        "excluded.serials, batches = excluded.batches, issued_here = excluded.issued_here, part_group = "
        "excluded.part_group, changed = excluded.changed");
    for (const std::string_view member : members) {
      const std::string column = sqlite_member(member);
      sql.append(", ").append(column).append(" = excluded.").append(column);
    }
    return sql;
  }

  bool parts(std::span<const part_row> rows) {
    for (const part_row& row : rows) {
      if (!fits_text(row.key) || !fits_text(row.group) || !ok(add_part_.ready(db_.handle()))) return false;
      add_part_.integer(1, row.number);
      add_part_.text(2, row.key);
      row.variant_of ? add_part_.integer(3, *row.variant_of) : add_part_.null(3);
      add_part_.text(4, sqlite_text_of(row.serials));
      add_part_.text(5, sqlite_text_of(row.batches));
      add_part_.integer(6, row.issued_here ? 1 : 0);
      add_part_.text(7, row.group);
      add_part_.integer(8, version_);
      members(add_part_, 9, part_members_, row.data);
      if (!ok(add_part_.run())) return false;
    }
    return true;
  }

  bool drop(std::span<const reserved_row> rows) {
    for (const reserved_row& row : rows) {
      const bool done = for_rows(row.serials, [&](const run& each, std::string_view, std::string_view) {
        if (!ok(drop_.ready(db_.handle()))) return false;
        key(drop_, 1, row.serials, each.first);
        drop_.integer(7, static_cast<std::int64_t>(each.length));
        return ok(drop_.run());
      });
      if (!done) return false;
    }
    return true;
  }

  bool reserve(std::span<const reserved_row> rows) {
    using namespace std::chrono;
    const auto now = duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
    for (const reserved_row& row : rows) {
      const bool done = fits_text(row.serials) &&
                        for_rows(row.serials, [&](const run& each, std::string_view first, std::string_view last) {
                          if (!ok(reserve_.ready(db_.handle()))) return false;
                          reserve_.integer(1, row.part);
                          key(reserve_, 2, row.serials, each.first);
                          reserve_.integer(8, static_cast<std::int64_t>(each.length));
                          reserve_.text(9, first);
                          reserve_.text(10, last);
                          reserve_.integer(11, now);
                          return ok(reserve_.run());
                        });
      if (!done) return false;
    }
    return true;
  }

  // family, tail, width, kind from parameter `at` on
  static void family_key(sqlite_statement& into, int at, const family* of, std::int64_t kind) {
    if (of == nullptr) {
      for (int i = 0; i < 4; ++i) into.null(at + i);
      return;
    }
    into.text(at, of->text);
    into.text(at + 1, of->tail);
    into.integer(at + 2, of->width);
    into.integer(at + 3, kind);
  }

  bool sequences(std::span<const sequence_row> rows) {
    for (const sequence_row& row : rows) {
      if (!fits_text(row.scope) || !ok(sequence_.ready(db_.handle()))) return false;
      sequence_.text(1, row.scope);
      sequence_.integer(2, row.part);
      family_key(sequence_, 3, row.active ? &*row.active : nullptr, row.active && row.active->counts() ? 1 : 0);
      sequence_.integer(7, row.issued ? 1 : 0);
      const sqlite_ordinal from =
          row.start ? sqlite_ordinal_of(row.start->family, row.start->ordinal) : sqlite_ordinal{};
      family_key(sequence_, 8, row.start ? &row.start->family : nullptr, from.kind);
      row.start ? sequence_.integer(12, from.first) : sequence_.null(12);
      sequence_.integer(13, version_);
      if (!ok(sequence_.run())) return false;
    }
    return true;
  }

  bool counters(std::span<const counter_row> rows) {
    for (const counter_row& row : rows) {
      if (!require_in_range(sqlite_fits(row.last)) || !fits_text(row.rest) || !ok(counter_.ready(db_.handle())))
        return false;
      counter_.blob(1, row.rest);
      counter_.integer(2, static_cast<std::int64_t>(row.last));
      counter_.integer(3, version_);
      if (!ok(counter_.run())) return false;
    }
    return true;
  }

  bool history(std::span<const entry> rows, std::uint64_t number) {
    for (const entry& row : rows) {
      if (row.number != number++) return refuse(errc::journal_failed, "the numbers of history do not continue");
      const bool other = row.other.first != no_item && row.other.count > 0;
      if (!require_in_range(sqlite_fits(row.number) && sqlite_fits(row.subject) && (!other || sqlite_fits(row.other)) &&
                            sqlite_fits(row.from.line) && sqlite_fits(row.from.lines)) ||
          !fits_text(row.before) || !fits_text(row.after))
        return false;
      std::int64_t source = 0;
      if (!row.from.source.empty()) {
        const auto found = sources_.number(db_, row.from.source);
        if (!found) {
          why_ = unexpected<failure>(found.error());
          return false;
        }
        source = *found;
      }
      if (!ok(history_.ready(db_.handle()))) return false;
      history_.integer(1, static_cast<std::int64_t>(row.number));
      history_.integer(2, row.at.time_since_epoch().count());
      history_.text(3, sqlite_text_of(row.what));
      history_.integer(4, static_cast<std::int64_t>(row.subject.first));
      history_.integer(5, static_cast<std::int64_t>(row.subject.count));
      other ? history_.integer(6, static_cast<std::int64_t>(row.other.first)) : history_.null(6);
      other ? history_.integer(7, static_cast<std::int64_t>(row.other.count)) : history_.null(7);
      history_.integer(8, row.amount.steps());
      history_.text_or_null(9, row.before);
      history_.text_or_null(10, row.after);
      const bool from = row.from != origin{};
      source != 0 ? history_.integer(11, source) : history_.null(11);
      from ? history_.integer(12, static_cast<std::int64_t>(row.from.line)) : history_.null(12);
      from ? history_.integer(13, static_cast<std::int64_t>(row.from.lines)) : history_.null(13);
      if (!ok(history_.run())) return false;
      const bool makes_items = row.what == change::split || row.what == change::serialized;
      if (makes_items && other && !hand_on(row.subject.first, row.other)) return false;
    }
    return true;
  }

  std::int64_t version_ = 0;
  int part_members_;
  sqlite_texts sources_{"sources", "name"};
  sqlite_statement add_part_;
  static constexpr std::string_view drop_sql =
      "DELETE FROM reservations WHERE scope = ?1 AND family = ?2 AND tail = ?3 AND width = ?4 AND kind = ?5 AND "
      "{remainder = ?6 % $ AND }first BETWEEN ?6 AND ?6 + (?7 - 1){ * $} AND "
      "first + (length - 1){ * $} <= ?6 + (?7 - 1){ * $}";
  sqlite_statement drop_{sqlite_by_stride(drop_sql, 1)};
  sqlite_statement reserve_{sqlite_insert(
      "INTO reservations", "part, scope, family, tail, width, kind, first, length, first_serial, last_serial, at", 11)};
  sqlite_statement sequence_{sqlite_insert(
      "OR REPLACE INTO sequences",
      "scope, part, family, tail, width, kind, issued, start_family, start_tail, start_width, start_kind, "
      "start_first, changed",
      13)};
  sqlite_statement counter_{sqlite_insert("OR REPLACE INTO batch_counters", "rest, last, changed", 3)};
  sqlite_statement history_{sqlite_insert(
      "INTO history", "number, at, what, item, count, other, other_count, steps, before, after, source, line, lines",
      13)};
  sqlite_statement stamp_{"UPDATE state SET version = ?1"};
};

}  // namespace tallymark::detail
