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

TEST_CASE("the name of a file in a URI", "[journal]") {
  CHECK(sqlite_immutable_uri("/tmp/a-b_1.db") == "file:/tmp/a-b_1.db?immutable=1");
  CHECK(sqlite_immutable_uri("a b?c#d%") == "file:a%20b%3Fc%23d%25?immutable=1");
  CHECK(sqlite_immutable_uri("//a") == "file:/%2Fa?immutable=1");
  CHECK(sqlite_immutable_uri("\xC3\xA4") == "file:%C3%A4?immutable=1");
}

TEST_CASE("what is not committed is undone, by an exception too", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  REQUIRE(db.run("CREATE TABLE t(x)", sqlite_act::writing));
  const auto rows = [&] {
    sqlite_statement count("SELECT count(*) FROM t");
    REQUIRE(count.ready(db.handle()) == SQLITE_OK);
    REQUIRE(count.step() == SQLITE_ROW);
    return count.integer(0);
  };
  const auto insert = [&] { return db.run("INSERT INTO t VALUES (1)", sqlite_act::writing); };
  CHECK(db.change([&]() -> result<void> { return insert(); }));
  CHECK(rows() == 1);
  CHECK_THROWS(db.change([&]() -> result<void> {
    (void)insert();
    throw 7;
  }));
  CHECK(!db.within());
  CHECK(!db.change([&]() -> result<void> {
    (void)insert();
    return fail(errc::journal_failed);
  }));
  CHECK_THROWS(db.look(sqlite_act::reading, [&]() -> result<int> { throw 7; }));
  CHECK(!db.within());
  CHECK(rows() == 1);
}
