// What must never be in the tables of stock: each query of these finds rows that are wrong.
#pragma once

#include <string_view>

namespace tallymark::detail {

struct audit_query {
  std::string_view what;
  std::string_view table;
  const char* sql;  // of the numbers of the rows that are wrong
};

inline constexpr audit_query audit_queries[] = {
    {"there is not one row with a version from 0 on", "state",
     "SELECT count(*) FROM state HAVING count(*) <> 1 OR min(id) <> 1 OR min(version) < 0"},
    {"a policy is named that no journal has", "policies",
     "SELECT row FROM (SELECT 1 AS row FROM policies WHERE slot NOT IN ('serials', 'scope', 'stride') OR name = '')"},
    {"the numbers of parts do not count from 0", "parts",
     "SELECT number FROM (SELECT number, row_number() OVER (ORDER BY number) - 1 AS due FROM parts) WHERE number <> "
     "due"},
    {"a part is a variant of a part that does not exist", "parts",
     "SELECT number FROM parts WHERE variant_of IS NOT NULL AND variant_of NOT IN (SELECT number FROM parts)"},
    {"a part was changed after the last change", "parts",
     "SELECT number FROM parts WHERE changed NOT BETWEEN 0 AND (SELECT version FROM state)"},
    {"a batch code is empty", "batches", "SELECT number FROM batches WHERE code = ''"},
    {"a run is of no block", "serial_runs",
     "SELECT item FROM serial_runs r LEFT JOIN items i ON i.first = r.item WHERE (r.family, r.scope, r.tail, r.width,"
     " r.kind, r.first) IS NOT (i.family, i.scope, i.tail, i.width, i.kind, i.ordinal)"},
    {"a block has half a serial number", "items",
     "SELECT first FROM items WHERE kind IS NULL AND"
     " coalesce(first_serial, last_serial, scope, family, tail, width, ordinal) IS NOT NULL OR kind IS NOT NULL AND"
     " (first_serial IS NULL OR scope IS NULL OR family IS NULL OR tail IS NULL OR width IS NULL OR ordinal IS NULL)"},
    {"a reservation is of a part that does not exist", "reservations",
     "SELECT id FROM reservations WHERE part NOT IN (SELECT number FROM parts)"},
    {"the sequence of a scope is of a part that does not exist", "sequences",
     "SELECT rowid FROM sequences WHERE part NOT IN (SELECT number FROM parts)"},
    {"the active family of a sequence does not exist", "sequences",
     "SELECT rowid FROM sequences WHERE kind NOT IN (1, 2) OR width NOT BETWEEN 0 AND 255 OR"
     " (kind IS NOT NULL AND (family IS NULL OR tail IS NULL OR width IS NULL))"},
    {"the start of a sequence is no serial number", "sequences",
     "SELECT rowid FROM sequences WHERE start_kind NOT IN (0, 1, 2) OR start_width NOT BETWEEN 0 AND 255 OR"
     " start_first < 0 OR (start_first IS NOT NULL AND"
     " (start_kind IS NULL OR start_family IS NULL OR start_tail IS NULL OR start_width IS NULL))"},
    {"a sequence was changed after the last change", "sequences",
     "SELECT rowid FROM sequences WHERE changed NOT BETWEEN 0 AND (SELECT version FROM state)"},
    {"a counter of batch codes is not positive", "batch_counters", "SELECT rowid FROM batch_counters WHERE last < 1"},
    {"a counter was changed after the last change", "batch_counters",
     "SELECT rowid FROM batch_counters WHERE changed NOT BETWEEN 0 AND (SELECT version FROM state)"},
    {"an entry of history names a source that does not exist", "history",
     "SELECT number FROM history WHERE source IS NOT NULL AND source NOT IN (SELECT number FROM sources)"},
    {"an entry of history has lines of no source, or none of one", "history",
     "SELECT number FROM history WHERE source IS NOT NULL AND"
     " (coalesce(line, 0) < 0 OR lines IS NOT NULL AND lines NOT IN (0, 1, count))"},
    {"the time of an entry of history is no time", "history",
     "SELECT number FROM history WHERE at NOT BETWEEN -62167219200 AND 253402300799"},
};

}  // namespace tallymark::detail
