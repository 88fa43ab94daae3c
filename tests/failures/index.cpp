// Every change of every index through all its points of failure, when memory runs out: all of it is done, or nothing.
#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/testing/model.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <support/failing_memory.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <random>
#include <utility>
#include <vector>

using namespace tallymark;

namespace {

// What is taken, one ordinal or one run after the other, and what can be asked around it.
template <class Map>
std::vector<held_run> all(const Map& map) {
  std::vector<held_run> out;
  map.overlaps(0, max_ordinal + 1, [&](const held_run& part) {
    if (!out.empty() && out.back().last() + 1 == part.first && out.back().by.leads_to(part.by, out.back().length))
      out.back().length += part.length;
    else
      out.push_back(part);
  });
  REQUIRE(map.empty() == out.empty());
  REQUIRE(map.greatest() == (out.empty() ? std::nullopt : std::optional(out.back().last())));
  for (const held_run& each : out)
    for (const std::uint64_t at : {each.first, each.last()}) {
      REQUIRE(map.find(at) == each.by + (at - each.first));
      REQUIRE(map.occupancy(at).taken);
    }
  return out;
}

struct state {
  const char* name;
  std::vector<held_run> runs;
};

// Runs and single ordinals, so that a container takes on all its forms.
std::vector<state> states() {
  std::vector<state> out{{"empty", {}}, {"one run", {{1000, 500, {7}}}}, {"a long run", {{500, 100'000, {7}}}}};
  std::mt19937_64 random(5);
  const auto scattered = [&](const char* name, std::size_t n, std::uint64_t first, std::uint64_t size, auto item) {
    std::vector<held_run> runs;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint64_t at = first + random() % size;
      runs.push_back({at, 1, item(at)});
    }
    out.push_back({name, std::move(runs)});
  };
  const auto continuing = [](std::uint64_t at) { return holder{at}; };
  const auto near = [&](std::uint64_t) { return holder{random() % 100'000}; };
  const auto any = [&](std::uint64_t) {
    return holder{random() % 10 == 0 ? no_item : random() % (std::uint64_t{1} << 60)};
  };
  scattered("a few in one chunk", 8, 1024, 1024, near);
  scattered("many in one chunk that continue one another", 300, 1024, 1024, continuing);
  scattered("many in one chunk", 300, 1024, 1024, near);
  scattered("many in one chunk, of any item", 300, 1024, 1024, any);
  scattered("in several chunks", 400, 0, 8192, near);
  scattered("far apart", 60, 0, std::uint64_t{1} << 50, near);
  scattered("far apart, and no room for one more", 513, 0, std::uint64_t{1} << 50, near);
  out.push_back({"almost a crowd", {{0, 1, {1}}, {1089, 1, {5}}, {1091, 1, {9}}, {1093, 1, {2}}, {7780, 1, {5}}}});
  out.push_back({"a chunk that is almost nothing", {{0, 1, {1}}, {1098, 3, {5}}, {30'001, 3, {5}}}});
  state mixed{"runs and chunks", {{0, 600, {1}}, {3000, 3000, {5000}}, {20'000, 100'000, {20'000}}}};
  for (std::uint64_t i = 0; i < 200; ++i) mixed.runs.push_back({1100 + 7 * i, 1, {i * i}});
  out.push_back(std::move(mixed));
  state almost_full{"a chunk of which one is free", {}};
  for (std::uint64_t i = 0; i < 1023; ++i) almost_full.runs.push_back({1024 + i * 5 % 1024, 1, {1024 + i * 5 % 1024}});
  out.push_back(std::move(almost_full));
  return out;
}

std::uint64_t longest(const state& of) {
  std::uint64_t length = 0;
  for (const held_run& each : of.runs) length = std::max(length, each.length);
  return length;
}

template <class Map>
std::unique_ptr<Map> made(const state& from) {
  auto map = std::make_unique<Map>();
  for (const held_run& each : from.runs) map->assign(each);
  return map;
}

template <class Map>
struct change {
  const char* name;
  std::uint64_t size;
  std::function<void(Map&)> make;
};

template <class Map>
std::vector<change<Map>> changes() {
  std::vector<change<Map>> out;
  for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{1100}, std::uint64_t{1499}, std::uint64_t{1500},
                                 std::uint64_t{2043}, std::uint64_t{7777}, std::uint64_t{1} << 40})
    out.push_back({"claim", 1, [=](Map& map) { (void)index_traits<Map>::claim(map, at, {at}); }});
  for (const auto& [first, length] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{{1100, 1},
                                                                                          {1100, 3},
                                                                                          {1500, 8},
                                                                                          {1490, 20},
                                                                                          {1000, 500},
                                                                                          {1000, 30},
                                                                                          {900, 3000},
                                                                                          {2000, 60},
                                                                                          {0, 9000},
                                                                                          {3500, 100},
                                                                                          {30'000, 5},
                                                                                          {30'000, 50'000},
                                                                                          {2040, 20}}) {
    for (const std::uint64_t item : {first, std::uint64_t{123'456}, std::uint64_t{1} << 55, no_item})
      out.push_back({"assign", length, [item, begin = first, count = length](Map& map) {
                       map.assign({begin, count, {item, hold::retired}});
                     }});
    out.push_back({"erase", length, [begin = first, count = length](Map& map) { map.erase(begin, count); }});
  }
  if constexpr (!concurrent_ordinal_map<Map>)  // its items are less
    for (const auto& [first, length] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{{1100, 5}, {900, 3000}})
      out.push_back({"assign beyond the greatest item", length,
                     [=, begin = first, count = length](Map& map) { map.assign({begin, count, {no_item - 2}}); }});
  return out;
}

}  // namespace

TEMPLATE_TEST_CASE("without memory a change of an index is made as a whole or not at all", "[index]", run_map,
                   dense_map, hashed_map, concurrent_map, testing::slow_map) {
  std::size_t failures = 0;
  for (const state& from : states()) {
    if (std::is_same_v<TestType, testing::slow_map> && longest(from) > 1000) continue;  // it takes its time
    if (std::is_same_v<TestType, concurrent_map> && from.runs.size() > 500) continue;   // and a chunk for each
    CAPTURE(from.name);
    const auto before = all(*made<TestType>(from));
    for (const auto& [name, size, make] : changes<TestType>()) {
      if (std::is_same_v<TestType, testing::slow_map> && size > 1000) continue;
      CAPTURE(name);
      const auto done = [&] {
        const auto map = made<TestType>(from);
        make(*map);
        return all(*map);
      }();
      failures += testing::for_each_failure([&](std::size_t n) {
        CAPTURE(n);
        const auto map = made<TestType>(from);
        bool threw = false, failed = false;
        {
          testing::failing_memory memory(n);
          try {
            make(*map);
          } catch (const std::bad_alloc&) {
            threw = true;
          }
          failed = memory.failed();
        }
        const auto is = all(*map);
        REQUIRE(is == (threw ? before : done));
        make(*map);  // and it goes on as if nothing had been
        REQUIRE(all(*map) == done);
        map->erase(0, max_ordinal + 1);
        REQUIRE(map->empty());
        return failed;
      });
    }
  }
  CHECK(failures > 100);
}
