// Shared by the checks: the values of symbols, and the loop over a payload.
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

/// The value of each byte, or no_symbol.
template <class Check>
inline constexpr auto symbol_values = values_of(Check::symbols);

/// One check character.
constexpr tallymark::check_characters one_character(std::string_view symbols, unsigned value) {
  return {{symbols[value]}, 1};
}

/// The check characters of a payload, or not_checkable at the first character that is not a symbol. O(length).
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

/// The same for payloads of exactly `size` characters. Errors also: not_a_serial over characters that are too many, or
/// at the end where characters are missing. O(length).
template <class Check>
[[nodiscard]] constexpr result<tallymark::check_characters> check_by_steps(const Check& check, std::string_view payload,
                                                                           std::size_t size) {
  auto characters = check_by_steps(check, payload);
  if (characters && payload.size() != size) {
    const std::size_t at = std::min(size, payload.size());
    return fail(errc::not_a_serial, at, payload.size() - at);
  }
  return characters;
}

}  // namespace tallymark::detail
