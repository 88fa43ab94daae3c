#include <tallymark/journal/sqlite/detail/item_writer.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <support/empty_tables.hpp>
#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace tallymark::detail;
using namespace support;

namespace {

struct item_writer : sqlite_item_writer {
  item_writer(sqlite_database& db, std::span<const std::string_view> members) : sqlite_item_writer(db, members) {}
  using sqlite_item_writer::set_stride;
  result<void> write(std::span<const item_change> changes, std::span<const item_row> added) {
    return sqlite_item_writer::write(changes, added) ? result<void>{} : why_;
  }
};

// How many blocks do not have exactly their run, and runs not exactly their block.
std::int64_t out_of_step(const sqlite_database& db) {
  sqlite_statement query{
      "WITH said AS (SELECT family, scope, tail, width, kind, ordinal, count, first FROM items WHERE kind IS NOT NULL),"
      " taken AS (SELECT family, scope, tail, width, kind, first, length, item FROM serial_runs) "
      "SELECT (SELECT count(*) FROM (SELECT * FROM said EXCEPT SELECT * FROM taken)) + "
      "(SELECT count(*) FROM (SELECT * FROM taken EXCEPT SELECT * FROM said)) + "
      "abs((SELECT count(*) FROM taken) - (SELECT count(*) FROM said))"};
  REQUIRE(query.ready(db.handle()) == SQLITE_OK);
  REQUIRE(query.step() == SQLITE_ROW);
  return query.integer(0);
}

}  // namespace

TEST_CASE("items and what is taken say the same, whether few are written or many", "[journal]") {
  constexpr std::uint64_t half = std::uint64_t{1} << 63;
  for (const std::uint64_t singles : {3U, 999U, 1'000U, 1'500U}) {
    INFO(singles);
    support::empty_tables db;
    item_writer writer(db, {});
    std::vector<std::string> texts;
    for (std::uint64_t i = 0; i < singles; ++i) texts.push_back("F" + std::to_string(i * 7'919 % 10'007));
    std::vector<item_row> added;
    for (const std::string& text : texts)
      added.push_back(
          {.which = added.size() + 1,
           .amount = 1,
           .serials = serial_row{added.size() % 3 == 0 ? "s" : "t", {family::literal(text), 0, 1}, text, text}});
    added.push_back({.which = added.size() + 1, .amount = 3});
    const item_id around = added.size() + 1;  // two blocks
    added.push_back(
        {.which = {around, 10}, .amount = 1, .serials = serial_row{"s", {{"N", 0}, half - 4, 10}, "first", "last"}});
    REQUIRE(writer.write({}, added));
    CHECK(out_of_step(db) == 0);

    // serial numbers go, come, and change their owners; the last two blocks are cut
    const std::array changes{
        item_change{.which = 1, .serials = added[1].serials}, item_change{.which = 2, .serials = added[0].serials},
        item_change{.which = singles + 1, .serials = serial_row{"s", {{"N", 0}, 7, 1}, "N7", "N7"}},
        item_change{.which = {around + 1, 2}, .removed = true},
        item_change{.which = {around + 5, 2}, .serials = serial_row{"s", {{"N", 0}, 20, 2}, "N20", "N21"}}};
    REQUIRE(writer.write(changes, {}));
    CHECK(out_of_step(db) == 0);
    sqlite_statement query{
        "SELECT count(*), sum(count), sum(kind = 2), sum(last_serial IS NULL) FROM items WHERE kind IS NOT NULL"};
    REQUIRE(query.ready(db.handle()) == SQLITE_OK);
    REQUIRE(query.step() == SQLITE_ROW);
    CHECK(query.integer(0) == static_cast<std::int64_t>(singles + 1 + 6));
    CHECK(query.integer(1) == static_cast<std::int64_t>(singles + 1 + 10));
    CHECK(query.integer(2) == 2);
    CHECK(query.integer(3) == static_cast<std::int64_t>(singles + 1 + 3));

    const std::array taken{item_change{.which = 1, .serials = added[2].serials}};
    CHECK(writer.write(taken, {}).error().code == errc::already_taken);
  }
}

TEST_CASE("runs of a stride are a row each, are cut, and lie between each other", "[journal]") {
  constexpr std::uint64_t half = std::uint64_t{1} << 63;
  for (const bool many : {false, true}) {  // with triggers and without
    INFO(many);
    support::empty_tables db(10);
    item_writer writer(db, {});
    writer.set_stride(10);
    std::vector<item_row> added{
        {.which = {1, 9}, .amount = 1, .serials = serial_row{"s", {{"N", 0}, 7, 9, 10}, "N7", "N87"}},
        {.which = {10, 5}, .amount = 1, .serials = serial_row{"s", {{"N", 0}, 8, 5, 10}, "N8", "N48"}},
        {.which = {15, 4}, .amount = 1, .serials = serial_row{"s", {{"N", 0}, half - 15, 4, 10}, "first", "last"}},
        {.which = 19, .amount = 1, .serials = serial_row{"s", {{"N", 0}, 9, 1}, "N9", "N9"}}};
    std::vector<std::string> texts;
    for (int i = 0; many && i < 1'000; ++i) texts.push_back("F" + std::to_string(i));
    for (const std::string& text : texts)
      added.push_back({.which = added.size() + 16,
                       .amount = 1,
                       .serials = serial_row{"s", {family::literal(text), 0, 1}, text, text}});
    REQUIRE(writer.write({}, added));
    CHECK(out_of_step(db) == 0);
    const std::array changes{
        item_change{.which = {3, 2}, .removed = true},
        item_change{.which = {11, 2}, .serials = serial_row{"s", {{"N", 0}, 200, 2, 10}, "N200", "N210"}},
        item_change{.which = 13, .serials = serial_row{"s", {{"N", 0}, 18, 1}, "N18", "N18"}}};
    REQUIRE(writer.write(changes, {}));
    CHECK(out_of_step(db) == 0);
    std::string found;
    sqlite_statement query{
        "SELECT first, count, kind, ordinal, first_serial, ifnull(last_serial, '-') FROM items WHERE first < 20 ORDER "
        "BY first"};
    REQUIRE(query.ready(db.handle()) == SQLITE_OK);
    while (query.step() == SQLITE_ROW)
      for (int i = 0; i < 6; ++i) found.append(query.text(i)).append(i < 5 ? "|" : "\n");
    CHECK(found ==
          "1|2|1|7|N7|N17\n3|2|1|27|N27|N37\n5|5|1|47|N47|N87\n10|1|1|8|N8|-\n11|2|1|200|N200|N210\n"
          "13|1|1|18|N18|-\n14|1|1|48|N48|-\n15|2|1|9223372036854775793|first|\n17|2|2|5||last\n19|1|1|9|N9|-\n");

    const std::array taken{item_change{.which = 1, .serials = serial_row{"s", {{"N", 0}, 37, 1}, "N37", "N37"}}};
    CHECK(writer.write(taken, {}).error().code == errc::already_taken);
    const std::array by_one{
        item_change{.which = {1, 2}, .serials = serial_row{"s", {{"N", 0}, 300, 2}, "N300", "N301"}}};
    CHECK(writer.write(by_one, {}).error().code == errc::journal_failed);
    const std::array too_far{
        item_change{.which = {1, 2}, .serials = serial_row{"s", {{"N", 0}, max_ordinal - 9, 2, 10}, "a", "b"}}};
    CHECK(writer.write(too_far, {}).error().code == errc::journal_too_large);
  }
}

TEST_CASE("one serial number twice is refused among many, too", "[journal]") {
  support::empty_tables db;
  item_writer writer(db, {});
  std::vector<std::string> texts;
  for (int i = 0; i < 1'500; ++i) texts.push_back("F" + std::to_string(i == 1'400 ? 3 : i));
  std::vector<item_row> added;
  for (const std::string& text : texts)
    added.push_back({.which = added.size() + 1,
                     .amount = 1,
                     .serials = serial_row{"s", {family::literal(text), 0, 1}, text, text}});
  CHECK(writer.write({}, added).error().code == errc::already_taken);
}

TEST_CASE("a group is written in the order of its runs, each with its item", "[journal]") {
  support::empty_tables db;
  item_writer writer(db, {});
  std::vector<std::string> texts;
  for (const char* text : {"long_family_b", "long_family_a", "b", "", "a"}) texts.emplace_back(text);
  std::vector<item_row> added;
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::uint64_t k : {2U, 1U})
      added.push_back({.which = added.size() + 1,
                       .amount = 1,
                       .serials = serial_row{"s", {{texts[i], 0}, k, 1}, texts[i], texts[i]}});
  added.push_back({.which = {added.size() + 1, 3}, .amount = 2});  // without serial numbers
  REQUIRE(writer.write({}, added));
  std::string found;
  sqlite_statement query{"SELECT item, family, first FROM serial_runs ORDER BY item"};
  REQUIRE(query.ready(db.handle()) == SQLITE_OK);
  std::size_t rows = 0;
  for (; query.step() == SQLITE_ROW; ++rows) {
    CHECK(query.integer(0) == static_cast<std::int64_t>(rows + 1));
    CHECK(query.text(1) == texts[rows / 2]);
    CHECK(query.integer(2) == (rows % 2 == 0 ? 2 : 1));
  }
  CHECK(rows == 10);
  sqlite_statement last{"SELECT first, count, steps FROM items ORDER BY first DESC"};
  REQUIRE(last.ready(db.handle()) == SQLITE_OK);
  REQUIRE(last.step() == SQLITE_ROW);
  CHECK(last.integer(0) == 11);
  CHECK(last.integer(1) == 3);
  CHECK(last.integer(2) == 200'000);
}

TEST_CASE("alike items share what is bound; others do not", "[journal]") {
  sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  const std::array<std::string_view, 1> members{"m"};
  REQUIRE(db.run(sqlite_tables_of({.item_members = members}).c_str(), sqlite_act::writing));
  item_writer writer(db, members);
  const std::string x[1]{"x"}, y[1]{"y"};
  const date day{std::chrono::year{2027} / 1 / 31};
  const std::array added{item_row{.which = 1},
                         item_row{.which = 2},
                         item_row{.which = 3, .part = 1},
                         item_row{.which = 4, .amount = 1},
                         item_row{.which = 5, .batch = "B"},
                         item_row{.which = 6, .parent = 1},
                         item_row{.which = 7, .expiry = day},
                         item_row{.which = 8, .removed = true},
                         item_row{.which = 9, .data = x},
                         item_row{.which = 10, .data = y},
                         item_row{.which = 11}};
  REQUIRE(writer.write({}, added));
  std::string found;
  sqlite_statement query{
      "SELECT concat FROM (SELECT first || ' ' || part || ' ' || steps || ' ' || ifnull(batch, '-') || ' ' || "
      "ifnull(parent, '-') || ' ' || ifnull(expiry, '-') || ' ' || removed || ' ' || ifnull(data_m, '-') AS concat "
      "FROM items ORDER BY first)"};
  REQUIRE(query.ready(db.handle()) == SQLITE_OK);
  while (query.step() == SQLITE_ROW) found.append(query.text(0)).append("\n");
  CHECK(found ==
        "1 0 0 - - - 0 -\n"
        "2 0 0 - - - 0 -\n"
        "3 1 0 - - - 0 -\n"
        "4 0 100000 - - - 0 -\n"
        "5 0 0 1 - - 0 -\n"
        "6 0 0 - 1 - 0 -\n"
        "7 0 0 - - 2027-01-31 0 -\n"
        "8 0 0 - - - 1 -\n"
        "9 0 0 - - - 0 x\n"
        "10 0 0 - - - 0 y\n"
        "11 0 0 - - - 0 -\n");
}

TEST_CASE("a cut in the middle of numbers that are not plain digits leaves no text there", "[journal]") {
  support::empty_tables db;
  item_writer writer(db, {});
  const std::array added{item_row{.which = {1, 9}, .serials = serial_row{"s", {{"", 0}, 0, 9}, "AA", "AI"}}};
  const std::array changes{item_change{.which = {2, 3}, .removed = true}};
  REQUIRE(writer.write({}, added));
  REQUIRE(writer.write(changes, {}));
  std::string found;
  sqlite_statement query{"SELECT first, count, first_serial, ifnull(last_serial, '-') FROM items ORDER BY first"};
  REQUIRE(query.ready(db.handle()) == SQLITE_OK);
  while (query.step() == SQLITE_ROW)
    for (int i = 0; i < 4; ++i) found.append(query.text(i)).append(i < 3 ? "|" : "\n");
  CHECK(found == "1|1|AA|-\n2|3||\n5|5||AI\n");
}
