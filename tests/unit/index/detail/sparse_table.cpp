#include <tallymark/index/detail/sparse_table.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <random>

using namespace tallymark;
using detail::sparse_table;

namespace {

constexpr holder by(std::uint64_t item, hold state = hold::claimed) { return {item, state}; }

using items = std::map<std::uint64_t, std::uint64_t>;

// that the table holds these and no other
void check(const sparse_table& in, const items& expected) {
  REQUIRE(in.size() == expected.size());
  for (const auto& [ordinal, item] : expected) REQUIRE(in.find(ordinal) == by(item));
}

}  // namespace

TEST_CASE("an empty table holds nothing", "[index]") {
  sparse_table in;
  CHECK(in.empty());
  CHECK_FALSE(in.find(0));
  CHECK_FALSE(in.erase(0));
  CHECK(in.held_of_16(0) == 0);
  in.prefetch(5);
  in.trim();
  CHECK_FALSE(in.find(5));
}

TEST_CASE("single ordinals are as in a map", "[index]") {
  std::mt19937_64 random(1);
  for (const std::uint64_t spread : {std::uint64_t{200}, std::uint64_t{100'000}, ~std::uint64_t{0} - 1}) {
    sparse_table in;
    items expected;
    for (int step = 0; step < 4000; ++step) {
      const std::uint64_t ordinal = random() % spread;
      if (step % 100 == 0) in.trim();
      if (random() % 100 < (step / 1000 % 2 == 0 ? 75U : 25U)) {
        in.make_room(1);
        in.put(ordinal, by(static_cast<std::uint64_t>(step)));
        expected[ordinal] = static_cast<std::uint64_t>(step);
      } else {
        const auto other = expected.lower_bound(ordinal);
        const std::uint64_t freed = other == expected.end() ? ordinal : other->first;
        REQUIRE(in.erase(freed) == (expected.erase(freed) > 0));
      }
      REQUIRE(in.size() == expected.size());
      const auto held = expected.find(ordinal);
      REQUIRE(in.find(ordinal) == (held == expected.end() ? std::nullopt : std::optional(by(held->second))));
      if (step % 50 == 0) check(in, expected);
    }
    for (const auto& [ordinal, item] : expected) REQUIRE(in.find(ordinal) == by(item));
    while (!expected.empty()) {
      REQUIRE(in.erase(expected.begin()->first));
      REQUIRE_FALSE(in.find(expected.begin()->first));
      expected.erase(expected.begin());
      in.trim();
      if (expected.size() % 16 == 0) check(in, expected);
    }
  }
}

TEST_CASE("those of the same 16 are found together", "[index]") {
  sparse_table in;
  in.make_room(40);
  for (const std::uint64_t ordinal : {31U, 32U, 37U, 47U, 48U}) in.put(ordinal, by(ordinal, hold::retired));
  for (std::uint64_t other = 1000; other < 1600; other += 20) in.put(other, by(1));
  CHECK(in.held_of_16(33) == 3);
  CHECK(in.held_of_16(16) == 1);
  CHECK(in.held_of_16(64) == 0);
}

TEST_CASE("the last of all ordinals is one like the others", "[index]") {
  sparse_table in;
  in.make_room(1);
  CHECK(in.held_of_16(~std::uint64_t{0} - 1) == 0);  // free places do not count
  CHECK_FALSE(in.find(~std::uint64_t{0}));
  CHECK_FALSE(in.erase(~std::uint64_t{0}));
  in.put(~std::uint64_t{0} - 1, by(7));
  CHECK(in.find(~std::uint64_t{0} - 1) == by(7));
  CHECK(in.held_of_16(~std::uint64_t{0} - 1) == 1);
}
