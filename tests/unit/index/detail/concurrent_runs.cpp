#include <tallymark/index/detail/concurrent_runs.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <tuple>
#include <vector>

using namespace tallymark;
using runs = detail::concurrent_runs<10>;

namespace {

constexpr holder claimed(std::uint64_t item) { return {item, hold::claimed}; }

using part = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>;  // from, to, item
std::vector<part> parts(const runs& in, std::uint64_t from, std::uint64_t to) {
  std::vector<part> all;
  in.for_each(from, to,
              [&](std::uint64_t begin, std::uint64_t end, const holder& by) { all.emplace_back(begin, end, by.item); });
  return all;
}

}  // namespace

TEST_CASE("runs of chunks are found, cut and replaced", "[index]") {
  runs in;
  CHECK(in.find(0) == std::nullopt);
  CHECK(in.last_end(100) == std::nullopt);
  CHECK(in.cover(5).end == std::numeric_limits<std::uint64_t>::max());
  in.assign(10, 20, claimed(1000));
  CHECK(in.find(9) == std::nullopt);
  CHECK(in.find(10) == claimed(1000));
  CHECK(in.find(19) == claimed(1090));  // ten ordinals to a chunk
  CHECK(in.find(20) == std::nullopt);
  CHECK(in.cover(9).end == 10);
  CHECK(in.cover(12).by == claimed(1020));
  CHECK(in.cover(12).end == 20);
  CHECK(in.last_end(15) == 15);
  CHECK(in.last_end(100) == 20);
  CHECK(in.last_end(10) == std::nullopt);
  CHECK(in.last_end(0) == std::nullopt);

  in.assign(20, 30, claimed(1100));  // goes on: still one
  CHECK(parts(in, 0, 100) == std::vector<part>{{10, 30, 1000}});
  in.assign(15, 18, claimed(5));
  CHECK(parts(in, 0, 100) == std::vector<part>{{10, 15, 1000}, {15, 18, 5}, {18, 30, 1080}});
  CHECK(parts(in, 12, 19) == std::vector<part>{{12, 15, 1020}, {15, 18, 5}, {18, 19, 1080}});
  in.erase(16, 25);
  CHECK(parts(in, 0, 100) == std::vector<part>{{10, 15, 1000}, {15, 16, 5}, {25, 30, 1150}});
  in.assign(0, 100, claimed(7));
  CHECK(parts(in, 0, 100) == std::vector<part>{{0, 100, 7}});
  in.assign(0, 1, claimed(8));  // begins where the one before began
  CHECK(in.find(0) == claimed(8));
  CHECK(in.find(1) == claimed(17));
  in.erase(0, 100);
  CHECK(parts(in, 0, 100).empty());
}

TEST_CASE("runs of chunks are as in a map with an entry for each", "[index]") {
  std::mt19937_64 random(1);
  for (int round = 0; round < 30; ++round) {
    runs in;
    std::map<std::uint64_t, holder> slow;
    for (int step = 0; step < 100; ++step) {
      const std::uint64_t from = random() % 60, to = from + 1 + random() % 20;
      const bool erases = random() % 3 == 0;
      const holder by = claimed(random() % 2 == 0 ? from * 10 : random() % 5);
      if (erases)
        in.erase(from, to);
      else
        in.assign(from, to, by);
      for (std::uint64_t at = from; at < to; ++at)
        if (erases)
          slow.erase(at);
        else
          slow[at] = by + (at - from) * 10;
      for (std::uint64_t at = 0; at < 85; ++at) {
        const auto held = slow.find(at);
        CHECK(in.find(at) == (held == slow.end() ? std::nullopt : std::optional(held->second)));
      }
    }
  }
}
