#include <tallymark/journal/sqlite/detail/rows.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace tallymark::detail;
using namespace support;

TEST_CASE("inserts name their columns and parameters", "[journal]") {
  CHECK(sqlite_insert("INTO t", "a, b", 2) == "INSERT INTO t(a, b) VALUES (?1, ?2)");
  const std::array<std::string_view, 1> members{"m"};
  CHECK(sqlite_insert("OR REPLACE INTO t", "a", 1, members) ==
        "INSERT OR REPLACE INTO t(a, \"data_m\") VALUES (?1, ?2)");
}

namespace {

struct pieces : sqlite_row_writer {
  explicit pieces(sqlite_database& db) : sqlite_row_writer(db) {}
  std::string of(const serial_row& row) {
    std::string out;
    const bool done = for_rows(row, [&](const run& each, std::string_view first, std::string_view last) {
      out.append(std::to_string(each.first)).append("+").append(std::to_string(each.length)).append(" ");
      out.append(first).append("..").append(last).append(";");
      return true;
    });
    return done ? out : std::string(message(why_.error().code));
  }
};

}  // namespace

TEST_CASE("a run is given in the rows that it takes", "[journal]") {
  sqlite_database db;
  pieces writer(db);
  CHECK(writer.of({"s", {{"N", 0}, 1, 3}, "N1", "N3"}) == "1+3 N1..N3;");
  CHECK(writer.of({"s", {{"N", 0}, sqlite_half - 1, 3}, "N9223372036854775807", "N9223372036854775809"}) ==
        "9223372036854775807+1 N9223372036854775807..N9223372036854775807;"
        "9223372036854775808+2 N9223372036854775808..N9223372036854775809;");
  CHECK(writer.of({"s", {{"N", 0}, 0, sqlite_half}, "", ""}) == message(errc::journal_too_large));
  CHECK(writer.of({"s", {{"N", 0}, 0, 0}, "", ""}) == message(errc::journal_failed));
}
