// A run that comes from outside is spelled in the one way in which its serial numbers are, or it is refused.
#include <tallymark/stock/stock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include <support/journal_rows.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/journal/sqlite.hpp>
#include <tallymark/journal/sqlite_check.hpp>
#include <tallymark/serial/prefixed.hpp>

using namespace tallymark;
using support::raw_database;

namespace {

run_list runs(std::initializer_list<run> all) {
  run_list out;
  for (const run& each : all) out.add(each);
  return out;
}

template <class Stock>
void refused_everywhere(Stock& all, const run& wrong, errc why = errc::not_a_run) {
  CAPTURE(wrong.family.text, wrong.family.width, wrong.first, wrong.length);
  const run_list serials = runs({wrong});
  const refusal because{{why}, "serial", {{why, wrong}}};
  const auto size = all.size();
  CHECK(all.create({.part = "bolt", .amount = serials.serials(), .serials = serials}).error() == because);
  CHECK(all.serialize(1, serials).error() == because);
  auto delivery = all.receive();
  REQUIRE(delivery);
  CHECK(delivery->add({.part = "bolt", .amount = serials.serials(), .serials = serials}).error() == because);
  // among others
  auto more = runs({{{"SN-", 6}, 900, 2}, wrong});
  CHECK(!delivery->add({.part = "bolt", .amount = more.serials(), .serials = more}));
  CHECK(delivery->size() == 0);
  CHECK(all.size() == size);
}

template <class Stock>
void text_serials(Stock& all) {
  REQUIRE(all.add_part({.key = "bolt"}));
  REQUIRE(all.create({.part = "bolt", .amount = 1000}));
  REQUIRE(all.create({.part = "bolt", .serial = "SN-15"}));
  const std::string long_text(200, 'x');
  refused_everywhere(all, {{"SN-1"}, 5, 1});                      // spelled SN-15
  refused_everywhere(all, {{"SN-1"}, 0, 20});                     // SN-10 to SN-119
  refused_everywhere(all, {{"SN-", 2}, 99, 2}, errc::too_large);  // the second one has three digits
  refused_everywhere(all, {{"SN-", 30}, 5, 2});
  refused_everywhere(all, {{long_text}, 1, 2}, errc::too_large);
  refused_everywhere(all, {{"a\nb"}, 1, 2});
  refused_everywhere(all, {{"\xff"}, 1, 2});
  refused_everywhere(all, {{" x"}, 1, 2});
  refused_everywhere(all, {family::literal(""), 0, 1});
  refused_everywhere(all, {family::literal("SN-15"), 0, 1});
  CHECK(all.find("bolt", "SN-15") == 2U);
  CHECK(all.create({.part = "bolt", .amount = 3, .serials = runs({{{"SN-"}, 16, 3}})}));
  CHECK(all.create({.part = "bolt", .serial = "SN-17"}).error().why.code == errc::already_taken);
}

template <class Stock>
void prefixed_serials(Stock& all) {
  REQUIRE(all.add_part({.key = "bolt"}));
  REQUIRE(all.create({.part = "bolt", .amount = 1000}));
  REQUIRE(all.create({.part = "bolt", .serial = "SN-000040"}));
  refused_everywhere(all, {{"SN-"}, 40, 10});
  refused_everywhere(all, {{}, 999'999, 2}, errc::too_large);
  CHECK(all.find("bolt", "SN-000040") == 2U);
}

template <class... Ps>
auto on_disk(const std::string& file) {
  using set = policies<sqlite_journal, Ps...>;
  auto made = std::make_unique<stock<set>>(set{sqlite_journal(file, {.synchronous = sqlite_synchronous::off})});
  REQUIRE(made->open());
  return made;
}

}  // namespace

TEST_CASE("runs with a stride are kept, also on disk", "[stock]") {
  const std::string file =
      (std::filesystem::temp_directory_path() / ("tallymark-strides-" + std::to_string(::getpid()) + ".db")).string();
  const auto remove = [&] {
    for (const char* const end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
  };
  remove();
  const auto check_units = [](auto& all) {
    CHECK(all.find("bolt", "SN-41") == 6U);
    CHECK(all.find("bolt", "SN-45") == std::nullopt);
    CHECK(all.get(8)->serial == "SN-7");
    CHECK(all.get(10)->serial == "SN-47");
    CHECK(all.get(11)->serial == "SN-51");
    CHECK(all.get(12)->serial == "SN-2");
    CHECK(all.get(14)->serial == "SN-4");
    CHECK(all.next_serial("bolt").value() == "SN-111");
  };
  const auto rows = [&](const char* of) { return raw_database(file)(std::string("SELECT count(*) FROM ") + of); };
  {
    auto all = on_disk<step<10>>(file);
    REQUIRE(all->add_part({.key = "bolt"}));
    REQUIRE(all->create({.part = "bolt", .amount = 1000}));
    REQUIRE(all->start_at("bolt", "SN-1"));
    CHECK(all->serialize(1, 5) == items(2, 5));
    const run_list by_twenty = runs({{{"SN-"}, 7, 3, 20}});
    CHECK(all->create({.part = "bolt", .serial = "SN-1000"}) == items(7));
    CHECK(all->create({.part = "bolt", .amount = 3, .serials = by_twenty}) == items(8, 3));
    auto reserved = all->reserve("bolt", 1);
    REQUIRE(reserved);
    CHECK(all->serialize(1, std::move(*reserved)) == items(11));
    CHECK(all->create({.part = "bolt", .amount = 3, .serials = runs({{{"SN-"}, 2, 3}})}) == items(12, 3));
    CHECK(all->serialize(1, by_twenty).error().why.code == errc::already_taken);
    // the box, a run by ten, SN-1000, three by twenty, the reserved one, and three by one
    CHECK(rows("items") == "10\n");
    CHECK(rows("serial_runs") == "9\n");
    all->limit_runs(4);
    CHECK(all->serialize(1, 5) == items(15, 5));
    CHECK(rows("items") == "11\n");
    check_units(*all);
    CHECK(all->create({.part = "bolt", .amount = 5, .serials = runs({{{"S"}, 7, 5, 20}})}).error().why.code ==
          errc::too_many_runs);
    CHECK(all->size() == 19);
    CHECK(all->remove(8));
  }
  auto again = on_disk<step<10>>(file);
  check_units(*again);
  CHECK(again->create({.part = "bolt", .serial = "SN-7"}).error().why.code == errc::retired);
  again.reset();
  {
    const auto by_one = on_disk<step<1>>(file);  // another increment reads the same, and adds to it one by one
    CHECK(by_one->find("bolt", "SN-41") == 6U);
    CHECK(by_one->get(17)->serial == "SN-81");
    CHECK(by_one->next_serial("bolt").value() == "SN-5");
    CHECK(by_one->create({.part = "bolt", .amount = 3, .serials = runs({{{"SN-"}, 102, 3}})}) == items(20, 3));
    CHECK(by_one->create({.part = "bolt", .amount = 3, .serials = runs({{{"SN-"}, 111, 3, 10}})}) == items(23, 3));
    CHECK(rows("items") == "15\n");  // three singles and a run
    CHECK(by_one->change_serial(18, "SN-92"));
    CHECK(by_one->get(19)->serial == "SN-101");
  }
  again = on_disk<step<10>>(file);
  CHECK(again->find("bolt", "SN-103") == 21U);
  CHECK(again->find("bolt", "SN-131") == 25U);
  CHECK(again->find("bolt", "SN-91") == std::nullopt);
  CHECK(again->find("bolt", "SN-92") == 18U);
  again.reset();
  const auto found = sqlite_check(file);
  REQUIRE(found);
  for (const auto& each : *found) FAIL_CHECK(each.what + ": " + each.where);
  remove();
}

TEST_CASE("runs with a stride are blocks in memory", "[stock]") {
  stock<policies<step<10>>> all;
  REQUIRE(all.add_part({.key = "bolt"}));
  REQUIRE(all.create({.part = "bolt", .amount = 1'000'000'000}));
  REQUIRE(all.start_at("bolt", "SN-1"));
  CHECK(all.serialize(1, 100'000'000) == items(2, 100'000'000));
  CHECK(all.get(100'000'001)->serial == "SN-999999991");
  CHECK(all.find("bolt", "SN-999999981") == 100'000'000U);
  CHECK(all.change_serial(7, "SN-7"));  // SN-51 is free then
  CHECK(all.get(6)->serial == "SN-41");
  CHECK(all.get(7)->serial == "SN-7");
  CHECK(all.get(8)->serial == "SN-61");
  CHECK(all.remove({5, 10}));
  CHECK(all.create({.part = "bolt", .serial = "SN-61"}).error().why.code == errc::retired);
  CHECK(all.create({.part = "bolt", .serial = "SN-51"}) == items(100'000'002));
  CHECK(all.create({.part = "bolt", .serial = "SN-62"}));
  CHECK(all.change_serial(1'000, "SN-63"));
  CHECK(all.find("bolt", "SN-9981") == std::nullopt);
  CHECK(all.find("bolt", "SN-9991") == 1'001U);

  auto delivery = all.receive();  // singles and runs that go on by ten are one block
  REQUIRE(delivery);
  for (const std::uint64_t each : {5U, 15U, 25U})
    REQUIRE(delivery->add({.part = "bolt", .serial = "D-" + std::to_string(each)}));
  REQUIRE(delivery->add({.part = "bolt", .amount = 3, .serials = runs({{{"D-"}, 35, 3, 10}})}));
  REQUIRE(delivery->add({.part = "bolt", .serial = "D-56"}));
  CHECK(delivery->add({.part = "bolt", .amount = 2, .serials = runs({{{"D-"}, 45, 2, 10}})}).error().why.code ==
        errc::already_taken);
  REQUIRE(delivery->commit());
  const item_id added = *all.find("bolt", "D-5");
  CHECK(all.find("bolt", "D-55") == added + 5);
  CHECK(all.get(added + 4)->serial == "D-45");
  CHECK(all.get(added + 6)->serial == "D-56");

  {
    auto given_back = all.receive();
    REQUIRE(given_back->add({.part = "bolt", .amount = 3, .serials = runs({{{"E-"}, 5, 3, 10}})}));
  }
  CHECK(all.find("bolt", "E-15") == std::nullopt);
  CHECK(all.create({.part = "bolt", .serial = "E-15"}));
}

TEST_CASE("a journal for another stride than that of the increment takes its runs one by one", "[stock]") {
  const support::scratch_file file;
  {
    const auto made = on_disk<>(file.path());
    REQUIRE(made->add_part({.key = "bolt"}));
    REQUIRE(made->create({.part = "bolt", .amount = 1000}));
    REQUIRE(made->start_at("bolt", "SN-1"));
  }
  const auto all = on_disk<step<10>>(file.path());
  CHECK(all->serialize(1, 5) == items(2, 5));
  auto reserved = all->reserve("bolt", 2);
  REQUIRE(reserved);
  CHECK(raw_database(file.path())("SELECT count(*) FROM serial_runs UNION ALL SELECT count(*) FROM reservations") ==
        "5\n2\n");
  all->limit_runs(4);
  CHECK(all->serialize(1, 5).error().why.code == errc::too_many_runs);
  CHECK(on_disk<>(file.path())->find("bolt", "SN-41") == 6U);
}

TEST_CASE("runs of a stride are one row from a reservation to a removal, also for another process", "[stock]") {
  const support::scratch_file file;
  raw_database rows(file.path());
  const auto one = on_disk<step<10>>(file.path());
  const auto two = on_disk<step<10>>(file.path());
  REQUIRE(one->add_part({.key = "bolt"}));
  REQUIRE(one->create({.part = "bolt", .amount = 3'000'000}));
  REQUIRE(one->start_at("bolt", "B-7"));
  auto reserved = one->reserve("bolt", 1'000'000);
  REQUIRE(reserved);
  CHECK(rows("SELECT first, length FROM reservations") == "7|1000000\n");
  CHECK(two->serialize(1, 1'000'000) == items(2, 1'000'000));
  CHECK(two->get(2)->serial == "B-10000007");
  CHECK(one->serialize(1, std::move(*reserved)) == items(1'000'002, 1'000'000));
  CHECK(rows("SELECT count(*) FROM reservations; SELECT first, count, ordinal FROM items") ==
        "0\n1|1|-\n2|1000000|10000007\n1000002|1000000|7\n");
  REQUIRE(two->refresh());
  CHECK(two->find("bolt", "B-17") == 1'000'003U);
  CHECK(one->change_serial(1'000'004, "B-28"));
  CHECK(two->remove({1'000'010, 5}));
  CHECK(rows("SELECT first, count, ordinal, removed FROM items WHERE first > 1000000") ==
        "1000002|2|7|0\n1000004|1|28|0\n1000005|5|37|0\n1000010|5|87|1\n1000015|999987|137|0\n");
  REQUIRE(one->refresh());
  CHECK(one->find("bolt", "B-27") == std::nullopt);
  CHECK(one->create({.part = "bolt", .serial = "B-127"}).error().why.code == errc::retired);
  const auto three = on_disk<step<10>>(file.path());
  for (const char* serial : {"B-7", "B-28", "B-87", "B-137", "B-9999997", "B-10000007", "B-19999997"})
    CHECK(three->find("bolt", serial) == one->find("bolt", serial));
  {
    auto kept = one->reserve("bolt", 5);  // its process is killed
    REQUIRE(kept);
    CHECK(rows("SELECT first, length FROM reservations") == "27|1\n20000007|4\n");
    rows("PRAGMA wal_checkpoint");
    one->close();
  }
  const auto four = on_disk<step<10>>(file.path());
  CHECK(four->next_serial("bolt").value() == "B-20000047");
  CHECK(four->create({.part = "bolt", .serial = "B-20000017"}).error().why.code == errc::reserved);
  CHECK(four->create({.part = "bolt", .serial = "B-20000018"}));
  const auto found = sqlite_check(file.path());
  REQUIRE(found);
  for (const auto& each : *found) FAIL_CHECK(each.what + ": " + each.where);
}

TEST_CASE("what a registry would keep in too many pieces is not read", "[stock]") {
  const support::scratch_file file;
  {
    const auto made = on_disk<step<10>>(file.path());
    REQUIRE(made->add_part({.key = "bolt"}));
    REQUIRE(made->create({.part = "bolt", .amount = 1'000'000'000}));
    REQUIRE(made->serialize(1, 900'000'000));
    CHECK(made->find("bolt", "8999999991") == 900'000'001U);
  }
  using set = policies<sqlite_journal>;
  stock<set> by_one(set{sqlite_journal(file.path())});
  CHECK(by_one.open().error() == refusal{{errc::too_many_runs}, "journal", {}});
}

TEST_CASE("no run makes a second item with one serial number", "[stock]") {
  stock<> texts;
  text_serials(texts);
  stock<policies<prefixed_serial<"SN-", 6>>> prefixed;
  prefixed_serials(prefixed);
  const std::string file =
      (std::filesystem::temp_directory_path() / ("tallymark-runs-" + std::to_string(::getpid()) + ".db")).string();
  const auto remove = [&] {
    for (const char* const end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
  };
  remove();
  text_serials(*on_disk<>(file));
  remove();
  prefixed_serials(*on_disk<prefixed_serial<"SN-", 6>>(file));
  remove();
}
