#include <tallymark/number/detail/stride_order.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <random>
#include <set>
#include <utility>
#include <vector>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

// positions and ordinals are each other's inverse near the ends of all remainders, and next to each other where they should be
template <std::uint64_t N>
constexpr bool is_order() {
  using order = stride_order<N>;
  constexpr std::uint64_t sample = 40;
  for (std::uint64_t i = 0; i < sample; ++i)
    for (const std::uint64_t at : {i, max_ordinal - i, max_ordinal / 2 - i, max_ordinal / N + i - sample / 2}) {
      if (at > max_ordinal) continue;
      if (order::position(at) > max_ordinal || order::ordinal(order::position(at)) != at) return false;
      if (order::position(order::ordinal(at)) != at) return false;
      const std::uint64_t room = (max_ordinal - at) / N;  // ordinals with the same remainder after this one
      if (order::room(order::position(at)) != room + 1) return false;
      if (room > 0 && order::position(at + N) != order::position(at) + 1) return false;
    }
  return true;
}

static_assert(is_order<1>() && is_order<2>() && is_order<3>() && is_order<10>() && is_order<1000>());
static_assert(is_order<(std::uint64_t{1} << 40)>() && is_order<max_ordinal / 2>() && is_order<max_ordinal / 2 + 1>() &&
              is_order<max_ordinal>() && is_order<max_ordinal + 1>());
static_assert(stride_order<10>::position(0) == 0 && stride_order<10>::position(10) == 1);

template <std::uint64_t N>
void pieces_are_the_run() {
  std::mt19937_64 random(N);
  for (int round = 0; round < 300; ++round) {
    const std::uint64_t stride = random() % 3 == 0 ? N : 1 + random() % 12;
    const run of{{"A"}, random() % 100, 1 + random() % 50, stride};
    std::uint64_t pieces = 0;
    std::set<std::uint64_t> seen;
    const std::uint64_t number = pieces_of(of.length, of.stride, N);
    CHECK(
        stride_order<N>::for_each_piece(of.first, of.length, of.stride, [&](std::uint64_t first, std::uint64_t length) {
          for (std::uint64_t i = 0; i < length; ++i) {
            CHECK(first + i * N == of.at(pieces + i * number));
            CHECK(seen.insert(first + i * N).second);
          }
          ++pieces;
          return true;
        }));
    CHECK(pieces == number);
    CHECK(seen.size() == of.length);
  }
}

}  // namespace

TEST_CASE("a run of any stride is runs of another, or single numbers", "[policy]") {
  CHECK(pieces_of(1'000'000, 10, 10) == 1);
  CHECK(pieces_of(1'000'000, 1, 10) == 10);
  CHECK(pieces_of(7, 1, 10) == 7);
  CHECK(pieces_of(7, 5, 10) == 2);
  CHECK(pieces_of(7, 3, 10) == 7);
  CHECK(pieces_of(7, 1, 1) == 1);
  CHECK(pieces_of(7, 2, 1) == 7);
  pieces_are_the_run<1>();
  pieces_are_the_run<2>();
  pieces_are_the_run<10>();
  pieces_are_the_run<12>();
}

TEST_CASE("sorted runs by position show what is named twice", "[policy]") {
  run_list odd_and_even;
  odd_and_even.add(run{{"A"}, 1, 50, 2});
  odd_and_even.add(run{{"A"}, 2, 50, 2});
  CHECK_FALSE(overlap(stride_order<2>::sorted(odd_and_even)));
  odd_and_even.add(run{{"A"}, 49, 2});
  CHECK(overlap(stride_order<2>::sorted(odd_and_even)));
  CHECK(stride_order<2>::sorted(odd_and_even).size() == 4);
  CHECK(stride_order<2>::with_ordinals({{"A"}, stride_order<2>::position(7), 3}) == run{{"A"}, 7, 3, 2});
  CHECK(stride_order<2>::with_ordinals({{"A"}, stride_order<2>::position(7), 1}) == run{{"A"}, 7, 1});
}
