// Whether the texts of a serial policy can have a check, as far as this is known at compile time.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark::detail {

enum class checkable : std::uint8_t { unknown, yes, unknown_character, no_payload, too_long };

// Whether the text of the least or greatest ordinal of a layout is a payload.
template <class Check>
constexpr checkable payload_of(const serial_layout& spelled, std::uint64_t ordinal) {
  const unsigned symbols = spelled.counter_length(ordinal);
  if (spelled.length(symbols) + Check::length > max_text) return checkable::too_long;
  std::array<char, max_text> text{};
  char* const counter = std::copy(spelled.prefix.begin(), spelled.prefix.end(), text.begin());
  std::fill_n(counter, symbols, spelled.symbols.front());
  std::copy(spelled.suffix.begin(), spelled.suffix.end(), counter + symbols);
  const auto characters = Check{}(std::string_view(text.data(), spelled.length(symbols)));
  if (characters) return checkable::yes;
  return characters.error().code == errc::not_checkable ? checkable::unknown_character : checkable::no_payload;
}

// For a policy without state. The families of a policy have characters of their own: then only those of the counter are
// known.
template <class Base, class Check>
constexpr checkable find_checkable() {
  const Base base{};
  const auto spelled = serial_traits<Base>::layout(base, family{});
  if (!spelled || requires(char* out) { base.write(out, family{}, 0U, 1U, std::string_view()); })
    return checkable::unknown;
  constexpr std::string_view known = Check::symbols;
  const auto knows = [&](char c) { return known.find(c) != known.npos; };
  if (!std::all_of(spelled->symbols.begin(), spelled->symbols.end(), knows)) return checkable::unknown_character;
  if constexpr (ordinal_serial_policy<Base>) {
    const checkable least = payload_of<Check>(*spelled, 0);
    if (least != checkable::yes || !requires { Check::payload; }) return least;
    return payload_of<Check>(*spelled, serial_traits<Base>::last(base, family{}));
  } else {
    return requires { Check::payload; } ? checkable::no_payload : checkable::yes;
  }
}

template <class Base, class Check>
concept known_when_compiling = std::default_initializable<Base> &&
                               requires { typename std::bool_constant<(find_checkable<Base, Check>(), true)>; };

/// What is known at compile time about Check over the texts of Base.
template <class Base, class Check>
inline constexpr checkable checkable_v = [] {
  if constexpr (known_when_compiling<Base, Check>)
    return find_checkable<Base, Check>();
  else
    return checkable::unknown;
}();

/// Whether a check can end in a blank, which is lost at the end of a text.
template <class Check>
inline constexpr bool makes_blank = [] {
  if constexpr (incremental_check<Check>) {
    for (unsigned state = 0; state < Check::states; ++state)
      if (Check{}.finish(state).view().back() == ' ') return true;
    return false;
  } else {
    return std::string_view(Check::symbols).find(' ') != std::string_view::npos;
  }
}();

}  // namespace tallymark::detail
