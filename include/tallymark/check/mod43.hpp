// The sum mod 43 of Code 39 and of HIBC.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/steps.hpp>
#include <tallymark/error.hpp>

namespace tallymark {

/// Check: the sum of the values of the symbols, mod 43, for the 43 symbols of Code 39 (ISO/IEC 16388). Swapped
/// characters pass. The check character may be a space. O(length).
struct code39_mod43 {
  static constexpr std::string_view symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
  static constexpr std::size_t length = 1;
  static constexpr unsigned states = 43, start = 0;

  /// The check character of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t) const {
    return (state + value) % states;
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character(symbols, state);
  }
};

/// Check: that of a HIBC (ANSI/HIBC 2): mod 43 as in Code 39, over a text that begins with the flag `+`, which counts
/// too. O(length).
struct hibc_mod43 : code39_mod43 {
  /// The check character of a payload. Errors: not_checkable; not_a_serial at the first byte where the flag is missing.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    if (!payload.starts_with('+')) return fail(errc::not_a_serial, 0, std::min<std::size_t>(payload.size(), 1));
    return detail::check_by_steps(*this, payload);
  }
};

}  // namespace tallymark
