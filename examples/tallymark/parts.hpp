// The parts of a serial number, in a form that can be shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/policy/concepts.hpp>

namespace tallymark::tool {

/// All but the ordinal.
struct serial_parts {
  std::string family{};
  std::string tail{};
  unsigned width = 0;
  std::vector<std::pair<std::string_view, std::string>>
      more{};  ///< names and values, in the order in which they are shown
};

/// `2016-07-30T23:54:10.259Z` for the milliseconds since 1970.
[[nodiscard]] std::string utc_time(std::uint64_t milliseconds);

/// For schemes without check characters.
struct no_check {};

/// The parts of a serial number of this policy, whose member `tell`, if there is one, adds more. `text` is its spelling,
/// with the check characters.
template <serial_policy S, class Check>
void tell_parts(const S& policy, const serial_number& serial, std::string_view text, serial_parts& out) {
  out.family = serial.family.text;
  out.tail = serial.family.tail;
  out.width = serial.family.width;
  if constexpr (check_policy<Check>)
    out.more.emplace_back("check", text.substr(check_position<Check>(text.size()), Check::length));
  if constexpr (requires {
                  { policy.time_of(serial) } -> std::same_as<std::uint64_t>;
                })
    out.more.emplace_back("date", utc_time(policy.time_of(serial)));
  if constexpr (requires { policy.tell(serial, text, out); }) policy.tell(serial, text, out);
}

}  // namespace tallymark::tool
