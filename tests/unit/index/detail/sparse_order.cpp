#include <tallymark/index/detail/sparse_order.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <random>
#include <set>
#include <vector>

using namespace tallymark;
using detail::order_leaf;
using detail::sparse_order;

namespace {

constexpr std::uint64_t last_of_all = ~std::uint64_t{0} - 1;
using ordinals = std::set<std::uint64_t>;

void add(sparse_order& in, std::uint64_t ordinal) { in.add(ordinal, in.prepare(ordinal)); }

ordinals those_in(const sparse_order& in, std::uint64_t first, std::uint64_t last) {
  std::vector<std::uint64_t> out;
  in.for_each_group(first, last, [&](auto begin, auto end) { out.insert(out.end(), begin, end); });
  REQUIRE(std::adjacent_find(out.begin(), out.end(), std::greater_equal<>()) == out.end());
  return {out.begin(), out.end()};
}

ordinals those_in(const ordinals& in, std::uint64_t first, std::uint64_t last) {
  return {in.lower_bound(first), in.upper_bound(last)};
}

void check(const sparse_order& in, const ordinals& expected, std::uint64_t around) {
  REQUIRE(in.empty() == expected.empty());
  if (!expected.empty()) REQUIRE(in.greatest() == *expected.rbegin());
  const auto next = expected.lower_bound(around);
  REQUIRE(in.next(around) == (next == expected.end() ? std::nullopt : std::optional(*next)));
  if (next == expected.end()) return;
  REQUIRE(in.next(*next) == *next);
  const auto after = std::next(next);
  REQUIRE(in.next(*next + 1) == (after == expected.end() ? std::nullopt : std::optional(*after)));
}

}  // namespace

TEST_CASE("an order of nothing", "[index]") {
  const sparse_order in;
  CHECK(in.empty());
  CHECK_FALSE(in.next(0));
  CHECK(those_in(in, 0, last_of_all).empty());
}

TEST_CASE("a leaf holds ordinals in no order", "[index]") {
  order_leaf in(4);
  for (const std::uint64_t each : {50U, 10U, 30U}) in.add(each);
  CHECK_FALSE(in.full());
  in.add(20);
  CHECK(in.full());
  CHECK(in.greatest() == 50);
  CHECK(in.next(0) == 10);
  CHECK(in.next(10) == 10);
  CHECK(in.next(31) == 50);
  CHECK_FALSE(in.next(51));
  CHECK(in.median() == 30);
  in.erase(10);
  in.erase(11);
  CHECK(in.size() == 3);
  CHECK(in.next(0) == 20);
  in.erase_if([](std::uint64_t each) { return each > 20; });
  CHECK(in.greatest() == 20);
  CHECK(in.size() == 1);
}

TEST_CASE("the order is that of a set, for any changes", "[index]") {
  std::mt19937_64 random(1);
  for (const std::uint64_t spread : {std::uint64_t{20'000}, std::uint64_t{1} << 40, last_of_all}) {
    sparse_order in;
    ordinals expected;
    for (int step = 0; step < 60'000; ++step) {
      const std::uint64_t ordinal = random() % spread;
      const bool grows = step / 15'000 % 2 == 0;
      if (random() % 100 < (grows ? 95U : 25U)) {
        if (expected.insert(ordinal).second) add(in, ordinal);
      } else if (random() % 100 == 0) {
        const std::uint64_t last = ordinal + std::min(spread / (1 + random() % 200), last_of_all - ordinal);
        ordinals erased;
        in.erase(ordinal, last, [&](std::uint64_t each) { REQUIRE(erased.insert(each).second); });
        REQUIRE(erased == those_in(expected, ordinal, last));
        expected.erase(expected.lower_bound(ordinal), expected.upper_bound(last));
      } else if (const auto next = expected.lower_bound(ordinal); next != expected.end()) {
        in.erase(*next);
        expected.erase(next);
      }
      check(in, expected, random() % spread);
      if (step % 500 != 0) continue;
      REQUIRE(those_in(in, 0, last_of_all) == expected);
      REQUIRE(those_in(in, ordinal / 2, ordinal) == those_in(expected, ordinal / 2, ordinal));
    }
    while (!expected.empty()) {
      const std::uint64_t each = *expected.lower_bound(*expected.rbegin() / 2);
      in.erase(each);
      expected.erase(each);
      check(in, expected, each);
    }
  }
}

TEST_CASE("an order that comes and goes at its ends", "[index]") {
  sparse_order in;
  constexpr std::uint64_t count = 300'000;  // more than one branch
  for (std::uint64_t i = 0; i < count; ++i) add(in, 1'000'000'000 + 1000 * i);
  for (std::uint64_t i = 0; i < count; ++i) add(in, 1'000'000'000 - 1000 * (i + 1));
  add(in, last_of_all);
  add(in, 0);
  std::size_t seen = 0;
  for (auto at = in.next(0); at; at = in.next(*at + 1)) ++seen;
  CHECK(seen == 2 * count + 2);
  in.erase(last_of_all);
  CHECK(in.greatest() == 1'000'000'000 + 1000 * (count - 1));
  std::size_t erased = 0;
  in.erase(1, 1'000'000'000, [&](std::uint64_t) { ++erased; });
  CHECK(erased == count + 1);
  CHECK(in.next(1) == 1'000'001'000);
  // what is free before the first one that is left belongs to it
  add(in, 5'000);
  CHECK(those_in(in, 0, 6'000) == ordinals{0, 5'000});
  for (std::uint64_t i = count - 1; i > 0; --i) {
    in.erase(1'000'000'000 + 1000 * i);
    REQUIRE(in.greatest() == (i > 1 ? 1'000'000'000 + 1000 * (i - 1) : 5'000));
  }
}
