#include <tallymark/expression/detail/overlap.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <random>
#include <set>
#include <tuple>
#include <vector>

using namespace tallymark;
using detail::named_before;
using detail::overlap;
using found = std::vector<std::size_t>;

namespace {

// a slow model, one serial number at a time
found named_before_slowly(const std::vector<run>& runs) {
  std::set<serial_number> seen;
  found out;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    bool before = false;
    for (std::uint64_t at = runs[i].first; at <= runs[i].last(); ++at)
      before |= !seen.insert({runs[i].family, at}).second;
    if (before) out.push_back(i);
  }
  return out;
}

}  // namespace

static_assert(!overlap({}) && !overlap({{{"A"}, 1, 5}, {{"A"}, 6, 5}, {{"B"}, 6, 5}}));
static_assert(overlap({{{"A"}, 1, 5}, {{"A"}, 5, 1}}));
static_assert(named_before({{{"A"}, 1, 5}, {{"B"}, 1, 5}, {{"A"}, 5, 2}}) == found{2});

TEST_CASE("runs that overlap an earlier run are found", "[expression]") {
  CHECK(named_before({}).empty());
  CHECK(named_before({{{}, 1, 5}, {{}, 6, 5}}).empty());
  CHECK(named_before({{{}, 3, 1}, {{}, 4, 1}, {{}, 1, 10}}) == found{2});
  CHECK(named_before({{{}, 1, 10}, {{}, 3, 1}, {{}, 4, 1}}) == found{1, 2});
  CHECK(named_before({{{}, 7, 1}, {{}, 7, 1}, {{}, 7, 1}}) == found{1, 2});
  CHECK(named_before({{{}, 15, 1}, {{}, 10, 11}, {{}, 1, 100}, {{}, 101, 1}}) == found{1, 2});
}

TEST_CASE("runs may end at the greatest ordinal", "[expression]") {
  CHECK(named_before({{{}, max_ordinal, 1}, {{}, 1, max_ordinal}}) == found{1});
  CHECK(named_before({{{}, 0, max_ordinal}, {{}, max_ordinal, 1}}).empty());
}

TEST_CASE("literals overlap only themselves", "[expression]") {
  const auto a = family::literal("A"), b = family::literal("B");
  CHECK(named_before({{a, 0, 1}, {b, 0, 1}, {{"A"}, 0, 1}, {a, 0, 1}}) == found{3});
}

TEST_CASE("random runs: agrees with the slow model", "[expression]") {
  std::mt19937 random(20260731);
  const auto below = [&](unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random); };
  for (int round = 0; round < 3000; ++round) {
    std::vector<run> runs;
    for (unsigned n = below(12); n > 0; --n) runs.push_back({{below(3) == 0 ? "A" : "B"}, below(40), 1 + below(8)});
    auto sorted = runs;
    std::sort(sorted.begin(), sorted.end());
    const found slow = named_before_slowly(runs);
    REQUIRE(named_before(runs) == slow);
    REQUIRE(overlap(sorted) == !slow.empty());
  }
}
