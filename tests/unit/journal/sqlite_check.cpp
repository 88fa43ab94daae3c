#include <tallymark/journal/sqlite_check.hpp>

#include <catch2/catch_test_macros.hpp>

#include <support/checked_stock.hpp>

#include <fstream>

using tallymark::errc;
using tallymark::sqlite_check;

namespace {

errc why_not(const std::string& file) {
  const auto found = sqlite_check(file);
  return found ? errc{} : found.error().code;
}

}  // namespace

TEST_CASE("nothing is found where all is well, and nothing is changed") {
  const checked::database in("check");
  {
    checked::stock empty{checked::policies(tallymark::sqlite_journal(in.file()))};
    REQUIRE(empty.open());
    CHECK(in.findings().empty());
  }
  checked::fill(in.file());
  const auto bytes = [&] {
    std::ifstream from(in.file(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(from), {});
  };
  const std::string before = bytes();
  CHECK(in.findings().empty());
  CHECK(bytes() == before);
}

TEST_CASE("others may change the stock while it is looked at") {
  const checked::database in("check");
  checked::fill(in.file());
  checked::stock s{checked::policies(tallymark::sqlite_journal(in.file()))};
  REQUIRE(s.open());
  REQUIRE(s.adjust(1, tallymark::adjustment::add, 1));
  auto receipt = s.receive();  // holds the lock of the writer
  REQUIRE(receipt);
  CHECK(in.findings().empty());
}

TEST_CASE("there are as many findings as were asked for") {
  const checked::database in("check");
  checked::fill(in.file());
  in.edit("UPDATE items SET steps = -1");
  const auto all = sqlite_check(in.file()), two = sqlite_check(in.file(), 2), none = sqlite_check(in.file(), 0);
  REQUIRE(all);
  CHECK(all->size() > 3);
  REQUIRE(two);
  CHECK(two->size() == 2);
  REQUIRE(none);
  CHECK(none->size() == 1);
}

TEST_CASE("what is damaged is a finding, what is no journal an error") {
  const checked::database in("check");
  CHECK(why_not(in.file()) == errc::journal_missing);
  std::ofstream(in.file()) << "part,quantity\nA,1\n";
  CHECK(why_not(in.file()) == errc::journal_foreign);
  std::filesystem::remove(in.file());
  checked::fill(in.file());
  in.edit("DROP TABLE batch_counters");
  const auto found = in.findings();
  REQUIRE_FALSE(found.empty());
  CHECK(found.front() == tallymark::sqlite_finding{"no such table: batch_counters", "batch_counters"});
  in.edit("PRAGMA user_version = 1");
  CHECK(why_not(in.file()) == errc::journal_older);
  in.edit("PRAGMA user_version = 4");
  CHECK(why_not(in.file()) == errc::journal_newer);
  in.edit("PRAGMA application_id = 1");
  CHECK(why_not(in.file()) == errc::journal_foreign);
}
