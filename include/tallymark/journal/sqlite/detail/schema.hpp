// The tables, triggers and views of a journal in SQLite.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <tallymark/policy/journal.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

inline constexpr std::int64_t sqlite_application = 0x544D4B4A;
inline constexpr std::int64_t sqlite_version = 2;         // of a file whose runs have stride 1
inline constexpr std::int64_t sqlite_stride_version = 3;  // of one whose runs have another, which its policies name

// A name or a text in SQL, whatever is in it.
inline std::string sqlite_quoted(std::string_view name, char quote) {
  std::string out(1, quote);
  for (const char c : name) {
    if (c == quote) out.push_back(c);
    out.push_back(c);
  }
  out.push_back(quote);
  return out;
}

// The column of a member of the user's own.
inline std::string sqlite_member(std::string_view member) {
  std::string name("data_");
  name.append(member);
  return sqlite_quoted(name, '"');
}

// SQL for runs of a stride. Where that is not 1, what is in braces is part of it, with the stride in place of each `$`.
inline std::string sqlite_by_stride(std::string_view sql, std::uint64_t stride) {
  std::string out;
  bool within = false;
  for (const char c : sql) {
    if (c == '{' || c == '}') {
      within = c == '{';
    } else if (!within) {
      out.push_back(c);
    } else if (stride != 1) {
      c == '$' ? out.append(std::to_string(stride)) : out.append(1, c);
    }
  }
  return out;
}

// Runs of a stride other than 1 can overlap without one beginning before the end of the other: what is alike is the
// remainder of their ordinals. It is part of each key of runs, so that within it they are looked for as those of stride 1.
// The columns of the key come first, in its order: otherwise SQLite's integrity_check takes values for NULL.
inline constexpr const char* sqlite_tables = R"sql(
CREATE TABLE state(id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL) STRICT;
INSERT INTO state VALUES (1, 0);

CREATE TABLE policies(slot TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE parts(
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  variant_of INTEGER REFERENCES parts,
  serials TEXT NOT NULL CHECK (serials IN ('forbidden', 'optional', 'required')),
  batches TEXT NOT NULL CHECK (batches IN ('forbidden', 'optional', 'required')),
  issued_here INTEGER NOT NULL CHECK (issued_here IN (0, 1)),
  part_group TEXT NOT NULL,
  changed INTEGER NOT NULL) STRICT;

CREATE TABLE batches(number INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE items(
  first INTEGER PRIMARY KEY CHECK (first >= 1),
  count INTEGER NOT NULL CHECK (count >= 1),
  part INTEGER NOT NULL REFERENCES parts,
  steps INTEGER NOT NULL CHECK (steps >= 0),
  batch INTEGER REFERENCES batches,
  parent INTEGER,
  expiry TEXT,
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  first_serial TEXT,
  last_serial TEXT,
  scope TEXT,
  family TEXT,
  tail TEXT,
  width INTEGER,
  kind INTEGER CHECK ((kind IS NULL) = (first_serial IS NULL)),
  ordinal INTEGER,
  quantity REAL GENERATED ALWAYS AS (steps / 100000.0) VIRTUAL) STRICT;
CREATE INDEX items_of_batch ON items(batch) WHERE batch IS NOT NULL;

CREATE TABLE serial_runs(
  family TEXT NOT NULL,
  scope TEXT NOT NULL,
  tail TEXT NOT NULL,
  width INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),{
  remainder INTEGER NOT NULL CHECK (remainder = first % $),}
  first INTEGER NOT NULL CHECK (first >= 0),
  length INTEGER NOT NULL CHECK (length >= 1),
  item INTEGER NOT NULL,
  PRIMARY KEY (family, scope, tail, width, kind, {remainder, }first)) STRICT, WITHOUT ROWID;

CREATE TABLE reservations(
  id INTEGER PRIMARY KEY,
  part INTEGER NOT NULL REFERENCES parts,
  scope TEXT NOT NULL,
  family TEXT NOT NULL,
  tail TEXT NOT NULL,
  width INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
  first INTEGER NOT NULL CHECK (first >= 0),
  length INTEGER NOT NULL CHECK (length >= 1),
  first_serial TEXT NOT NULL,
  last_serial TEXT NOT NULL,
  at INTEGER NOT NULL{,
  remainder INTEGER GENERATED ALWAYS AS (first % $) VIRTUAL}) STRICT;
CREATE UNIQUE INDEX reserved_order ON reservations(scope, family, tail, width, kind, {remainder, }first);

CREATE TABLE sequences(
  scope TEXT PRIMARY KEY,
  part INTEGER NOT NULL REFERENCES parts,
  family TEXT, tail TEXT, width INTEGER, kind INTEGER,
  issued INTEGER NOT NULL,
  start_family TEXT, start_tail TEXT, start_width INTEGER, start_kind INTEGER, start_first INTEGER,
  changed INTEGER NOT NULL) STRICT;

CREATE TABLE batch_counters(rest BLOB PRIMARY KEY, last INTEGER NOT NULL, changed INTEGER NOT NULL) STRICT;

CREATE TABLE sources(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE history(
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  item INTEGER NOT NULL,
  count INTEGER NOT NULL,
  other INTEGER,
  other_count INTEGER,
  steps INTEGER NOT NULL,
  before TEXT,
  after TEXT,
  source INTEGER REFERENCES sources,
  line INTEGER,
  lines INTEGER) STRICT;
CREATE INDEX history_created ON history(item) WHERE what = 'created';
CREATE INDEX history_made ON history(other) WHERE what IN ('split', 'serialized');
CREATE INDEX history_merged ON history(other) WHERE what = 'merged';
CREATE INDEX history_of_one ON history(item) WHERE what <> 'created' AND count = 1;
CREATE INDEX history_of_many ON history(item, count) WHERE what <> 'created' AND count > 1;
CREATE INDEX history_batches ON history(number) WHERE what = 'batch_changed';
CREATE INDEX history_lines ON history(source, line) WHERE source IS NOT NULL;
)sql";

inline constexpr const char* sqlite_views = R"sql(
CREATE VIEW batch_items(batch, part, first_item, last_item, items, quantity, quantity_of_each, parent, expiry, removed,
                        first_serial, last_serial) AS
SELECT batches.code, parts.key, items.first, items.first + items.count - 1, items.count, items.count * items.quantity,
       items.quantity, items.parent, items.expiry, items.removed, items.first_serial,
       coalesce(items.last_serial, items.first_serial)
FROM batches JOIN items ON items.batch = batches.number JOIN parts ON parts.number = items.part;

CREATE VIEW part_tree_serials(tree, part, scope, first_serial, last_serial, length, first_item, last_item, removed) AS
WITH RECURSIVE tree(root, number) AS (
  SELECT number, number FROM parts WHERE variant_of IS NULL
  UNION
  SELECT tree.root, parts.number FROM tree JOIN parts ON parts.variant_of = tree.number)
SELECT roots.key, parts.key, items.scope, items.first_serial, coalesce(items.last_serial, items.first_serial),
       items.count, items.first, items.first + items.count - 1, items.removed
FROM items JOIN parts ON parts.number = items.part JOIN tree ON tree.number = items.part
     JOIN parts AS roots ON roots.number = tree.root
WHERE items.kind IS NOT NULL;

CREATE VIEW item_history(number, at, what, first_item, last_item, quantity, first_other, last_other, before, after,
                         source, line, lines) AS
SELECT history.number, datetime(history.at, 'unixepoch'), history.what, history.item, history.item + history.count - 1,
       history.steps / 100000.0, history.other, history.other + history.other_count - 1, history.before, history.after,
       sources.name, history.line, history.lines
FROM history LEFT JOIN sources ON sources.number = history.source;
)sql";

// serial_runs follows items, whatever program writes them. It is the serial numbers that are taken, in their order, and
// a table of its own because many are written in that order, far faster than SQLite adds to an index one by one.
inline constexpr const char* sqlite_run_triggers = R"sql(
CREATE TRIGGER items_added AFTER INSERT ON items WHEN new.kind IS NOT NULL BEGIN
  INSERT INTO serial_runs(family, scope, tail, width, kind, first, length, item{, remainder})
  VALUES (new.family, new.scope, new.tail, new.width, new.kind, new.ordinal, new.count, new.first{, new.ordinal % $});
END;
CREATE TRIGGER items_changed AFTER UPDATE OF first, count, scope, family, tail, width, kind, ordinal ON items
WHEN old.kind IS NOT NULL OR new.kind IS NOT NULL BEGIN
  DELETE FROM serial_runs WHERE family = old.family AND scope = old.scope AND tail = old.tail AND width = old.width
    AND kind = old.kind{ AND remainder = old.ordinal % $} AND first = old.ordinal AND item = old.first;
  INSERT INTO serial_runs(family, scope, tail, width, kind, first, length, item{, remainder})
  SELECT new.family, new.scope, new.tail, new.width, new.kind, new.ordinal, new.count, new.first{, new.ordinal % $}
  WHERE new.kind IS NOT NULL;
END;
CREATE TRIGGER items_gone AFTER DELETE ON items WHEN old.kind IS NOT NULL BEGIN
  DELETE FROM serial_runs WHERE family = old.family AND scope = old.scope AND tail = old.tail AND width = old.width
    AND kind = old.kind{ AND remainder = old.ordinal % $} AND first = old.ordinal AND item = old.first;
END;
)sql";

// The triggers that refuse a run that overlaps another one. Runs that are there do not overlap one another, so it is
// enough to look at the one that begins last among those that begin before the end of the new one.
inline std::string sqlite_overlap_trigger(std::string_view table, std::string_view key, std::string_view event,
                                          std::string_view what) {
  std::string sql("CREATE TRIGGER ");
  sql.append(table).append("_").append(what).append(" BEFORE ").append(event).append(" ON ").append(table);
  const auto taken = [&](std::string_view in, bool others) {
    sql.append("(SELECT first + (length - 1){ * $} FROM ").append(in);
    sql.append(" WHERE scope = new.scope AND family = new.family AND tail = new.tail AND width = new.width");
    sql.append(" AND kind = new.kind{ AND remainder = new.first % $} AND first <= new.first + (new.length - 1){ * $}");
    if (others) sql.append(" AND ").append(key).append(" <> old.").append(key);
    sql.append(" ORDER BY first DESC LIMIT 1) >= new.first");
  };
  const bool update = what == "changed";
  sql.append(" WHEN ");
  taken("serial_runs", update && table == "serial_runs");
  sql.append(" OR ");
  taken("reservations", update && table == "reservations");
  sql.append(" BEGIN SELECT RAISE(ABORT, 'already taken: these serial numbers overlap others of their scope'); END;\n");
  return sql;
}

// Notes which policies write the rows.
inline std::string sqlite_policies(const journal_schema& schema) {
  std::string sql;
  for (const auto& [slot, name] : {std::pair{"serials", schema.serials}, std::pair{"scope", schema.scope}})
    if (!name.empty())
      sql.append("INSERT OR REPLACE INTO policies VALUES ('")
          .append(slot)
          .append("', ")
          .append(sqlite_quoted(name, '\''))
          .append(");\n");
  return sql;
}

// The stride of the runs in a new file.
inline std::uint64_t sqlite_stride_of(const journal_schema& schema) {
  return schema.stride >= 1 && schema.stride <= greatest_row_stride ? schema.stride : 1;
}

// The stride that a file records; none if no stride is written so.
inline std::optional<std::uint64_t> sqlite_stride_of(std::string_view text) {
  std::uint64_t stride = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), stride);
  const bool good = error == std::errc() && end == text.data() + text.size() && !text.starts_with('0');
  return good && stride <= greatest_row_stride ? std::optional(stride) : std::nullopt;
}

// All of the schema.
inline std::string sqlite_tables_of(const journal_schema& schema) {
  const std::uint64_t stride = sqlite_stride_of(schema);
  std::string sql(sqlite_tables);
  sql.append(sqlite_views).append(sqlite_run_triggers);
  for (const std::string_view table : {"serial_runs", "reservations"}) {
    const std::string_view key = table == "reservations" ? "id" : "item";
    sql.append(sqlite_overlap_trigger(table, key, "INSERT", "added"));
    sql.append(sqlite_overlap_trigger(table, key, "UPDATE", "changed"));
  }
  sql = sqlite_by_stride(sql, stride);
  const auto add = [&](std::string_view table, std::span<const std::string_view> members) {
    for (const std::string_view member : members)
      sql.append("ALTER TABLE ").append(table).append(" ADD COLUMN ").append(sqlite_member(member)).append(" TEXT;\n");
  };
  add("parts", schema.part_members);
  add("items", schema.item_members);
  sql.append(sqlite_policies(schema));
  sql.append("PRAGMA application_id = ").append(std::to_string(sqlite_application)).append(";\n");
  if (stride != 1)
    sql.append("INSERT INTO policies VALUES ('stride', '").append(std::to_string(stride)).append("');\n");
  const std::int64_t version = stride == 1 ? sqlite_version : sqlite_stride_version;
  sql.append("PRAGMA user_version = ").append(std::to_string(version)).append(";\n");
  return sql;
}

}  // namespace tallymark::detail
