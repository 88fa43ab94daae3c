#include <tallymark/index/dense_index.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "support/index_world.hpp"

using namespace tallymark;

static_assert(index_policy<dense_index> && ordinal_map<dense_map>);

namespace {

constexpr holder by(std::uint64_t item) { return {item, hold::claimed}; }

std::vector<held_run> runs_of(const dense_map& map, std::uint64_t first = 0, std::uint64_t length = max_ordinal + 1) {
  std::vector<held_run> out;
  map.overlaps(first, length, [&](const held_run& run) { out.push_back(run); });
  return out;
}

std::vector<std::uint64_t> shuffled(std::uint64_t first, std::uint64_t length, std::uint64_t seed = 1) {
  std::vector<std::uint64_t> out(length);
  for (std::uint64_t i = 0; i < length; ++i) out[i] = first + i;
  std::shuffle(out.begin(), out.end(), std::mt19937_64(seed));
  return out;
}

}  // namespace

TEST_CASE("an empty dense map holds nothing", "[index]") {
  dense_map map;
  CHECK(map.empty());
  CHECK(!map.greatest());
  CHECK(!map.find(0));
  CHECK(map.occupancy(0).length == max_ordinal + 1);
  CHECK(map.occupancy(max_ordinal).length == 1);
  map.erase(0, max_ordinal + 1);
  map.erase(5, 1);
  CHECK(map.empty());
}

TEST_CASE("a dense map changes as one entry for each ordinal does", "[index]") {
  testing::changes_as_the_slow_one_does<dense_map>();
}

TEST_CASE("huge runs in a dense map change as runs do", "[index]") { testing::changes_as<dense_map, run_map>(); }

TEST_CASE("what is claimed in order is one run", "[index]") {
  dense_map map;
  for (std::uint64_t i = 1; i <= 5000; ++i) REQUIRE(!map.claim(i, by(100 + i)));
  CHECK(runs_of(map) == std::vector<held_run>{{1, 5000, by(101)}});
  CHECK(map.occupancy(1).length == 5000);
  CHECK(map.claim(1, by(7)) == by(101));
  CHECK(map.claim(5000, by(7)) == by(5100));
  CHECK(map.greatest() == 5000);
  // one at a time, with a reservation before: again one run as soon as a chunk is full
  for (std::uint64_t i = 5001; i <= 7 * 1024; ++i) {
    map.assign({i, 1, {no_item, hold::reserved}});
    map.assign({i, 1, by(100 + i)});
  }
  CHECK(map.occupancy(1).length >= 7 * 1024 - 1);
}

TEST_CASE("chunks that are full and continue one another are runs again", "[index]") {
  for (const std::uint64_t item : {std::uint64_t{50}, no_item}) {
    dense_map map;
    for (const std::uint64_t ordinal : shuffled(2048, 4096)) {
      REQUIRE(!map.claim(ordinal, by(item) + ordinal));
      REQUIRE(map.claim(ordinal, by(1)) == by(item) + ordinal);
    }
    CHECK(runs_of(map) == std::vector<held_run>{{2048, 4096, by(item) + 2048}});
    CHECK(map.occupancy(2048).length == 4096);  // more than a chunk knows of
    // and chunks again for what changes
    for (const std::uint64_t ordinal : shuffled(2048, 4096)) map.assign({ordinal, 1, {item, hold::retired}});
    for (const std::uint64_t ordinal : shuffled(2048, 4095)) map.erase(ordinal, 1);
    CHECK(runs_of(map) == std::vector<held_run>{{6143, 1, {item, hold::retired}}});
    map.erase(6143, 1);
    CHECK(map.empty());
  }
}

TEST_CASE("a chunk holds any items", "[index]") {
  for (const std::uint64_t spread : {1ULL, 1ULL << 19, 1ULL << 21, 1ULL << 40, 0x9e37'79b9'7f4a'7c15ULL}) {
    dense_map map;
    const auto ordinals = shuffled(1000, 3000);
    for (std::uint64_t i = 0; i < ordinals.size(); ++i) REQUIRE(!map.claim(ordinals[i], {i * spread, hold::claimed}));
    for (std::uint64_t i = 0; i < ordinals.size(); ++i) REQUIRE(map.find(ordinals[i]) == by(i * spread));
    CHECK(map.occupancy(1000).length == 24);  // up to the chunk's end
    CHECK(map.occupancy(1024).length == 1024);
    CHECK(map.greatest() == 3999);
    CHECK(map.occupancy(0).length == 1000);
  }
}

TEST_CASE("a long run is a run at once, whatever chunks were there", "[index]") {
  dense_map map;
  for (const std::uint64_t ordinal : {5000U, 7U, 9000U, 123'456U, 2'000'000'000U}) map.claim(ordinal, by(ordinal * 3));
  map.assign({6000, 1'000'000'000, by(1)});
  CHECK(runs_of(map) ==
        std::vector<held_run>{
            {7, 1, by(21)}, {5000, 1, by(15000)}, {6000, 1'000'000'000, by(1)}, {2'000'000'000, 1, by(6'000'000'000)}});
  CHECK(map.occupancy(100'000).length == 1'000'006'000 - 100'000);
  map.erase(6500, 900'000'000);
  CHECK(map.occupancy(8192).length >= 900'000'000 - 8192);
  CHECK(map.find(900'006'500) == by(900'000'501));
  CHECK(!map.find(900'006'499));
}
