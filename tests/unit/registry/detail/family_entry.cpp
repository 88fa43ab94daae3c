#include <tallymark/registry/detail/family_entry.hpp>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/serial/text.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

using namespace tallymark;

namespace {

template <class Map>
using kept = detail::family_entry<Map, text_serial<>>;

constexpr family of{"SN-", 5, family::kind::counted, "/27"};
constexpr holder by(std::uint64_t item, hold state = hold::claimed) { return {item, state}; }

template <class Map>
std::vector<held_run> all_of(const kept<Map>& in) {
  std::vector<held_run> runs;
  in.overlaps(0, max_ordinal + 1, [&](const held_run& run) { runs.push_back(run); });
  return runs;
}

// A million of these are a hundred megabytes.
static_assert(sizeof(kept<dense_map>) <= 88);

}  // namespace

TEST_CASE("a family knows how it is called", "[registry]") {
  const kept<run_map> in(of, "SN-/27");
  CHECK(in.of() == of);
  CHECK(in.is(of));
  for (const family& other : {family{"SN", 5, of.form, "/27"}, family{"SM-", 5, of.form, "/27"},
                              family{"SN-", 4, of.form, "/27"}, family{"SN-", 5, family::kind::literal, "/27"},
                              family{"SN-", 5, of.form, "/28"}, family{"SN-", 5, of.form, ""}})
    CHECK_FALSE(in.is(other));
  CHECK(kept<run_map>(family::literal(""), "").is(family::literal("")));
}

TEST_CASE("there is a container from the second run on", "[registry]") {
  kept<dense_map> in({"SN-"}, "SN-");
  CHECK_FALSE(in.claim(12345, by(1)));
  CHECK(in.claim(12345, by(2)) == by(1));
  in.assign({12345, 1, by(1, hold::retired)});
  in.erase(12345, 1);
  in.prefetch(12345);
  CHECK(in.empty());
  in.assign({1, 100, by(1)});
  CHECK(in.all() == nullptr);
  CHECK_FALSE(in.claim(12345, by(7)));
  REQUIRE(in.all() != nullptr);
  CHECK(in.all()->read("SN-12345") == 12345U);
  CHECK(all_of(in) == std::vector<held_run>{{1, 100, by(1)}, {12345, 1, by(7)}});
}

TEMPLATE_TEST_CASE("one after the other is as with a container from the beginning", "[registry]", run_map, dense_map,
                   hashed_map, concurrent_map) {
  kept<TestType> in(of, "SN-/27");
  CHECK((in.all() != nullptr) == concurrent_ordinal_map<TestType>);
  CHECK(in.empty());
  SECTION("claimed") {
    CHECK_FALSE(in.claim(7, by(3)));
    CHECK(in.find(7) == by(3));
    CHECK_FALSE(in.find(8));
    CHECK_FALSE(in.claim(9, by(5)));
    CHECK(in.claim(7, by(4)) == by(3));
    CHECK(all_of(in) == std::vector<held_run>{{7, 1, by(3)}, {9, 1, by(5)}});
    CHECK(in.greatest() == 9U);
    CHECK(in.occupancy(7).taken);
    CHECK_FALSE(in.occupancy(8).taken);
  }
  SECTION("a part of a run is given to another") {
    in.assign({10, 10, by(100)});
    in.assign({15, 2, by(105, hold::retired)});
    CHECK(all_of(in) == std::vector<held_run>{{10, 5, by(100)}, {15, 2, by(105, hold::retired)}, {17, 3, by(107)}});
  }
  SECTION("a part of a run is freed") {
    in.assign({10, 10, by(100)});
    in.erase(10, 4);
    CHECK(all_of(in) == std::vector<held_run>{{14, 6, by(104)}});
    in.erase(14, 6);
    CHECK(in.empty());
    CHECK_FALSE(in.greatest());
    CHECK_FALSE(in.claim(14, by(1)));
    CHECK(in.greatest() == 14U);
  }
}
