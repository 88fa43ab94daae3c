// Clocks as values: local time, UTC, or a fixed time for tests.
#pragma once

#include <tallymark/config.hpp>

#include <chrono>
#include <concepts>
#include <ctime>
#include <type_traits>

#include <tallymark/calendar/civil_time.hpp>

namespace tallymark {

/// Says what time it is, in the years 0 to 9999. A batch code calls `now` once, so its fields are of one moment.
template <class C>
concept civil_clock = requires(const C clock) {
  { clock.now() } -> std::same_as<civil_time>;
};

/// The time in UTC, by the system's clock.
struct utc_clock {
  [[nodiscard]] civil_time now() const {
    using namespace std::chrono;
    const auto at = floor<seconds>(system_clock::now());
    const auto day = floor<days>(at);
    const hh_mm_ss of_day{at - day};
    civil_time time = midnight(date{day});
    time.hour = static_cast<int>(of_day.hours().count());
    time.minute = static_cast<int>(of_day.minutes().count());
    time.second = static_cast<int>(of_day.seconds().count());
    return time;
  }
};

/// The time in the time zone of the process, by the system's clock. A leap second is the second before it.
struct local_clock {
  [[nodiscard]] civil_time now() const {
    const std::time_t at = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm local{};
#ifdef _WIN32
    const bool known = localtime_s(&local, &at) == 0;
#else
    const bool known = localtime_r(&at, &local) != nullptr;
#endif
    if (!known) return utc_clock{}.now();
    return {local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
            local.tm_hour,        local.tm_min,     local.tm_sec < 60 ? local.tm_sec : 59};
  }
};

/// Always the same time: for tests, and for codes of another day.
struct fixed_clock {
  civil_time time{};

  [[nodiscard]] constexpr civil_time now() const { return time; }
};

namespace detail {

// The given clock; if it is not a clock, one readable error and a placeholder.
template <class C>
struct asserted_clock {
  using type = std::conditional_t<civil_clock<C>, C, fixed_clock>;
  static_assert(
      civil_clock<C>,
      "tallymark::civil_clock: this type does not say what time it is. Give it the member 'civil_time now() const'");
};

}  // namespace detail

}  // namespace tallymark
