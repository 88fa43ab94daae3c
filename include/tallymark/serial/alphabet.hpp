// Counters in the symbols of an alphabet of your own.
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

namespace tallymark {

namespace detail {

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <fixed_string Symbols, unsigned Width, fixed_string Prefix>
consteval bool assert_alphabet() {
  static_assert(Symbols.size() >= 2,
                "tallymark::alphabet_serial: the alphabet has fewer than two symbols. Write each symbol once, that of "
                "zero first");
  static_assert(
      is_printable(Symbols.view()),
      "tallymark::alphabet_serial: the alphabet contains a blank or a byte that is not printable ASCII. Write symbols "
      "from '!' to '~'");
  static_assert(!is_printable(Symbols.view()) || is_distinct(Symbols.view()),
                "tallymark::alphabet_serial: the alphabet names a symbol twice. Write each symbol once");
  static_assert(is_prefix(Prefix.view()),
                "tallymark::alphabet_serial: this prefix is not a text, or begins with a blank. Write valid UTF-8 "
                "without control "
                "characters that begins with something to see");
  static_assert(
      Prefix.size() + counter<Symbols, Width>::longest <= max_text,
      "tallymark::alphabet_serial: the prefix and the longest counter exceed 100 bytes. Write a shorter prefix or a "
      "smaller width");
  return true;
}

}  // namespace detail

/// Serial policy: `Prefix` and a counter in base N, for N = 2 to 94 distinct printable ASCII symbols of which the first
/// is zero. With a Width: exactly `Width` symbols, and nothing follows the last value. With Width 0: no leading zeros,
/// free to grow. Ordinals have 64 bits: where N^Width is greater, the counter ends at `max_ordinal`.
template <fixed_string Symbols, unsigned Width = 0, fixed_string Prefix = "">
struct alphabet_serial {
  static_assert(detail::assert_alphabet<Symbols, Width, Prefix>());

  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  /// Reads the counter after the prefix. Errors: not_a_serial over a wrong prefix, or at the first byte of the counter
  /// that is not a symbol; wrong_width; too_large. O(length).
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view text) const {
    const auto at = detail::skip_prefix<Prefix>(text);
    return at ? counter::parse(text, *at) : unexpected<failure>(at.error());
  }

  /// Appends the prefix and the counter. O(length).
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    out += Prefix.view();
    counter::format(out, ordinal);
  }

  /// The prefix and the counter.
  [[nodiscard]] constexpr serial_layout layout(const family&) const { return counter::layout(Prefix.view()); }

  /// The greatest ordinal: N^Width - 1, but at most `max_ordinal`.
  [[nodiscard]] static constexpr std::uint64_t last() { return counter::last; }

 private:
  using counter = detail::counter<Symbols, Width>;
};

}  // namespace tallymark
