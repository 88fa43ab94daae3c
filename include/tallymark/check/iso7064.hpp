// The checks of ISO/IEC 7064: pure systems, and hybrid systems of two moduli.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/steps.hpp>
#include <tallymark/error.hpp>

namespace tallymark {

namespace detail {

// Pure systems MOD M-r: each value is added, then the sum is multiplied by r, mod M. With the check character added,
// the sum is 1 mod M.
template <unsigned M, unsigned R>
struct pure_system {
  static constexpr std::size_t length = 1;
  static constexpr unsigned states = M, start = 0;

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t) const {
    return (state + value) * R % M;
  }
};

// Hybrid systems MOD M+1,M: each value is added mod M, with M instead of 0, then the sum is doubled mod M + 1. With the
// check character added, the sum is 1 mod M.
template <unsigned M>
struct hybrid_system {
  static constexpr std::size_t length = 1;
  static constexpr unsigned states = M + 1, start = M;
  static constexpr std::string_view symbols = digits_and_letters.substr(0, M);

  /// The check character of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<tallymark::check_characters> operator()(std::string_view payload) const {
    return check_by_steps(*this, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t) const {
    const unsigned sum = (state + value) % M;
    return (sum == 0 ? M : sum) * 2 % (M + 1);
  }
  /// See incremental_check.
  [[nodiscard]] constexpr tallymark::check_characters finish(unsigned state) const {
    return one_character(symbols, (M + 1 - state) % M);
  }
};

}  // namespace detail

/// Check: ISO/IEC 7064 MOD 11-2, over digits; the check character is a digit or X. O(length).
struct iso7064_mod11_2 : detail::pure_system<11, 2> {
  static constexpr std::string_view symbols = detail::digits_10;

  /// The check character of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character("0123456789X", (states + 1 - state) % states);
  }
};

/// Check: ISO/IEC 7064 MOD 37-2, over digits and capital letters; the check character is one of these or *. O(length).
struct iso7064_mod37_2 : detail::pure_system<37, 2> {
  static constexpr std::string_view symbols = detail::digits_and_letters;

  /// The check character of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*", (states + 1 - state) % states);
  }
};

/// Check: ISO/IEC 7064 MOD 97-10, over digits and capital letters. Letters are written as numbers, A = 10 to Z = 35;
/// the number with its two check digits, 02 to 98, is 1 mod 97. O(length).
struct iso7064_mod97_10 {
  static constexpr std::string_view symbols = detail::digits_and_letters;
  static constexpr std::size_t length = 2;
  static constexpr unsigned states = 97, start = 0;

  /// The check digits of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }
  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t) const {
    return (state * (value < 10 ? 10 : 100) + value) % states;
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    const unsigned value = states + 1 - state * 100 % states;
    return {{symbols[value / 10], symbols[value % 10]}, 2};
  }
};

/// Check: ISO/IEC 7064 MOD 11,10, over digits. O(length).
struct iso7064_mod11_10 : detail::hybrid_system<10> {};

/// Check: ISO/IEC 7064 MOD 37,36, over digits and capital letters. O(length).
struct iso7064_mod37_36 : detail::hybrid_system<36> {};

}  // namespace tallymark
