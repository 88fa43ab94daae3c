#include <tallymark/testing/model.hpp>

#include <tallymark/index/run_index.hpp>
#include <tallymark/serial/prefixed.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>
#include <vector>

using namespace tallymark;
using tallymark::testing::difference;
using tallymark::testing::index_step;
using tallymark::testing::slow_conflict;
using tallymark::testing::slow_map;
using tallymark::testing::slow_registry;
using texts = std::vector<std::string>;

namespace {

const std::vector<index_step> steps{
    {false, {1, 5, {10, hold::claimed}}}, {true, {3, 1}}, {false, {5, 3, {70, hold::retired}}}};

// Containers with one mistake each.
struct forgets_to_erase : run_map {
  void erase(std::uint64_t, std::uint64_t) {}
};
struct gives_all_to_one : run_map {
  void assign(const held_run& run) {
    for (std::uint64_t i = 0; i < run.length; ++i) run_map::assign({run.first + i, 1, run.by});
  }
};
struct looks_too_far : run_map {
  stretch occupancy(std::uint64_t ordinal) const {
    stretch here = run_map::occupancy(ordinal);
    ++here.length;
    return here;
  }
};
struct misses_the_first : run_map {
  void overlaps(std::uint64_t first, std::uint64_t length, auto&& visit) const {
    if (length > 1) run_map::overlaps(first + 1, length - 1, visit);
  }
};
struct least_is_greatest : run_map {
  std::optional<std::uint64_t> greatest() const { return empty() ? std::nullopt : std::optional<std::uint64_t>(1); }
};
struct never_empty : run_map {
  bool empty() const { return false; }
};

run_list list(std::uint64_t first, std::uint64_t length) {
  run_list out;
  out.add(run{{"SN-"}, first, length});
  return out;
}

}  // namespace

static_assert(ordinal_map<slow_map>);

TEST_CASE("a container that is right agrees with the slow one", "[testing]") {
  CHECK(difference<run_map>(steps).empty());
  CHECK(difference<slow_map>(steps).empty());
  CHECK(difference<run_map>(std::vector<index_step>{{true, {0, max_ordinal + 1}}, {false, {max_ordinal - 2, 3, {}}}})
            .empty());
}

TEST_CASE("a container with a mistake does not", "[testing]") {
  CHECK(difference<forgets_to_erase>(steps) == "the occupancy of 1 after step 1");
  CHECK(difference<gives_all_to_one>(steps) == "the holder of 2 after step 0");
  CHECK(difference<looks_too_far>(steps) == "the occupancy of 0 after step 0");
  CHECK(difference<misses_the_first>(std::vector<index_step>{{false, {0, 2, {}}}}) ==
        "what is taken of 0 after step 0");
  CHECK(difference<least_is_greatest>(steps) == "the greatest of 0 after step 0");
  CHECK(difference<never_empty>(std::vector<index_step>{{true, {0, 1}}}) == "the greatest of 0 after step 0");
}

TEST_CASE("the slow registry claims, releases and retires", "[testing]") {
  slow_registry<> slow;
  CHECK(slow.claim("motor", " SN-5 ", 7));
  CHECK(slow.claim("motor", "SN-5").error() == failure{errc::already_taken, 0, 4});
  CHECK(slow.claim("motor", "").error().code == errc::empty_text);
  CHECK(slow.claim("motor", list(4, 3), 10) == std::set<slow_conflict>{{"SN-5", errc::already_taken, 7}});
  CHECK(slow.claim("motor", list(6, 3), 10).empty());
  CHECK(slow.inspect("motor", "SN-7") == answer{failure{errc::already_taken, 0, 4}, 11});
  CHECK(slow.retire("motor", "SN-7"));
  CHECK(slow.inspect("motor", "SN-7") == answer{failure{errc::retired, 0, 4}, 11});
  CHECK(slow.release("motor", "SN-9").error().code == errc::not_claimed);
  CHECK(slow.release("motor", list(8, 2)) == std::set<slow_conflict>{{"SN-9", errc::not_claimed, no_item}});
  CHECK(slow.release("motor", list(5, 4)).empty());
  CHECK(slow.taken("motor").empty());
}

TEST_CASE("the slow registry counts", "[testing]") {
  slow_registry<> slow;
  CHECK(slow.next("motor", 2).value() == texts{"1", "2"});
  REQUIRE(slow.claim("motor", "SN-098"));
  REQUIRE(slow.claim("motor", "A-7"));
  CHECK(slow.latest("motor") == "SN-098");
  texts all;
  const auto first = slow.reserve("motor", 3, all);
  CHECK(all == texts{"SN-099", "SN-100", "SN-101"});
  CHECK(slow.release("motor", "SN-100").error().code == errc::reserved);
  CHECK(slow.latest("motor") == "SN-101");
  slow.drop(*first);
  CHECK(slow.latest("motor") == "SN-098");
  const auto second = slow.reserve("motor", 1, all);
  slow.commit(*second, 5);
  CHECK(slow.inspect("motor", "SN-099").item == 5);
  CHECK(slow.start_at("motor", "Q").error().code == errc::no_counter);
  CHECK(slow.start_at("motor", "A-6"));
  CHECK(slow.next("motor", 2).value() == texts{"A-6", "A-8"});
  CHECK(slow_registry<policies<prefixed_serial<"P", 1>>>().next("motor", 10).error().code == errc::exhausted);
}

TEST_CASE("where a registry and the slow one differ is told", "[testing]") {
  registry<> real;
  slow_registry<> slow;
  const part_ref<> motor = "motor";
  CHECK(difference(real, slow, motor).empty());
  REQUIRE(real.claim(motor, "7"));
  CHECK(difference(real, slow, motor) == "what is taken");
  REQUIRE(slow.claim(motor, "7"));
  CHECK(difference(real, slow, motor).empty());
  REQUIRE(real.start_at(motor, "3"));
  CHECK(difference(real, slow, motor) == "next: 3 instead of 8");
  REQUIRE(slow.start_at(motor, "3"));
  CHECK(difference(real, slow, motor).empty());
}

TEST_CASE("conflicts are told one by one", "[testing]") {
  const slow_registry<> slow;
  CHECK(slow.spelled(list(8, 3)) == texts{"SN-8", "SN-9", "SN-10"});
  CHECK(
      slow.spelled(conflicts{{errc::already_taken, run{{"SN-"}, 8, 2}, 5}, {errc::named_twice, run{{"SN-"}, 8, 1}}}) ==
      std::set<slow_conflict>{
          {"SN-8", errc::already_taken, 5}, {"SN-9", errc::already_taken, 6}, {"SN-8", errc::named_twice, no_item}});
}
