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

/// Says the time that an id gets where the clock says less than `least` milliseconds since 1970: `least` or later, or a
/// failure. It may ask the clock again.
template <class R>
concept clock_rule =
    std::default_initializable<R> && requires(const R rule, std::uint64_t least, const fixed_unix_clock& clock) {
      { rule(least, clock) } -> std::same_as<result<std::uint64_t>>;
    };

/// Nothing is issued until somebody has put it right. Errors: clock_went_back.
struct refuse_clock {
  [[nodiscard]] constexpr result<std::uint64_t> operator()(std::uint64_t, const unix_clock auto&) const {
    return fail(errc::clock_went_back);
  }
};

/// Issuing waits until the clock has caught up, for about `Limit` milliseconds at most; where it is further behind,
/// there is no wait. Errors: clock_went_back.
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

/// Issuing goes on from the latest id, as if the clock stood still: the default. The ids stay in order; the time in
/// them is that of the latest until the clock has caught up.
struct run_ahead_of_clock {
  [[nodiscard]] constexpr result<std::uint64_t> operator()(std::uint64_t least, const unix_clock auto&) const {
    return least;
  }
};

namespace detail {

// A mistake is said in a function: a class with a failed assertion in it would be invalid and cause further errors.
template <class T>
consteval bool check_clock_rule() {
  static_assert(
      clock_rule<T>,
      "tallymark::clock_rule: this type does not say what to do when the clock is behind. Write refuse_clock, "
      "wait_for_clock<>, run_ahead_of_clock, or a type of your own with "
      "'result<std::uint64_t> operator()(std::uint64_t least, const unix_clock auto& clock) const'");
  return true;
}

// the rule that was given, or a stand-in, so that one mistake gives one error
template <class T>
using clock_rule_or_stand_in = std::conditional_t<clock_rule<T>, T, refuse_clock>;

}  // namespace detail

}  // namespace tallymark
