// Memory that runs out at each point of an append, a read and an open: all of it is done, or nothing.
#include <tallymark/journal/sqlite.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include <support/failing_memory.hpp>
#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace support;

namespace {

sqlite3_mem_methods original;
std::size_t sqlite_calls = 0, sqlite_failing = 0;  // counted from 1; 0: no call fails

bool runs_out() { return sqlite_failing != 0 && ++sqlite_calls >= sqlite_failing; }
void* allocate(int size) { return runs_out() ? nullptr : original.xMalloc(size); }
void* reallocate(void* block, int size) { return runs_out() ? nullptr : original.xRealloc(block, size); }

// SQLite's memory can run out as long as it lives. No connection may be open when it begins or ends.
class failing_sqlite {
 public:
  failing_sqlite() {
    sqlite3_shutdown();
    REQUIRE(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &original) == SQLITE_OK);
    sqlite3_mem_methods failing = original;
    failing.xMalloc = allocate;
    failing.xRealloc = reallocate;
    REQUIRE(sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) == SQLITE_OK);
    sqlite3_initialize();
  }
  failing_sqlite(const failing_sqlite&) = delete;
  failing_sqlite& operator=(const failing_sqlite&) = delete;
  ~failing_sqlite() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &original);
    sqlite3_initialize();
  }
};

// Fails operator new at the n-th call, or SQLite from its n-th on.
template <class Action>
bool with_failure(bool in_sqlite, std::size_t n, Action&& action) {
  if (in_sqlite) {
    sqlite_calls = 0;
    sqlite_failing = n;
    action();
    sqlite_failing = 0;
    return sqlite_calls >= n;
  }
  const testing::failing_memory memory(n);
  try {
    action();
  } catch (const std::bad_alloc&) {
  }
  return memory.failed();
}

result<sqlite_log> opened(const scratch_file& file) {
  return sqlite_journal(file.path(), {.synchronous = sqlite_synchronous::off}).open({});
}

void fill(sqlite_log& log) {
  const std::array parts{part_row{.key = "motor"}};
  const std::array added{item_row{.which = {1, 10}, .amount = 1, .batch = "B1", .serials = some_serials(1, 10)}};
  const std::array history{some_change(0, change::created, {1, 10})};
  REQUIRE(append_to(log, {.parts = parts, .added = added, .history = history}));
}

void append_all_kinds(bool in_sqlite) {
  const std::array changes{item_change{.which = {3, 2}, .batch = "another code that is new", .removed = true}};
  const std::array added{item_row{.which = {11, 5}, .amount = 1, .batch = "B3", .serials = some_serials(11, 5)}};
  const std::array reserved{reserved_row{.serials = some_serials(50, 5)}};
  const std::array counters{counter_row{"rest", 4}};
  auto taken = some_change(1, change::removed, {3, 2});
  taken.from = {"a file whose name is long enough to need memory.csv", 2, 1};
  const std::array history{taken, some_change(2, change::created, {11, 5})};
  std::size_t failures = 0;
  for (std::size_t n = 1; n < 5000; ++n) {
    const scratch_file file;
    bool appended = false;
    std::uint64_t last = 0;
    {
      auto log = opened(file);
      REQUIRE(log);
      fill(*log);
      const bool failed = with_failure(in_sqlite, n, [&] {
        appended =
            append_to(
                *log,
                {.changes = changes, .added = added, .reserved = reserved, .counters = counters, .history = history})
                .has_value();
      });
      last = log->last();
      if (!failed) {
        REQUIRE(appended);
        break;
      }
      ++failures;
      // the open journal goes on
      log->cancel();
      const auto begun = log->begin();
      INFO(n);
      REQUIRE(begun);
      CHECK_FALSE(*begun);
      log->cancel();
    }
    INFO(n);
    CHECK(last == (appended ? 3 : 1));
    raw_database raw(file.path());
    CHECK(raw("SELECT version, (SELECT count(*) FROM history), (SELECT count(*) FROM batches), (SELECT count(*) FROM "
              "reservations) FROM state") == (appended ? "2|3|3|1\n" : "1|1|1|0\n"));
    // the rows follow one another, and the triggers are there
    CHECK(raw("INSERT INTO serial_runs VALUES('SN-', 's', '', 4, 1, 2, 1, 99)") ==
          "already taken: these serial numbers overlap others of their scope");
  }
  CHECK(failures > 3);
}

void read_and_open(bool in_sqlite) {
  const scratch_file file;
  {
    auto log = opened(file);
    REQUIRE(log);
    fill(*log);
  }
  for (std::size_t n = 1; n < 5000; ++n) {
    std::optional<sqlite_log> log;
    std::string read;
    const bool failed = with_failure(in_sqlite, n, [&] {
      auto made = opened(file);
      if (!made) return;
      log.emplace(std::move(*made));
      reading all;
      if (log->read(all)) read = std::move(all.lines);
    });
    INFO(n);
    if (log && read.empty()) {  // it gives the same again
      CHECK(log->last() == 0);
      CHECK(read_all(*log).find("item 1+10") != std::string::npos);
    }
    if (!failed) break;
    REQUIRE(n < 4999);
  }
  auto after = opened(file);
  REQUIRE(after);
  CHECK(read_all(*after).find("item 1+10") != std::string::npos);
}

}  // namespace

TEST_CASE("memory runs out while a group is appended", "[journal]") { append_all_kinds(false); }
TEST_CASE("SQLite's memory runs out while a group is appended", "[journal]") {
  const failing_sqlite failing;
  append_all_kinds(true);
}
TEST_CASE("memory runs out while a journal is opened and read", "[journal]") { read_and_open(false); }
TEST_CASE("SQLite's memory runs out while a journal is opened and read", "[journal]") {
  const failing_sqlite failing;
  read_and_open(true);
}
