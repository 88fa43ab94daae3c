// A description of how counters are spelled: what bulk writing needs to know.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace tallymark {

/// The spelling of one family: `prefix`, the ordinal in base N with these N symbols (2 to 256, the first is zero),
/// `suffix`. At least `width` symbols, with leading zeros; an ordinal that needs more gets more. The views are of
/// the policy or the family.
struct serial_layout {
  std::string_view prefix{};
  std::string_view symbols = "0123456789";
  std::uint8_t width = 0;
  std::string_view suffix{};

  /// How many symbols the counter of an ordinal has. O(symbols).
  [[nodiscard]] constexpr unsigned counter_length(std::uint64_t ordinal) const noexcept {
    unsigned length = 1;
    while ((ordinal /= symbols.size()) != 0) ++length;
    return std::max<unsigned>(length, width);
  }

  /// The greatest ordinal whose counter has at most this number of symbols. O(symbols).
  [[nodiscard]] constexpr std::uint64_t last_of(unsigned counter_length) const noexcept {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t greatest_symbol = symbols.size() - 1;
    std::uint64_t last = 0;
    for (; counter_length > 0 && last != most; --counter_length)
      last = last > (most - greatest_symbol) / symbols.size() ? most : last * symbols.size() + greatest_symbol;
    return last;
  }

  /// The bytes of a serial number whose counter has this number of symbols.
  [[nodiscard]] constexpr std::size_t length(unsigned counter_length) const noexcept {
    return prefix.size() + counter_length + suffix.size();
  }

  friend constexpr bool operator==(const serial_layout&, const serial_layout&) = default;
};

}  // namespace tallymark
