// Counting in a cycle.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

namespace detail {

// The assertions are in a function: a class with a failed assertion would be invalid and cause further errors.
template <std::uint64_t First, std::uint64_t Last>
consteval bool assert_wrapping() {
  static_assert(First < Last && Last <= max_ordinal,
                "tallymark::wrapping: First is not less than Last, or Last is greater than max_ordinal. Write "
                "'wrapping<1, 999>' to "
                "count from 1 to 999 and begin again");
  return true;
}

}  // namespace detail

/// Increment policy: counts by one from First to Last, then again from First. Ordinals that are still taken are
/// skipped, so it suits numbers that are released after use. An ordinal outside the cycle is followed by First.
template <std::uint64_t First, std::uint64_t Last>
struct wrapping {
  static_assert(detail::assert_wrapping<First, Last>());

  using policy_slot = increment_slot;

  /// v + 1, or First. O(1).
  [[nodiscard]] constexpr std::optional<std::uint64_t> next(std::uint64_t v) const {
    return accepts(v) && v < Last ? v + 1 : First;
  }

  /// Whether v is one of First to Last.
  [[nodiscard]] constexpr bool accepts(std::uint64_t v) const { return First <= v && v <= Last; }

  /// How many of v, v + 1, … follow each other: up to Last. O(1).
  [[nodiscard]] constexpr std::uint64_t consecutive(std::uint64_t v, std::uint64_t n) const {
    return accepts(v) || v + 1 == First ? std::min(n, Last - v + 1) : 1;
  }

  /// The first that is at least `bound`, of v and those after it; First if it wraps before that. O(1).
  [[nodiscard]] constexpr std::optional<std::uint64_t> from(std::uint64_t v, std::uint64_t bound) const {
    if (bound <= v) return v;
    return v <= Last && First < bound && bound <= Last ? bound : First;
  }
};

}  // namespace tallymark
