#include <tallymark/index/dense_index.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/serial/integer.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
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

TEST_CASE("a dense map of ordinals far apart changes as one entry for each ordinal does", "[index]") {
  using enum testing::items;
  std::uint64_t seed = 100;
  for (const std::uint64_t begin : {std::uint64_t{0}, max_ordinal - 59'999})
    for (const auto& kinds : std::vector<std::vector<testing::items>>{{near}, {in_order, no_holder}, {any, last}}) {
      testing::index_world<dense_map> world(seed++, begin, 60'000);
      world.change(300, kinds, 40, 40);
      world.change(200, kinds, 3, 3);
      world.change(100, kinds, 20'000, 3);  // what covers many of them
      world.change(300, kinds, 200, 10);
    }
}

TEST_CASE("ordinals at both ends are by themselves too", "[index]") {
  dense_map map;
  REQUIRE(!map.claim(500, by(1)));  // a run
  for (const std::uint64_t ordinal :
       {std::uint64_t{0}, std::uint64_t{2}, max_ordinal, max_ordinal - 2, max_ordinal / 2}) {
    CHECK(!map.claim(ordinal, by(ordinal / 8)));
    CHECK(map.claim(ordinal, by(1)) == by(ordinal / 8));
  }
  CHECK(map.greatest() == max_ordinal);
  CHECK(map.occupancy(max_ordinal).taken);
  CHECK(map.occupancy(max_ordinal).length == 1);
  CHECK(map.occupancy(max_ordinal - 1).length == 1);
  CHECK(map.occupancy(1).length == 1);
  CHECK(map.occupancy(501).length == max_ordinal / 2 - 501);
  CHECK(!map.find(max_ordinal - 1));
  CHECK(runs_of(map, 1, max_ordinal - 1).size() == 4);
  map.erase(max_ordinal, 1);
  CHECK(map.greatest() == max_ordinal - 2);
  map.erase(1, max_ordinal);
  CHECK(runs_of(map) == std::vector<held_run>{{0, 1, by(0)}});
}

TEST_CASE("ordinals that crowd become chunks, and few that are left are by themselves again", "[index]") {
  constexpr std::uint64_t blocks = 300, apart = 1'000'003;
  dense_map map;
  std::map<std::uint64_t, std::uint64_t> expected;
  const auto claim = [&](std::uint64_t ordinal) {
    const std::uint64_t item = ordinal * 7 % 1'000'000;
    REQUIRE(!map.claim(ordinal, by(item)));
    expected.emplace(ordinal, item);
  };
  const auto check = [&] {
    std::map<std::uint64_t, std::uint64_t> is;
    map.overlaps(0, max_ordinal + 1, [&](const held_run& run) {
      for (std::uint64_t i = 0; i < run.length; ++i) is.emplace(run.first + i, run.by.item + i);
    });
    REQUIRE(is == expected);
    for (const auto& [ordinal, item] : expected) REQUIRE(map.find(ordinal) == by(item));
  };
  for (int round = 0; round < 3; ++round) {
    const auto in_order = shuffled(0, blocks);
    for (const std::uint64_t each : {0U, 9U, 23U, 700U, 4U, 12U, 7U, 1U})
      for (const std::uint64_t block : in_order) claim(block * apart + each);
    check();
    for (const std::uint64_t each : {9U, 4U, 700U, 1U, 12U, 23U, 7U, 0U}) {
      for (const std::uint64_t block : in_order) {
        map.erase(block * apart + each, 1);
        expected.erase(block * apart + each);
      }
      check();
    }
    REQUIRE(map.empty());
  }
}

TEST_CASE("runs are claimed and freed over many ordinals by themselves", "[index]") {
  constexpr std::uint64_t count = 100'000, apart = 1000;
  const auto filled = [&](dense_map& map) {
    for (const std::uint64_t i : shuffled(1, count)) REQUIRE(!map.claim(i * apart, by(i * 3 % 1000)));
  };
  dense_map map;
  filled(map);
  CHECK(map.greatest() == count * apart);
  // each stretch costs a few steps, not a look at all of them
  std::size_t taken = 0;
  for (std::uint64_t at = 0; at <= count * apart;) {
    const stretch here = map.occupancy(at);
    REQUIRE(here.length <= apart);
    taken += here.taken ? 1 : 0;
    at += here.length;
  }
  CHECK(taken == count);

  map.assign({500, count * apart, by(5)});
  CHECK(runs_of(map) == std::vector<held_run>{{500, count * apart, by(5)}});
  map.erase(0, max_ordinal + 1);
  REQUIRE(map.empty());

  filled(map);
  map.erase(apart + 1, (count - 2) * apart);
  CHECK(runs_of(map) == std::vector<held_run>{{apart, 1, by(3)}, {count * apart, 1, by(count * 3 % 1000)}});
  CHECK(map.occupancy(apart + 1).length == (count - 1) * apart - 1);
  map.erase(count * apart, 1);
  CHECK(map.greatest() == apart);
}

TEST_CASE("a reservation skips a hundred thousand serial numbers that lie far apart", "[index]") {
  using numbers = policies<integer_serial, dense_index>;
  registry<numbers> serials;
  constexpr std::uint64_t count = 100'000, apart = 10;
  for (const std::uint64_t i : shuffled(1, count)) REQUIRE(serials.claim({}, std::to_string(i * apart), i * 5 % 1000));
  REQUIRE(serials.start_at({}, "1"));
  auto reserved = serials.reserve({}, count * (apart - 1));
  REQUIRE(reserved);
  CHECK(reserved->serials().size() == count);
  CHECK(serials.find({}, "999")->state == hold::reserved);
}
