#include <tallymark/journal/sqlite/detail/texts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;
using namespace tallymark::detail;

TEST_CASE("a text has one number, also after it was taken back", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  REQUIRE(db.run("CREATE TABLE t(number INTEGER PRIMARY KEY, name TEXT UNIQUE)", sqlite_act::writing));
  sqlite_texts texts{"t", "name"};
  CHECK(texts.number(db, "a") == 1);
  CHECK(texts.number(db, "b") == 2);
  CHECK(texts.number(db, "a") == 1);
  CHECK(sqlite_texts("t", "name").number(db, "b") == 2);  // from the table
  CHECK(texts.text(db, 2) == "b");
  CHECK(texts.text(db, 3).error().code == errc::journal_corrupt);

  REQUIRE(db.run("BEGIN", sqlite_act::writing));
  CHECK(texts.number(db, "c") == 3);
  REQUIRE(db.run("ROLLBACK", sqlite_act::writing));
  texts.forget();
  CHECK(texts.number(db, "d") == 3);
  CHECK(texts.number(db, "c") == 4);
  CHECK(texts.number(db, std::string(70'000, 'x')).error().code == errc::journal_too_large);
}

TEST_CASE("more texts than are kept", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  REQUIRE(db.run("CREATE TABLE t(number INTEGER PRIMARY KEY, name TEXT UNIQUE)", sqlite_act::writing));
  REQUIRE(db.run("BEGIN", sqlite_act::writing));
  sqlite_texts texts{"t", "name"};
  constexpr int count = 70'000;
  for (int i = 1; i <= count; ++i) REQUIRE(texts.number(db, std::to_string(i)) == i);
  for (const int i : {1, count / 2, count}) {
    CHECK(texts.number(db, std::to_string(i)) == i);
    CHECK(texts.text(db, i) == std::to_string(i));
  }
}
