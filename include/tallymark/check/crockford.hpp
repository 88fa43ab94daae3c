// The check symbol of Crockford's base 32.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/steps.hpp>
#include <tallymark/error.hpp>

namespace tallymark {

/// Check: the number that the payload spells in Douglas Crockford's base 32, mod 37, as one of the 32 symbols or
/// `*~$=U` (crockford.com/base32.html). Payloads of any length; leading zeros do not change it. O(length).
struct crockford_mod37 {
  static constexpr std::string_view symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  static constexpr std::size_t length = 1;
  static constexpr unsigned states = 37, start = 0;

  /// The check symbol of a payload. Errors: not_checkable.
  [[nodiscard]] constexpr result<check_characters> operator()(std::string_view payload) const {
    return detail::check_by_steps(*this, payload);
  }

  /// See incremental_check.
  [[nodiscard]] constexpr unsigned step(unsigned state, unsigned value, std::size_t) const {
    return (state * 32 + value) % states;
  }
  /// See incremental_check.
  [[nodiscard]] constexpr check_characters finish(unsigned state) const {
    return detail::one_character("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U", state);
  }
};

}  // namespace tallymark
