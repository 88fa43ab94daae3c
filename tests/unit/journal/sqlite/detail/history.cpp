#include <tallymark/journal/sqlite/detail/history.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string_view>

#include <tallymark/journal/sqlite/detail/writer.hpp>

#include <support/empty_tables.hpp>
#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace tallymark::detail;
using namespace support;

TEST_CASE("sources stay where they are while the history lives", "[journal]") {
  support::empty_tables db;
  sqlite_writer writer(db, {}, {});
  std::array entries{some_change(0, change::created, 1), some_change(1, change::batch_changed, 1),
                     some_change(2, change::batch_changed, 1)};
  entries[0].from = {"a.csv", 9, 1};
  entries[1].from = {"b.csv", 2, 3};
  entries[2].from = {"a.csv", 1, 1};
  REQUIRE(writer.write({.history = entries}, 0, 1));

  sqlite_history history(db);
  std::vector<std::string_view> sources;
  REQUIRE(history.visit([&](const entry& each) { sources.push_back(each.from.source); }));
  CHECK(sources == std::vector<std::string_view>{"a.csv", "b.csv", "a.csv"});
  CHECK(sources[0].data() == sources[2].data());

  std::vector<std::uint64_t> found;
  REQUIRE(history.origins("a.csv", [&](const origin& each) { found.push_back(each.line); }));
  CHECK(found == std::vector<std::uint64_t>{1, 9});

  std::uint64_t changes = 0;
  const auto count = [&](const entry& each) -> result<void> {
    changes += each.number;
    return each.number == 2 ? result<void>(fail(errc::reserved)) : result<void>{};
  };
  CHECK(history.batch_changes(2, count).error().code == errc::reserved);
  CHECK(changes == 2);
  CHECK(history.batch_changes(0, count).error().code == errc::reserved);
  CHECK(changes == 5);
}
