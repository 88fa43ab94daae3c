// The Verhoeff check over digits.
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

/// Check: Verhoeff, over digits. Digits are elements of D5, the symmetries of a pentagon: 0 to 4 are rotations, 5 to 9
/// reflections. A digit that is followed by i digits, the check digit included, is permuted i times; the product of
/// all, from the right, is 0. (J. Verhoeff, Error Detecting Decimal Codes, 1969.) O(length).
struct verhoeff {
  static constexpr std::string_view symbols = detail::digits_10;
  static constexpr std::size_t length = 1;
  static constexpr unsigned states = 10, start = 0;

  /// The check digit of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t remaining) const {
    return product(permuted[(remaining + 1) % permuted.size()][value], state);
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character(symbols, state < 5 ? (5 - state) % 5 : state);  // the inverse
  }

 private:
  // the product in D5: after a reflection, a rotation turns the other way
  static constexpr unsigned product(unsigned a, unsigned b) {
    const unsigned rotation = a < 5 ? a + b % 5 : a + 5 - b % 5;
    return rotation % 5 + ((a < 5) == (b < 5) ? 0U : 5U);
  }

  // the permutation applied 0 to 7 times; it has order 8
  static constexpr auto permuted = [] {
    constexpr std::array<std::uint8_t, 10> once{1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    std::array<std::array<std::uint8_t, 10>, 8> powers{};
    for (std::uint8_t digit = 0; digit < 10; ++digit) powers[0][digit] = digit;
    for (std::size_t times = 1; times < powers.size(); ++times)
      for (std::size_t digit = 0; digit < 10; ++digit) powers[times][digit] = once[powers[times - 1][digit]];
    return powers;
  }();
};

}  // namespace tallymark
