#include <tallymark/journal/sqlite.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace support;

static_assert(journal_policy<sqlite_journal>);
static_assert(row_reader<reading>);
static_assert(journal_log<sqlite_log, row_group, reading>);

namespace {

using names = std::vector<std::string_view>;

result<sqlite_log> open(const scratch_file& file, sqlite_options options = {}, const names& parts = {},
                        const names& of_items = {}) {
  return sqlite_journal(file.path(), std::move(options)).open({.part_members = parts, .item_members = of_items});
}
template <class T>
errc code(const result<T>& done) {
  REQUIRE(!done);
  return done.error().code;
}

// one part, and items 1 to 10 of it with SN-0001 to SN-0010
void fill(sqlite_log& log) {
  const std::array parts{part_row{.key = "motor"}};
  const std::array added{item_row{.which = {1, 10}, .amount = 1, .batch = "B1", .serials = some_serials(1, 10)}};
  const std::array history{some_change(0, change::created, {1, 10})};
  REQUIRE(append_to(log, {.parts = parts, .added = added, .history = history}));
}
result<void> add_items(sqlite_log& log, items which, const serial_row& serials) {
  const std::array added{item_row{.which = which, .amount = 1, .serials = serials}};
  const std::array history{some_change(log.last(), change::created, which)};
  return append_to(log, {.added = added, .history = history});
}

}  // namespace

TEST_CASE("rows of all kinds are read as they were written", "[journal]") {
  const scratch_file file;
  auto log = open(file, {}, {"name", "odd \"name\""}, {"site"});
  REQUIRE(log);
  CHECK(log->last() == 0);
  const std::string data[2]{"big", ""}, nothing[2], site[1]{"Kiel"};
  const std::array parts{part_row{.number = 0,
                                  .key = "motor",
                                  .serials = rule::required,
                                  .batches = rule::forbidden,
                                  .issued_here = false,
                                  .group = "g",
                                  .data = data},
                         part_row{.number = 1, .key = "fast", .variant_of = 0, .data = nothing}};
  const std::array added{
      item_row{.which = {1, 1},
               .part = 1,
               .amount = *quantity::parse("37.4904"),
               .batch = "B1",
               .expiry = date{std::chrono::year{2027} / 1 / 31},
               .data = site},
      item_row{.which = {2, 3}, .part = 0, .amount = 1, .parent = 1, .removed = true, .serials = some_serials(7, 3)},
      item_row{.which = {5, 1},
               .part = 0,
               .amount = 1,
               .serials = serial_row{"", {family::literal("QQQ"), 0, 1}, "QQQ", "QQQ"}}};
  const std::array reserved{reserved_row{.part = 1, .serials = some_serials(100, 5)}};
  const std::array sequences{sequence_row{.scope = "s",
                                          .part = 1,
                                          .active = family{"SN-", 4},
                                          .issued = true,
                                          .start = serial_number{{"X", 0}, max_ordinal}},
                             sequence_row{.scope = "t", .part = 0}};
  const std::string zeros("\0\0a", 3);
  const std::array counters{counter_row{zeros, 7}, counter_row{"", 1}};
  auto second = some_change(1, change::batch_changed, 1);
  second.before = "B1";
  second.after = "B2";
  second.at = std::chrono::sys_seconds{std::chrono::seconds{1'795'000'000}};
  second.from = {"file.csv", 3, 1};
  const std::array history{some_change(0, change::created, {1, 5}), second};
  REQUIRE(log->begin() == true);
  CHECK(read_all(*log).empty());
  REQUIRE(log->append({parts, {}, {}, added, reserved, sequences, counters, history}));
  CHECK(log->last() == 2);
  CHECK(log->begin() == false);
  log->cancel();
  CHECK(read_all(*log).empty());  // its own are known

  auto other = open(file, {}, {"name", "odd \"name\""}, {"site"});
  REQUIRE(other);
  CHECK(read_all(*other) ==
        "part 0 motor 20o in g 'big' ''\n"
        "part 1 fast of 0 11i\n"
        "item 1+1 of 1 x37.4904 batch B1 until 2027-01-31 'Kiel'\n"
        "item 2+3 of 0 x1 from 1 removed [s SN-/ w4 7+3 SN-0007..SN-0009]\n"
        "item 5+1 of 0 x1 [ QQQ/ w0 literal 0+1 QQQ..QQQ]\n"
        "reserved 1 [s SN-/ w4 100+5 SN-0100..SN-0104]\n"
        "sequence s 1 issued SN- start X 18446744073709551614\n"
        "sequence t 0\n"
        "counter 3 bytes 7\n"
        "counter 0 bytes 1\n"
        "changed 1 B1>B2\n");
  CHECK(other->last() == 2);

  std::vector<entry> seen;
  REQUIRE(other->history([&](const entry& each) { seen.push_back(each); }));
  CHECK(seen == std::vector<entry>(history.begin(), history.end()));
  std::uint64_t lines = 0;
  REQUIRE(other->origins("file.csv", [&](const origin& each) { lines += each.line * 10 + each.lines; }));
  CHECK(lines == 31);
  REQUIRE(other->origins("another", [&](const origin&) { ++lines; }));
  CHECK(lines == 31);
}

TEST_CASE("a change cuts the blocks and their serial numbers", "[journal]") {
  const scratch_file file;
  auto log = open(file);
  REQUIRE(log);
  fill(*log);
  const std::array changes{item_change{.which = {3, 2}, .removed = true},
                           item_change{.which = 7, .batch = "", .parent = 2},
                           item_change{.which = 10, .amount = quantity(1), .serials = some_serials(50, 1)}};
  const std::array history{some_change(1, change::removed, {3, 2}), some_change(2, change::serial_changed, 10)};
  REQUIRE(append_to(*log, {.changes = changes, .history = history}));
  auto other = open(file);
  REQUIRE(other);
  CHECK(read_all(*other) ==
        "part 0 motor 11i\n"
        "item 1+2 of 0 x1 batch B1 [s SN-/ w4 1+2 SN-0001..SN-0002]\n"
        "item 3+2 of 0 x1 batch B1 removed [s SN-/ w4 3+2 SN-0003..SN-0004]\n"
        "item 5+2 of 0 x1 batch B1 [s SN-/ w4 5+2 SN-0005..SN-0006]\n"
        "item 7+1 of 0 x1 from 2 [s SN-/ w4 7+1 SN-0007..SN-0007]\n"
        "item 8+2 of 0 x1 batch B1 [s SN-/ w4 8+2 SN-0008..SN-0009]\n"
        "item 10+1 of 0 x1 batch B1 [s SN-/ w4 50+1 SN-0050..SN-0050]\n");
}

TEST_CASE("two items can exchange their serial numbers", "[journal]") {
  const scratch_file file;
  auto log = open(file);
  REQUIRE(log);
  fill(*log);
  const std::array changes{item_change{.which = 1, .serials = some_serials(2, 1)},
                           item_change{.which = 2, .serials = some_serials(1, 1)}};
  REQUIRE(append_to(*log, {.changes = changes}));
  CHECK(raw_database(file.path())("SELECT first, first_serial FROM items WHERE first < 3") == "1|SN-0002\n2|SN-0001\n");
}

TEST_CASE("what others changed is read, as whole blocks", "[journal]") {
  const scratch_file file;
  auto one = open(file), two = open(file);
  REQUIRE(one);
  REQUIRE(two);
  fill(*one);
  CHECK(read_all(*two).size() > 10);
  REQUIRE(add_items(*one, {11, 5}, some_serials(11, 5)));
  CHECK(read_all(*two) == "stale 11+5\nitem 11+5 of 0 x1 [s SN-/ w4 11+5 SN-0011..SN-0015]\n");
  CHECK(read_all(*two).empty());

  const std::array changes{item_change{.which = {4, 2}, .removed = true}, item_change{.which = 12, .parent = 1}};
  const std::array history{some_change(2, change::removed, {5, 1}), some_change(3, change::removed, {4, 1}),
                           some_change(4, change::parent_changed, 12, 1)};
  REQUIRE(append_to(*two, {.changes = changes, .history = history}));
  CHECK(one->begin() == true);
  CHECK(read_all(*one) ==
        "stale 4+2\n"
        "item 4+2 of 0 x1 batch B1 removed [s SN-/ w4 4+2 SN-0004..SN-0005]\n"
        "stale 12+1\n"
        "item 12+1 of 0 x1 from 1 [s SN-/ w4 12+1 SN-0012..SN-0012]\n");
  one->cancel();
  CHECK(one->last() == 5);

  // a reservation of the one is seen by the other, and gone when it is dropped
  const std::array reserved{reserved_row{.serials = some_serials(70, 3)}};
  REQUIRE(append_to(*one, {.reserved = reserved}));
  CHECK(read_all(*two) == "reserved 0 [s SN-/ w4 70+3 SN-0070..SN-0072]\n");
  CHECK(code(add_items(*two, {16, 1}, some_serials(71, 1))) == errc::already_taken);
  REQUIRE(append_to(*two, {.dropped = reserved}));
  CHECK(read_all(*one).empty());
  CHECK(add_items(*two, {16, 1}, some_serials(71, 1)));
}

TEST_CASE("a reader that refuses gets the same again", "[journal]") {
  const scratch_file file;
  auto one = open(file), two = open(file);
  REQUIRE(one);
  fill(*one);
  reading refusing{.refuse_at = errc::reserved};
  CHECK(code(two->read(refusing)) == errc::reserved);
  CHECK(two->last() == 0);
  CHECK(read_all(*two).find("item 1+10") != std::string::npos);
}

TEST_CASE("a refused group leaves nothing, and the next one is written", "[journal]") {
  const scratch_file file;
  auto log = open(file);
  REQUIRE(log);
  fill(*log);
  CHECK(code(add_items(*log, {11, 3}, some_serials(10, 3))) == errc::already_taken);
  CHECK(code(add_items(*log, {12, 1}, some_serials(30, 1))) == errc::journal_failed);  // 11 is next
  CHECK(code(add_items(*log, {11, 2}, some_serials(30, 1))) == errc::journal_failed);  // one serial for two
  const std::array wrong_number{some_change(7, change::removed, 1)};
  CHECK(code(append_to(*log, {.history = wrong_number})) == errc::journal_failed);
  const std::array no_such_item{item_change{.which = {10, 2}, .removed = true}};
  CHECK(code(append_to(*log, {.changes = no_such_item})) == errc::journal_failed);
  const std::array batch_of_none{item_row{.which = 11, .batch = "new"}};
  const std::array and_history{some_change(9, change::created, 11)};
  CHECK(code(append_to(*log, {.added = batch_of_none, .history = and_history})) == errc::journal_failed);
  CHECK(code(log->append({})) == errc::journal_failed);  // nothing was begun
  CHECK(log->last() == 1);
  raw_database raw(file.path());
  CHECK(raw("SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM batches), version FROM state") == "1|1|1\n");

  // its number was given back with the batch: the next one gets it
  const std::array again{item_row{.which = 11, .batch = "other"}, item_row{.which = 12, .batch = "new"}};
  const std::array created{some_change(1, change::created, {11, 2})};
  REQUIRE(append_to(*log, {.added = again, .history = created}));
  CHECK(raw("SELECT first, code FROM items JOIN batches ON number = batch WHERE first > 10") == "11|other\n12|new\n");
}

TEST_CASE("who has not read what others wrote cannot write", "[journal]") {
  const scratch_file file;
  auto one = open(file), two = open(file);
  REQUIRE(one);
  fill(*one);
  CHECK(two->begin() == true);
  CHECK(code(two->append({})) == errc::journal_failed);
  CHECK(two->begin() == true);
  CHECK(!read_all(*two).empty());
  CHECK(two->append({}));
}

TEST_CASE("the database itself refuses overlaps", "[journal]") {
  const scratch_file file;
  auto log = open(file);
  REQUIRE(log);
  fill(*log);
  REQUIRE(add_items(*log, {11, 1}, some_serials(20, 1)));
  const std::array reserved{reserved_row{.serials = some_serials(40, 10)}};
  REQUIRE(append_to(*log, {.reserved = reserved}));
  raw_database raw(file.path());
  const std::string refused = "already taken: these serial numbers overlap others of their scope";
  const auto insert = [&](const std::string& family, int kind, int first, int length) {
    const std::string said =
        raw("BEGIN; INSERT INTO serial_runs VALUES('" + family + "', 's', '', 4, " + std::to_string(kind) + ", " +
            std::to_string(first) + ", " + std::to_string(length) + ", 99)");
    raw("ROLLBACK");
    return said;
  };
  CHECK(insert("SN-", 1, 11, 9) == "");
  CHECK(insert("SN-", 2, 1, 9).empty());
  CHECK(insert("sn-", 1, 1, 9).empty());
  CHECK(insert("SN-", 1, 10, 1) == refused);
  CHECK(insert("SN-", 1, 11, 10) == refused);
  CHECK(insert("SN-", 1, 5, 1) == refused);
  CHECK(insert("SN-", 1, 0, 100) == refused);
  CHECK(insert("SN-", 1, 39, 2) == refused);
  CHECK(insert("SN-", 1, 49, 2) == refused);
  CHECK(insert("SN-", 1, 50, 2).empty());
  CHECK(raw("UPDATE serial_runs SET first = 10 WHERE item = 11") == refused);
  CHECK(raw("UPDATE serial_runs SET length = 11 WHERE item = 1").empty());
  CHECK(raw("UPDATE serial_runs SET length = 20 WHERE item = 1") == refused);
  CHECK(raw("UPDATE reservations SET first = 18") == refused);
  CHECK(raw("UPDATE reservations SET first = 41") == "");
  CHECK(raw("INSERT INTO reservations SELECT NULL, 0, scope, family, tail, width, kind, 50, 2, '', '', 0 FROM "
            "reservations") == refused);
}

TEST_CASE("what is taken follows the items, whichever program writes them", "[journal]") {
  const scratch_file file;
  auto log = open(file);
  REQUIRE(log);
  fill(*log);
  raw_database raw(file.path());
  const std::string runs = "SELECT item, scope, family, first, length FROM serial_runs ORDER BY item";
  const std::string refused = "already taken: these serial numbers overlap others of their scope";
  CHECK(raw(runs) == "1|s|SN-|1|10\n");
  const std::string some =
      "INSERT INTO items(first, count, part, steps, removed, first_serial, last_serial, scope, "
      "family, tail, width, kind, ordinal) VALUES ";
  CHECK(raw(some + "(11, 5, 0, 100000, 0, 'SN-0008', 'SN-0012', 's', 'SN-', '', 4, 1, 8)") == refused);
  CHECK(raw(some + "(11, 5, 0, 100000, 0, 'SN-0011', 'SN-0015', 's', 'SN-', '', 4, 1, 11)").empty());
  CHECK(raw("INSERT INTO items(first, count, part, steps, removed) VALUES (16, 1, 0, 100000, 0)").empty());
  CHECK(raw(runs) == "1|s|SN-|1|10\n11|s|SN-|11|5\n");
  CHECK(raw("UPDATE items SET count = 11 WHERE first = 1") == refused);
  CHECK(raw("UPDATE items SET count = 4 WHERE first = 11").empty());
  CHECK(raw("UPDATE items SET scope = 't', ordinal = 1 WHERE first = 11").empty());
  CHECK(raw("UPDATE items SET removed = 1").empty());
  CHECK(raw(runs) == "1|s|SN-|1|10\n11|t|SN-|1|4\n");
  CHECK(raw("UPDATE items SET scope = NULL, family = NULL, tail = NULL, width = NULL, kind = NULL, ordinal = NULL, "
            "first_serial = NULL, last_serial = NULL WHERE first = 11")
            .empty());
  CHECK(raw(runs) == "1|s|SN-|1|10\n");
  CHECK(
      raw("UPDATE items SET scope = 's', family = 'SN-', tail = '', width = 4, kind = 1, ordinal = 11, first_serial = "
          "'SN-0011', last_serial = 'SN-0014' WHERE first = 11")
          .empty());
  CHECK(raw(runs) == "1|s|SN-|1|10\n11|s|SN-|11|4\n");
  CHECK(raw("DELETE FROM items WHERE first = 1").empty());
  CHECK(raw(runs) == "11|s|SN-|11|4\n");
  // half a serial number is not a serial number
  CHECK(!raw("UPDATE items SET family = NULL WHERE first = 11").empty());
  CHECK(!raw("UPDATE items SET first_serial = NULL WHERE first = 11").empty());
  CHECK(!raw("UPDATE items SET kind = 1, first_serial = 'x' WHERE first = 16").empty());
  CHECK(raw(runs) == "11|s|SN-|11|4\n");
}

TEST_CASE("ordinals around 2^63 and ids beyond it", "[journal]") {
  const scratch_file file;
  constexpr std::uint64_t half = std::uint64_t{1} << 63;
  auto log = open(file);
  REQUIRE(log);
  fill(*log);
  const std::string first = "N" + std::to_string(half - 2), last = "N" + std::to_string(half + 1);
  REQUIRE(add_items(*log, {11, 4}, {"s", {{"N", 0}, half - 2, 4}, first, last}));
  REQUIRE(add_items(*log, {15, 1}, {"s", {{"N", 0}, max_ordinal, 1}, "end", "end"}));
  for (const std::uint64_t taken : {half - 2, half - 1, half, half + 1, max_ordinal})
    CHECK(code(add_items(*log, {16, 1}, {"s", {{"N", 0}, taken, 1}, "", ""})) == errc::already_taken);
  REQUIRE(add_items(*log, {16, 1}, {"s", {{"N", 0}, half + 2, 1}, "x", "x"}));
  auto other = open(file);
  REQUIRE(other);
  CHECK(read_all(*other) ==
        "part 0 motor 11i\n"
        "item 1+10 of 0 x1 batch B1 [s SN-/ w4 1+10 SN-0001..SN-0010]\n"
        "item 11+2 of 0 x1 [s N/ w0 9223372036854775806+2 N9223372036854775806..N9223372036854775807]\n"
        "item 13+2 of 0 x1 [s N/ w0 9223372036854775808+2 N9223372036854775808..N9223372036854775809]\n"
        "item 15+1 of 0 x1 [s N/ w0 18446744073709551614+1 end..end]\n"
        "item 16+1 of 0 x1 [s N/ w0 9223372036854775810+1 x..x]\n");

  CHECK(code(add_items(*log, {17, half}, {"s", {{"M", 0}, 0, half}, "", ""})) == errc::journal_too_large);
  const std::array far_parent{item_row{.which = 17, .parent = half}};
  CHECK(code(append_to(*log, {.added = far_parent})) == errc::journal_too_large);
  const std::array counters{counter_row{"x", half}};
  CHECK(code(append_to(*log, {.counters = counters})) == errc::journal_too_large);
  const std::array reserved{reserved_row{.serials = {"s", {{"R", 0}, 0, half}, "", ""}}};
  CHECK(code(append_to(*log, {.reserved = reserved})) == errc::journal_too_large);
  const std::string long_text(70'000, 'x');
  const std::array long_batch{item_row{.which = 17, .batch = long_text}};
  CHECK(code(append_to(*log, {.added = long_batch})) == errc::journal_too_large);
}

TEST_CASE("the history of one item, oldest first", "[journal]") {
  const scratch_file file;
  auto log = open(file);
  REQUIRE(log);
  fill(*log);
  const std::array added{item_row{.which = {11, 1}}, item_row{.which = {12, 3}}, item_row{.which = {15, 1}}};
  const std::array history{some_change(1, change::created, {11, 1}),
                           some_change(2, change::serialized, 11, {12, 3}),
                           some_change(3, change::split, 11, 15),
                           some_change(4, change::merged, 11, 15),
                           some_change(5, change::batch_changed, {1, 12}),
                           some_change(6, change::parent_changed, {12, 2}, 3),
                           some_change(7, change::removed, 14)};
  REQUIRE(append_to(*log, {.added = added, .history = history}));
  const auto about = [&](item_id id) {
    std::string out;
    REQUIRE(log->history(id, [&](const entry& each) { out.append(std::to_string(each.number)).append(" "); }));
    return out;
  };
  CHECK(about(1) == "0 5 ");
  CHECK(about(3) == "0 5 ");  // being a parent is no change
  CHECK(about(11) == "1 2 3 4 5 ");
  CHECK(about(12) == "2 5 6 ");
  CHECK(about(14) == "2 7 ");
  CHECK(about(15) == "3 4 ");
  CHECK(about(16).empty());
  CHECK(about(0).empty());
  CHECK(about(no_item).empty());
}

TEST_CASE("views answer the usual questions", "[journal]") {
  const scratch_file file;
  auto log = open(file);
  REQUIRE(log);
  fill(*log);
  const std::array parts{part_row{.number = 1, .key = "fast", .variant_of = 0}};
  const std::array changes{item_change{.which = 10, .removed = true}};
  const std::array added{item_row{.which = {11, 1},
                                  .part = 1,
                                  .amount = *quantity::parse("2.5"),
                                  .batch = "B1",
                                  .expiry = date{std::chrono::year{2027} / 1 / 31}},
                         item_row{.which = {12, 2}, .part = 1, .amount = 1, .serials = some_serials(20, 2)}};
  auto created = some_change(1, change::created, {11, 3});
  created.from = {"a.csv", 2, 3};
  created.at = std::chrono::sys_seconds{std::chrono::seconds{1'795'000'000}};
  const std::array history{created, some_change(2, change::removed, 10)};
  REQUIRE(append_to(*log, {.parts = parts, .changes = changes, .added = added, .history = history}));
  raw_database raw(file.path());
  CHECK(raw("SELECT * FROM batch_items WHERE batch = 'B1' ORDER BY first_item") ==
        "B1|motor|1|9|9|9.0|1.0|-|-|0|SN-0001|SN-0009\n"
        "B1|motor|10|10|1|1.0|1.0|-|-|1|SN-0010|SN-0010\n"
        "B1|fast|11|11|1|2.5|2.5|-|2027-01-31|0|-|-\n");
  CHECK(raw("SELECT * FROM part_tree_serials WHERE tree = 'motor' ORDER BY first_item") ==
        "motor|motor|s|SN-0001|SN-0009|9|1|9|0\n"
        "motor|motor|s|SN-0010|SN-0010|1|10|10|1\n"
        "motor|fast|s|SN-0020|SN-0021|2|12|13|0\n");
  CHECK(raw("SELECT * FROM item_history WHERE 12 BETWEEN first_item AND last_item") ==
        "1|2026-11-18 11:06:40|created|11|13|0.0|-|-|-|-|a.csv|2|3\n");
}

TEST_CASE("what is no journal is refused, and not touched", "[journal]") {
  SECTION("nothing there") {
    const scratch_file file;
    CHECK(code(open(file, {.create = false})) == errc::journal_missing);
    CHECK(code(open(file, {.read_only = true})) == errc::journal_missing);
    file.write("");
    CHECK(code(open(file, {.create = false})) == errc::journal_missing);
    CHECK(code(sqlite_journal("").open({})) == errc::journal_unreadable);
    CHECK(code(sqlite_journal(std::string("a\0b", 3)).open({})) == errc::journal_unreadable);
    CHECK(code(sqlite_journal(file.path() + "/in/a/file").open({})) == errc::journal_unreadable);
    CHECK(code(sqlite_journal(std::filesystem::temp_directory_path().string()).open({})) == errc::journal_unreadable);
  }
  SECTION("no database") {
    const scratch_file file;
    const std::string bytes(5000, 'x');
    file.write(bytes);
    CHECK(code(open(file)) == errc::journal_foreign);
    CHECK(file.bytes() == bytes);
  }
  SECTION("a database of somebody else") {
    const scratch_file file;
    raw_database(file.path())("CREATE TABLE t(x)");
    const std::string bytes = file.bytes();
    CHECK(code(open(file)) == errc::journal_foreign);
    CHECK(file.bytes() == bytes);
  }
  SECTION("a newer one") {
    const scratch_file file;
    REQUIRE(open(file));
    raw_database(file.path())("PRAGMA user_version = 4");
    const std::string bytes = file.bytes();
    CHECK(code(open(file)) == errc::journal_newer);
    CHECK(file.bytes() == bytes);
  }
  SECTION("one that becomes newer while it is open") {
    const scratch_file file;
    auto log = open(file);
    REQUIRE(log);
    raw_database(file.path())("PRAGMA user_version = 3");
    CHECK(code(log->begin()) == errc::journal_newer);
    CHECK(read_all(*log) == message(errc::journal_newer));
  }
  SECTION("columns of other members") {
    const scratch_file file;
    REQUIRE(open(file, {}, {"a"}, {"x"}));
    CHECK(open(file, {}, {"a"}, {"x"}));
    CHECK(open(file, {}, {"a"}, {}));                           // the other column stays
    CHECK(open(file, {.read_only = true}, {"a", "b"}, {"x"}));  // a member without a column is empty
    CHECK(open(file, {}, {"a", "b"}, {"x"}));                   // a new member gets its column
    CHECK(open(file, {}, {"b", "a"}, {"x"}));
  }
}

TEST_CASE("the database itself refuses overlaps of runs with a stride", "[journal]") {
  const scratch_file file;
  const auto row = [](std::uint64_t first, std::uint64_t length) {
    serial_row out = some_serials(first, 1);
    out.last = some_serials(first + (length - 1) * 10, 1).first;
    out.serials.length = length;
    out.serials.stride = length == 1 ? 1 : 10;
    return out;
  };
  {
    auto log = sqlite_journal(file.path()).open({.stride = 10});
    REQUIRE(log);
    CHECK(log->stride() == 10);
    REQUIRE(log->begin());
    reading all;
    REQUIRE(log->read(all));
    const std::array parts{part_row{.number = 0, .key = "p"}};
    const std::array added{item_row{.which = {1, 5}, .amount = 1, .serials = row(7, 5)}};
    const std::array reserved{reserved_row{.part = 0, .serials = row(100, 3)}};
    const std::array history{some_change(0, change::created, {1, 5})};
    REQUIRE(log->append({.parts = parts, .added = added, .reserved = reserved, .history = history}));
  }
  raw_database db(file.path());
  CHECK(db("SELECT remainder, first, length, item FROM serial_runs") == "7|7|5|1\n");
  CHECK(db("SELECT remainder, first, length FROM reservations") == "0|100|3\n");
  const auto run_at = [&](const std::string& values) {
    return db(
        "INSERT INTO serial_runs(family, scope, tail, width, kind, first, length, item, remainder) VALUES ('SN-', "
        "'s', '', 4, 1, " +
        values + ")");
  };
  const std::string taken = "already taken: these serial numbers overlap others of their scope";
  CHECK(run_at("47, 1, 9, 7") == taken);
  CHECK(run_at("37, 9, 9, 7") == taken);
  CHECK(run_at("110, 1, 9, 0") == taken);
  CHECK(run_at("57, 9, 9, 8") == "CHECK constraint failed: remainder = first % 10");
  CHECK(run_at("57, 9, 9, 7").empty());
  CHECK(run_at("8, 9, 10, 8").empty());
  CHECK(run_at("90, 1, 11, 0").empty());
  CHECK(db("UPDATE serial_runs SET length = 6 WHERE item = 1") == taken);
  CHECK(db("UPDATE serial_runs SET first = 47 WHERE item = 10") == taken);
  CHECK(db("UPDATE serial_runs SET first = 59 WHERE item = 10") == "CHECK constraint failed: remainder = first % 10");
  CHECK(db("UPDATE reservations SET first = 90") == taken);
  CHECK(db("UPDATE reservations SET first = 99") == "");
  CHECK(db("UPDATE reservations SET first = 78") == taken);
  CHECK(db("DELETE FROM serial_runs WHERE item > 8").empty());
  // who writes items by hand writes runs
  CHECK(db("UPDATE items SET ordinal = 18, count = 4 WHERE first = 1").empty());
  CHECK(db("SELECT remainder, first, length, item FROM serial_runs") == "8|18|4|1\n");
  CHECK(db("UPDATE items SET ordinal = 79 WHERE first = 1") == taken);
  CHECK(db("DELETE FROM items").empty());
  CHECK(db("SELECT count(*) FROM serial_runs") == "0\n");
}

TEST_CASE("a file says which stride its runs have, and keeps it", "[journal]") {
  const scratch_file file;
  REQUIRE(sqlite_journal(file.path()).open({.stride = 10}));
  const auto open_by = [&](std::uint64_t stride) { return sqlite_journal(file.path()).open({.stride = stride}); };
  CHECK(open_by(1)->stride() == 10);
  CHECK(open_by(3)->stride() == 10);
  CHECK(raw_database(file.path())("PRAGMA user_version") == "3\n");
  raw_database(file.path())("UPDATE policies SET name = 'x' WHERE slot = 'stride'");
  CHECK(code(open_by(10)) == errc::journal_corrupt);
  raw_database(file.path())("DELETE FROM policies WHERE slot = 'stride'");
  CHECK(code(open_by(10)) == errc::journal_corrupt);
  const scratch_file plain;  // as an older program makes it
  REQUIRE(sqlite_journal(plain.path()).open({}));
  CHECK(raw_database(plain.path())("PRAGMA user_version; SELECT count(*) FROM policies") == "2\n0\n");
  CHECK(sqlite_journal(plain.path()).open({.stride = 10})->stride() == 1);
  raw_database(plain.path())("INSERT INTO policies VALUES ('stride', '1')");
  CHECK(sqlite_journal(plain.path()).open({.stride = 10})->stride() == 1);
  raw_database(plain.path())("UPDATE policies SET name = '10'");
  CHECK(code(sqlite_journal(plain.path()).open({.stride = 10})) == errc::journal_corrupt);
}

TEST_CASE("an older layout is refused, and not touched", "[journal]") {
  const scratch_file file;
  REQUIRE(open(file));
  raw_database(file.path())("PRAGMA user_version = 1");
  const std::string bytes = file.bytes();
  CHECK(code(open(file)) == errc::journal_older);
  CHECK(code(sqlite_journal(file.path()).written_by()) == errc::journal_older);
  CHECK(file.bytes() == bytes);
}

TEST_CASE("each stock has its columns and leaves those of others as they are", "[journal]") {
  const scratch_file file;
  auto ours = open(file, {}, {"ipn"}, {"site"}), theirs = open(file, {}, {"colour"}, {"shelf", "bin"});
  REQUIRE(ours);
  REQUIRE(theirs);
  const std::string ipn[1]{"4711"}, site[1]{"Kiel"}, shelf[2]{"7", ""}, blue[1]{"blue"};
  const std::array part{part_row{.key = "motor", .data = ipn}};
  const std::array box{item_row{.which = {1, 10}, .amount = 1, .data = site}};
  const std::array created{some_change(0, change::created, {1, 10})};
  REQUIRE(append_to(*ours, {.parts = part, .added = box, .history = created}));
  CHECK(read_all(*theirs) == "part 0 motor 11i\nitem 1+10 of 0 x1\n");

  // a cut block keeps the columns of others, a changed part too, and what is new has nothing there
  const std::array other_part{part_row{.key = "motor", .serials = rule::forbidden, .data = blue}};
  const std::array cut{item_change{.which = {4, 2}, .removed = true}};
  const std::array more{item_row{.which = {11, 1}, .amount = 1, .data = shelf}};
  const std::array removed{some_change(1, change::removed, {4, 2}), some_change(2, change::created, 11)};
  REQUIRE(append_to(*theirs, {.parts = other_part, .changes = cut, .added = more, .history = removed}));
  raw_database raw(file.path());
  CHECK(raw("SELECT first, count, data_site, data_shelf FROM items ORDER BY first") ==
        "1|3|Kiel|-\n4|2|Kiel|-\n6|5|Kiel|-\n11|1|-|7\n");
  CHECK(raw("SELECT serials, data_ipn, data_colour FROM parts") == "forbidden|4711|blue\n");
  CHECK(read_all(*ours) ==
        "part 0 motor 01i '4711'\nstale 4+2\nitem 4+2 of 0 x1 removed 'Kiel'\nstale 11+1\nitem 11+1 of 0 x1\n");

  // a column that comes while a log is open is kept, too
  CHECK(raw("ALTER TABLE items ADD COLUMN note TEXT; UPDATE items SET note = 'mine'").empty());
  const std::array last{item_change{.which = 8, .removed = true}};
  const std::array third{some_change(3, change::removed, 8)};
  REQUIRE(append_to(*ours, {.changes = last, .history = third}));
  CHECK(raw("SELECT first, count, note FROM items WHERE first > 5 ORDER BY first") ==
        "6|2|mine\n8|1|mine\n9|2|mine\n11|1|mine\n");
}

TEST_CASE("what is split or serialized gets what the item has in the columns of others", "[journal]") {
  const scratch_file file;
  auto ours = open(file, {}, {}, {"site", "level"}), theirs = open(file, {}, {}, {"shelf"});
  REQUIRE(ours);
  REQUIRE(theirs);
  const std::string kiel[2]{"Kiel", "7"}, shelf[1]{"A"};
  const std::array part{part_row{.key = "motor"}};
  const std::array boxes{item_row{.which = 1, .amount = 50, .data = kiel}, item_row{.which = 2, .amount = 5}};
  const std::array created{some_change(0, change::created, {1, 2})};
  REQUIRE(append_to(*ours, {.parts = part, .added = boxes, .history = created}));
  raw_database raw(file.path());
  CHECK(raw("ALTER TABLE items ADD COLUMN note TEXT; UPDATE items SET note = 'mine'").empty());

  // a split, one of what was split, units in two blocks, and what is not made of another item
  const std::array added{item_row{.which = 3, .amount = 10, .parent = 1, .data = shelf},
                         item_row{.which = 4, .amount = 2, .parent = 3},
                         item_row{.which = {5, 3}, .amount = 1, .parent = 1, .serials = some_serials(1, 3)},
                         item_row{.which = {8, 2}, .amount = 1, .parent = 1, .serials = some_serials(10, 2)},
                         item_row{.which = 10, .amount = 1, .parent = 2},
                         item_row{.which = 11, .amount = 1}};
  const std::array history{some_change(1, change::split, 1, 3),           some_change(2, change::split, 3, 4),
                           some_change(3, change::serialized, 1, {5, 5}), some_change(4, change::split, 2, 10),
                           some_change(5, change::created, 11),           some_change(6, change::parent_changed, 11, 1),
                           some_change(7, change::merged, 1, 2)};
  const std::array changes{item_change{.which = 1, .amount = 35}};
  REQUIRE(append_to(*theirs, {.changes = changes, .added = added, .history = history}));
  CHECK(raw("SELECT first, count, data_site, data_level, data_shelf, note FROM items ORDER BY first") ==
        "1|1|Kiel|7|-|mine\n2|1|-|-|-|mine\n3|1|Kiel|7|A|-\n4|1|Kiel|7|-|-\n5|3|Kiel|7|-|-\n8|2|Kiel|7|-|-\n"
        "10|1|-|-|-|-\n11|1|-|-|-|-\n");
  CHECK(read_all(*ours).find("item 5+3 of 0 x1 from 1 [s SN-/ w4 1+3 SN-0001..SN-0003] 'Kiel' '7'\n") !=
        std::string::npos);

  // a column that comes while a log is open; the own ones are as they are given
  CHECK(raw("ALTER TABLE items ADD COLUMN \"data_it's \"\"odd\"\"\" TEXT; UPDATE items SET \"data_it's \"\"odd\"\"\" = "
            "first")
            .empty());
  const std::array more{item_row{.which = 12, .amount = 1, .parent = 3}};
  const std::array again{some_change(8, change::split, 3, 12)};
  REQUIRE(append_to(*theirs, {.added = more, .history = again}));
  CHECK(raw("SELECT data_site, data_level, data_shelf, \"data_it's \"\"odd\"\"\", note FROM items WHERE first = 12") ==
        "Kiel|7|-|3|-\n");
  // all columns are known
  auto both = open(file, {}, {}, {"it's \"odd\"", "level", "shelf", "site"});
  REQUIRE(both);
  const std::array last{item_row{.which = 13, .amount = 1, .parent = 3}};
  const std::array known{some_change(9, change::split, 3, 13)};
  REQUIRE(append_to(*both, {.added = last, .history = known}));
  CHECK(raw("SELECT data_site, data_level, data_shelf FROM items WHERE first = 13") == "-|-|-\n");
}

TEST_CASE("the policies that wrote a journal are known by name, and others are refused before a change", "[journal]") {
  const scratch_file file;
  const sqlite_journal journal(file.path());
  CHECK(code(journal.written_by()) == errc::journal_missing);
  REQUIRE(journal.open({.serials = "text", .scope = "tree"}));
  CHECK(*journal.written_by() == journal_policies{"text", "tree"});
  const std::string bytes = file.bytes();
  const std::vector<std::string_view> members{"new"};
  CHECK(code(journal.open({.serials = "digits", .scope = "tree", .part_members = members})) ==
        errc::journal_other_policies);
  CHECK(code(journal.open({.serials = "text", .scope = "part"})) == errc::journal_other_policies);
  CHECK(file.bytes() == bytes);
  CHECK(journal.open({.serials = "text", .scope = "tree"}));
  CHECK(journal.open({}));  // says nothing of its policies
  CHECK(journal.open({.scope = "tree"}));

  // they take it over with their first change
  const sqlite_journal taking(file.path(), {.adopt_policies = true});
  auto log = taking.open({.serials = "digits", .scope = "tree"});
  REQUIRE(log);
  CHECK(*journal.written_by() == journal_policies{"text", "tree"});
  fill(*log);
  CHECK(*journal.written_by() == journal_policies{"digits", "tree"});
  CHECK(code(journal.open({.serials = "text", .scope = "tree"})) == errc::journal_other_policies);
}

TEST_CASE("a journal without names gets those of the first that says some", "[journal]") {
  const scratch_file file;
  const sqlite_journal journal(file.path());
  REQUIRE(journal.open({}));
  CHECK(*journal.written_by() == journal_policies{});
  REQUIRE(journal.open({.serials = "text", .scope = "tree"}));
  CHECK(*journal.written_by() == journal_policies{"text", "tree"});
}

TEST_CASE("who reads changes nothing, in the file and beside it", "[journal]") {
  const scratch_file file;
  const auto beside = [&] {
    std::string out;
    for (const char* const end : {"-wal", "-shm", "-journal"})
      if (std::filesystem::exists(file.path() + end)) out.append(end);
    return out;
  };
  {
    auto log = open(file);
    REQUIRE(log);
    fill(*log);
  }
  CHECK(beside().empty());
  const std::string bytes = file.bytes();
  const auto time = std::filesystem::last_write_time(file.path());
  {
    auto reader = open(file, {.read_only = true}, {"no such column"}, {"nor this"});
    REQUIRE(reader);
    CHECK(read_all(*reader).find("item 1+10") != std::string::npos);
    auto writer = open(file);  // others go on meanwhile
    REQUIRE(writer);
    REQUIRE(!read_all(*writer).empty());
    REQUIRE(add_items(*writer, {11, 5}, some_serials(11, 5)));
    CHECK(read_all(*reader).find("item 11+5") != std::string::npos);
    {
      const sqlite_log closed = std::move(*reader);
    }
    CHECK(beside() == "-wal-shm");  // the writer's
  }
  CHECK(beside().empty());
  file.write(bytes);
  std::filesystem::last_write_time(file.path(), time);
  for (int i = 0; i < 2; ++i) {
    auto reader = open(file, {.read_only = true});
    REQUIRE(reader);
    CHECK(!read_all(*reader).empty());
    CHECK(sqlite_journal(file.path()).written_by());
  }
  CHECK(beside().empty());
  CHECK(file.bytes() == bytes);
  CHECK(std::filesystem::last_write_time(file.path()) == time);
}

TEST_CASE("the log of a process that was killed is read and stays", "[journal]") {
  const scratch_file file, copy;
  auto log = open(file);
  REQUIRE(log);
  fill(*log);
  // what a killed process leaves: the file, and what is not in it yet
  std::filesystem::copy_file(file.path(), copy.path());
  std::filesystem::copy_file(file.path() + "-wal", copy.path() + "-wal");
  const std::string bytes = copy.bytes();
  {
    auto reader = open(copy, {.read_only = true});
    REQUIRE(reader);
    CHECK(read_all(*reader).find("item 1+10") != std::string::npos);
  }
  CHECK(copy.bytes() == bytes);
  CHECK(std::filesystem::file_size(copy.path() + "-wal") == std::filesystem::file_size(file.path() + "-wal"));
  CHECK_FALSE(std::filesystem::exists(copy.path() + "-shm"));
  auto after = open(copy);
  REQUIRE(after);
  CHECK(read_all(*after).find("item 1+10") != std::string::npos);
}

TEST_CASE("a journal that is opened for reading is read", "[journal]") {
  const scratch_file file;
  {
    auto log = open(file);
    REQUIRE(log);
    fill(*log);
  }
  auto log = open(file, {.read_only = true});
  REQUIRE(log);
  CHECK(read_all(*log).find("item 1+10") != std::string::npos);
  CHECK(code(log->begin()) == errc::journal_read_only);
  CHECK(code(log->append({})) == errc::journal_failed);
}

TEST_CASE("somebody else keeps it locked", "[journal]") {
  const scratch_file file;
  auto one = open(file), two = open(file, {.busy_timeout = std::chrono::milliseconds{1}});
  REQUIRE(one);
  REQUIRE(two);
  REQUIRE(one->begin());
  CHECK(code(two->begin()) == errc::journal_busy);
  CHECK(!two->message().empty());
  CHECK(read_all(*two).empty());  // reading needs no lock
  one->cancel();
  CHECK(two->begin());
}

TEST_CASE("a log can be moved; what it was moved from is closed", "[journal]") {
  const scratch_file file;
  auto opened = open(file);
  REQUIRE(opened);
  sqlite_log log = std::move(*opened);
  fill(log);
  CHECK(log.handle() != nullptr);
  CHECK(log.message().empty());
  sqlite_log& empty = *opened;
  reading all;
  CHECK(code(empty.begin()) == errc::journal_closed);
  CHECK(code(empty.append({})) == errc::journal_closed);
  CHECK(code(empty.read(all)) == errc::journal_closed);
  CHECK(code(empty.history([](const entry&) {})) == errc::journal_closed);
  CHECK(code(empty.history(1, [](const entry&) {})) == errc::journal_closed);
  CHECK(code(empty.origins("", [](const origin&) {})) == errc::journal_closed);
  empty.cancel();
  CHECK(empty.last() == 0);
  CHECK(empty.handle() == nullptr);
  CHECK(empty.message().empty());
  CHECK(code(log.begin().and_then([&](bool) { return log.begin(); })) == errc::journal_failed);  // begun twice
}

TEST_CASE("options reach the database", "[journal]") {
  const scratch_file file;
  auto log = open(file, {.synchronous = sqlite_synchronous::normal, .cache_bytes = 1U << 20U, .vfs = "unix-excl"});
  REQUIRE(log);
  const auto number = [&](const char* sql) {
    int found = -1;
    sqlite3_exec(
        log->handle(), sql,
        [](void* to, int, char** values, char**) {
          *static_cast<int*>(to) = std::atoi(values[0]);
          return 0;
        },
        &found, nullptr);
    return found;
  };
  CHECK(number("PRAGMA synchronous") == 1);
  CHECK(number("PRAGMA cache_size") == -1024);
  CHECK(number("PRAGMA application_id") == 0x544D4B4A);
  CHECK(number("PRAGMA user_version") == 2);
  CHECK(code(open(file, {.vfs = "no such vfs"})) == errc::journal_unreadable);
}

TEST_CASE("content that makes no sense is damage", "[journal]") {
  const char* const damage[] = {
      "DELETE FROM state",
      "UPDATE state SET version = -1",
      "UPDATE items SET count = -1",
      "UPDATE items SET count = 0",
      "UPDATE items SET count = 1",
      "UPDATE items SET last_serial = NULL",
      "UPDATE items SET count = 9223372036854775807",
      "UPDATE items SET first = 2",
      "UPDATE items SET first = -5",
      "UPDATE items SET part = 1",
      "UPDATE items SET part = -1",
      "UPDATE items SET steps = -1",
      "UPDATE items SET steps = 9223372036854775807",
      "UPDATE items SET steps = 200000",
      "UPDATE items SET batch = 5",
      "UPDATE batches SET code = ''",
      "UPDATE batches SET code = printf('%70000d', 1)",
      "UPDATE items SET parent = 11",
      "UPDATE items SET parent = -1",
      "UPDATE items SET parent = 3",
      "UPDATE items SET expiry = 'soon'",
      "UPDATE items SET removed = 2",
      "INSERT INTO items(first, count, part, steps, removed) VALUES (5, 1, 0, 0, 0)",
      "INSERT INTO items(first, count, part, steps, removed) VALUES (12, 1, 0, 0, 0)",
      "DROP TABLE items",
      "DROP TABLE serial_runs",
      "UPDATE items SET width = 256",
      "UPDATE items SET width = -1",
      "UPDATE items SET kind = 3",
      "UPDATE items SET kind = 0",
      "UPDATE items SET kind = -1",
      "UPDATE items SET ordinal = -1",
      "UPDATE items SET ordinal = 9223372036854775807",
      "UPDATE items SET ordinal = 9223372036854775799, kind = 2",
      "UPDATE items SET family = printf('%70000d', 1)",
      "UPDATE items SET first_serial = printf('%70000d', 1)",
      "UPDATE items SET last_serial = printf('%70000d', 1)",
      "UPDATE parts SET serials = 'maybe'",
      "UPDATE parts SET batches = ''",
      "UPDATE parts SET issued_here = 2",
      "UPDATE parts SET variant_of = 0",
      "UPDATE parts SET variant_of = 1",
      "UPDATE parts SET variant_of = -1",
      "UPDATE parts SET number = 1",
      "UPDATE parts SET number = -1",
      "UPDATE parts SET key = printf('%70000d', 1)",
      ("INSERT INTO parts SELECT 1, 'a', 2, serials, batches, 1, '', 1 FROM parts; INSERT INTO parts SELECT 2, 'b', 1, "
       "serials, batches, 1, '', 1 FROM parts LIMIT 1"),
      "INSERT INTO reservations VALUES (1, 5, 'q', 'q', '', 0, 1, 1, 1, '', '', 0)",
      "INSERT INTO reservations VALUES (1, 0, 'q', 'q', '', 0, 7, 1, 1, '', '', 0)",
      "INSERT INTO sequences VALUES ('q', 9, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 1)",
      "INSERT INTO sequences VALUES ('q', 0, 'f', '', 300, 1, 0, NULL, NULL, NULL, NULL, NULL, 1)",
      "INSERT INTO sequences VALUES ('q', 0, 'f', '', 3, 1, 2, NULL, NULL, NULL, NULL, NULL, 1)",
      "INSERT INTO sequences VALUES ('q', 0, NULL, NULL, NULL, NULL, 0, 'f', '', 3, 1, -1, 1)",
      "INSERT INTO batch_counters VALUES (x'00', -1, 1)",
      "UPDATE history SET what = 'batch_changed', count = 0",
      "UPDATE history SET what = 'batch_changed', item = -3",
      "UPDATE history SET what = 'batch_changed', source = 4",
      "UPDATE history SET what = 'batch_changed', line = -4",
      "UPDATE history SET what = 'batch_changed', steps = -4",
      "UPDATE history SET what = 'batch_changed', other = 4",
      "UPDATE history SET number = -1",
  };
  for (const char* const sql : damage) {
    const scratch_file file;
    {
      auto log = open(file);
      REQUIRE(log);
      fill(*log);
    }
    INFO(sql);
    raw_database raw(file.path());
    REQUIRE(raw(std::string("PRAGMA ignore_check_constraints = ON; ").append(sql)).empty());
    auto log = open(file);
    REQUIRE(log);
    CHECK(read_sound(*log) == message(errc::journal_corrupt));
  }
}

TEST_CASE("history that makes no sense is damage", "[journal]") {
  for (const char* const sql : {"UPDATE history SET what = 'gone'", "UPDATE history SET number = 3",
                                "UPDATE history SET count = -1", "UPDATE history SET source = 3"}) {
    const scratch_file file;
    auto log = open(file);
    REQUIRE(log);
    fill(*log);
    INFO(sql);
    raw_database raw(file.path());
    CHECK(raw(sql).empty());
    CHECK(code(log->history([](const entry&) {})) == errc::journal_corrupt);
  }
}

TEST_CASE("damage is seen by who catches up, too", "[journal]") {
  for (const char* const sql :
       {"UPDATE state SET version = 1", "DELETE FROM history", "UPDATE history SET count = 90 WHERE number = 1",
        "UPDATE history SET item = 9223372036854775807 WHERE number = 1", "DELETE FROM items WHERE first = 11",
        "UPDATE history SET number = 5 WHERE number = 1"}) {
    const scratch_file file;
    auto log = open(file);
    REQUIRE(log);
    fill(*log);
    REQUIRE(append_to(*log, {}));
    auto other = open(file);
    REQUIRE(other);
    REQUIRE(!read_all(*other).empty());
    REQUIRE(add_items(*other, {11, 5}, some_serials(11, 5)));
    INFO(sql);
    raw_database raw(file.path());
    CHECK(raw(sql).empty());
    CHECK(read_all(*log) == message(errc::journal_corrupt));
  }
}

TEST_CASE("a damaged file is told", "[journal]") {
  const scratch_file file;
  {
    auto log = open(file);
    REQUIRE(log);
    fill(*log);
  }
  std::string bytes = file.bytes();
  const std::string_view view(bytes);
  for (std::size_t size : {std::size_t{2}, std::size_t{50}, std::size_t{600}, std::size_t{4096}, bytes.size() - 4096}) {
    file.write(view.substr(0, size));
    INFO(size);
    auto log = open(file);
    if (!log) {
      CHECK((log.error().code == errc::journal_corrupt || log.error().code == errc::journal_foreign));
      continue;
    }
    CHECK(read_all(*log) == message(errc::journal_corrupt));
  }
}
