#include <tallymark/journal/sqlite/detail/schema.hpp>

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
  CHECK(sqlite_name("a") == "\"a\"");
  CHECK(sqlite_name("a\"; DROP") == "\"a\"\"; DROP\"");
  CHECK(sqlite_member("ipn") == "\"data_ipn\"");
}

TEST_CASE("the schema is one that SQLite takes, with its views and marks", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  const std::array<std::string_view, 1> members{"it's \"odd\""};
  REQUIRE(db.run(sqlite_schema(members, {}).c_str(), sqlite_act::writing));
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

TEST_CASE("an older file is taken from version to version, or stays where it is", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  REQUIRE(db.run("CREATE TABLE t(x); PRAGMA user_version = 1", sqlite_act::writing));
  const std::array steps{sqlite_step{1, "INSERT INTO t VALUES (1)"}, sqlite_step{2, "INSERT INTO t VALUES (10)"}};
  const std::array broken{sqlite_step{1, "INSERT INTO t VALUES (100)"},
                          sqlite_step{2, "INSERT INTO nowhere VALUES (1)"}};

  CHECK(sqlite_upgrade(db, 3, broken).error().code == errc::journal_failed);
  CHECK(sqlite_upgrade(db, 4, steps).error().code == errc::journal_corrupt);  // no way from 3
  CHECK(number(db, "PRAGMA user_version") == 1);
  CHECK(number(db, "SELECT total(x) FROM t") == 0);
  CHECK(!db.within());

  REQUIRE(sqlite_upgrade(db, 3, steps));
  CHECK(number(db, "PRAGMA user_version") == 3);
  CHECK(number(db, "SELECT total(x) FROM t") == 11);
  REQUIRE(sqlite_upgrade(db, 3, steps));  // somebody else was first
  CHECK(number(db, "SELECT total(x) FROM t") == 11);
}
