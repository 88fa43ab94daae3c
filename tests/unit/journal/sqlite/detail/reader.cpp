#include <tallymark/journal/sqlite/detail/reader.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include <support/empty_tables.hpp>
#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace tallymark::detail;
using namespace support;

namespace {

constexpr const char* two_parts =
    "INSERT INTO parts VALUES (0, 'a', NULL, 'optional', 'optional', 1, '', 1), (1, 'b', 0, 'optional', 'optional', 1, "
    "'', 2); UPDATE state SET version = 2;";

// All of a database, as a log reads it at first.
struct first_reading {
  sqlite_reader& of;

  template <class Reader>
  result<void> read(Reader& to) {
    const auto done = of.read(to, {});
    return done ? result<void>{} : unexpected<failure>(done.error());
  }
};

// what a reader gives of rows that were written by hand
std::string rows_of(const char* sql, sqlite_seen seen = {}) {
  support::empty_tables db;
  REQUIRE(db.run(two_parts, sqlite_act::writing));
  REQUIRE(db.run(sql, sqlite_act::writing));
  sqlite_reader reader(db, {}, {});
  if (seen.version < 0) {  // all of it, under the rules of a stock
    first_reading first{reader};
    return read_sound(first);
  }
  reading all;
  const auto done = reader.read(all, seen);
  return done ? all.lines : std::string(message(done.error().code));
}

const std::string damaged(message(errc::journal_corrupt));

}  // namespace

TEST_CASE("only what is newer than what was seen is read", "[journal]") {
  CHECK(rows_of("") == "part 0 a 11i\npart 1 b of 0 11i\n");
  CHECK(rows_of("", {1, 0}) == "part 1 b of 0 11i\n");
  CHECK(rows_of("", {2, 0}).empty());
  CHECK(rows_of("", {3, 0}) == damaged);
  CHECK(rows_of("", {1, 1}) == damaged);  // there was an entry of history
}

TEST_CASE("stale ranges that touch are one, in order", "[journal]") {
  CHECK(rows_of("INSERT INTO items(first, count, part, steps, removed) VALUES (1, 3, 0, 0, 0), (4, 2, 0, 0, 0), (6, 1, "
                "0, 0, 0), (7, 9, 0, 0, 0);"
                "INSERT INTO history(number, at, what, item, count, other, other_count, steps) VALUES "
                "(0, 0, 'taken', 9, 1, NULL, NULL, 0), (1, 0, 'split', 5, 1, 2, 1, 0), (2, 0, 'parent_changed', 4, 1, "
                "6, 1, 0)",
                {1, 0}) ==
        "part 1 b of 0 11i\n"
        "stale 1+5\nitem 1+3 of 0 x0\nitem 4+2 of 0 x0\n"
        "stale 7+9\nitem 7+9 of 0 x0\n");
}

TEST_CASE("circles of parents are damage, chains are not", "[journal]") {
  const auto chain = [](const char* parent_of_last) {
    std::string sql(
        "INSERT INTO items(first, count, part, steps, removed, parent) VALUES (1, 1, 0, 0, 0, 2), (2, 1, 0, 0, 0, "
        "4), ");
    sql.append("(3, 2, 0, 0, 0, ").append(parent_of_last).append("), (5, 1, 0, 0, 0, NULL)");
    return rows_of(sql.c_str());
  };
  CHECK(chain("5").find("item 5+1") != std::string::npos);
  CHECK(chain("1") == damaged);
  CHECK(chain("3") == damaged);
}

TEST_CASE("numbers of SQLite's commands", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  sqlite_reader reader(db, {}, {});
  CHECK(reader.user_version() == 0);
  CHECK(reader.version().error().code == errc::journal_corrupt);  // no tables
}
