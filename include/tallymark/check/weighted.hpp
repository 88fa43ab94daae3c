// Weighted sums mod 11: ISBN-10, ISSN, and the check of a vehicle identification number.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/steps.hpp>
#include <tallymark/error.hpp>

namespace tallymark {

namespace detail {

inline constexpr std::string_view digits_and_x = "0123456789X";

// Weights 2, 3, 4, … from the right of a payload of `Payload` digits; with the check character, of weight 1, the sum is
// 0 mod 11.
template <std::size_t Payload>
struct mod11 {
  static constexpr std::string_view symbols = digits_10;
  static constexpr std::size_t length = 1;
  static constexpr std::size_t payload = Payload;
  static constexpr unsigned states = 11, start = 0;

  /// The check character of a payload. Errors: not_checkable; not_a_serial over digits that are too many, or at the end
  /// where digits are missing.
  [[nodiscard]] constexpr result<tallymark::check_characters> operator()(std::string_view digits) const {
    return check_by_steps(*this, digits, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t remaining) const {
    return (state + value * static_cast<unsigned>(remaining % 11 + 2)) % 11;
  }
  /// See incremental_check.
  [[nodiscard]] constexpr tallymark::check_characters finish(unsigned state) const {
    return one_character(digits_and_x, (11 - state) % 11);
  }
};

}  // namespace detail

/// Check: ISBN-10, weights 10 to 2 over nine digits, mod 11; the check character is a digit or X. ISO 2108. O(length).
struct isbn10_mod11 : detail::mod11<9> {};

/// Check: ISSN, weights 8 to 2 over seven digits, mod 11; the check character is a digit or X. ISO 3297. O(length).
struct issn_mod11 : detail::mod11<7> {};

/// Check: that of a vehicle identification number, at its position 9 of 17. The payload is the other 16 characters.
/// Digits and capital letters without I, O and Q have values 0 to 9; the weights are 8 to 2, 10, then 9 to 2; the check
/// character is the sum mod 11, a digit or X. 49 CFR 565 (North America; other vehicles need not have it). O(length).
struct vin_check {
  static constexpr std::string_view symbols = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
  static constexpr std::size_t length = 1;
  static constexpr std::size_t position = 8;
  static constexpr std::size_t payload = 16;
  static constexpr unsigned states = 11, start = 0;

  /// The check character for the 16 others. Errors: not_checkable; not_a_serial over characters that are too many, or at
  /// the end where characters are missing.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view others) const {
    return detail::check_by_steps(*this, others, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t remaining) const {
    constexpr std::string_view values = "012345678912345678123457923456789";  // of `symbols`
    const std::size_t weight = remaining < 9 ? remaining + 2 : remaining - 7;
    return (state + static_cast<unsigned>(values[value] - '0') * static_cast<unsigned>(weight % 11)) % 11;
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character(detail::digits_and_x, state);
  }
};

}  // namespace tallymark
