// The 32 symbols of Douglas Crockford's base 32, and the bytes that are read as one of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/ext/detail/symbols.hpp>

namespace tallymark::detail {

inline constexpr std::string_view crockford_symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The value of each byte that is read as a symbol: of either case, I and L as 1, O as 0.
inline constexpr std::array<std::uint8_t, 256> crockford_values = [] {
  auto values = values_of(crockford_symbols);
  values['I'] = values['L'] = 1;
  values['O'] = 0;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) values[c + ('a' - 'A')] = values[c];
  return values;
}();

}  // namespace tallymark::detail
