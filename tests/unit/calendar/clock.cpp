#include <tallymark/calendar/clock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string>
#include <type_traits>

using namespace tallymark;

namespace {

struct no_clock {};
struct other_clock {
  int now() const;
};

std::chrono::sys_seconds point(const civil_time& time) {
  using namespace std::chrono;
  return sys_days{date_of(time)} + hours{time.hour} + minutes{time.minute} + seconds{time.second};
}

}  // namespace

static_assert(civil_clock<local_clock> && civil_clock<utc_clock> && civil_clock<fixed_clock>);
static_assert(!civil_clock<no_clock> && !civil_clock<other_clock> && !civil_clock<int>);
static_assert(std::is_empty_v<local_clock> && std::is_empty_v<utc_clock>);
static_assert(fixed_clock{{2027, 1, 1, 0, 30}}.now() == civil_time{2027, 1, 1, 0, 30});

TEST_CASE("the fixed clock always has the same time", "[calendar]") {
  const fixed_clock clock{{2027, 1, 1, 0, 30}};
  CHECK(clock.now() == civil_time{2027, 1, 1, 0, 30});
  CHECK(clock.now() == clock.now());
}

TEST_CASE("the UTC clock is the system's", "[calendar]") {
  using namespace std::chrono;
  const auto before = floor<seconds>(system_clock::now());
  const civil_time time = tallymark::utc_clock{}.now();
  const auto after = floor<seconds>(system_clock::now());
  CHECK(time.ok());
  CHECK(before <= point(time));
  CHECK(point(time) <= after);
}

#ifndef _WIN32
TEST_CASE("the local clock is in the time zone of the process", "[calendar]") {
  const char* zone = std::getenv("TZ");
  const std::string previous = zone ? zone : "";
  using namespace std::chrono;
  for (const int hours_ahead : {-11, 0, 5, 14}) {
    setenv("TZ", ("TEST" + std::to_string(-hours_ahead)).c_str(), 1);
    tzset();
    const auto before = floor<seconds>(system_clock::now());
    const civil_time time = local_clock{}.now();
    const auto after = floor<seconds>(system_clock::now());
    CAPTURE(hours_ahead);
    CHECK(time.ok());
    CHECK(before <= point(time) - hours{hours_ahead});
    CHECK(point(time) - hours{hours_ahead} <= after);
  }
  zone ? setenv("TZ", previous.c_str(), 1) : unsetenv("TZ");
  tzset();
}
#endif
