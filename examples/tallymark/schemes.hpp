// The schemes that the tool can generate: one table.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "commands.hpp"

namespace tallymark::tool {

/// A kind of serial numbers, by name.
struct scheme {
  std::string_view name;
  std::string_view about;    ///< one sentence
  std::string_view example;  ///< a text that can be --start
  int (*generate)(const generate_options& options, output& out);
};

/// All of them, the usual one first.
[[nodiscard]] std::span<const scheme> schemes();

/// The one of this name, or none.
[[nodiscard]] const scheme* find_scheme(std::string_view name);

/// The table of schemes as text, one a line.
[[nodiscard]] std::string list_of_schemes();

}  // namespace tallymark::tool
