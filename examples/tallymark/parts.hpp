// What a serial number has in it besides its family and ordinal.
#pragma once

#include <string>
#include <string_view>

#include <tallymark/policy/concepts.hpp>

namespace tallymark::tool {

/// Empty where a scheme has no such part.
struct serial_parts {
  std::string check{};  ///< the check characters
  std::string date{};   ///< the time that an id holds, as ISO 8601 in UTC
};

/// The parts of a serial number of this policy; `text` is its spelling.
template <serial_policy S>
void tell_parts(const S&, const serial_number&, std::string_view text, serial_parts& out) {
  if constexpr (requires { S::check_length; }) out.check = text.substr(text.size() - S::check_length);
}

}  // namespace tallymark::tool
