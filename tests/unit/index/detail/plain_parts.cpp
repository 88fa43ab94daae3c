#include <tallymark/index/detail/plain_parts.hpp>
#include <tallymark/number/serial_number.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <vector>

using namespace tallymark;

namespace {

std::vector<held_run> parts(const held_run& run) {
  std::vector<held_run> out;
  detail::for_plain_parts(run, [&](const held_run& part) { out.push_back(part); });
  return out;
}

constexpr holder by(std::uint64_t item) { return {item, hold::retired}; }

constexpr int count(const held_run& run) {
  int parts = 0;
  detail::for_plain_parts(run, [&](const held_run&) { ++parts; });
  return parts;
}

}  // namespace

static_assert(count({0, 10, {5}}) == 1 && count({0, 10, {no_item - 5}}) == 3);

TEST_CASE("a run is one part unless its items pass the greatest", "[index]") {
  CHECK(parts({5, 10, by(7)}) == std::vector<held_run>{{5, 10, by(7)}});
  CHECK(parts({0, max_ordinal + 1, by(0)}) == std::vector<held_run>{{0, max_ordinal + 1, by(0)}});
  CHECK(parts({5, 10, by(no_item)}) == std::vector<held_run>{{5, 10, by(no_item)}});
  CHECK(parts({5, 10, by(no_item - 10)}) == std::vector<held_run>{{5, 10, by(no_item - 10)}});
  CHECK(parts({5, 10, by(no_item - 9)}) == std::vector<held_run>{{5, 9, by(no_item - 9)}, {14, 1, by(no_item)}});
  CHECK(parts({5, 10, by(no_item - 3)}) ==
        std::vector<held_run>{{5, 3, by(no_item - 3)}, {8, 1, by(no_item)}, {9, 6, by(0)}});
}
