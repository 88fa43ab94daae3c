#include <tallymark/serial/clock_rule.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <type_traits>

using namespace tallymark;

namespace {

// advances by one millisecond with each call
struct ticking_clock {
  std::uint64_t* time;
  std::uint64_t milliseconds() const { return (*time)++; }
};
struct no_rule {};
struct rule_without_result {
  std::uint64_t operator()(std::uint64_t least, const fixed_unix_clock&) const { return least; }
};

constexpr fixed_unix_clock at_100{100};

}  // namespace

static_assert(clock_rule<refuse_clock> && clock_rule<wait_for_clock<>> && clock_rule<run_ahead_of_clock>);
static_assert(!clock_rule<no_rule> && !clock_rule<rule_without_result> && !clock_rule<int>);
static_assert(refuse_clock{}(101, at_100).error() == failure{errc::clock_went_back});
static_assert(run_ahead_of_clock{}(5000, at_100) == 5000);
static_assert(wait_for_clock<3>{}(101, at_100).error() == failure{errc::clock_went_back});
static_assert(wait_for_clock<3>{}(100, at_100) == 100);

TEST_CASE("waiting ends when the clock has caught up", "[serial]") {
  std::uint64_t time = 100;
  CHECK(wait_for_clock<>{}(105, ticking_clock{&time}) == 105);
  CHECK(time == 106);
}

TEST_CASE("waiting is bounded, and does not begin if the clock is too far back", "[serial]") {
  const auto begin = std::chrono::steady_clock::now();
  CHECK(wait_for_clock<5>{}(102, at_100).error() == failure{errc::clock_went_back});
  CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(5));
  std::uint64_t time = 100;
  CHECK(wait_for_clock<10>{}(111, ticking_clock{&time}).error() == failure{errc::clock_went_back});
  CHECK(time == 101);  // asked once
  time = 100;
  CHECK(wait_for_clock<10>{}(110, ticking_clock{&time}) == 110);
}
