// A stock whose journal is read by a thread while another one claims what it read.
#include <catch2/catch_test_macros.hpp>

#include <tallymark/journal/sqlite.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/stock/stock.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

#include <support/journal_rows.hpp>

using namespace tallymark;

namespace {

using durable_stock = stock<policies<sqlite_journal>>;

durable_stock::policies_type in(const support::scratch_file& file, std::size_t threads) {
  return durable_stock::policies_type(sqlite_journal(file.path(), {.threads = threads}));
}

// All items, who is found by some serial numbers, and what is issued next.
std::string content(const durable_stock& of) {
  std::string out;
  of.for_each([&](const items& which, const durable_stock::item_type& each) {
    out += std::to_string(which.first) + '+' + std::to_string(which.count) + ' ' + each.part + ' ' +
           each.serial.value_or("-") + (each.removed ? " removed\n" : "\n");
    if (which.first % 7 == 0 && each.serial) out += std::to_string(of.find(each.part, *each.serial).value_or(0)) + '\n';
  });
  for (const std::string part : {"bolt", "long bolt", "nut"}) out += of.next_serial(part).value_or("none") + '\n';
  return out;
}

}  // namespace

TEST_CASE("a stock of many lone serial numbers is the same, opened with a thread or without") {
  const support::scratch_file file;
  std::string written;
  {
    durable_stock all(in(file, 1));
    REQUIRE(all.open());
    REQUIRE(all.add_part({.key = "bolt"}));
    REQUIRE(all.add_part({.key = "long bolt", .variant_of = "bolt"}));
    REQUIRE(all.add_part({.key = "nut"}));
    auto receipt = all.receive();
    REQUIRE(receipt);
    for (std::uint64_t i = 1; i <= 45'000; ++i) {
      const std::string serial =
          std::to_string(i * 2'654'435'761 % 1'000'003) + (i % 3 == 0 ? "-X" : "K7") + std::to_string(i);
      REQUIRE(receipt->add({.part = i % 5 == 0 ? "nut" : i % 2 == 0 ? "bolt" : "long bolt", .serial = serial}));
    }
    REQUIRE(receipt->commit());
    REQUIRE(all.remove(items{40'000, 100}));
    written = content(all);
  }
  for (const std::size_t threads : {std::size_t{1}, std::size_t{2}, std::size_t{8}}) {
    durable_stock all(in(file, threads));
    REQUIRE(all.open());
    CHECK((content(all) == written));
    const auto taken = all.create({.part = "bolt", .serial = *all.get(44'999)->serial});
    REQUIRE(!taken);
    CHECK(taken.error().why.code == errc::already_taken);
  }
}
