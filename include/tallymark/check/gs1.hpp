// The two checks of GS1: the check digit of numeric keys, and the check character pair of alphanumeric ones.
#pragma once

#include <tallymark/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/steps.hpp>
#include <tallymark/error.hpp>

namespace tallymark {

/// Check: GS1 mod 10, of GTIN, SSCC, GLN and ISBN-13. Weights 3, 1, 3, 1, … from the right of the payload; the check
/// digit, of weight 1, makes the sum 0 mod 10. GS1 General Specifications. O(length).
struct gs1_mod10 {
  static constexpr std::string_view symbols = detail::digits_10;
  static constexpr std::size_t length = 1;
  static constexpr unsigned states = 10, start = 0;

  /// The check digit of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t remaining) const {
    return (state + (remaining % 2 == 0 ? 3 * value : value)) % 10;
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character(symbols, (10 - state) % 10);
  }
};

/// Check: the GS1 alphanumeric check character pair, of the Global Model Number (AI 8013). The values in CSET 82, times
/// the primes 2, 3, 5, … from the right of the payload, are added mod 1021; the sum is written as two characters of
/// CSET 32. GS1 General Specifications. Payloads of at most 98 characters, where the standard has at most 23. O(length).
struct gs1_pair {
  static constexpr std::string_view symbols =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  static constexpr std::size_t length = 2;
  static constexpr unsigned states = 1021, start = 0;

  /// The check characters of a payload. Errors: not_checkable; not_a_serial over the characters beyond 98.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    if (payload.size() > primes.size()) return fail(errc::not_a_serial, primes.size(), payload.size() - primes.size());
    return detail::check_by_steps(*this, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t remaining) const {
    return (state + value * primes[remaining % primes.size()]) % states;
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    constexpr std::string_view cset_32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    return {{cset_32[state >> 5U], cset_32[state & 31U]}, 2};
  }

 private:
  static constexpr auto primes = [] {
    std::array<std::uint16_t, 98> list{};
    std::size_t size = 0;
    for (unsigned candidate = 2; size < list.size(); ++candidate) {
      bool prime = true;
      for (std::size_t i = 0; i < size && prime; ++i) prime = candidate % list[i] != 0;
      if (prime) list[size++] = static_cast<std::uint16_t>(candidate);
    }
    return list;
  }();
};

}  // namespace tallymark
