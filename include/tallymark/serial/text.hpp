// Any text as a serial number; the decimal digits at its end are the counter. The default.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>

#include <tallymark/number/detail/text_counter.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/detail/family_reader.hpp>

namespace tallymark {

namespace detail {

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <std::size_t MaxLength>
consteval bool assert_text_serial() {
  static_assert(MaxLength > 0, "tallymark::text_serial: no text fits 0 bytes. Write a length of at least 1");
  return true;
}

}  // namespace detail

/// Serial policy: any text of at most `MaxLength` bytes. The digits at its end are the counter: without a leading zero
/// it is free to grow (`SN-9`, `SN-10`); with one, its width belongs to the family (`SN-09`) and the number after the
/// last one with a leading zero is in the growing family (`SN-099`, `SN-100`). Of more than 18 digits the last 18 are
/// the counter, and a carry out of them increments the digits before. Every text has exactly one (family, ordinal); a
/// text without digits at its end is a literal.
template <std::size_t MaxLength = max_text>
struct text_serial : detail::text_counter<MaxLength> {
  static_assert(detail::assert_text_serial<MaxLength>());

  using policy_slot = serial_slot;

  /// A faster reader for texts of 8 to 24 bytes with a prefix of at most 7 bytes.
  [[nodiscard]] constexpr detail::family_reader reader(const family& of) const {
    if (!of.counts() || text_serial::splits_digits(of) || MaxLength < 16 || of.width == 1) return {};
    return {of.text, of.width, of.width > 0 ? detail::first_digit::zero : detail::first_digit::not_zero_unless_alone,
            MaxLength < 24 ? 16U : 24U};
  }
};

}  // namespace tallymark
