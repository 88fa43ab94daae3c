#include "import_queries.hpp"

#include <set>
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

std::vector<std::uint32_t> numbered_parts(sqlite3* database) {
  query parts(database, "SELECT count(*) FROM parts");
  const std::uint64_t all = parts.next() ? parts.number(0) : 0;
  std::set<std::uint32_t> out;
  query row(database, "SELECT part FROM items WHERE kind IS NOT NULL");
  while (out.size() < all && row.next()) out.insert(static_cast<std::uint32_t>(row.number(0)));
  return {out.begin(), out.end()};
}

}  // namespace tallymark::tool
