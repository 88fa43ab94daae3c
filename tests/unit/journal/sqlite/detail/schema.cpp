#include <tallymark/journal/sqlite/detail/schema.hpp>

#include <tallymark/journal/sqlite/detail/connection.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

std::int64_t number(sqlite_database& db, const char* sql) {
  sqlite_statement query{sql};
  REQUIRE(query.ready(db.handle()) == SQLITE_OK);
  REQUIRE(query.step() == SQLITE_ROW);
  return query.integer(0);
}

}  // namespace

TEST_CASE("names are quoted, whatever is in them", "[journal]") {
  CHECK(sqlite_quoted("a", '"') == "\"a\"");
  CHECK(sqlite_quoted("a\"; DROP", '"') == "\"a\"\"; DROP\"");
  CHECK(sqlite_quoted("it's", '\'') == "'it''s'");
  CHECK(sqlite_member("ipn") == "\"data_ipn\"");
}

TEST_CASE("the schema is one that SQLite takes, with its views and marks", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  const std::array<std::string_view, 1> members{"it's \"odd\""};
  REQUIRE(db.run(sqlite_tables_of({.part_members = members}).c_str(), sqlite_act::writing));
  CHECK(number(db, "PRAGMA application_id") == sqlite_application);
  CHECK(number(db, "PRAGMA user_version") == sqlite_version);
  CHECK(number(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'") == 7);
  CHECK(number(db,
               "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE "
               "'sqlite%'") == 0);
  for (const char* view : {"SELECT count(*) FROM batch_items", "SELECT count(*) FROM part_tree_serials",
                           "SELECT count(*) FROM item_history", "SELECT count(\"data_it's \"\"odd\"\"\") FROM parts"})
    CHECK(number(db, view) == 0);
}

TEST_CASE("only a file of another stride than 1 has a remainder, a record and a version for it", "[journal]") {
  for (const std::uint64_t stride : {0U, 1U, 10U}) {
    INFO(stride);
    sqlite_database db;
    REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
    REQUIRE(db.run(sqlite_tables_of({.stride = stride}).c_str(), sqlite_act::writing));
    const bool other = stride == 10;
    CHECK(number(db, "PRAGMA user_version") == (other ? sqlite_stride_version : sqlite_version));
    CHECK(number(db, "SELECT count(*) FROM policies WHERE slot = 'stride' AND name = '10'") == (other ? 1 : 0));
    CHECK(number(db, "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%remainder%'") == (other ? 10 : 0));
    CHECK(number(db, "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%{%' OR sql LIKE '%$%'") == 0);
  }
  CHECK(sqlite_stride_of({.stride = greatest_row_stride}) == greatest_row_stride);
  CHECK(sqlite_stride_of({.stride = greatest_row_stride + 1}) == 1);
  CHECK(sqlite_by_stride("a{, b % $}$", 1) == "a$");
  CHECK(sqlite_by_stride("a{, b % $}$", 3) == "a, b % 3$");
  CHECK(sqlite_stride_of("4294967295") == greatest_row_stride);
  for (const char* wrong : {"", "0", "01", "-1", "1 ", " 1", "4294967296", "99999999999999999999", "ten"})
    CHECK(!sqlite_stride_of(wrong));
}

TEST_CASE("overlaps are looked for in an index, within a remainder", "[journal]") {
  for (const std::uint64_t stride : {1U, 10U}) {
    sqlite_database db;
    REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
    REQUIRE(db.run(sqlite_tables_of({.stride = stride}).c_str(), sqlite_act::writing));
    for (const std::string table : {"serial_runs", "reservations"}) {
      const std::string sql = sqlite_by_stride("EXPLAIN QUERY PLAN SELECT first + (length - 1){ * $} FROM " + table +
                                                   " WHERE scope = ?1 AND family = ?2 AND tail = ?3 AND width = ?4 AND "
                                                   "kind = ?5{ AND remainder = ?6 % $} AND "
                                                   "first <= ?6 + (?7 - 1){ * $} ORDER BY first DESC LIMIT 1",
                                               stride);
      sqlite_statement query{sql};
      REQUIRE(query.ready(db.handle()) == SQLITE_OK);
      REQUIRE(query.step() == SQLITE_ROW);
      std::string plan(query.text(3));
      std::string key = table == "reservations" ? "scope=? AND family=?" : "family=? AND scope=?";
      key.append(" AND tail=? AND width=? AND kind=?").append(stride == 1 ? "" : " AND remainder=?");
      CHECK(plan == (table == "reservations" ? "SEARCH reservations USING INDEX reserved_order ("
                                             : "SEARCH serial_runs USING PRIMARY KEY (") +
                        key + " AND first<?)");
      CHECK(query.step() == SQLITE_DONE);  // nothing is sorted
    }
  }
}

TEST_CASE("the policies that write the rows are noted, whatever their names", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  REQUIRE(db.run(sqlite_tables_of({.serials = "it's <\"SN-\">", .scope = ""}).c_str(), sqlite_act::writing));
  CHECK(number(db, "SELECT count(*) FROM policies WHERE slot = 'serials' AND name = 'it''s <\"SN-\">'") == 1);
  CHECK(number(db, "SELECT count(*) FROM policies") == 1);
  REQUIRE(db.run(sqlite_policies({.serials = "b", .scope = "c"}).c_str(), sqlite_act::writing));
  CHECK(number(db, "SELECT count(*) FROM policies WHERE name IN ('b', 'c')") == 2);
  CHECK(sqlite_policies({}).empty());
}
