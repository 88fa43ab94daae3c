#include <tallymark/journal/detail/check_scan.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>

using tallymark::detail::check_scan;
using tallymark::detail::own_ancestor;

TEST_CASE("a circle is found, and what is no circle is none") {
  CHECK_FALSE(own_ancestor({}));
  CHECK_FALSE(own_ancestor({{1, std::nullopt}, {2, 1}, {5, 3}, {9, 6}}));
  CHECK(own_ancestor({{1, 1}}) == 1);
  CHECK(own_ancestor({{1, std::nullopt}, {2, 9}, {5, 3}, {9, 7}}));  // 9 under 5 to 8, those under 2 to 4, under 9
  CHECK(own_ancestor({{3, 4}}) == 3);                                // a block under one of its own
  CHECK_FALSE(own_ancestor({{3, 1}}));                               // what there is not is a finding of its own
}

TEST_CASE("findings are bounded, and damage ends a query but not the check") {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(":memory:", &db) == SQLITE_OK);
  check_scan scan(db, 3);
  scan.each("none", "SELECT x FROM none", [](const auto&) { FAIL("there is no row"); });
  CHECK_FALSE(scan.done());
  int rows = 0;
  scan.each("all", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10) SELECT i FROM n",
            [&](const auto& row) {
              ++rows;
              scan.found("odd", "all", row.number(0));
            });
  CHECK(rows == 2);
  CHECK(scan.done());
  CHECK(scan.failed() == SQLITE_OK);
  const auto found = scan.take();
  REQUIRE(found.size() == 3);
  CHECK(found[0] == tallymark::sqlite_finding{"no such table: none", "none"});
  CHECK(found[2] == tallymark::sqlite_finding{"odd", "all 2"});
  sqlite3_close(db);
}
