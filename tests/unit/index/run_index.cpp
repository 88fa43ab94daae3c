#include <tallymark/index/run_index.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <utility>
#include <vector>

#include "support/index_world.hpp"

using namespace tallymark;

static_assert(index_policy<run_index> && ordinal_map<run_map>);

namespace {

constexpr holder retired_by(std::uint64_t item) { return {item, hold::retired}; }
constexpr holder by(std::uint64_t item) { return {item, hold::claimed}; }

std::vector<held_run> runs_of(const run_map& map, std::uint64_t first = 0, std::uint64_t length = max_ordinal + 1) {
  std::vector<held_run> out;
  map.overlaps(first, length, [&](const held_run& run) { out.push_back(run); });
  return out;
}

using pair = std::pair<bool, std::uint64_t>;
pair from(const run_map& map, std::uint64_t ordinal) {
  const stretch here = map.occupancy(ordinal);
  return {here.taken, here.length};
}

}  // namespace

TEST_CASE("an empty map holds nothing", "[index]") {
  const run_map map;
  CHECK(map.empty());
  CHECK(!map.greatest());
  CHECK(!map.find(0));
  CHECK(runs_of(map).empty());
  CHECK(from(map, 0) == pair{false, max_ordinal + 1});
  CHECK(from(map, max_ordinal) == pair{false, 1});
}

TEST_CASE("neighbours with consecutive items are one run, from whatever side they come", "[index]") {
  run_map map;
  map.assign({1, 1, by(101)});
  map.assign({12, 2, by(112)});
  map.assign({11, 1, by(111)});  // before a neighbour, with another run far below
  CHECK(runs_of(map) == std::vector<held_run>{{1, 1, by(101)}, {11, 3, by(111)}});
  map.assign({14, 1, by(114)});
  map.assign({2, 9, by(102)});
  CHECK(runs_of(map) == std::vector<held_run>{{1, 14, by(101)}});
}

TEST_CASE("neighbours of other items or another state stay apart", "[index]") {
  run_map map;
  map.assign({1, 1, by(101)});
  map.assign({2, 1, by(103)});
  map.assign({3, 1, retired_by(104)});
  map.assign({4, 1, {}});
  map.assign({5, 1, {}});  // all without an item are alike
  CHECK(runs_of(map) == std::vector<held_run>{{1, 1, by(101)}, {2, 1, by(103)}, {3, 1, retired_by(104)}, {4, 2, {}}});
}

TEST_CASE("assigning cuts what was there", "[index]") {
  run_map map;
  map.assign({1, 10, by(1)});
  map.assign({4, 2, retired_by(4)});
  CHECK(runs_of(map) == std::vector<held_run>{{1, 3, by(1)}, {4, 2, retired_by(4)}, {6, 5, by(6)}});
  map.assign({4, 2, by(4)});
  CHECK(runs_of(map) == std::vector<held_run>{{1, 10, by(1)}});
  map.assign({0, 20, by(100)});
  CHECK(runs_of(map) == std::vector<held_run>{{0, 20, by(100)}});
}

TEST_CASE("erasing cuts at both ends", "[index]") {
  run_map map;
  map.assign({1, 10, by(1)});
  map.assign({21, 10, by(21)});
  map.erase(9, 14);
  CHECK(runs_of(map) == std::vector<held_run>{{1, 8, by(1)}, {23, 8, by(23)}});
  map.erase(9, 14);  // already free
  map.erase(25, 1);
  CHECK(runs_of(map) == std::vector<held_run>{{1, 8, by(1)}, {23, 2, by(23)}, {26, 5, by(26)}});
  CHECK(map.greatest() == 30);
  map.erase(0, max_ordinal + 1);
  CHECK(map.empty());
}

TEST_CASE("lookups answer for every place of a run", "[index]") {
  run_map map;
  map.assign({5, 3, by(50)});
  map.assign({10, 1, retired_by(7)});
  CHECK(!map.find(4));
  CHECK(map.find(5) == by(50));
  CHECK(map.find(7) == by(52));
  CHECK(!map.find(8));
  CHECK(map.find(10) == retired_by(7));
  CHECK(from(map, 0) == pair{false, 5});
  CHECK(from(map, 6) == pair{true, 2});
  CHECK(from(map, 8) == pair{false, 2});
  CHECK(from(map, 11) == pair{false, max_ordinal - 10});
  CHECK(runs_of(map, 6, 100) == std::vector<held_run>{{6, 2, by(51)}, {10, 1, retired_by(7)}});
  CHECK(runs_of(map, 7, 1) == std::vector<held_run>{{7, 1, by(52)}});
  CHECK(runs_of(map, 8, 2).empty());
}

TEST_CASE("all ordinals up to the last fit into one run", "[index]") {
  run_map map;
  map.assign({0, max_ordinal + 1, {}});
  CHECK(runs_of(map) == std::vector<held_run>{{0, max_ordinal + 1, {}}});
  CHECK(from(map, 0) == pair{true, max_ordinal + 1});
  CHECK(from(map, max_ordinal) == pair{true, 1});
  map.erase(max_ordinal, 1);
  map.erase(0, 1);
  CHECK(runs_of(map) == std::vector<held_run>{{1, max_ordinal - 1, {}}});
  map.assign({max_ordinal, 1, {}});
  CHECK(runs_of(map) == std::vector<held_run>{{1, max_ordinal, {}}});
  map.erase(4'000'000'000, 1);
  CHECK(from(map, 1) == pair{true, 3'999'999'999});
  CHECK(map.greatest() == max_ordinal);
}

TEST_CASE("runs change as one entry for each ordinal does", "[index]") {
  testing::changes_as_the_slow_one_does<run_map>();
}

TEST_CASE("a claim takes what is free", "[index]") {
  run_map map;
  CHECK(!map.claim(5, by(50)));
  CHECK(!map.claim(6, by(51)));
  CHECK(!map.claim(4, by(49)));
  CHECK(map.claim(6, by(9)) == by(51));
  CHECK(!map.claim(7, by(9)));
  CHECK(runs_of(map) == std::vector<held_run>{{4, 3, by(49)}, {7, 1, by(9)}});
}

TEST_CASE("only what just continues the last run extends it", "[index]") {
  run_map map;
  CHECK(!map.extend(0, 1, by(1)));
  map.assign({5, 2, by(50)});
  CHECK(!map.extend(8, 1, by(53)));
  CHECK(!map.extend(7, 1, by(51)));
  CHECK(!map.extend(7, 1, retired_by(52)));
  CHECK(!map.extend(6, 1, by(51)));
  CHECK(map.extend(7, 10, by(52)));
  CHECK(runs_of(map) == std::vector<held_run>{{5, 12, by(50)}});
  map.erase(10, 100);
  CHECK(map.extend(10, 1, by(55)));
  CHECK(map.greatest() == 10);
  map.assign({0, max_ordinal + 1, {}});
  CHECK(!map.extend(0, 1, {}));
}

TEST_CASE("items that count beyond the greatest begin again at 0", "[index]") {
  run_map map;
  map.assign({10, 5, by(no_item - 2)});
  CHECK(runs_of(map) == std::vector<held_run>{{10, 2, by(no_item - 2)}, {12, 1, by(no_item)}, {13, 2, by(0)}});
  map.erase(10, 2);
  CHECK(map.find(13) == by(0));
  map.assign({11, 1, by(no_item - 1)});
  CHECK(runs_of(map) == std::vector<held_run>{{11, 1, by(no_item - 1)}, {12, 1, by(no_item)}, {13, 2, by(0)}});
}
