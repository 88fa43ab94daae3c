#include <tallymark/increment/skipping.hpp>

#include <tallymark/increment/wrapping.hpp>
#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <type_traits>

using namespace tallymark;

namespace {

constexpr bool has_a_four(std::uint64_t v) {
  for (; v > 0; v /= 10)
    if (v % 10 == 4) return true;
  return false;
}
constexpr bool everything(std::uint64_t) { return true; }
constexpr bool from_a_hundred_on(std::uint64_t v) { return v >= 100; }
constexpr bool a_million_less_one(std::uint64_t v) { return v > 0 && v < 1'000'000; }
constexpr bool a_million_and_one(std::uint64_t v) { return v > 0 && v <= 1'000'001; }
struct odd {
  constexpr bool operator()(std::uint64_t v) const { return v % 2 == 1; }
};

// a base with a value
struct by {
  using policy_slot = increment_slot;
  std::uint64_t n = 1;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v + n; }
};

using no_four = skipping<has_a_four>;
using even = skipping<[](std::uint64_t v) { return v % 2 == 1; }>;
using round = skipping<has_a_four, wrapping<4, 14>>;

}  // namespace

static_assert(increment_policy<no_four> && increment_policy<even> && increment_policy<skipping<odd{}>> &&
              increment_policy<round>);
static_assert(no_four{}.next(3) == 5 && no_four{}.next(4) == 5 && no_four{}.next(39) == 50 && no_four{}.next(1) == 2);
static_assert(no_four{}.accepts(3) && !no_four{}.accepts(4) && !no_four{}.accepts(1402));
static_assert(no_four{}.consecutive(1, 10) == 3 && no_four{}.consecutive(5, 9) == 9 &&
              no_four{}.consecutive(5, 10) == 9);
static_assert(no_four{}.consecutive(3, 1) == 1 && no_four{}.consecutive(4, 3) == 3);
static_assert(no_four{}.from(1, 40) == 50 && no_four{}.from(1, 39) == 39 && no_four{}.from(4, 4) == 4 &&
              no_four{}.from(9, 4) == 9);
static_assert(even{}.next(2) == 4 && skipping<odd{}>{}.next(2) == 4 && even{}.consecutive(2, 5) == 1);
static_assert(skipping<has_a_four, step<10>>{}.next(31) == 51 && skipping<has_a_four, step<10>>{}.from(1, 32) == 51);
static_assert(round{}.next(13) == 5 && round{}.next(3) == 5 && !round{}.accepts(4) && !round{}.accepts(15));
static_assert(round{}.from(9, 14) == 5 && round{}.consecutive(5, 99) == 9);
static_assert(std::is_empty_v<no_four>);

TEST_CASE("selected ordinals are skipped, whatever selects them", "[increment]") {
  CHECK(no_four{}.next(399) == 500);
  CHECK(even{}.next(7) == 8);
  CHECK(skipping<odd{}>{}.next(7) == 8);
  CHECK(skipping<odd{}, skipping<has_a_four>>{}.next(2) == 6);
}

TEST_CASE("after a million consecutive skips nothing follows", "[increment]") {
  CHECK_FALSE(skipping<everything>{}.next(1));
  CHECK_FALSE(skipping<from_a_hundred_on>{}.next(99));
  CHECK_FALSE(skipping<everything>{}.from(1, 5));
  CHECK(skipping<a_million_less_one>{}.next(0) == 1'000'000);
  CHECK_FALSE(skipping<a_million_and_one>{}.next(0));
  CHECK_FALSE(skipping<everything, wrapping<1, 9>>{}.next(1));
}

TEST_CASE("at the end nothing follows", "[increment]") {
  CHECK_FALSE(even{}.next(max_ordinal));
  CHECK(even{}.next(max_ordinal - 1) == max_ordinal);
}

TEST_CASE("a base may have a value", "[increment]") {
  const skipping<has_a_four, by> tens(by{10});
  CHECK(tens.next(31) == 51);
  CHECK(tens.from(1, 31) == 31);
  CHECK(tens.consecutive(1, 9) == 1);
}
