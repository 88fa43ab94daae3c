// The laws of increment policies: all that the library has, and some of users.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/testing/laws.hpp>

#include <string>

#include "support/foreign.hpp"
#include "support/generators.hpp"

using namespace tallymark;

namespace {

constexpr bool has_a_four(std::uint64_t v) {
  for (; v > 0; v /= 10)
    if (v % 10 == 4) return true;
  return false;
}
constexpr bool is_odd(std::uint64_t v) { return v % 2 == 1; }
constexpr bool is_thirteenth(std::uint64_t v) { return v % 13 == 0; }

std::optional<std::string> longer(std::string_view latest) {
  if (latest.size() == 100) return std::nullopt;
  return "'" + std::string(latest);
}

struct first_odd_then_even {  // an unusual order that obeys the laws: 1, 3, 5, 7, 9, 2, 4, 6, 8
  using policy_slot = increment_slot;
  constexpr bool accepts(std::uint64_t v) const { return 1 <= v && v <= 9; }
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const {
    if (v == 8 || !accepts(v)) return std::nullopt;
    return v == 9 ? 2 : v + 2;
  }
};

void holds(const std::optional<testing::broken_law>& broken) {
  if (broken) RC_FAIL(broken->law + ": " + broken->seen);
}

template <class P>
void obeys() {
  REQUIRE(rc::check([] {
    auto ordinals = several(any_ordinal());
    for (const std::uint64_t v : several(rc::gen::inRange<std::uint64_t>(0, 40))) ordinals.push_back(v);
    holds(testing::check_increment_laws(P{}, ordinals));
  }));
}

template <class P>
void obeys_on_text() {
  REQUIRE(rc::check([] {
    std::vector<std::string> texts;
    for (const std::string& text : several(any_text()))
      if (validate_text(trimmed(text))) texts.emplace_back(trimmed(text));
    holds(testing::check_increment_laws(P{}, texts));
  }));
}

}  // namespace

TEST_CASE("step obeys the laws", "[laws]") {
  obeys<step<1>>();
  obeys<step<7>>();
  obeys<step<1'000'000'000'000>>();
  obeys<step<max_ordinal>>();
}

TEST_CASE("skipping obeys the laws", "[laws]") {
  obeys<skipping<is_thirteenth>>();
  obeys<skipping<is_odd>>();
  obeys<skipping<is_thirteenth, step<7>>>();
  obeys<skipping<has_a_four, wrapping<4, 1044>>>();
  obeys<skipping<is_odd, skipping<is_thirteenth>>>();
}

TEST_CASE("wrapping obeys the laws", "[laws]") {
  obeys<wrapping<1, 9>>();
  obeys<wrapping<10, 30>>();
  obeys<wrapping<0, max_ordinal>>();
  obeys<wrapping<max_ordinal - 3, max_ordinal>>();
}

TEST_CASE("a plain function obeys the laws", "[laws]") { obeys_on_text<custom<longer>>(); }

TEST_CASE("increments of users obey the laws", "[laws]") {
  obeys<first_odd_then_even>();
  REQUIRE(rc::check([] {  // defined on odd numbers only
    std::vector<std::uint64_t> odd;
    for (const std::uint64_t v : several(any_ordinal())) odd.push_back(v | 1U);
    holds(testing::check_increment_laws(elsewhere::odd_numbers{}, odd));
  }));
}
