// A fixed prefix and a decimal counter.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/detail/counter.hpp>
#include <tallymark/serial/detail/family_reader.hpp>

namespace tallymark {

namespace detail {

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <fixed_string Prefix, unsigned Width>
consteval bool assert_prefixed() {
  static_assert(is_prefix(Prefix.view()),
                "tallymark::prefixed_serial: this prefix is not a text, or begins with a blank. Write valid UTF-8 "
                "without control "
                "characters that begins with something to see");
  static_assert(Width <= 18,
                "tallymark::prefixed_serial: the counter has more than 18 digits. Write a width of at most 18, or 0 "
                "for a counter "
                "that is free to grow");
  static_assert(
      Width > 18 || Prefix.size() + counter<"0123456789", Width>::longest <= max_text,
      "tallymark::prefixed_serial: the prefix and the longest counter exceed 100 bytes. Write a shorter prefix");
  return true;
}

}  // namespace detail

/// Serial policy: `Prefix` and a decimal counter. With a Width of 1 to 18: exactly `Width` digits, and nothing follows
/// the last value, since a field on a label does not grow. With Width 0: no leading zeros, free to grow.
template <fixed_string Prefix, unsigned Width = 0>
struct prefixed_serial {
  static_assert(detail::assert_prefixed<Prefix, Width>());

  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  /// Reads the counter after the prefix. Errors: not_a_serial over a wrong prefix, or at the first byte of the counter
  /// that is not a digit; wrong_width; too_large. O(length).
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view text) const {
    const auto at = detail::skip_prefix<Prefix>(text);
    return at ? counter::parse(text, *at) : unexpected<failure>(at.error());
  }

  /// A faster reader for texts of 8 to 16 bytes with a prefix of at most 7 bytes.
  [[nodiscard]] constexpr detail::family_reader reader(const family&) const {
    return {Prefix.view(), Width, Width > 0 ? detail::first_digit::any : detail::first_digit::not_zero_unless_alone};
  }

  /// Appends the prefix and the counter. O(length).
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    out += Prefix.view();
    counter::format(out, ordinal);
  }

  /// The prefix and the counter.
  [[nodiscard]] constexpr serial_layout layout(const family&) const { return counter::layout(Prefix.view()); }

  /// The greatest ordinal: 10^Width - 1, or `max_ordinal` if the counter is free to grow.
  [[nodiscard]] static constexpr std::uint64_t last() { return counter::last; }

 private:
  using counter = detail::counter<"0123456789", Width>;
};

}  // namespace tallymark
