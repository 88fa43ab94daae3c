#include <tallymark/index/detail/places.hpp>

#include <catch2/catch_test_macros.hpp>

#include <support/changes_of_places.hpp>

#include <cstdint>

using namespace tallymark;
using namespace tallymark::detail;
using tallymark::testing::changes_as_places_do;

namespace {

constexpr holder by(std::uint64_t item) { return {item, hold::claimed}; }

}  // namespace

TEST_CASE("short runs change as their places do", "[index]") {
  changes_as_places_do(short_runs(), [](std::uint64_t first, std::uint64_t any) {
    return any % 3 == 0 ? holder{} : any % 3 == 1 ? by(1000 + first) : holder{any, hold::retired};
  });
}

TEST_CASE("bits change as their places do", "[index]") {
  changes_as_places_do(place_bits_of_one({0, 1, {}}), [](std::uint64_t, std::uint64_t) { return holder{}; });
  changes_as_places_do(place_bits_of_one({7, 1, by(3)}),
                       [](std::uint64_t first, std::uint64_t) { return by(first - 4); });
}

TEST_CASE("bits refuse what does not continue", "[index]") {
  place_bits_of_one bits({10, 1, by(100)});
  CHECK(bits.put({10, 5, by(100)}));
  CHECK(bits.put({0, 2, by(90)}));
  CHECK(!bits.put({20, 1, by(111)}));
  CHECK(!bits.put({20, 1, {110, hold::retired}}));
  CHECK(!bits.put({20, 1, {}}));
  CHECK(!bits.find(20));
  place_bits_of_one without_item({10, 1, {}});
  CHECK(without_item.put({3, 1000, {}}));
  CHECK(!without_item.put({1, 1, by(no_item - 9)}));
  CHECK(!without_item.put({2, 1, {no_item, hold::reserved}}));
}

TEST_CASE("short runs take what is free", "[index]") {
  short_runs runs;
  CHECK(runs.take(10, by(1)));
  CHECK(!runs.take(10, by(2)));
  CHECK(runs.take(12, by(3)));
  CHECK(runs.size() == 2);
  CHECK(runs.continuous());
  CHECK(runs.take(11, by(2)));
  CHECK(runs.size() == 1);
  CHECK(runs.front() == held_run{10, 3, by(1)});
  CHECK(!runs.take(11, by(2)));
  CHECK(runs.take(9, by(5)));
  CHECK(runs.take(13, {}));
  CHECK(runs.size() == 3);
  CHECK(!runs.continuous());
  CHECK(runs.take(0, by(5)));
  CHECK(runs.take(1023, by(5)));
  CHECK(runs.greatest() == 1023);
}
