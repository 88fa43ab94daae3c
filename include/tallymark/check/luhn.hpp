// The Luhn check, for digits and for any alphabet.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/steps.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/symbols.hpp>
#include <tallymark/ext/fixed_string.hpp>

namespace tallymark {

namespace detail {

// A mistake is said in a function: a class with a failed assertion in it would be invalid and cause further errors.
template <fixed_string Symbols>
consteval bool assert_luhn() {
  static_assert(
      Symbols.size() >= 2 && Symbols.size() <= 94,
      "tallymark::luhn_mod: the alphabet does not have 2 to 94 symbols. Write each symbol once, that of zero first");
  static_assert(
      is_alphabet(Symbols.view()),
      "tallymark::luhn_mod: the alphabet names a symbol twice, or one that is not printable ASCII. Write each "
      "symbol once, from '!' to '~'");
  return true;
}

}  // namespace detail

/// Check: Luhn mod N, for an alphabet of N = 2 to 94 distinct printable symbols, of which the first is zero. Every
/// second value, beginning with the last one of the payload, is doubled; of a doubled value, the two digits in base N
/// are added. The check character makes the sum 0 mod N. ISO/IEC 7812-1 for N = 10; the usual generalisation for other
/// N. With an odd N, two different values can count the same when doubled, so some single errors pass: choose an even
/// N. O(length).
template <fixed_string Symbols>
struct luhn_mod {
  static_assert(detail::assert_luhn<Symbols>());

  static constexpr std::string_view symbols = Symbols.view();
  static constexpr std::size_t length = 1;
  static constexpr unsigned states = Symbols.size(), start = 0;

  /// The check character of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t remaining) const {
    const unsigned doubled = remaining % 2 == 0 ? 2 * value : value;
    return (state + doubled / states + doubled % states) % states;
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character(symbols, (states - state) % states);
  }
};

/// Check: Luhn over digits, as in card numbers and IMEI. ISO/IEC 7812-1. O(length).
using luhn = luhn_mod<"0123456789">;

}  // namespace tallymark
