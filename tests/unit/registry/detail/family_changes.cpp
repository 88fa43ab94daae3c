#include <tallymark/registry/detail/family_changes.hpp>

#include <tallymark/index/run_index.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <new>
#include <optional>
#include <vector>

using namespace tallymark;
using detail::family_changes;
using kind = detail::deferred_change::kind;

namespace {

// Held ordinals that can be changed only while there is memory.
struct poor_map : run_map {
  bool poor = false;
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
struct poor_maps {
  using entry = poor_map;
  static std::optional<holder> find(const poor_map& in, std::uint64_t ordinal) { return in.find(ordinal); }
  static stretch occupancy(const poor_map& in, std::uint64_t ordinal) { return in.occupancy(ordinal); }
  static constexpr std::uint64_t stride = 1;
  static void overlaps(const poor_map& in, std::uint64_t first, std::uint64_t length, std::uint64_t, auto&& visit) {
    in.overlaps(first, length, visit);
  }
  static void for_each(const poor_map& in, auto&& visit) { in.overlaps(0, max_ordinal + 1, visit); }
  static void for_each_stretch(const poor_map& in, auto&& visit) noexcept {
    for (std::uint64_t at = 0; at <= max_ordinal;) {
      const stretch here = in.occupancy(at);
      if (here.taken) visit(at, here.length);
      at += here.length;
    }
  }
  static bool is_empty(const poor_map& in) { return in.empty(); }
  static void assign(poor_map& in, const held_run& run) { in.assign(run); }
  static void erase(poor_map& in, std::uint64_t first, std::uint64_t length, std::uint64_t) { in.erase(first, length); }
};
poor_maps maps;

std::vector<held_run> all(const family_changes<poor_maps>& changes, const poor_map& map) {
  std::vector<held_run> out;
  changes.for_each_in_order(maps, map, [&](const held_run& run) {
    if (!out.empty() && out.back().last() + 1 == run.first && out.back().by.leads_to(run.by, out.back().length))
      out.back().length += run.length;
    else
      out.push_back(run);
  });
  return out;
}

}  // namespace

TEST_CASE("what has to wait is seen as if it were done", "[registry]") {
  detail::spare_changes spare;
  spare.reserve(20);
  family_changes<poor_maps> changes;
  poor_map map, rich;
  const auto make = [&](kind what, const held_run& run) {
    changes.change(maps, map, what, run, spare);
    family_changes<poor_maps>().change(maps, rich, what, run, spare);
    const family_changes<poor_maps> none;
    REQUIRE(all(changes, map) == all(none, rich));
    REQUIRE(changes.is_empty(maps, map) == rich.empty());
    for (std::uint64_t at = 0; at < 60; ++at) {
      REQUIRE(changes.find(maps, map, at) == rich.find(at));
      REQUIRE(changes.occupancy(maps, map, at).taken == rich.occupancy(at).taken);
    }
  };
  make(kind::assign, {10, 20, {100}});
  CHECK(changes.settled());
  map.poor = true;
  make(kind::erase, {15, 3, {}});
  CHECK_FALSE(changes.settled());
  make(kind::assign, {40, 5, {7}});
  make(kind::retire, {12, 30, {}});
  make(kind::assign, {16, 1, {9, hold::reserved}});
  make(kind::erase, {0, 12, {}});
  CHECK_THROWS_AS(changes.settle(maps), std::bad_alloc);
  make(kind::erase, {0, 50, {}});
  make(kind::assign, {3, 2, {1}});
  map.poor = false;
  changes.settle(maps);
  CHECK(changes.settled());
  CHECK(all(changes, map) == std::vector<held_run>{{3, 2, {1}}});
}
