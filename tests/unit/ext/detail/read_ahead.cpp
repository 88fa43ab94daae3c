// Batches that a thread fills: their order, their bound, its errors, and its end.
#include <catch2/catch_test_macros.hpp>

#include <tallymark/ext/detail/read_ahead.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <thread>
#include <vector>

using tallymark::detail::read_ahead;
using numbers = std::vector<int>;

TEST_CASE("batches come in their order, and all of them") {
  int next = 0;
  read_ahead<numbers> ahead([&next](numbers& batch) {
    batch.clear();
    for (int i = 0; i < next % 7; ++i) batch.push_back(next);
    return ++next < 1000;
  });
  int seen = 0;
  while (const numbers* const batch = ahead.next()) {
    REQUIRE(*batch == numbers(static_cast<std::size_t>(seen % 7), seen));
    ++seen;
  }
  CHECK(seen == 1000);
  CHECK(ahead.next() == nullptr);  // it has ended for good
  CHECK(ahead.arrives_within(std::chrono::milliseconds{0}));
}

TEST_CASE("the thread is ahead by no more batches than there are slots") {
  std::atomic<int> filled = 0;
  read_ahead<int, 3> ahead([&filled](int& batch) {
    batch = ++filled;
    return true;
  });
  for (int i = 1; i <= 100; ++i) {
    const int* const batch = ahead.next();
    REQUIRE(batch != nullptr);
    std::this_thread::yield();
    CHECK(*batch == i);
    CHECK(filled <= i + 2);
  }
}

TEST_CASE("what is thrown arrives after the batches before it") {
  int next = 0;
  read_ahead<int> ahead([&next](int& batch) {
    if (next == 20) throw std::runtime_error("unreadable");
    batch = next++;
    return true;
  });
  for (int i = 0; i < 20; ++i) REQUIRE(*ahead.next() == i);
  CHECK_THROWS_AS(ahead.next(), std::runtime_error);
  CHECK(ahead.next() == nullptr);
}

TEST_CASE("the owner may stop before the end, and before the beginning") {
  std::atomic<int> filled = 0;
  const auto fill = [&filled](int& batch) {
    batch = ++filled;
    return true;
  };
  {
    read_ahead<int, 2> ahead(fill);
    REQUIRE(*ahead.next() == 1);
  }
  const int before = filled;
  CHECK(before <= 3);
  std::this_thread::sleep_for(std::chrono::milliseconds{5});
  CHECK(filled == before);  // the thread is gone
  const read_ahead<int> unused(fill);
}

TEST_CASE("a batch that does not come in time is told") {
  std::atomic<bool> go = false;
  read_ahead<int> ahead([&go](int& batch) {
    batch = 5;
    while (!go) std::this_thread::yield();
    return false;
  });
  CHECK(!ahead.arrives_within(std::chrono::milliseconds{1}));
  go = true;
  CHECK(ahead.arrives_within(std::chrono::milliseconds{100'000}));
  REQUIRE(*ahead.next() == 5);
  CHECK(ahead.arrives_within(std::chrono::milliseconds{100'000}));  // the end
  CHECK(ahead.next() == nullptr);
}
