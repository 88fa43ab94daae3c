// The Damm check over digits.
#pragma once

#include <tallymark/config.hpp>

#include <array>
#include <cstddef>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/steps.hpp>
#include <tallymark/error.hpp>

namespace tallymark {

/// Check: Damm, over digits. Each digit selects the next state from a weakly totally anti-symmetric quasigroup of
/// order 10 whose diagonal is zero (H. Michael Damm, Total anti-symmetrische Quasigruppen, 2004; the table as
/// published). The check digit is the last state, and the whole number leads to state 0. O(length).
struct damm {
  static constexpr std::string_view symbols = detail::digits_10;
  static constexpr std::size_t length = 1;
  static constexpr unsigned states = 10, start = 0;

  /// The check digit of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t) const {
    return static_cast<unsigned>(quasigroup[state][value] - '0');
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character(symbols, state);
  }

 private:
  static constexpr std::array<std::string_view, 10> quasigroup{"0317598642", "7092154863", "4206871359", "1750983426",
                                                               "6123045978", "3674209581", "5869720134", "8945362017",
                                                               "9438617205", "2581436790"};
};

}  // namespace tallymark
