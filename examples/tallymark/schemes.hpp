// The schemes that the tool knows: one table.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "any_serial.hpp"

namespace tallymark::tool {

/// A kind of serial numbers, by name.
struct scheme {
  std::string_view name;
  std::string_view about;     ///< one sentence
  std::string_view example;   ///< a valid text that can be --start
  std::string_view standard;  ///< where its rules come from; empty: this library
  std::string_view page;      ///< below docs/
  const serial_calls* calls;
  std::string_view last{};  ///< the last serial number, where a number can be too large; else empty
};

/// All of them, the usual one first.
[[nodiscard]] std::span<const scheme> schemes();

/// The one of this name. None: says so, and which name may have been meant.
[[nodiscard]] const scheme* find_scheme(std::string_view name);

/// The table of schemes as text, one a line.
[[nodiscard]] std::string list_of_schemes();

}  // namespace tallymark::tool
