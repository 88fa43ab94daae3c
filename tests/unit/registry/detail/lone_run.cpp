#include <tallymark/registry/detail/lone_run.hpp>

#include <tallymark/index/run_index.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

using namespace tallymark;
using detail::lone_run;

namespace {

constexpr holder by(std::uint64_t item, hold state = hold::claimed) { return {item, state}; }

template <class Ordinals>
constexpr std::vector<held_run> within(const Ordinals& in, std::uint64_t first, std::uint64_t length) {
  std::vector<held_run> met;
  in.overlaps(first, length, [&](const held_run& run) { met.push_back(run); });
  return met;
}

constexpr bool takes_what_leaves_one_run() {
  lone_run in;
  bool right = in.empty() && !in.find(0) && !in.greatest() && in.assign({5, 3, by(10)});
  right = right && !in.empty() && in.greatest() == 7U && in.find(6) == by(11) && !in.find(4) && !in.find(8);
  right = right && in.assign({5, 3, by(10, hold::retired)}) && in.find(7) == by(12, hold::retired);
  right = right && in.assign({4, 5, by(20)}) && in.find(4) == by(20) && in.greatest() == 8U;
  return right && in.erase(4, 5) && in.empty() && in.assign({9, 1, by(1)}) && in.greatest() == 9U;
}
static_assert(takes_what_leaves_one_run());

constexpr bool leaves_the_rest_to_others() {
  lone_run in;
  bool right = in.assign({5, 3, by(10)});
  right = right && !in.assign({8, 1, by(13)}) && !in.assign({5, 2, by(10)}) && !in.assign({6, 5, by(10)});
  right = right && !in.erase(5, 2) && !in.erase(6, 2) && !in.erase(1, 2);
  right = right && !in.assign({0, 10, by(no_item - 9)});  // the last would be for no_item
  return right && in.find(5) == by(10) && in.find(7) == by(12) && in.greatest() == 7U;
}
static_assert(leaves_the_rest_to_others());

static_assert([] {
  lone_run in;
  return in.assign({0, 10, by(no_item - 10)}) && in.find(9) == by(no_item - 1);
}());

}  // namespace

TEST_CASE("a lone run answers as a container with this run", "[registry]") {
  const std::uint64_t far = max_ordinal;
  for (const held_run& held : {held_run{5, 3, by(10)}, held_run{0, 1, by(no_item)}, held_run{0, far + 1, by(no_item)},
                               held_run{far, 1, by(3)}, held_run{far - 2, 3, by(no_item, hold::reserved)}}) {
    lone_run alone;
    run_map map;
    REQUIRE(alone.assign(held));
    map.assign(held);
    CHECK(alone.greatest() == map.greatest());
    for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{4}, std::uint64_t{5},
                                   std::uint64_t{7}, std::uint64_t{8}, far - 3, far - 2, far - 1, far}) {
      INFO(held.first << '+' << held.length << " at " << at);
      CHECK(alone.find(at) == map.find(at));
      CHECK(alone.occupancy(at).taken == map.occupancy(at).taken);
      CHECK(alone.occupancy(at).length == map.occupancy(at).length);
      for (const std::uint64_t length : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{6}, far + 1})
        if (length - 1 <= far - at) CHECK(within(alone, at, length) == within(map, at, length));
    }
  }
}

TEST_CASE("without a run all is free", "[registry]") {
  const lone_run none;
  const run_map map;
  CHECK(within(none, 0, max_ordinal + 1).empty());
  for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{7}, max_ordinal}) {
    CHECK_FALSE(none.find(at));
    CHECK_FALSE(none.occupancy(at).taken);
    CHECK(none.occupancy(at).length == map.occupancy(at).length);
  }
}
