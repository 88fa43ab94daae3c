// The Verhoeff check of digits.
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

/// Check: Verhoeff, over digits. Digits stand for the symmetries of a pentagon, the group D5: 0 to 4 turn, 5 to 9
/// reflect. The digit with i digits behind it in the whole number is permuted i times; the product, from the right, is
/// 0. (J. Verhoeff, Error Detecting Decimal Codes, 1969.) O(length).
struct verhoeff {
  static constexpr std::string_view symbols = detail::digits_10;
  static constexpr std::size_t length = 1;
  static constexpr unsigned states = 10, start = 0;

  /// The check digit of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t behind) const {
    return product(permuted[(behind + 1) % permuted.size()][value], state);
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character(symbols, state < 5 ? (5 - state) % 5 : state);  // the inverse
  }

 private:
  // a reflection turns round the sense of the turn behind it
  static constexpr unsigned product(unsigned a, unsigned b) {
    const unsigned turn = a < 5 ? a + b % 5 : a + 5 - b % 5;
    return turn % 5 + ((a < 5) == (b < 5) ? 0U : 5U);
  }

  // the permutation applied 0 to 7 times; 8 times is none
  static constexpr auto permuted = [] {
    constexpr std::array<std::uint8_t, 10> once{1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    std::array<std::array<std::uint8_t, 10>, 8> made{};
    for (std::uint8_t digit = 0; digit < 10; ++digit) made[0][digit] = digit;
    for (std::size_t times = 1; times < made.size(); ++times)
      for (std::size_t digit = 0; digit < 10; ++digit) made[times][digit] = once[made[times - 1][digit]];
    return made;
  }();
};

}  // namespace tallymark
