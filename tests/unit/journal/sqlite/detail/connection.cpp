#include <tallymark/journal/sqlite/detail/connection.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace tallymark;
using namespace tallymark::detail;

static_assert(sqlite_errc(SQLITE_FULL, sqlite_act::writing) == errc::journal_full);
static_assert(sqlite_errc(SQLITE_BUSY_SNAPSHOT, sqlite_act::writing) == errc::journal_busy);
static_assert(sqlite_errc(SQLITE_LOCKED, sqlite_act::reading) == errc::journal_busy);
static_assert(sqlite_errc(SQLITE_READONLY_DBMOVED, sqlite_act::writing) == errc::journal_read_only);
static_assert(sqlite_errc(SQLITE_PERM, sqlite_act::opening) == errc::journal_read_only);
static_assert(sqlite_errc(SQLITE_CORRUPT_INDEX, sqlite_act::reading) == errc::journal_corrupt);
static_assert(sqlite_errc(SQLITE_NOTADB, sqlite_act::reading) == errc::journal_corrupt);
static_assert(sqlite_errc(SQLITE_NOTADB, sqlite_act::opening) == errc::journal_foreign);
static_assert(sqlite_errc(SQLITE_CANTOPEN, sqlite_act::opening) == errc::journal_unreadable);
static_assert(sqlite_errc(SQLITE_IOERR_READ, sqlite_act::reading) == errc::journal_unreadable);
static_assert(sqlite_errc(SQLITE_IOERR_FSYNC, sqlite_act::writing) == errc::journal_failed);
static_assert(sqlite_errc(SQLITE_TOOBIG, sqlite_act::writing) == errc::journal_too_large);
static_assert(sqlite_errc(SQLITE_ERROR, sqlite_act::reading) == errc::journal_corrupt);
static_assert(sqlite_errc(SQLITE_ERROR, sqlite_act::writing) == errc::journal_failed);
static_assert(sqlite_errc(SQLITE_NOMEM, sqlite_act::reading) == errc::journal_unreadable);
static_assert(sqlite_errc(SQLITE_CONSTRAINT_TRIGGER, sqlite_act::writing) == errc::already_taken);
static_assert(sqlite_errc(SQLITE_CONSTRAINT_UNIQUE, sqlite_act::writing) == errc::journal_failed);

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

TEST_CASE("a connection keeps what SQLite said", "[journal]") {
  sqlite_database db;
  CHECK(db.message().empty());
  CHECK(db.open("/no/such/folder/x", SQLITE_OPEN_READONLY, "").error().code == errc::journal_unreadable);
  CHECK(db.message() == "unable to open database file");
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  CHECK(db.run("SELECT * FROM nowhere", sqlite_act::reading).error().code == errc::journal_corrupt);
  CHECK(db.message() == "no such table: nowhere");
  CHECK(failure{db.failed(errc::journal_failed, "because").value()}.code == errc::journal_failed);
  CHECK(db.message() == "because");
  CHECK(!db.within());
  CHECK(db.run("BEGIN") == SQLITE_OK);
  CHECK(db.within());
}
