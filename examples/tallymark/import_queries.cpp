#include "import_queries.hpp"

#include <memory>
#include <string_view>

namespace tallymark::tool {

namespace {

struct finalizer {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

// Calls `visit` for each row, with the statement. False if the database fails.
template <class Visit>
bool for_each_row(sqlite3* database, const char* sql, std::string_view argument, Visit visit) {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v2(database, sql, -1, &made, nullptr) != SQLITE_OK) return false;
  const std::unique_ptr<sqlite3_stmt, finalizer> query(made);
  if (sqlite3_bind_parameter_count(made) > 0 &&
      sqlite3_bind_text64(made, 1, argument.data(), argument.size(), SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK)
    return false;
  int state = SQLITE_ROW;
  while ((state = sqlite3_step(made)) == SQLITE_ROW) visit(made);
  return state == SQLITE_DONE;
}

}  // namespace

result<std::vector<std::string>, std::string> sources_of(sqlite3* database, const std::string& digest) {
  std::vector<std::string> out;
  const bool done =
      for_each_row(database, "SELECT name FROM sources WHERE name >= ?1 || ' ' AND name < ?1 || '!' ORDER BY name",
                   digest, [&](sqlite3_stmt* row) {
                     const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, 0));
                     const unsigned char* const text = sqlite3_column_text(row, 0);
                     out.emplace_back(text, text + size);
                   });
  if (!done) return unexpected<std::string>(sqlite3_errmsg(database));
  return out;
}

std::vector<std::uint32_t> numbered_parts(sqlite3* database, bool all) {
  // the first: from scope to scope through the index, and of each one run
  const char* const some =
      "WITH RECURSIVE scopes(scope) AS (SELECT min(scope) FROM serial_runs UNION ALL SELECT (SELECT min(scope) FROM "
      "serial_runs WHERE scope > scopes.scope) FROM scopes WHERE scope IS NOT NULL) "
      "SELECT (SELECT part FROM serial_runs JOIN items ON items.first = item WHERE scope = scopes.scope LIMIT 1) "
      "FROM scopes WHERE scope IS NOT NULL";
  const char* const every = "SELECT DISTINCT part FROM serial_runs JOIN items ON items.first = item";
  std::vector<std::uint32_t> out;
  for_each_row(database, all ? every : some, {},
               [&](sqlite3_stmt* row) { out.push_back(static_cast<std::uint32_t>(sqlite3_column_int64(row, 0))); });
  return out;
}

}  // namespace tallymark::tool
