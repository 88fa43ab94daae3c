// Serial numbers of trade items: AI 21.
#pragma once

#include <tallymark/config.hpp>

#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/gs1/detail/serial_text.hpp>
#include <tallymark/number/detail/text_counter.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// Serial policy: what AI 21 of GS1 can hold, 1 to 20 characters of set 82 (GS1 Barcode Syntax Dictionary, AI 21).
/// Counted by the digits at the end, as text_serial does. In a stock, its scope is unique_per_gtin.
struct gs1_serial : detail::text_counter<gs1::detail::longest_serial> {
  using policy_slot = serial_slot;

  /// Splits off the counter. Errors: empty_text; text_too_long; wrong_character at the first that is not in the set.
  /// O(length).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    if (const auto checked = gs1::detail::validate_serial_text(text); !checked)
      return unexpected<failure>(checked.error());
    return text_counter::parse(text);
  }
};

}  // namespace tallymark
