#include <tallymark/journal/sqlite/finding.hpp>

#include <catch2/catch_test_macros.hpp>

#include <type_traits>

using tallymark::sqlite_finding;

static_assert(std::is_aggregate_v<sqlite_finding> && std::is_nothrow_move_constructible_v<sqlite_finding>);

TEST_CASE("findings compare by what they say", "[journal]") {
  CHECK(sqlite_finding{"a batch code is empty", "batches 1"} == sqlite_finding{"a batch code is empty", "batches 1"});
  CHECK(sqlite_finding{"a batch code is empty", "batches 1"} != sqlite_finding{"a batch code is empty", "batches 2"});
}
