#include "import_queries.hpp"

#include <string_view>

#include "query.hpp"

namespace tallymark::tool {

result<std::vector<std::string>, std::string> sources_of(sqlite3* database, const std::string& digest) {
  std::vector<std::string> out;
  query row(database, "SELECT name FROM sources WHERE name >= ?1 || ' ' AND name < ?1 || '!' ORDER BY name");
  for (row.bind(1, digest); row.next();) out.push_back(row.text(0));
  if (row.failed()) return unexpected<std::string>(sqlite3_errmsg(database));
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
  query row(database, all ? every : some);
  while (row.next()) out.push_back(static_cast<std::uint32_t>(row.number(0)));
  return out;
}

}  // namespace tallymark::tool
