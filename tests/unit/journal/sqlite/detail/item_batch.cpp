// Rows that are read ahead: each looks at texts of its batch, and a reader gets what it would get row by row.
#include <tallymark/journal/sqlite/detail/item_batch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/calendar/date.hpp>
#include <tallymark/journal/sqlite/detail/reader.hpp>

#include <support/empty_tables.hpp>
#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

// a row whose texts are in `from`, which is overwritten afterwards
item_row row_of(std::uint64_t id, std::string& from) {
  item_row row;
  row.which = {id, 1};
  const std::string_view text = from;
  row.batch = text.substr(0, 3);
  row.serials =
      serial_row{text.substr(1, 4), run{{text.substr(2, 5), 3, family::kind::counted, text.substr(5, 2)}, id, 1},
                 text.substr(3), text.substr(3)};
  return row;
}

}  // namespace

TEST_CASE("a batch keeps the texts of its rows", "[journal]") {
  sqlite_item_batch batch;
  for (int use = 0; use < 3; ++use) {
    batch.clear();
    CHECK(batch.rows().empty());
    CHECK(batch.end());
    for (std::uint64_t id = 1; id <= 500; ++id) {
      std::string text = std::to_string(1'000'000'000 + id / 3 * 7919 + static_cast<std::uint64_t>(use));
      const std::array<std::string, 2> data{text, id % 2 == 0 ? "" : std::string(100, 'x')};
      item_row row = row_of(id, text);
      if (id % 5 != 0) row.data = data;
      if (id % 7 == 0) row.serials->last = std::string_view(text).substr(4);
      if (id % 11 == 0) row.serials.reset();
      batch.add(row);
      text.assign(text.size(), '#');
    }
    REQUIRE(batch.rows().size() == 500);
    for (std::uint64_t id = 1; id <= 500; ++id) {
      std::string text = std::to_string(1'000'000'000 + id / 3 * 7919 + static_cast<std::uint64_t>(use));
      const item_row& row = batch.rows()[id - 1];
      const item_row wanted = row_of(id, text);
      CHECK(row.which == wanted.which);
      CHECK(row.batch == wanted.batch);
      REQUIRE(row.data.size() == (id % 5 != 0 ? 2 : 0));
      if (!row.data.empty()) CHECK((row.data[0] == text && row.data[1].size() == (id % 2 == 0 ? 0 : 100)));
      REQUIRE(row.serials.has_value() == (id % 11 != 0));
      if (!row.serials) continue;
      CHECK(row.serials->scope == wanted.serials->scope);
      CHECK(row.serials->serials == wanted.serials->serials);
      CHECK(row.serials->first == wanted.serials->first);
      CHECK(row.serials->last == std::string_view(text).substr(id % 7 == 0 ? 4 : 3));
    }
  }
  batch.finish(fail(errc::journal_corrupt));
  CHECK(batch.end().error().code == errc::journal_corrupt);
}

TEST_CASE("a batch is full after some rows or bytes", "[journal]") {
  sqlite_item_batch batch;
  std::string text(60'000, 'a');
  std::size_t rows = 0;
  for (; !batch.is_full(); ++rows) {
    text[0] = static_cast<char>('a' + rows);
    item_row row;
    row.batch = text;
    batch.add(row);
  }
  CHECK(rows == 5);
  batch.clear();
  CHECK(!batch.is_full());
  for (rows = 0; !batch.is_full(); ++rows) batch.add(item_row{});
  CHECK(rows == sqlite_item_batch::most_rows);
}

namespace {

// Many items that differ in all that items differ in.
struct many_items : support::empty_tables {
  many_items() {
    REQUIRE(
        run("ALTER TABLE items ADD COLUMN data_note TEXT;"
            "INSERT INTO parts VALUES (0, 'a', NULL, 'optional', 'optional', 1, '', 1);"
            "INSERT INTO batches VALUES (1, 'B1'), (2, 'another batch'); UPDATE state SET version = 2;"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
            "INSERT INTO items(first, count, part, steps, batch, parent, expiry, removed, first_serial, scope, family, "
            "tail, width, kind, ordinal, data_note) SELECT i, 1, 0, 100000, iif(i % 3, NULL, 1 + i / 3 % 2), "
            "iif(i % 10, NULL, i - 1), iif(i % 4, NULL, '2027-01-0' || (1 + i % 9)), i % 8 = 0, 'F' || (i % 50) || "
            "'-' || i, 'scope', 'F' || (i % 50) || '-', '', 0, 1, i, iif(i % 5, NULL, 'note ' || i) FROM n;"
            "INSERT INTO items(first, count, part, steps, removed) VALUES (60001, 5, 0, 200000, 0);",
            sqlite_act::writing));
  }
};

struct outcome {
  std::string lines, error;
  friend bool operator==(const outcome&, const outcome&) = default;
};

constexpr std::array<std::string_view, 1> members{"note"};

outcome read_with(std::size_t threads, sqlite_database& db) {
  sqlite_reader reader(db, {}, members);
  reader.set_columns({}, std::vector<std::string>{"data_note"});
  reader.set_threads(threads);
  support::reading all;
  db.clear_message();
  const auto done = reader.read(all, {});
  return {all.lines, done ? "" : std::string(message(done.error().code)) + ": " + db.message()};
}

// Ends at an item in its own way.
template <class End>
struct ending : support::reading {
  explicit ending(End how) : end(how) {}
  result<void> item(const item_row& row) { return row.which.first == 30'000 ? end() : support::reading::item(row); }
  End end;
};

}  // namespace

TEST_CASE("many items are the same with a thread that reads ahead", "[journal]") {
  many_items db;
  const outcome whole = read_with(1, db);
  CHECK(whole.error.empty());
  CHECK(whole.lines.find("item 60001+5") != std::string::npos);
  CHECK((read_with(2, db) == whole));
}

TEST_CASE("damage in the middle is found with a thread, after all rows before it", "[journal]") {
  many_items db;
  REQUIRE(db.run("UPDATE items SET expiry = 'never' WHERE first = 45678", sqlite_act::writing));
  const outcome whole = read_with(1, db);
  CHECK(whole.error == std::string(message(errc::journal_corrupt)) + ": an expiry date is not a date");
  CHECK(whole.lines.find("item 45677+1") != std::string::npos);
  CHECK(whole.lines.find("item 45678+1") == std::string::npos);
  CHECK((read_with(2, db) == whole));
}

TEST_CASE("a reader may end what is read ahead, by an error or an exception", "[journal]") {
  many_items db;
  REQUIRE(db.run("UPDATE items SET expiry = 'never' WHERE first = 30002", sqlite_act::writing));
  const auto end_with = [&](auto how) {
    sqlite_reader reader(db, {}, members);
    reader.set_columns({}, std::vector<std::string>{"data_note"});
    reader.set_threads(2);
    ending stopped(how);
    const auto done = reader.read(stopped, {});
    CHECK(stopped.lines.find("item 29999+1") != std::string::npos);
    return done ? errc{} : done.error().code;
  };
  CHECK(end_with([]() -> result<void> { return fail(errc::journal_other_policies); }) == errc::journal_other_policies);
  CHECK(db.message().empty());  // that of the row after it is not told
  CHECK_THROWS_AS(end_with([]() -> result<void> { throw std::runtime_error("the reader"); }), std::runtime_error);
  REQUIRE(db.run("UPDATE items SET expiry = NULL WHERE first = 30002", sqlite_act::writing));  // the connection is free
  CHECK((read_with(2, db) == read_with(1, db)));
}
