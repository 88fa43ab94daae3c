#include <tallymark/journal/detail/sqlite_session.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <thread>
#include <vector>

#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace tallymark::detail;
using namespace support;

TEST_CASE("several that open a new file at the same time find one journal", "[journal]") {
  for (int round = 0; round < 5; ++round) {
    const scratch_file file;
    std::atomic<int> opened{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        const auto session = sqlite_session::open(file.path(), {}, {}, {});
        if (session && (*session)->begin()) ++opened;
      });
    for (std::thread& thread : threads) thread.join();
    CHECK(opened == 4);
  }
}

TEST_CASE("a transaction ends with its session", "[journal]") {
  const scratch_file file;
  auto one = sqlite_session::open(file.path(), {}, {}, {});
  REQUIRE(one);
  REQUIRE((*one)->begin());
  one->reset();
  auto two = sqlite_session::open(file.path(), {.busy_timeout = std::chrono::milliseconds{0}}, {}, {});
  REQUIRE(two);
  CHECK((*two)->begin());
}

TEST_CASE("a journal in memory", "[journal]") {
  auto session = sqlite_session::open(":memory:", {}, {}, {});
  REQUIRE(session);
  CHECK((*session)->begin() == true);
  CHECK(read_all(**session).empty());
  CHECK((*session)->append({}));
  CHECK((*session)->begin() == false);
}
