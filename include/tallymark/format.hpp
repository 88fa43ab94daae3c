// std::format for every type of the library that can be printed, where the standard library has it.
#pragma once

#include <tallymark/config.hpp>

#include <version>

#if defined(__cpp_lib_format)
#include <format>
#include <string_view>

#include <tallymark/ext/print.hpp>

/// `std::format("{}", value)` for errors, quantities, serial numbers and every other printable type. A format
/// specification is that of text: `{:>12}`.
template <tallymark::printable T>
struct std::formatter<T, char> : std::formatter<std::string_view, char> {
  template <class Context>
  auto format(const T& value, Context& context) const {
    return std::formatter<std::string_view, char>::format(tallymark::text_of(value), context);
  }
};

#endif
