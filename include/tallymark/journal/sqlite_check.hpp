// Audits a database of stock: reads every row and reports what cannot be right.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include <tallymark/error.hpp>
#include <tallymark/journal/sqlite/detail/audit_queries.hpp>
#include <tallymark/journal/sqlite/detail/audit_rows.hpp>
#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/journal/sqlite/detail/schema.hpp>
#include <tallymark/journal/sqlite/finding.hpp>
#include <tallymark/journal/sqlite/statement.hpp>

namespace tallymark {

namespace detail {

// The version of a database of stock, if this is one that is known here.
[[nodiscard]] inline result<std::int64_t> check_kind(sqlite_database& db) {
  std::int64_t kind = 0, file_version = 0;
  for (const auto& [sql, out] :
       {std::pair{"PRAGMA application_id", &kind}, std::pair{"PRAGMA user_version", &file_version}}) {
    sqlite_statement query(sql);
    int code = query.ready(db.handle());
    if (code == SQLITE_OK) code = query.step();
    if (code != SQLITE_ROW) return fail(sqlite_errc(code, sqlite_act::opening));
    *out = query.integer(0);
  }
  if (kind != sqlite_application || file_version < 1) return fail(errc::journal_foreign);
  if (file_version < sqlite_version) return fail(errc::journal_older);
  if (file_version > sqlite_stride_version) return fail(errc::journal_newer);
  return file_version;
}

}  // namespace detail

/// Looks for rows that cannot be right in a database of stock, and returns the first `most` of them; none if all is
/// well. Changes nothing, and leaves no file beside the database; others may use it meanwhile. The page of this header
/// lists what is looked for. Errors: journal_missing, journal_unreadable, journal_busy, journal_foreign, journal_newer,
/// journal_older, journal_corrupt. O(n log n) in rows; memory O(parts + blocks).
[[nodiscard]] inline result<std::vector<sqlite_finding>> sqlite_check(const std::string& file, std::size_t most = 100) {
  std::error_code unknown;
  if (!std::filesystem::exists(file, unknown) && !unknown) return fail(errc::journal_missing);
  detail::sqlite_database db;
  if (const auto opened = db.open_to_read(file, {}, 5000); !opened) return unexpected<failure>(opened.error());
  // what a damaged file says about itself is not run
  sqlite3_db_config(db.handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db.handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db.handle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(db.handle(), SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  if (const auto begun = db.run("BEGIN", detail::sqlite_act::opening); !begun)
    return unexpected<failure>(begun.error());
  const auto file_version = detail::check_kind(db);
  if (!file_version) return unexpected<failure>(file_version.error());

  detail::audit findings(db, most);
  const std::string integrity = "PRAGMA integrity_check(" + std::to_string(std::min<std::size_t>(most, 1000)) + ")";
  findings.each("database", integrity.c_str(), [&](const sqlite_statement& row) {
    if (row.text(0) != "ok") findings.found(row.text(0), "database");
  });
  findings.each("database", "PRAGMA foreign_key_check", [&](const sqlite_statement& row) {
    std::string what = "a row names one that does not exist in ";
    what += row.text(2);
    findings.found(what, row.text(0), row.integer(1));
  });
  for (const detail::audit_query& query : detail::audit_queries)
    findings.each(query.table, query.sql,
                  [&](const sqlite_statement& row) { findings.found(query.what, query.table, row.integer(0)); });
  std::vector<detail::audited_part> parts = detail::audit_parts(findings);
  const std::uint64_t stride = detail::audit_stride(findings, *file_version);
  detail::audit_runs(findings, stride);
  detail::audit_spellings(findings);
  detail::stock_replay replay;
  detail::audit_history(findings, replay);
  detail::item_audit(findings, parts, replay).run(replay.next(), stride);
  if (findings.failed() != SQLITE_OK) return fail(detail::sqlite_errc(findings.failed(), detail::sqlite_act::reading));
  if (const auto same = db.still_the_same(); !same) return unexpected<failure>(same.error());
  return findings.take();
}

}  // namespace tallymark
