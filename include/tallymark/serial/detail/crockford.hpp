// The 32 symbols of Douglas Crockford, and what is read as one of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tallymark::detail {

inline constexpr std::string_view crockford_symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

inline constexpr std::uint8_t not_crockford = 255;

/// The value of each byte that is read as a symbol: of either case, I and L as 1, O as 0.
inline constexpr std::array<std::uint8_t, 256> crockford_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(not_crockford);
  const auto set = [&](char symbol, std::size_t value) {
    values[static_cast<unsigned char>(symbol)] = static_cast<std::uint8_t>(value);
    if ('A' <= symbol && symbol <= 'Z')
      values[static_cast<unsigned char>(symbol) + 32U] = static_cast<std::uint8_t>(value);
  };
  for (std::size_t i = 0; i < crockford_symbols.size(); ++i) set(crockford_symbols[i], i);
  set('I', 1);
  set('L', 1);
  set('O', 0);
  return values;
}();

}  // namespace tallymark::detail
