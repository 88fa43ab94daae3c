#include <tallymark/index/hashed_index.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <vector>

#include "support/index_world.hpp"

using namespace tallymark;

static_assert(index_policy<hashed_index> && ordinal_map<hashed_map>);

namespace {

constexpr holder by(std::uint64_t item) { return {item, hold::claimed}; }

std::vector<held_run> runs_of(const hashed_map& map) {
  std::vector<held_run> out;
  map.overlaps(0, max_ordinal + 1, [&](const held_run& run) { out.push_back(run); });
  return out;
}

std::uint64_t free_from(const hashed_map& map, std::uint64_t ordinal) {
  const stretch here = map.occupancy(ordinal);
  CHECK(!here.taken);
  return here.length;
}

}  // namespace

TEST_CASE("an empty hash table holds nothing", "[index]") {
  hashed_map map;
  CHECK(map.empty());
  CHECK(!map.greatest());
  CHECK(!map.find(0));
  CHECK(free_from(map, 0) == max_ordinal + 1);
  map.erase(0, max_ordinal + 1);
  CHECK(map.empty());
}

TEST_CASE("a hash table changes as one entry for each ordinal does", "[index]") {
  testing::changes_as_the_slow_one_does<hashed_map>();
}

TEST_CASE("long runs beside a hash table change as runs do", "[index]") { testing::changes_as<hashed_map, run_map>(); }

TEST_CASE("ordinals of the table and runs beside it are visited in order, joined", "[index]") {
  hashed_map map;
  map.assign({100, 1'000'000'000, by(100)});
  CHECK(!map.claim(99, by(99)));
  CHECK(!map.claim(1'000'000'100, by(7)));
  CHECK(!map.claim(5, by(5)));
  CHECK(!map.claim(6, by(6)));
  CHECK(map.claim(6, by(8)) == by(6));
  CHECK(map.claim(101, by(8)) == by(101));
  CHECK(runs_of(map) == std::vector<held_run>{{5, 2, by(5)}, {99, 1'000'000'001, by(99)}, {1'000'000'100, 1, by(7)}});
  CHECK(map.greatest() == 1'000'000'100);
  map.assign({0, 4'000'000'000, {}});
  CHECK(runs_of(map) == std::vector<held_run>{{0, 4'000'000'000, {}}});
}

TEST_CASE("items that do not fit the table are kept too", "[index]") {
  hashed_map map;
  constexpr std::uint64_t greatest = (std::uint64_t{1} << 62) - 2;
  for (const std::uint64_t item : {greatest, greatest + 1, no_item - 1, no_item}) {
    CHECK(!map.claim(item % 1000, by(item)));
    CHECK(map.claim(item % 1000, by(1)) == by(item));
    CHECK(map.find(item % 1000) == by(item));
  }
  CHECK(!map.claim(1, by(1)));
  CHECK(map.claim(1, by(greatest + 1)) == by(1));
  map.assign({1, 2, by(greatest)});
  CHECK(runs_of(map).front() == held_run{1, 2, by(greatest)});
}

TEST_CASE("the greatest is found again when it is freed", "[index]") {
  hashed_map map;
  for (const std::uint64_t ordinal : {3U, 10U, 11U, 5000U}) map.claim(ordinal, by(ordinal));
  map.erase(5000, 1);
  CHECK(map.greatest() == 11);
  map.erase(11, 1);
  CHECK(map.greatest() == 10);
  map.erase(5, 100);
  CHECK(map.greatest() == 3);
  map.erase(3, 1);
  CHECK(!map.greatest());
  map.claim(0, by(1));
  map.claim(2, by(1));
  map.erase(2, 1);
  CHECK(map.greatest() == 0);
}

TEST_CASE("free ordinals are counted up to a multiple of 4096, and from there on to the next taken one", "[index]") {
  hashed_map map;
  for (const std::uint64_t ordinal : {10U, 11U, 12U, 4'000'000'000U}) map.claim(ordinal, by(ordinal * 2));
  CHECK(free_from(map, 9) == 1);
  CHECK(free_from(map, 0) == 10);
  CHECK(map.occupancy(10).taken);
  CHECK(map.occupancy(10).length == 3);
  CHECK(free_from(map, 13) == 4083);
  CHECK(free_from(map, 4095) == 1);
  CHECK(free_from(map, 4096) == 3'999'995'904);
  CHECK(free_from(map, 4'000'000'001) == max_ordinal - 4'000'000'000);
  map.assign({100'000, 1000, by(1)});
  CHECK(free_from(map, 4096) == 95'904);
  CHECK(map.occupancy(100'001).length == 999);
}
