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
