#include <tallymark/registry/detail/few_runs.hpp>

#include <tallymark/index/run_index.hpp>
#include <tallymark/number/serial_number.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <random>
#include <vector>

using namespace tallymark;
using detail::few_runs;

namespace {

constexpr holder by(std::uint64_t item, hold state = hold::claimed) { return {item, state}; }

template <class Runs>
std::vector<held_run> all_of(const Runs& in, std::uint64_t first = 0, std::uint64_t length = max_ordinal + 1) {
  std::vector<held_run> runs;
  in.overlaps(first, length, [&](const held_run& run) { runs.push_back(run); });
  return runs;
}

}  // namespace

TEST_CASE("few runs are as a map of runs", "[registry]") {
  std::mt19937_64 random(1);
  const auto below = [&](std::uint64_t limit) { return random() % limit; };
  std::size_t refused = 0;
  for (int round = 0; round < 200; ++round) {
    few_runs few;
    run_map map;
    for (int step = 0; step < 100; ++step) {
      const std::uint64_t first = below(60), length = 1 + below(12);
      const held_run run{first, length, by(first + below(2) * 100, static_cast<hold>(below(3)))};
      const bool frees = below(3) == 0;
      const auto before = all_of(few);
      few.prefetch(first);  // which changes nothing
      REQUIRE(all_of(few) == before);
      if (frees ? few.erase(first, length) : few.assign(run)) {
        if (frees)
          map.erase(first, length);
        else
          map.assign(run);
      } else {
        REQUIRE(all_of(few) == before);
        ++refused;
      }
      REQUIRE(all_of(few) == all_of(map));
      REQUIRE(few.empty() == map.empty());
      REQUIRE(few.greatest() == map.greatest());
      REQUIRE(all_of(few, first, length) == all_of(map, first, length));
      for (std::uint64_t at = 0; at < 75; ++at) {
        REQUIRE(few.find(at) == map.find(at));
        REQUIRE(few.occupancy(at).taken == map.occupancy(at).taken);
        REQUIRE(few.occupancy(at).length <= map.occupancy(at).length);
      }
    }
  }
  CHECK(refused > 100);
}

TEST_CASE("what would be more than a few runs is refused", "[registry]") {
  few_runs in;
  for (std::uint64_t i = 0; i < few_runs::most_runs; ++i) REQUIRE(in.assign({10 * i, 5, by(100)}));
  CHECK_FALSE(in.assign({1000, 1, by(1)}));
  CHECK_FALSE(in.erase(52, 1));
  CHECK(in.assign({155, 5, by(105)}));  // it continues the last
  CHECK(in.greatest() == 159U);
  CHECK(in.assign({0, 150, by(7)}));
  CHECK(all_of(in) == std::vector<held_run>{{0, 150, by(7)}, {150, 10, by(100)}});
}

TEST_CASE("runs at both ends, and items that do not fit", "[registry]") {
  few_runs in;
  CHECK(in.assign({0, max_ordinal + 1, by(no_item)}));
  CHECK(all_of(in) == std::vector<held_run>{{0, max_ordinal + 1, by(no_item)}});
  CHECK(in.erase(0, 1));
  CHECK(in.erase(max_ordinal, 1));
  CHECK(all_of(in) == std::vector<held_run>{{1, max_ordinal - 1, by(no_item)}});
  CHECK(in.erase(0, max_ordinal + 1));
  CHECK(in.empty());
  constexpr std::uint64_t limit = (std::uint64_t{1} << 62) - 1;
  CHECK_FALSE(in.assign({5, 1, by(limit)}));
  CHECK_FALSE(in.assign({5, 2, by(limit - 1)}));
  CHECK_FALSE(in.assign({5, 2, by(no_item - 1)}));
  CHECK(in.empty());
  CHECK(in.assign({5, 1, by(limit - 1, hold::retired)}));
  CHECK(in.find(5) == by(limit - 1, hold::retired));
}
