// Clocks that count milliseconds since 1970, as values: the system's clock, or a fixed one for tests.
#pragma once

#include <tallymark/config.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace tallymark {

/// Says how many milliseconds have passed since 1970-01-01 00:00 UTC, leap seconds not counted.
template <class C>
concept unix_clock = requires(const C clock) {
  { clock.milliseconds() } -> std::same_as<std::uint64_t>;
};

/// The system's clock; 0 before 1970.
struct system_unix_clock {
  [[nodiscard]] std::uint64_t milliseconds() const {
    using namespace std::chrono;
    const auto since = duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count();
    return since > 0 ? static_cast<std::uint64_t>(since) : 0;
  }
};

/// Always the same time: for tests.
struct fixed_unix_clock {
  std::uint64_t time = 0;  ///< milliseconds since 1970

  [[nodiscard]] constexpr std::uint64_t milliseconds() const { return time; }
};

namespace detail {

// The assertion is in a function: in a class, it would make the class invalid and cause further errors.
template <class T>
consteval bool assert_unix_clock() {
  static_assert(unix_clock<T>,
                "tallymark::unix_clock: this type does not count milliseconds since 1970. Give it the member "
                "'std::uint64_t milliseconds() const'");
  return true;
}

// the given clock, or a placeholder, so that one mistake gives one error
template <class T>
using unix_clock_or_stand_in = std::conditional_t<unix_clock<T>, T, fixed_unix_clock>;

}  // namespace detail

}  // namespace tallymark
