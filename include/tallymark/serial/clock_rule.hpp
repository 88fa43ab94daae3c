// What issuing does when the latest id is ahead of the clock: refuse, wait, or run ahead.
#pragma once

#include <tallymark/config.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <thread>
#include <type_traits>

#include <tallymark/calendar/unix_clock.hpp>
#include <tallymark/error.hpp>

namespace tallymark {

/// Decides which time an id gets when the clock is earlier than `least`. Times are milliseconds since 1970. Returns
/// `least` or later, or a failure. It may read the clock again.
template <class R>
concept clock_rule =
    std::default_initializable<R> && requires(const R rule, std::uint64_t least, const fixed_unix_clock& clock) {
      { rule(least, clock) } -> std::same_as<result<std::uint64_t>>;
    };

/// Issues nothing until the clock has been corrected. Errors: clock_went_back. O(1).
struct refuse_clock {
  [[nodiscard]] constexpr result<std::uint64_t> operator()(std::uint64_t, const unix_clock auto&) const {
    return fail(errc::clock_went_back);
  }
};

/// Waits until the clock has caught up, for about `Limit` milliseconds at most; does not wait if the clock lags by more
/// than that. Errors: clock_went_back.
template <std::uint64_t Limit = 1000>
struct wait_for_clock {
  [[nodiscard]] constexpr result<std::uint64_t> operator()(std::uint64_t least, const unix_clock auto& clock) const {
    for (std::uint64_t waited = 0;; ++waited) {
      const std::uint64_t now = clock.milliseconds();
      if (now >= least) return now;
      if (waited >= Limit || least - now > Limit) return fail(errc::clock_went_back);
      if (!std::is_constant_evaluated()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
};

/// Continues from the latest id, as if the clock had stopped: the default. The ids stay in order; the time in them is
/// that of the latest until the clock has caught up.
struct run_ahead_of_clock {
  [[nodiscard]] constexpr result<std::uint64_t> operator()(std::uint64_t least, const unix_clock auto&) const {
    return least;
  }
};

namespace detail {

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <class T>
consteval bool assert_clock_rule() {
  static_assert(clock_rule<T>,
                "tallymark::clock_rule: this type does not say what to do when the clock lags. Write refuse_clock, "
                "wait_for_clock<>, run_ahead_of_clock, or a type of your own with "
                "'result<std::uint64_t> operator()(std::uint64_t least, const unix_clock auto& clock) const'");
  return true;
}

// the given rule, or a placeholder, so that one mistake gives one error
template <class T>
using clock_rule_or_stand_in = std::conditional_t<clock_rule<T>, T, refuse_clock>;

}  // namespace detail

}  // namespace tallymark
