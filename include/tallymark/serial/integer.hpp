// Plain decimal numbers as serial numbers.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/name.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/detail/counter.hpp>
#include <tallymark/serial/detail/family_reader.hpp>

namespace tallymark {

/// Serial policy: plain decimal numbers without leading zeros, from 0 to the greatest value of U (but at most
/// `max_ordinal`).
template <std::unsigned_integral U = std::uint64_t>
struct basic_integer_serial {
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  /// Reads a number. Errors: not_a_serial at the first byte that is not a digit, or over leading zeros; too_large.
  /// O(length).
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view text) const { return counter::parse(text, 0); }

  /// A faster reader for texts of 8 to 16 bytes.
  [[nodiscard]] constexpr detail::family_reader reader(const family&) const {
    if constexpr (counter::longest > 16)
      return {"", 0, detail::first_digit::not_zero_unless_alone};
    else
      return {};
  }

  /// Appends a number. O(length).
  constexpr void format(std::string& out, std::uint64_t ordinal) const { counter::format(out, ordinal); }

  /// The layout: decimal digits without leading zeros.
  [[nodiscard]] constexpr serial_layout layout(const family&) const { return counter::layout({}); }

  /// The greatest number.
  [[nodiscard]] static constexpr std::uint64_t last() { return counter::last; }

 private:
  using counter = detail::counter<"0123456789", 0, std::min<std::uint64_t>(std::numeric_limits<U>::max(), max_ordinal)>;
};

/// Serial policy: plain decimal numbers of 64 bits.
using integer_serial = basic_integer_serial<>;

// Compilers name integers differently.
template <std::unsigned_integral U>
struct policy_name_of<basic_integer_serial<U>> {
  [[nodiscard]] static std::string get() {
    return "integer_serial<" + std::to_string(std::numeric_limits<U>::digits) + ">";
  }
};

}  // namespace tallymark
