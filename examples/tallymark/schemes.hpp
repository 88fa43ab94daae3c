// The schemes that the tool knows: one table.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "any_serial.hpp"

namespace tallymark::tool {

/// A kind of serial number, with a name.
struct scheme {
  std::string_view name;
  std::string_view about;     ///< one sentence
  std::string_view example;   ///< a valid text, which `--start` accepts
  std::string_view standard;  ///< where its rules come from; empty: this library
  std::string_view page;      ///< below docs/
  const serial_calls* calls;
  std::string_view last{};  ///< the last serial number, if a number can be too large for the library; else empty
};

/// All schemes, the default one first.
[[nodiscard]] std::span<const scheme> schemes();

/// The scheme with this name. If there is no such scheme, prints this with a suggestion and returns null.
[[nodiscard]] const scheme* find_scheme(std::string_view name);

/// The schemes as text, one per line.
[[nodiscard]] std::string list_of_schemes();

}  // namespace tallymark::tool
