// Clocks that count milliseconds since 1970, as values: that of the system, or one for tests.
#pragma once

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

/// The system's clock. Before 1970 it says 0.
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

// The clock that was given; if it is none, one error in one sentence, and a stand-in.
template <class C>
struct checked_unix_clock {
  using type = std::conditional_t<unix_clock<C>, C, fixed_unix_clock>;
  static_assert(unix_clock<C>,
                "tallymark::unix_clock: this type does not count milliseconds since 1970. Give it the member "
                "'std::uint64_t milliseconds() const'");
};

}  // namespace detail

}  // namespace tallymark
