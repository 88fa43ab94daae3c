#include "import_queries.hpp"

#include <set>
#include <string_view>

#include <tallymark/journal/sqlite/statement.hpp>

namespace tallymark::tool {

result<std::vector<std::string>, std::string> sources_of(sqlite3* database, const std::string& digest) {
  std::vector<std::string> out;
  sqlite_statement row("SELECT name FROM sources WHERE name >= ?1 || ' ' AND name < ?1 || '!' ORDER BY name");
  int code = row.ready(database);
  row.text(1, digest);
  while (code == SQLITE_OK || code == SQLITE_ROW)
    if (code = row.step(); code == SQLITE_ROW) out.emplace_back(row.text(0));
  if (code != SQLITE_DONE) return unexpected<std::string>(sqlite3_errmsg(database));
  return out;
}

std::vector<std::uint32_t> numbered_parts(sqlite3* database) {
  sqlite_statement parts("SELECT count(*) FROM parts"), row("SELECT part FROM items WHERE kind IS NOT NULL");
  std::set<std::uint32_t> out;
  if (parts.ready(database) != SQLITE_OK || parts.step() != SQLITE_ROW || row.ready(database) != SQLITE_OK) return {};
  const auto part_count = static_cast<std::size_t>(parts.integer(0));
  while (out.size() < part_count && row.step() == SQLITE_ROW) out.insert(static_cast<std::uint32_t>(row.integer(0)));
  return {out.begin(), out.end()};
}

}  // namespace tallymark::tool
