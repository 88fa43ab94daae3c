#include <tallymark/journal/sqlite.hpp>
#include <tallymark/stock/stock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

#include <tallymark/scope/unique.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/prefixed.hpp>

using namespace tallymark;

namespace {

// A file that is removed afterwards.
struct file {
  file()
      : path((std::filesystem::temp_directory_path() / ("tallymark-reading-" + std::to_string(::getpid()) + ".db"))
                 .string()) {
    remove();
  }
  ~file() { remove(); }
  void remove() const {
    for (const std::string_view end : {"", "-wal", "-shm"}) std::filesystem::remove(std::string(path).append(end));
  }
  void run(const char* sql) const {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
  }
  std::string path;
};

template <class... Ps>
auto stock_on(const file& at) {
  using set = policies<sqlite_journal, Ps...>;
  return std::make_unique<stock<set>>(set{sqlite_journal(at.path, {.synchronous = sqlite_synchronous::off})});
}
template <class... Ps>
auto opened(const file& at) {
  auto made = stock_on<Ps...>(at);
  REQUIRE(made->open());
  return made;
}
template <class... Ps>
errc why_not(const file& at) {
  const auto done = stock_on<Ps...>(at)->open();
  REQUIRE(!done);
  CHECK(done.error().member == "journal");
  return done.error().why.code;
}

void fill(const file& at) {
  auto all = opened(at);
  REQUIRE(all->add_part({.key = "bolt"}));
  REQUIRE(all->create({.part = "bolt", .amount = 100}));
  REQUIRE(all->serialize(1, 10));
  REQUIRE(all->create({.part = "bolt", .serial = "X"}));
}

}  // namespace

TEST_CASE("other policies do not read what these have written", "[stock][journal]") {
  const file at;
  fill(at);
  CHECK(why_not<unique_globally>(at) == errc::journal_other_policies);
  CHECK(why_not<prefixed_serial<"SN-">>(at) == errc::journal_other_policies);
  CHECK(opened(at)->size() == 12);
}

TEST_CASE("rows that contradict each other are damage", "[stock][journal]") {
  const file at;
  fill(at);
  const auto damaged = [&](const char* sql) {
    at.run(sql);
    return why_not(at);
  };
  SECTION("parts whose numbers have a gap") { CHECK(damaged("UPDATE parts SET number = 5") == errc::journal_corrupt); }
  SECTION("a variant of itself") { CHECK(damaged("UPDATE parts SET variant_of = 0") == errc::journal_corrupt); }
  SECTION("one serial number twice") {
    CHECK(damaged("DROP TRIGGER items_changed; UPDATE items SET family = '', kind = 1, ordinal = 5, "
                  "first_serial = '5' WHERE first_serial = 'X'") == errc::journal_corrupt);
  }
  SECTION("a serial number that is not what it is spelled") {
    CHECK(damaged("UPDATE items SET first_serial = 'Y' WHERE first_serial = 'X'") == errc::journal_other_policies);
  }
  SECTION("a parent that there is not") {
    CHECK(damaged("UPDATE items SET parent = 500 WHERE first = 1") == errc::journal_corrupt);
  }
}

TEST_CASE("blocks are cut alike in memory and in the journal, whatever their serial numbers look like",
          "[stock][journal]") {
  const file at;
  using hex = alphabet_serial<"0123456789ABCDEF", 6>;
  std::vector<std::string> before;
  {
    auto all = opened<hex>(at);
    REQUIRE(all->add_part({.key = "bolt"}));
    REQUIRE(all->create({.part = "bolt", .amount = 100}));
    REQUIRE(all->serialize(1, 40));
    REQUIRE(all->change_batch({10, 7}, "B"));
    REQUIRE(all->remove(12));
    REQUIRE(all->change_serial(20, "00FFFF"));
    for (item_id id = 2; id <= all->size(); ++id) before.push_back(*all->get(id)->serial);
  }
  auto again = opened<hex>(at);
  for (item_id id = 2; id <= again->size(); ++id) CHECK(*again->get(id)->serial == before[id - 2]);
  CHECK(again->find("bolt", "00FFFF") == 20);
  CHECK(again->get(12)->removed);
  CHECK(again->trace("B") == std::vector<items>{{10, 7}});
}

TEST_CASE("what another process has reserved stays reserved after it was killed", "[stock][journal]") {
  const file at;
  fill(at);
  auto here = opened(at);
  auto there = opened(at);
  auto some = there->reserve("bolt", 5);
  REQUIRE(some);
  CHECK(here->next_serial("bolt") == "11");
  REQUIRE(here->refresh());
  CHECK(here->next_serial("bolt") == "16");
  CHECK(here->create({.part = "bolt", .serial = "12"}).error().why.code == errc::reserved);
  CHECK(opened(at)->next_serial("bolt") == "16");
  REQUIRE(some->drop());
  CHECK(here->create({.part = "bolt", .serial = "12"}));
}

TEST_CASE("of two that claim one serial number at once, one gets the conflict", "[stock][journal]") {
  const file at;
  fill(at);
  auto here = opened(at), there = opened(at);
  const auto made = here->create({.part = "bolt", .serial = "S1"});
  REQUIRE(made);
  const auto second = there->create({.part = "bolt", .serial = "S1"});
  REQUIRE(!second);
  CHECK(second.error() ==
        refusal{{errc::already_taken, 0, 2}, "serial", {{errc::already_taken, run{{"S"}, 1, 1}, made->first}}});
  CHECK(there->get(made->first)->serial == "S1");
}

TEST_CASE("history is in the journal, with where it came from", "[stock][journal]") {
  const file at;
  {
    auto all = opened(at);
    REQUIRE(all->add_part({.key = "bolt"}));
    REQUIRE(all->create({.part = "bolt", .serial = "S1", .from = {"delivery.csv", 7, 1}}));
    REQUIRE(all->remove(1));
  }
  auto again = opened(at);
  const auto history = again->history(1);
  REQUIRE(history);
  REQUIRE(history->size() == 2);
  CHECK((*history)[0].from == origin{"delivery.csv", 7, 1});
  CHECK((*history)[1].what == change::removed);
  CHECK(again->history(2)->empty());
}
