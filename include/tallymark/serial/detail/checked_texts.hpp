// Consecutive texts with a check character, of which only the last symbols change.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <tallymark/check/check_policy.hpp>

namespace tallymark::detail {

/// For each state before the last symbol of a payload, and for each last symbol, the check character.
template <incremental_check Check, unsigned Base>
inline constexpr auto last_checks = [] {
  std::array<std::array<char, Base>, Check::states> table{};
  const Check check{};
  for (unsigned state = 0; state < Check::states; ++state)
    for (unsigned value = 0; value < Base; ++value)
      table[state][value] = check.finish(check.step(state, value, 0)).characters[0];
  return table;
}();

/// A text with one check character and a counter in the first `Base` symbols of the check, which ends the payload.
struct checked_text {
  std::span<char> text;             ///< that of the first, with room for a check character at its place; is changed
  std::span<const std::size_t> at;  ///< where each symbol of the counter stands in the text: 1 to 20
  std::size_t check_at = 0;
  unsigned state = 0;  ///< of the check, before the counter
};

/// Writes the texts of `count` ordinals, at least one, each followed by the separator. One step of the check for each symbol
/// of the counter but the last, once for all texts that differ in the last only. O(bytes).
template <incremental_check Check, unsigned Base>
constexpr void write_checked(char* out, const checked_text& first, std::uint64_t count, std::string_view separator) {
  constexpr std::string_view symbols = std::string_view(Check::symbols).substr(0, Base);
  const std::size_t places = first.at.size(), last_at = first.at[places - 1];
  std::array<unsigned, 20> values{};
  for (std::size_t i = 0; i < places; ++i) values[i] = static_cast<unsigned>(symbols.find(first.text[first.at[i]]));
  for (;;) {
    unsigned state = first.state;
    for (std::size_t i = 0; i + 1 < places; ++i) {
      first.text[first.at[i]] = symbols[values[i]];
      state = Check{}.step(state, values[i], places - 1 - i);
    }
    for (unsigned& value = values[places - 1]; value < Base; ++value) {
      char* const end = std::copy_n(first.text.data(), first.text.size(), out);
      out[last_at] = symbols[value];
      out[first.check_at] = last_checks<Check, Base>[state][value];
      out = std::copy(separator.begin(), separator.end(), end);
      if (--count == 0) return;
    }
    for (std::size_t i = places - 1; values[i] == Base; ++values[--i]) values[i] = 0;
  }
}

}  // namespace tallymark::detail
