// Counting by a fixed step.
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
template <std::uint64_t N>
consteval bool assert_step() {
  static_assert(N > 0, "tallymark::step: a step of 0 never moves. Write a step of at least 1");
  return true;
}

}  // namespace detail

/// Increment policy: the ordinal that follows is N greater.
template <std::uint64_t N>
struct step {
  static_assert(detail::assert_step<N>());

  using policy_slot = increment_slot;
  static constexpr std::uint64_t stride = N;

  /// v + N, or empty above max_ordinal. O(1).
  [[nodiscard]] constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return from(v, v + 1); }

  /// How many of v, v + N, v + 2 N, … follow each other: n, or up to max_ordinal. O(1).
  [[nodiscard]] constexpr std::uint64_t consecutive(std::uint64_t v, std::uint64_t n) const {
    return v < max_ordinal ? std::min(n, (max_ordinal - v) / N + 1) : 1;
  }

  /// The first of v, v + N, v + 2 N, … that is at least `bound`, or none beyond max_ordinal. O(1).
  [[nodiscard]] constexpr std::optional<std::uint64_t> from(std::uint64_t v, std::uint64_t bound) const {
    if (bound <= v) return v;
    const std::uint64_t steps = (bound - v - 1) / N + 1;
    if (steps > (max_ordinal - v) / N) return std::nullopt;
    return v + steps * N;
  }
};

}  // namespace tallymark
