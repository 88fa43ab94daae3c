#include <tallymark/ext/detail/cycle_finder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <optional>

namespace {

// the first cycle found, starting from the nodes in order
std::optional<int> first_cycle(const std::map<int, int>& parents) {
  tallymark::detail::cycle_finder<int> finder;
  for (const auto& [node, parent] : parents)
    if (const auto found = finder.find(node, [&](int at) {
          const auto above = parents.find(at);
          return above == parents.end() ? std::nullopt : std::optional(above->second);
        }))
      return found;
  return std::nullopt;
}

}  // namespace

TEST_CASE("cycles are found, chains and trees are not", "[ext]") {
  CHECK_FALSE(first_cycle({}));
  CHECK_FALSE(first_cycle({{1, 2}, {2, 3}, {7, 3}, {8, 7}, {9, 1}}));
  CHECK(first_cycle({{1, 1}}) == 1);
  CHECK(first_cycle({{1, 2}, {2, 1}}) == 1);
  CHECK(first_cycle({{1, 2}, {2, 3}, {3, 4}, {4, 2}}) == 2);  // the way to it is not part of the cycle
  CHECK(first_cycle({{1, 9}, {2, 9}, {3, 5}, {5, 3}}) == 3);
}

TEST_CASE("a cycle is reported once, and each step is taken once", "[ext]") {
  tallymark::detail::cycle_finder<int> finder;
  int steps = 0;
  const auto up = [&](int at) {
    ++steps;
    return std::optional(at == 100 ? 50 : at + 1);
  };
  CHECK(finder.find(0, up) == 50);
  CHECK(steps == 101);
  for (int start = 0; start <= 100; ++start) CHECK_FALSE(finder.find(start, up));
  CHECK(steps == 101);
}
