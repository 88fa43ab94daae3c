#include <tallymark/journal/sqlite/detail/writer.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <support/empty_tables.hpp>
#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace tallymark::detail;
using namespace support;

TEST_CASE("parts, sequences and counters are written over what was there", "[journal]") {
  support::empty_tables db;
  sqlite_writer writer(db, {}, {});
  for (std::uint32_t i = 1; i <= 2; ++i) {
    const std::array parts{part_row{.number = 0, .key = "a"},
                           part_row{.number = i, .key = i == 1 ? "b" : "c", .variant_of = i - 1}};
    const std::array sequences{sequence_row{.scope = "s", .part = i}};
    const std::array counters{counter_row{"r", i}};
    REQUIRE(writer.write({.parts = parts, .sequences = sequences, .counters = counters}, 0, i));
  }
  std::string found;
  sqlite_statement query{
      "SELECT (SELECT group_concat(number || key || ifnull(variant_of, '') || '@' || changed) FROM parts), (SELECT "
      "group_concat(scope || part || '@' || changed) FROM sequences), (SELECT group_concat(last || '@' || changed) "
      "FROM "
      "batch_counters), (SELECT version FROM state)"};
  REQUIRE(query.ready(db.handle()) == SQLITE_OK);
  REQUIRE(query.step() == SQLITE_ROW);
  for (int i = 0; i < 4; ++i) found.append(query.text(i)).append(" ");
  CHECK(found == "0a@2,1b0@1,2c1@2 s2@2 2@2 2 ");
}

TEST_CASE("numbers given in a group that failed are given again", "[journal]") {
  support::empty_tables db;
  sqlite_writer writer(db, {}, {});
  entry one = some_change(0, change::created, 1), two = some_change(5, change::created, 1);
  one.from.source = "a.csv";
  const std::array wrong{one, two};
  REQUIRE(db.run("BEGIN", sqlite_act::writing));
  CHECK(writer.write({.history = wrong}, 0, 1).error().code == errc::journal_failed);
  REQUIRE(db.run("ROLLBACK", sqlite_act::writing));
  writer.forget();
  one.from.source = "b.csv";
  const std::array right{one};
  REQUIRE(writer.write({.history = right}, 0, 1));
  sqlite_statement query{"SELECT name, line, lines FROM history JOIN sources ON sources.number = source"};
  REQUIRE(query.ready(db.handle()) == SQLITE_OK);
  REQUIRE(query.step() == SQLITE_ROW);
  CHECK(query.text(0) == "b.csv");
}
