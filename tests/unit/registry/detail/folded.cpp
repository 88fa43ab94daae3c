#include <tallymark/registry/detail/folded.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <new>
#include <optional>
#include <random>
#include <vector>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/registry/detail/family_changes.hpp>
#include <tallymark/registry/detail/few_runs.hpp>

using namespace tallymark;
using namespace tallymark::detail;
using kind = deferred_change::kind;

namespace {

// One ordinal after the other.
using slow_map = std::map<std::uint64_t, holder>;

bool equal(const slow_map& a, const slow_map& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }
void take(slow_map& in, const held_run& run) {
  for (std::uint64_t i = 0; i < run.length; ++i) in.insert_or_assign(run.at(i), run.by + i);
}
void free(slow_map& in, const held_run& run) {
  for (std::uint64_t i = 0; i < run.length; ++i) in.erase(run.at(i));
}

// Runs of stride 1, of N, and of others, near `base`, on a few hundred ordinals.
template <std::uint64_t N>
held_run any_run(std::mt19937_64& random, std::uint64_t base) {
  const std::uint64_t strides[] = {1, N, N, 1 + random() % 7};
  held_run run{base + random() % 200, 1 + random() % 30, {}, strides[random() % 4]};
  if (N > 20) run.stride = 1 + random() % 7;
  if (run.length == 1) run.stride = 1;
  if (random() % 3 > 0) run.by.item = random() % 50 * 1000;
  if (random() % 5 == 0) run.by.state = hold::retired;
  return run;
}

template <class Folded>
void check_same(const Folded& map, const slow_map& slow, std::uint64_t base, std::mt19937_64& random) {
  slow_map seen;
  map.for_each([&](const held_run& run) {
    CHECK((run.stride == Folded::stride || run.length == 1));
    take(seen, run);
  });
  CHECK(equal(seen, slow));
  CHECK(map.empty() == slow.empty());
  CHECK(map.greatest() == (slow.empty() ? std::nullopt : std::optional(slow.rbegin()->first)));
  std::size_t stretched = 0;
  map.for_each_stretch([&](std::uint64_t first, std::uint64_t length) {
    for (std::uint64_t i = 0; i < length; ++i) stretched += slow.count(first + i * Folded::stride);
  });
  CHECK(stretched == slow.size());
  for (int i = 0; i < 20; ++i) {
    const std::uint64_t at = base + random() % 300;
    const auto known = slow.find(at);
    CHECK(map.find(at) == (known == slow.end() ? std::nullopt : std::optional(known->second)));
    const stretch here = map.occupancy(at);
    CHECK(here.taken == (known != slow.end()));
    for (std::uint64_t k = 0; k < std::min<std::uint64_t>(here.length, 60); ++k)
      CHECK((slow.count(at + k * here.stride) > 0) == here.taken);
  }
  const held_run asked = any_run<Folded::stride>(random, base);
  slow_map overlapping, expected;
  map.overlaps(asked.first, asked.length, asked.stride, [&](const held_run& run) { take(overlapping, run); });
  for (std::uint64_t i = 0; i < asked.length; ++i)
    if (const auto known = slow.find(asked.at(i)); known != slow.end()) expected.insert(*known);
  CHECK(equal(overlapping, expected));
}

template <class Map, std::uint64_t N>
void same_as_slowly() {
  for (const std::uint64_t base : {std::uint64_t{0}, max_ordinal - 1000}) {
    std::mt19937_64 random(N);
    folded<Map, N> map;
    slow_map slow;
    for (int step = 0; step < 300; ++step) {
      const held_run run = any_run<N>(random, base);
      switch (random() % 3) {
        case 0:
          map.assign(run);
          take(slow, run);
          break;
        case 1:
          map.erase(run.first, run.length, run.stride);
          free(slow, run);
          break;
        default:
          const auto met = map.claim(run.first, run.by);
          CHECK(met.has_value() == (slow.count(run.first) > 0));
          slow.emplace(run.first, run.by);
      }
      check_same(map, slow, base, random);
    }
    if (N > 1000) continue;  // it would be as many pieces
    map.erase(0, max_ordinal + 1, 1);
    CHECK(map.empty());
    INFO(N << ' ' << map.greatest().value_or(7));
    CHECK(map.greatest() == std::nullopt);
  }
}

// Held ordinals that can be changed only now and then.
struct poor_map : run_map {
  inline static bool poor = false;
  void assign(const held_run& run) {
    if (poor) throw std::bad_alloc();
    run_map::assign(run);
  }
  void erase(std::uint64_t first, std::uint64_t length) {
    if (poor) throw std::bad_alloc();
    run_map::erase(first, length);
  }
};
// What keeps them.
struct maps_by_three {
  static constexpr std::uint64_t stride = 3;
  using entry = folded<poor_map, 3>;
  static std::optional<holder> find(const entry& in, std::uint64_t ordinal) { return in.find(ordinal); }
  static stretch occupancy(const entry& in, std::uint64_t ordinal) { return in.occupancy(ordinal); }
  static void overlaps(const entry& in, std::uint64_t first, std::uint64_t length, std::uint64_t by, auto&& visit) {
    in.overlaps(first, length, by, visit);
  }
  static void for_each(const entry& in, auto&& visit) { in.for_each(visit); }
  static void for_each_stretch(const entry& in, auto&& visit) noexcept { in.for_each_stretch(visit); }
  static bool is_empty(const entry& in) { return in.empty(); }
  static void assign(entry& in, const held_run& run) { in.assign(run); }
  static void erase(entry& in, std::uint64_t first, std::uint64_t length, std::uint64_t by) {
    in.erase(first, length, by);
  }
};

}  // namespace

TEST_CASE("runs of any stride are kept as one by one", "[registry]") {
  same_as_slowly<run_map, 1>();
  same_as_slowly<run_map, 2>();
  same_as_slowly<run_map, 10>();
  same_as_slowly<run_map, 1000>();
  same_as_slowly<run_map, (std::uint64_t{1} << 62)>();
  same_as_slowly<dense_map, 3>();
  same_as_slowly<dense_map, 10>();
  same_as_slowly<concurrent_map, 10>();
}

TEST_CASE("a few runs of any stride are kept as one by one", "[registry]") {
  std::mt19937_64 random(7);
  folded<few_runs, 10> few;
  slow_map slow;
  for (int step = 0; step < 2000; ++step) {
    const held_run run = any_run<10>(random, 0);
    if (random() % 2 == 0 ? few.assign(run) : few.erase(run.first, run.length, run.stride)) continue;
    few = {};  // some may have changed
  }
  few = {};
  for (std::uint64_t first = 1; first <= 9; ++first) {
    const held_run run{first, 1000, {first * 10'000}, 10};
    REQUIRE(few.assign(run));
    take(slow, run);
    check_same(few, slow, 0, random);
  }
  REQUIRE(few.erase(1, 20, 10));
  free(slow, {1, 20, {}, 10});
  check_same(few, slow, 0, random);
}

TEST_CASE("a run of the stride costs what one ordinal does", "[registry]") {
  folded<run_map, 10> map;
  map.assign({7, 100'000'000'000'000'000, {5}, 10});
  int parts = 0;
  map.overlaps(0, 40, 1, [&](const held_run& part) {
    ++parts;
    CHECK(part == held_run{7, 4, {5}, 10});
  });
  CHECK(parts == 1);
  CHECK(map.greatest() == 999'999'999'999'999'997);
  map.erase(500'007, 99'999'999'999'950'000, 10);
  CHECK(map.greatest() == 499'997);
  static_assert(sizeof(folded<run_map, 1>) == sizeof(run_map) && sizeof(folded<few_runs, 10>) == sizeof(few_runs));
}

TEST_CASE("closed ordinals of a stride are those and no others", "[registry]") {
  folded<concurrent_map, 10> map;
  map.assign({25, 1, {1}});
  CHECK_FALSE(map.close(5, 10, 10));
  CHECK_FALSE(map.close(1, 30));
  CHECK(map.claim(15, {2}) == std::nullopt);
  CHECK(map.close(35, 10, 10));
  CHECK_FALSE(map.try_claim(45, {3}).decided);
  map.open(35, 10, 10);
  CHECK(map.close(30, 10));
  map.open(30, 10);
  CHECK(map.claim(45, {3}) == std::nullopt);
  CHECK(map.greatest() == 45);
}

TEST_CASE("what has to wait is seen as if it were done, with strides too", "[registry]") {
  std::mt19937_64 random(3);
  maps_by_three maps;
  for (int round = 0; round < 60; ++round) {
    spare_changes spare;
    spare.reserve(100);
    family_changes<maps_by_three> changes;
    folded<poor_map, 3> map;
    slow_map slow;
    for (int step = 0; step < 12; ++step) {
      poor_map::poor = step >= 3;
      held_run run = any_run<3>(random, 0);
      const kind what = std::vector{kind::assign, kind::erase, kind::retire}[random() % 3];
      changes.change(maps, map, what, run, spare);
      if (what == kind::assign) take(slow, run);
      if (what == kind::erase) free(slow, run);
      if (what == kind::retire)
        for (std::uint64_t i = 0; i < run.length; ++i)
          if (const auto known = slow.find(run.at(i)); known != slow.end()) known->second.state = hold::retired;
      slow_map seen;
      std::uint64_t before = 0;
      changes.for_each_in_order(maps, map, [&](const held_run& part) {
        CHECK(part.first >= before);
        before = part.first;
        take(seen, part);
      });
      CHECK(equal(seen, slow));
      CHECK(changes.is_empty(maps, map) == slow.empty());
      for (std::uint64_t at = 0; at < 300; at += 1 + random() % 20) {
        const auto known = slow.find(at);
        CHECK(changes.find(maps, map, at) == (known == slow.end() ? std::nullopt : std::optional(known->second)));
        const stretch here = changes.occupancy(maps, map, at);
        for (std::uint64_t k = 0; k < std::min<std::uint64_t>(here.length, 60); ++k)
          CHECK((slow.count(at + k * here.stride) > 0) == here.taken);
      }
      const held_run asked = any_run<3>(random, 0);
      slow_map overlapping, expected;
      changes.overlaps(maps, map, asked.first, asked.length, asked.stride,
                       [&](const held_run& part) { take(overlapping, part); });
      for (std::uint64_t i = 0; i < asked.length; ++i)
        if (const auto known = slow.find(asked.at(i)); known != slow.end()) expected.insert(*known);
      CHECK(equal(overlapping, expected));
    }
    poor_map::poor = false;
    changes.settle(maps);
    CHECK(changes.settled());
    slow_map seen;
    map.for_each([&](const held_run& part) { take(seen, part); });
    CHECK(equal(seen, slow));
  }
}
