#include <tallymark/registry/detail/families.hpp>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/registry/detail/concurrent_families.hpp>
#include <tallymark/serial/text.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace tallymark;
using detail::families;
using detail::folded;

namespace {

constexpr family name{"SN-", 5, family::kind::counted, "/27"};
constexpr holder by(std::uint64_t item, hold state = hold::claimed) { return {item, state}; }

template <class Families>
std::vector<held_run> all_of(const Families& all, const typename Families::entry& in) {
  std::vector<held_run> runs;
  all.for_each(in, [&](const held_run& run) { runs.push_back(run); });
  return runs;
}

template <class Families>
struct one_family {
  Families all{};
  typename Families::entry& in = all.get(3, name, all.hash(3, name), [](std::uint32_t) {});
};

}  // namespace

TEST_CASE("families are found by scope and name, and stay where they are", "[registry]") {
  families<folded<run_map, 1>, text_serial<>> all;
  CHECK(all.find(0, {"SN-"}) == nullptr);
  CHECK(all.last(0) == nullptr);
  std::vector<detail::family_entry*> added;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const std::string text = "SN-" + std::to_string(i / 10) + "-";
    CHECK(all.find(i % 10, {text}) == nullptr);
    std::uint32_t number = detail::no_entry;
    auto& in = all.get(i % 10, {text}, all.hash(i % 10, {text}), [&](std::uint32_t of) { number = of; });
    CHECK(&in == &all[number]);
    added.push_back(&in);
  }
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const std::string text = "SN-" + std::to_string(i / 10) + "-";
    CHECK(all.find(i % 10, {text}) == added[i]);
    CHECK(all.find(i % 10, {text, 3}) == nullptr);
  }
}

TEST_CASE("there is a container from the seventeenth run on, or when they come one by one", "[registry]") {
  one_family<families<folded<dense_map, 1>, text_serial<>>> of;
  auto& [all, in] = of;
  CHECK_FALSE(all.claim(in, 12345, by(1)));
  CHECK(all.claim(in, 12345, by(2)) == by(1));
  all.assign(in, {12345, 1, by(1, hold::retired)});
  CHECK(all.find(in, 12345) == by(1, hold::retired));
  all.erase(in, 12000, 345, 1);
  CHECK_FALSE(all.is_empty(in));
  all.erase(in, 12000, 1000, 1);
  CHECK(all.is_empty(in));
  SECTION("runs") {
    std::vector<held_run> runs;
    for (std::uint64_t i = 0; i < 16; ++i) {
      runs.push_back({200 * i, 100, by(1)});
      all.assign(in, runs.back());
      CHECK(all.all(in) == nullptr);
    }
    runs.push_back({5000, 1, by(7)});
    CHECK_FALSE(all.claim(in, 5000, by(7)));
    REQUIRE(all.all(in) != nullptr);
    CHECK(all_of(all, in) == runs);
  }
  SECTION("claims") {
    for (std::uint64_t i = 0; i < 35; ++i) {
      CHECK(all.all(in) == nullptr);
      CHECK_FALSE(all.claim(in, 10 + i, by(i)));
      CHECK(all.claim(in, 10 + i, by(i)) == by(i));
    }
    REQUIRE(all.all(in) != nullptr);
    CHECK(all_of(all, in) == std::vector<held_run>{{10, 35, by(0)}});
  }
  SECTION("what is cut") {
    for (std::uint64_t i = 0; i < 16; ++i) all.assign(in, {200 * i, 100, by(1)});
    all.erase(in, 250, 1, 1);
    REQUIRE(all.all(in) != nullptr);
    CHECK(all_of(all, in).size() >= 17U);  // a chunk ends between them
  }
  if (all.all(in)) {
    CHECK(all.last(3) == all.all(in));
    CHECK(all.last(2) == nullptr);
    all.erase(in, 0, 100'000, 1);
    CHECK(all.is_empty(in));
    CHECK(all.all(in) != nullptr);  // it stays
  }
}

TEST_CASE("a container reads the usual texts of its family", "[registry]") {
  families<folded<dense_map, 1>, text_serial<>> all;
  auto& in = all.get(0, {"SN-"}, all.hash(0, {"SN-"}), [](std::uint32_t) {});
  for (std::uint64_t i = 0; i < 40; ++i) (void)all.claim(in, i, by(i));
  CHECK(all.all(in)->read("SN-12345") == 12345U);
  CHECK_FALSE(all.all(in)->read("SM-12345"));
}

TEST_CASE("items may be as large as they like", "[registry]") {
  one_family<families<folded<run_map, 1>, text_serial<>>> of;
  auto& [all, in] = of;
  for (const std::uint64_t item : {std::uint64_t{1} << 40U, no_item - 1, no_item, std::uint64_t{5}}) {
    all.erase(in, 7, 1, 1);
    CHECK_FALSE(all.claim(in, 7, by(item)));
    CHECK(all.find(in, 7) == by(item));
  }
}

TEMPLATE_TEST_CASE("one after the other is as with a container from the beginning", "[registry]",
                   (families<folded<run_map, 1>, text_serial<>>), (families<folded<dense_map, 1>, text_serial<>>),
                   (families<folded<hashed_map, 1>, text_serial<>>),
                   (detail::concurrent_families<folded<concurrent_map, 1>, text_serial<>>)) {
  one_family<TestType> of;
  auto& [all, in] = of;
  CHECK(all.find(3, name) == &in);
  CHECK(all.is_empty(in));
  CHECK_FALSE(all.greatest(in));
  CHECK_FALSE(all.occupancy(in, 5).taken);
  SECTION("claimed") {
    CHECK_FALSE(all.claim(in, 7, by(3)));
    CHECK(all.find(in, 7) == by(3));
    CHECK_FALSE(all.find(in, 8));
    const stretch before = all.occupancy(in, 2), at = all.occupancy(in, 7), after = all.occupancy(in, 8);
    CHECK((!before.taken && before.length == 5));
    CHECK((at.taken && at.length == 1));
    CHECK((!after.taken && after.length > 0));
    CHECK(all.greatest(in) == 7U);
    CHECK_FALSE(all.claim(in, 9, by(5)));
    CHECK(all.claim(in, 7, by(4)) == by(3));
    CHECK(all_of(all, in) == std::vector<held_run>{{7, 1, by(3)}, {9, 1, by(5)}});
    CHECK(all.greatest(in) == 9U);
    CHECK_FALSE(all.occupancy(in, 8).taken);
  }
  SECTION("a part of a run is given to another") {
    all.assign(in, {10, 10, by(100)});
    all.assign(in, {15, 2, by(105, hold::retired)});
    CHECK(all_of(all, in) ==
          std::vector<held_run>{{10, 5, by(100)}, {15, 2, by(105, hold::retired)}, {17, 3, by(107)}});
  }
  SECTION("a run takes the place of one") {
    all.assign(in, {12, 1, by(7)});
    all.assign(in, {10, 10, by(100)});
    CHECK(all_of(all, in) == std::vector<held_run>{{10, 10, by(100)}});
  }
  SECTION("another one beside it") {
    all.assign(in, {12, 1, by(7)});
    all.assign(in, {14, 1, by(9)});
    CHECK(all_of(all, in) == std::vector<held_run>{{12, 1, by(7)}, {14, 1, by(9)}});
  }
  SECTION("a part of a run is freed") {
    all.assign(in, {10, 10, by(100)});
    all.erase(in, 10, 4, 1);
    CHECK(all_of(all, in) == std::vector<held_run>{{14, 6, by(104)}});
    all.erase(in, 14, 6, 1);
    CHECK(all.is_empty(in));
    CHECK_FALSE(all.greatest(in));
    CHECK_FALSE(all.claim(in, 14, by(1)));
    CHECK(all.greatest(in) == 14U);
  }
}
