#include <tallymark/journal/sqlite/detail/audit_rows.hpp>

#include <catch2/catch_test_macros.hpp>

#include <support/checked_stock.hpp>

namespace {

constexpr checked::damage damages[] = {
    {"UPDATE parts SET variant_of = 1 WHERE number = 0", "a part is a variant of itself", "parts 0"},
    // items
    {"UPDATE items SET count = 11 WHERE first = 2", "the ids of items overlap", "items 12"},
    {"UPDATE items SET count = 9 WHERE first = 2", "the ids of items have a gap", "items 12"},
    {"UPDATE items SET count = 9223372036854775807 WHERE first = 14", "a block is of no items", "items 14"},
    {"UPDATE items SET count = 0 WHERE first = 14", "a block is of no items", "items 14"},
    {"UPDATE items SET steps = -1 WHERE first = 1", "the quantity is out of range", "items 1"},
    {"UPDATE items SET steps = 1000000000000000001 WHERE first = 1", "the quantity is out of range", "items 1"},
    {"UPDATE items SET steps = 200000 WHERE first = 2", "a serialized item has another quantity than 1", "items 2"},
    {"UPDATE serial_runs SET length = 9 WHERE item = 2", "a run is not as long as its block", "items 2"},
    {"DELETE FROM serial_runs WHERE item = 2", "a block does not have the run of its serial numbers", "items 2"},
    {"UPDATE serial_runs SET item = 1 WHERE item = 2", "a block does not have the run of its serial numbers",
     "items 2"},
    {"UPDATE serial_runs SET width = 5 WHERE item = 2", "a block does not have the run of its serial numbers",
     "items 2"},
    {"UPDATE items SET ordinal = 9 WHERE first = 2", "a block does not have the run of its serial numbers", "items 2"},
    {"UPDATE items SET batch = 9 WHERE first = 1", "a batch does not exist", "items 1"},
    {"UPDATE items SET removed = 2 WHERE first = 15", "an item is neither removed nor there", "items 15"},
    {"UPDATE items SET expiry = '2030-02-30' WHERE first = 14", "the expiry date is no date", "items 14"},
    {"UPDATE items SET part = 9 WHERE first = 1", "the part of an item does not exist", "items 1"},
    {"UPDATE items SET part = 3 WHERE first = 13", "the part takes no serial numbers", "items 13"},
    {"UPDATE items SET kind = NULL WHERE first = 14", "the part requires a serial number", "items 14"},
    {"UPDATE items SET part = 3 WHERE first = 1", "the part has no batches", "items 1"},
    {"UPDATE items SET batch = NULL WHERE first = 14", "the part requires a batch code", "items 14"},
    {"UPDATE items SET scope = '9' WHERE first = 15", "serial numbers of one part are in two scopes", "items 15"},
    {"UPDATE items SET parent = 99 WHERE first = 13", "the parent of an item does not exist", "items 13"},
    {"UPDATE items SET parent = 0 WHERE first = 13", "the parent of an item does not exist", "items 13"},
    {"UPDATE items SET parent = 13 WHERE first = 1", "an item is its own ancestor", "items 1"},
    // runs
    {"UPDATE serial_runs SET first = 2 WHERE item = 2", "two runs have a serial number in common", "reservations 1"},
    {"UPDATE serial_runs SET length = 3 WHERE item = 14", "two runs have a serial number in common", "serial_runs 15"},
    {"UPDATE serial_runs SET kind = 3 WHERE item = 2", "a run is of no serial numbers", "serial_runs 2"},
    {"UPDATE serial_runs SET width = 256 WHERE item = 2", "a run is of no serial numbers", "serial_runs 2"},
    {"UPDATE serial_runs SET first = 5 WHERE item = 13", "a run is of no serial numbers", "serial_runs 13"},
    {"UPDATE serial_runs SET first = 9223372036854775800 WHERE item = 2", "a run is of no serial numbers",
     "serial_runs 2"},
    {"UPDATE items SET last_serial = first_serial WHERE first = 2",
     "the serial numbers of a run are not as they are spelled", "serial_runs 2"},
    {"UPDATE items SET last_serial = NULL WHERE first = 2", "the serial numbers of a run are not as they are spelled",
     "serial_runs 2"},
    {"UPDATE items SET last_serial = 'QQ' WHERE first = 13", "the serial numbers of a run are not as they are spelled",
     "serial_runs 13"},
    {"UPDATE items SET first_serial = 'QQ' WHERE first = 13", "the serial numbers of a run are not as they are spelled",
     "serial_runs 13"},
    {"UPDATE items SET first_serial = 'SN-011' WHERE first = 13", "two runs spell the same serial number",
     "reservations 1"},
    // history
    {"DELETE FROM history WHERE number = 3", "the numbers of history do not count from 0", "history 4"},
    {"UPDATE history SET what = 'lost' WHERE number = 2", "an entry of history says what is unknown", "history 2"},
    {"UPDATE history SET item = 0 WHERE number = 3", "the items of an entry of history are no items", "history 3"},
    {"UPDATE items SET steps = steps + 1 WHERE first = 1", "the quantity is not what history says", "items 1"},
    {"UPDATE items SET parent = 12 WHERE first = 2", "the parent is not what history says", "items 2"},
    {"UPDATE items SET removed = 0 WHERE first = 15", "history says that the item was removed", "items 15"},
    {"UPDATE items SET removed = 1 WHERE first = 2", "history does not say that the item was removed", "items 2"},
    {"UPDATE items SET kind = NULL WHERE first = 2", "history says that the item is serialized", "items 2"},
    {"DELETE FROM items WHERE first = 15", "there are not as many items as history says", "items 14"},
};

// in a file whose runs have stride 3: items 2 to 11 have SN-001 to SN-028, and SN-031 to SN-040 are reserved
constexpr checked::damage damages_by_three[] = {
    {"UPDATE serial_runs SET remainder = 2 WHERE item = 2",
     "the remainder of a run is not that of its first serial number", "serial_runs 2"},
    {"UPDATE serial_runs SET remainder = 2 WHERE item = 2", "a block does not have the run of its serial numbers",
     "items 2"},
    {"UPDATE serial_runs SET first = 4 WHERE item = 2", "two runs have a serial number in common", "reservations 1"},
    {"UPDATE serial_runs SET length = 11 WHERE item = 2", "two runs have a serial number in common", "reservations 1"},
    {"UPDATE reservations SET first = 28", "two runs have a serial number in common", "reservations 1"},
    {"UPDATE serial_runs SET length = 9 WHERE item = 2", "a run is not as long as its block", "items 2"},
    {"DELETE FROM serial_runs WHERE item = 2", "a block does not have the run of its serial numbers", "items 2"},
    {"UPDATE serial_runs SET first = 9223372036854775801, remainder = 1 WHERE item = 2",
     "a run is of no serial numbers", "serial_runs 2"},
    {"UPDATE items SET ordinal = 2 WHERE first = 2", "a block does not have the run of its serial numbers", "items 2"},
    {"DELETE FROM policies WHERE slot = 'stride'", "the stride of the runs is not recorded", "policies"},
    {"UPDATE policies SET name = 'ten' WHERE slot = 'stride'", "the stride of the runs is not recorded", "policies"},
    {"PRAGMA user_version = 2", "the stride of the runs is not recorded", "policies"},
};

}  // namespace

TEST_CASE("in runs of another stride, too") { checked::must_be_found<tallymark::step<3>>(damages_by_three); }

TEST_CASE("runs between each other have nothing in common") {
  const checked::database in("between");
  checked::fill<tallymark::step<3>>(in.file());
  in.edit("UPDATE reservations SET first = 2, first_serial = 'SN-002', last_serial = 'SN-011'");
  CHECK(in.findings().empty());
  in.edit("UPDATE reservations SET first = 32, first_serial = 'SN-032', last_serial = 'SN-041'");
  CHECK(in.findings().empty());
}

TEST_CASE("each row that cannot be right is found") { checked::must_be_found(damages); }

TEST_CASE("findings are bounded, and damage ends a query but not the check") {
  tallymark::detail::sqlite_database db;
  REQUIRE(db.open(":memory:", SQLITE_OPEN_READWRITE, ""));
  tallymark::detail::audit findings(db, 3);
  findings.each("none", "SELECT x FROM none", [](const auto&) { FAIL("there is no row"); });
  CHECK_FALSE(findings.done());
  int rows = 0;
  findings.each("all", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10) SELECT i FROM n",
                [&](const auto& row) {
                  ++rows;
                  findings.found("odd", "all", row.integer(0));
                });
  CHECK(rows == 2);
  CHECK(findings.done());
  CHECK(findings.failed() == SQLITE_OK);
  const auto found = findings.take();
  REQUIRE(found.size() == 3);
  CHECK(found[0] == tallymark::sqlite_finding{"no such table: none", "none"});
  CHECK(found[2] == tallymark::sqlite_finding{"odd", "all 2"});
}
