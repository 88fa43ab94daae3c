#include <tallymark/journal/sqlite/detail/values.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr family sn{"SN-", 4};

}  // namespace

TEST_CASE("ordinals keep their order in numbers with a sign", "[journal]") {
  STATIC_CHECK(sqlite_ordinal_of(family::literal("Q"), 0).kind == 0);
  for (const std::uint64_t ordinal : {std::uint64_t{0}, sqlite_half - 1, sqlite_half, max_ordinal}) {
    const sqlite_ordinal stored = sqlite_ordinal_of(sn, ordinal);
    CHECK(stored.kind == (ordinal < sqlite_half ? 1 : 2));
    CHECK(stored.first >= 0);
    CHECK(sqlite_run_of("SN-", "", 4, stored.kind, stored.first, 1) == run{sn, ordinal, 1});
  }
}

TEST_CASE("a run across 2^63 takes two rows", "[journal]") {
  STATIC_CHECK(sqlite_row_length({sn, 5, 7}) == 7);
  STATIC_CHECK(sqlite_row_length({sn, sqlite_half - 3, 3}) == 3);
  STATIC_CHECK(sqlite_row_length({sn, sqlite_half - 3, 4}) == 3);
  STATIC_CHECK(sqlite_row_length({sn, sqlite_half, 4}) == 4);
  STATIC_CHECK(sqlite_row_length({sn, sqlite_half - 1, 4, 10}) == 1);
  STATIC_CHECK(sqlite_row_length({sn, sqlite_half - 10, 4, 10}) == 1);
  STATIC_CHECK(sqlite_row_length({sn, sqlite_half - 11, 4, 10}) == 2);
  STATIC_CHECK(sqlite_row_length({sn, 5, 7, 10}) == 7);
}

TEST_CASE("rows that are no run", "[journal]") {
  STATIC_CHECK(sqlite_run_of("Q", "", 0, 0, 0, 1) == run{family::literal("Q"), 0, 1});
  STATIC_CHECK(sqlite_run_of("a", "/b", 255, 1, 5, 6) == run{{"a", 255, family::kind::counted, "/b"}, 5, 6});
  STATIC_CHECK(sqlite_run_of("a", "", 0, 1, most, 1));
  STATIC_CHECK(sqlite_run_of("a", "", 0, 1, 5, 6, 10) == run{{"a"}, 5, 6, 10});
  STATIC_CHECK(sqlite_run_of("a", "", 0, 1, most, 1, 10) == run{{"a"}, static_cast<std::uint64_t>(most), 1});
  STATIC_CHECK(sqlite_run_of("a", "", 0, 1, most - 10, 2, 10));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 1, most - 9, 2, 10));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 2, most - 10, 2, 10));
  STATIC_CHECK(sqlite_run_of("a", "", 0, 2, most - 1, 1));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 2, most, 1));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 1, most, 2));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 1, 2, most));
  STATIC_CHECK(sqlite_run_of("a", "", 0, 1, 0, most));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 1, -1, 1));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 1, 1, 0));
  STATIC_CHECK(!sqlite_run_of("a", "", 256, 1, 1, 1));
  STATIC_CHECK(!sqlite_run_of("a", "", -1, 1, 1, 1));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 3, 1, 1));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, -1, 1, 1));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 0, 1, 1));
  STATIC_CHECK(!sqlite_run_of("a", "", 0, 0, 0, 2));
  STATIC_CHECK(!sqlite_run_of("a", "", 1, 0, 0, 1));
  STATIC_CHECK(!sqlite_run_of("a", "b", 0, 0, 0, 1));
}

TEST_CASE("numbers that SQLite has", "[journal]") {
  STATIC_CHECK(sqlite_fits(sqlite_half - 1));
  STATIC_CHECK(!sqlite_fits(sqlite_half));
  STATIC_CHECK(sqlite_fits(items{1, sqlite_half - 2}));
  STATIC_CHECK(!sqlite_fits(items{1, sqlite_half - 1}));
  STATIC_CHECK(!sqlite_fits(items{1, 0}));
  STATIC_CHECK(!sqlite_fits(items{no_item, 1}));
}

TEST_CASE("numbers within a run are spelled where both ends say how", "[journal]") {
  CHECK(sqlite_inner_serial({sn, 1, 10}, "SN-0001", "SN-0010", 5) == "SN-0005");
  CHECK(sqlite_inner_serial({{"a", 0, family::kind::counted, "/b"}, 9, 2}, "a9/b", "a10/b", 10) == "a10/b");
  CHECK(sqlite_inner_serial({sn, 1, 10}, "SN-0001", "SN-000A", 5).empty());
  CHECK(sqlite_inner_serial({sn, 1, 10}, "SN-1", "SN-0010", 5).empty());
  CHECK(sqlite_inner_serial({family::literal("Q"), 0, 1}, "Q", "Q", 0).empty());
}

TEST_CASE("first bytes sort as texts do", "[journal]") {
  STATIC_CHECK(sqlite_first_bytes("") < sqlite_first_bytes("a"));
  STATIC_CHECK(sqlite_first_bytes("a") < sqlite_first_bytes("ab"));
  STATIC_CHECK(sqlite_first_bytes("ab") < sqlite_first_bytes("b"));
  STATIC_CHECK(sqlite_first_bytes("z") < sqlite_first_bytes("\xC3\xA4"));
  STATIC_CHECK(sqlite_first_bytes("12345678") == sqlite_first_bytes("123456789"));
}

TEST_CASE("enumerators have names", "[journal]") {
  STATIC_CHECK(sqlite_text_of(change::created) == "created");
  STATIC_CHECK(sqlite_text_of(change::serial_changed) == "serial_changed");
  STATIC_CHECK(sqlite_text_of(change::removed) == "removed");
  STATIC_CHECK(sqlite_enum_of<change>(sqlite_changes, "merged") == change::merged);
  STATIC_CHECK(!sqlite_enum_of<change>(sqlite_changes, "Merged"));
  STATIC_CHECK(sqlite_enum_of<rule>(sqlite_rules, "required") == rule::required);
}
