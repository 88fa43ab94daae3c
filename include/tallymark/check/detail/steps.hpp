// What the checks have in common: values of symbols, and a payload taken symbol by symbol.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/symbols.hpp>

namespace tallymark::detail {

inline constexpr std::string_view digits_10 = "0123456789";
inline constexpr std::string_view digits_and_letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The value of each character, or no_symbol.
template <class Check>
inline constexpr auto symbol_values = values_of(Check::symbols);

/// One check character.
constexpr tallymark::check_characters one_character(std::string_view symbols, unsigned value) {
  return {{symbols[value]}, 1};
}

/// The check characters of a payload, or not_checkable at the first character that is no symbol. O(length).
template <class Check>
[[nodiscard]] constexpr result<tallymark::check_characters> check_by_steps(const Check& check,
                                                                           std::string_view payload) {
  unsigned state = Check::start;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    const unsigned value = symbol_values<Check>[static_cast<unsigned char>(payload[i])];
    if (value == no_symbol) return fail(errc::not_checkable, i, 1);
    state = check.step(state, value, payload.size() - 1 - i);
  }
  return check.finish(state);
}

/// The same for payloads of exactly `size` characters: not_a_serial over what is too much, or where one is missing.
template <class Check>
[[nodiscard]] constexpr result<tallymark::check_characters> check_by_steps(const Check& check, std::string_view payload,
                                                                           std::size_t size) {
  auto made = check_by_steps(check, payload);
  if (made && payload.size() != size) {
    const std::size_t at = std::min(size, payload.size());
    return fail(errc::not_a_serial, at, payload.size() - at);
  }
  return made;
}

}  // namespace tallymark::detail
