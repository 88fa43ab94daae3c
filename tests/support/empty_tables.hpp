// A database in memory with the empty tables of a journal.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/journal/sqlite/detail/schema.hpp>

namespace support {

struct empty_tables : tallymark::detail::sqlite_database {
  explicit empty_tables(std::uint64_t stride = 1) {
    using namespace tallymark::detail;
    REQUIRE(open(":memory:", SQLITE_OPEN_READWRITE, ""));
    REQUIRE(run(sqlite_tables_of({.stride = stride}).c_str(), sqlite_act::writing));
  }
};

}  // namespace support
