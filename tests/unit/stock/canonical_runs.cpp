// A run that comes from outside is spelled in the one way in which its serial numbers are, or it is refused.
#include <tallymark/stock/stock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

#include <tallymark/journal/sqlite.hpp>
#include <tallymark/serial/prefixed.hpp>

using namespace tallymark;

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
