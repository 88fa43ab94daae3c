// Looks at every row of a database of stock and says what cannot be right.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include <tallymark/error.hpp>
#include <tallymark/journal/detail/check_queries.hpp>
#include <tallymark/journal/detail/check_rows.hpp>
#include <tallymark/journal/detail/check_scan.hpp>
#include <tallymark/journal/detail/sqlite_schema.hpp>
#include <tallymark/journal/detail/sqlite_statement.hpp>

namespace tallymark {

namespace detail {

// Whether this is a database of stock that this version knows.
[[nodiscard]] inline result<void> check_kind(sqlite3* open) {
  std::int64_t kind = 0, version = 0;
  for (const auto& [sql, out] :
       {std::pair{"PRAGMA application_id", &kind}, std::pair{"PRAGMA user_version", &version}}) {
    sqlite3_stmt* made = nullptr;
    int code = sqlite3_prepare_v2(open, sql, -1, &made, nullptr);
    if (code == SQLITE_OK && (code = sqlite3_step(made)) == SQLITE_ROW) *out = sqlite3_column_int64(made, 0);
    sqlite3_finalize(made);
    if (code != SQLITE_ROW) return fail(sqlite_errc(code, sqlite_act::opening));
  }
  if (kind != sqlite_application || version < 1) return fail(errc::journal_foreign);
  if (version > sqlite_version) return fail(errc::journal_newer);
  return {};
}

}  // namespace detail

/// Looks for rows that cannot be right in a database of stock, and gives the first `most` of them: none, if all is well.
/// Reads only, in one transaction, so that others may work on meanwhile. What is looked for is on the page of this
/// header. Errors: journal_missing, journal_unreadable, journal_busy, journal_foreign, journal_newer, journal_corrupt.
/// O(n log n) in rows; memory O(blocks).
[[nodiscard]] inline result<std::vector<sqlite_finding>> sqlite_check(const std::string& file, std::size_t most = 100) {
  std::error_code unknown;
  if (!std::filesystem::exists(file, unknown) && !unknown) return fail(errc::journal_missing);
  sqlite3* made = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &made, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> open(made, &sqlite3_close);
  if (code != SQLITE_OK) return fail(detail::sqlite_errc(code, detail::sqlite_act::opening));
  sqlite3_busy_timeout(made, 5000);
  // what a damaged file says about itself is not run
  sqlite3_db_config(made, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(made, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(made, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(made, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  if (const int begun = sqlite3_exec(made, "BEGIN", nullptr, nullptr, nullptr); begun != SQLITE_OK)
    return fail(detail::sqlite_errc(begun, detail::sqlite_act::opening));
  if (const auto known = detail::check_kind(made); !known) return unexpected<failure>(known.error());

  detail::check_scan scan(made, most);
  const std::string integrity = "PRAGMA integrity_check(" + std::to_string(std::min<std::size_t>(most, 1000)) + ")";
  scan.each("database", integrity.c_str(), [&](const detail::check_row& row) {
    if (row.text(0) != "ok") scan.found(row.text(0), "database");
  });
  scan.each("database", "PRAGMA foreign_key_check", [&](const detail::check_row& row) {
    std::string what = "a row names one that does not exist in ";
    what += row.text(2);
    scan.found(what, row.text(0), row.number(1));
  });
  for (const detail::check_query& each : detail::check_queries)
    scan.each(each.table, each.sql,
              [&](const detail::check_row& row) { scan.found(each.what, each.table, row.number(0)); });
  std::vector<detail::checked_part> parts = detail::check_parts(scan);
  detail::check_runs(scan);
  detail::check_spellings(scan);
  detail::stock_replay replay;
  detail::check_history(scan, replay);
  detail::item_check(scan, parts, replay).run(replay.next());
  if (scan.failed() != SQLITE_OK) return fail(detail::sqlite_errc(scan.failed(), detail::sqlite_act::reading));
  return scan.take();
}

}  // namespace tallymark
