// A database of stock with rows of all kinds, and the findings of sqlite_check after changes to the rows.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/journal/sqlite.hpp>
#include <tallymark/journal/sqlite_check.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/stock/stock.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>
#include <unistd.h>

namespace checked {

using policies = tallymark::policies<tallymark::pattern_batch<"B{sequence:02}">, tallymark::sqlite_journal>;
using stock = tallymark::stock<policies>;

/// A file that is removed with the object.
class database {
 public:
  explicit database(std::string_view name)
      : file_((std::filesystem::temp_directory_path() / ("tallymark_" + std::to_string(::getpid()) + "_")).string()) {
    file_.append(name).append(".db");
    remove();
  }
  database(const database&) = delete;
  database& operator=(const database&) = delete;
  ~database() { remove(); }
  [[nodiscard]] const std::string& file() const { return file_; }

  /// Runs SQL without constraints and triggers.
  void edit(const std::string& sql) const {
    sqlite3* open = nullptr;
    REQUIRE(sqlite3_open(file_.c_str(), &open) == SQLITE_OK);
    sqlite3_db_config(open, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    const std::string statements = "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; " + sql;
    const int code = sqlite3_exec(open, statements.c_str(), nullptr, nullptr, nullptr);
    INFO(sql << ": " << sqlite3_errmsg(open));
    CHECK(code == SQLITE_OK);
    sqlite3_close(open);
  }
  [[nodiscard]] std::vector<tallymark::sqlite_finding> findings() const {
    const auto found = tallymark::sqlite_check(file_);
    REQUIRE(found);
    return *found;
  }

 private:
  void remove() const {
    std::error_code ignored;
    for (const char* const suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file_ + suffix, ignored);
  }
  std::string file_;
};

/// Items 1: a box of part A, of batch B01. 2 to 11: its units SN-001 to SN-010. 12: a piece of it. 13: unit QQQ of the
/// variant V, with item 1 as parent. 14 and 15: units of R, which needs serial numbers and batch codes; 15 is removed.
/// A reservation of four stays. Another increment leaves out as many serial numbers as it does.
template <class Increment = tallymark::step<1>>
void fill(const std::string& file) {
  using set = tallymark::policies<tallymark::pattern_batch<"B{sequence:02}">, Increment, tallymark::sqlite_journal>;
  tallymark::stock<set> s{set(tallymark::sqlite_journal(file))};
  REQUIRE(s.open());
  REQUIRE(s.add_part({"A"}));
  REQUIRE(s.add_part({"V", "A"}));
  REQUIRE(s.add_part({"R", std::nullopt, tallymark::rule::required, tallymark::rule::required}));
  REQUIRE(s.add_part({"N", std::nullopt, tallymark::rule::forbidden, tallymark::rule::forbidden}));
  const auto code = s.batch_code();
  REQUIRE(code);
  REQUIRE(s.create({.part = "A", .amount = 100, .batch = *code, .from = {"stock.csv", 2, 1}}));
  REQUIRE(s.start_at("A", "SN-001"));
  REQUIRE(s.serialize(1, 10));
  REQUIRE(s.split(1, 20));
  REQUIRE(s.create({.part = "V", .serial = "QQQ"}));
  REQUIRE(s.set_parent(13, 1));
  REQUIRE(s.create(
      {.part = "R", .serial = "R-1", .batch = *code, .expiry = tallymark::date{std::chrono::year{2030} / 1 / 2}}));
  REQUIRE(s.create({.part = "R", .serial = "R-2", .batch = *code}));
  REQUIRE(s.remove(15));
  REQUIRE(s.adjust(12, tallymark::adjustment::count, 19));
  REQUIRE(s.merge(1, 12));
  auto reservation = s.reserve("A", 4);
  REQUIRE(reservation);
  // as if the process had been killed: the reservation stays
  REQUIRE(sqlite3_exec(s.journal().handle(), "PRAGMA query_only = ON", nullptr, nullptr, nullptr) == SQLITE_OK);
}

/// A change to the rows, and the expected finding.
struct damage {
  std::string_view sql, what, where;
};

/// Asserts that each damage is found, perhaps among other findings.
template <class Increment = tallymark::step<1>, class Damages>
void must_be_found(const Damages& all) {
  const database sound("sound");
  fill<Increment>(sound.file());
  CHECK(sound.findings().empty());
  for (const damage& injected : all) {
    const database broken("broken");
    std::filesystem::copy_file(sound.file(), broken.file());
    broken.edit(std::string(injected.sql));
    const auto found = broken.findings();
    const bool present = std::any_of(found.begin(), found.end(), [&](const tallymark::sqlite_finding& finding) {
      return finding.what == injected.what && finding.where.starts_with(injected.where);
    });
    std::string listed;
    for (const auto& finding : found) listed += finding.where + ": " + finding.what + "\n";
    INFO(injected.sql << "\nwanted: " << injected.where << ": " << injected.what << "\nfound:\n" << listed);
    CHECK(present);
  }
}

}  // namespace checked
