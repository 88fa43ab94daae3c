#include <tallymark/journal/sqlite/detail/session.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace tallymark::detail;
using namespace support;

namespace {

// On a slow disk each waits long for the others.
const sqlite_options patient{.busy_timeout = std::chrono::minutes{2}};

// How many of four threads that open a file at the same time can write to it.
int opened_by_four(const std::string& file, const journal_schema& schema) {
  std::atomic<int> opened{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      const auto session = sqlite_session::open(file, patient, schema);
      if (session && (*session)->begin()) ++opened;
    });
  for (std::thread& thread : threads) thread.join();
  return opened;
}

}  // namespace

TEST_CASE("several that open a new file at the same time find one journal", "[journal]") {
  for (int round = 0; round < 50; ++round) {
    const scratch_file file;
    CHECK(opened_by_four(file.path(), {}) == 4);
  }
}

TEST_CASE("several that need a new column at the same time find one column", "[journal]") {
  static constexpr std::string_view of_parts[] = {"colour", "supplier"}, of_items[] = {"shelf"};
  for (int round = 0; round < 20; ++round) {
    const scratch_file file;
    REQUIRE(sqlite_session::open(file.path(), {}, {}));
    CHECK(opened_by_four(file.path(), {.part_members = of_parts, .item_members = of_items}) == 4);
  }
}

TEST_CASE("a transaction ends with its session", "[journal]") {
  const scratch_file file;
  auto one = sqlite_session::open(file.path(), {}, {});
  REQUIRE(one);
  REQUIRE((*one)->begin());
  one->reset();
  auto two = sqlite_session::open(file.path(), {.busy_timeout = std::chrono::milliseconds{0}}, {});
  REQUIRE(two);
  CHECK((*two)->begin());
}

TEST_CASE("a journal in memory", "[journal]") {
  auto session = sqlite_session::open(":memory:", {}, {});
  REQUIRE(session);
  CHECK((*session)->begin() == true);
  CHECK(read_all(**session).empty());
  CHECK((*session)->append({}));
  CHECK((*session)->begin() == false);
}
