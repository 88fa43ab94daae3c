#include <tallymark/calendar/unix_clock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <type_traits>

using namespace tallymark;

namespace {

struct seconds_only {
  std::uint64_t seconds() const { return 0; }
};
struct signed_clock {
  std::int64_t milliseconds() const { return 0; }
};

}  // namespace

static_assert(unix_clock<system_unix_clock> && unix_clock<fixed_unix_clock>);
static_assert(!unix_clock<seconds_only> && !unix_clock<signed_clock> && !unix_clock<int>);
static_assert(std::is_empty_v<system_unix_clock>);
static_assert(fixed_unix_clock{1'645'557'742'000}.milliseconds() == 1'645'557'742'000);

TEST_CASE("the Unix clock is the system's", "[calendar]") {
  using namespace std::chrono;
  const auto system_time = [] {
    return static_cast<std::uint64_t>(floor<milliseconds>(system_clock::now().time_since_epoch()).count());
  };
  const std::uint64_t before = system_time(), time = system_unix_clock{}.milliseconds(), after = system_time();
  CHECK(before <= time);
  CHECK(time <= after);
}
