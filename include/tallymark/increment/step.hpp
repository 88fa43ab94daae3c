// Counting by a fixed step.
#pragma once

#include <cstdint>
#include <optional>

#include <tallymark/policy/serial_number.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// Increment policy: the ordinal that follows is N greater.
template <std::uint64_t N>
  requires(N > 0)
struct step {
  using policy_slot = increment_slot;

  /// v + N, or none beyond max_ordinal. O(1).
  [[nodiscard]] constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return from(v, v + 1); }

  /// n if N is 1, else 1. O(1).
  [[nodiscard]] constexpr std::uint64_t consecutive(std::uint64_t, std::uint64_t n) const { return N == 1 ? n : 1; }

  /// The first of v, v + N, v + 2 N, … that is at least `bound`, or none beyond max_ordinal. O(1).
  [[nodiscard]] constexpr std::optional<std::uint64_t> from(std::uint64_t v, std::uint64_t bound) const {
    if (bound <= v) return v;
    const std::uint64_t steps = (bound - v - 1) / N + 1;
    if (steps > (max_ordinal - v) / N) return std::nullopt;
    return v + steps * N;
  }
};

}  // namespace tallymark
