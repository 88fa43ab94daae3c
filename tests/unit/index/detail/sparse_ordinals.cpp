#include <tallymark/index/detail/sparse_ordinals.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <vector>

using namespace tallymark;
using detail::sparse_ordinals;

namespace {

constexpr std::uint64_t last_of_all = ~std::uint64_t{0} - 1;
constexpr holder by(std::uint64_t item, hold state = hold::claimed) { return {item, state}; }

std::vector<held_run> those_in(const sparse_ordinals& in, std::uint64_t first, std::uint64_t length) {
  std::vector<held_run> out;
  in.overlaps(first, length, [&](const held_run& run) { out.push_back(run); });
  return out;
}

bool take(sparse_ordinals& in, std::uint64_t ordinal, const holder& holder) {
  const auto [crowded, met] = in.claim(ordinal, holder);
  return !crowded && !met;
}

}  // namespace

TEST_CASE("no ordinals by themselves", "[index]") {
  sparse_ordinals in;
  CHECK(in.empty());
  CHECK_FALSE(in.find(7));
  CHECK_FALSE(in.next(0));
  CHECK_FALSE(in.replace(7, by(1)));
  CHECK_FALSE(in.erase(7));
  in.erase(0, last_of_all);
  CHECK(those_in(in, 0, last_of_all + 1).empty());
}

TEST_CASE("ordinals by themselves are claimed as long as they do not crowd", "[index]") {
  sparse_ordinals in;
  for (const std::uint64_t ordinal : {35U, 32U, 47U}) CHECK(take(in, ordinal, by(ordinal)));
  const auto met = in.claim(47, by(1));
  CHECK((!met.crowded && met.met == by(47)));
  const auto crowded = in.claim(40, by(1));
  CHECK((crowded.crowded && !crowded.met));
  CHECK(take(in, 31, by(31)));
  CHECK(take(in, 48, by(48)));
  CHECK(in.replace(35, by(no_item, hold::retired)));
  CHECK(those_in(in, 32, 15) == std::vector<held_run>{{32, 1, by(32)}, {35, 1, by(no_item, hold::retired)}});
  CHECK(in.erase(35));
  CHECK(take(in, 40, by(1)));
  CHECK(in.size() == 5);
  in.erase(32, 16);
  CHECK(in.size() == 2);
  CHECK(in.next(32) == 48);
  CHECK(in.greatest() == 48);
}

TEST_CASE("ordinals by themselves are as in a map", "[index]") {
  std::mt19937_64 random(2);
  for (const std::uint64_t spread : {std::uint64_t{1} << 20, last_of_all}) {
    sparse_ordinals in;
    std::map<std::uint64_t, holder> expected;
    for (int step = 0; step < 40'000; ++step) {
      const std::uint64_t ordinal = random() % spread;
      const auto next = expected.lower_bound(ordinal);
      const holder holder = by(random() % 100 == 0 ? no_item : random() >> 3U, static_cast<hold>(random() % 3));
      if (random() % 100 < (step / 10'000 % 2 == 0 ? 90U : 40U)) {
        const auto [crowded, met] = in.claim(ordinal, holder);
        const bool held = next != expected.end() && next->first == ordinal;
        REQUIRE(met == (held ? std::optional(next->second) : std::nullopt));
        if (!held && !crowded) expected.emplace(ordinal, holder);
      } else if (next != expected.end() && random() % 4 == 0) {
        REQUIRE(in.replace(next->first, holder));
        next->second = holder;
      } else if (next != expected.end() && random() % 20 != 0) {
        REQUIRE(in.erase(next->first));
        expected.erase(next);
      } else {
        const std::uint64_t length = 1 + spread / 200;
        in.erase(ordinal, std::min(length, last_of_all - ordinal + 1));
        expected.erase(next, ordinal > last_of_all - length ? expected.end() : expected.lower_bound(ordinal + length));
      }
      REQUIRE(in.size() == expected.size());
      const auto held = expected.find(ordinal);
      REQUIRE(in.find(ordinal) == (held == expected.end() ? std::nullopt : std::optional(held->second)));
      if (step % 500 != 0) continue;
      std::vector<held_run> all;
      for (const auto& [each, of] : expected) all.push_back({each, 1, of});
      REQUIRE(those_in(in, 0, last_of_all + 1) == all);
    }
  }
}
