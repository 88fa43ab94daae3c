#include <tallymark/journal/sqlite/statement.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

#include <tallymark/journal/sqlite/detail/connection.hpp>

using namespace tallymark;
using namespace tallymark::detail;

TEST_CASE("statements of SQLite bind, step and are used again", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  sqlite_statement echo{"SELECT ?1, ?2, ?3, ?4"};
  const std::string zeros("\0a", 2);
  for (int i = 0; i < 2; ++i) {
    REQUIRE(echo.ready(db.handle()) == SQLITE_OK);
    echo.integer(1, -5);
    echo.text(2, std::string_view{});
    echo.blob(3, zeros);
    echo.text_or_null(4, "");
    REQUIRE(echo.step() == SQLITE_ROW);
    CHECK(echo.integer(0) == -5);
    CHECK(echo.text(1).empty());
    CHECK(!echo.is_null(1));
    CHECK(echo.blob(2) == zeros);
    CHECK(echo.is_null(3));
    CHECK(echo.text(3).data() != nullptr);
    CHECK(echo.run() == SQLITE_OK);
  }
  echo.text(9, "there is no such parameter");
  CHECK(echo.step() == SQLITE_RANGE);
  sqlite_statement wrong{"SELEC"};
  CHECK(wrong.ready(db.handle()) == SQLITE_ERROR);
}

TEST_CASE("a statement becomes another one, and rows end with what resets them", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  REQUIRE(db.run("CREATE TABLE t(x); INSERT INTO t VALUES (1), (2)", sqlite_act::writing));
  sqlite_statement rows("SELECT x FROM t ORDER BY x");
  {
    REQUIRE(rows.ready(db.handle()) == SQLITE_OK);
    const sqlite_reset end(rows);
    REQUIRE(rows.step() == SQLITE_ROW);
    CHECK(db.run("DROP TABLE t") == SQLITE_LOCKED);
  }
  rows.assign("SELECT 7");
  REQUIRE(rows.ready(db.handle()) == SQLITE_OK);
  REQUIRE(rows.step() == SQLITE_ROW);
  CHECK(rows.integer(0) == 7);
  rows.finalize();
  CHECK(db.run("DROP TABLE t") == SQLITE_OK);
  REQUIRE(rows.ready(db.handle()) == SQLITE_OK);
  CHECK(rows.step() == SQLITE_ROW);
}
