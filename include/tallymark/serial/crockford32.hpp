// Crockford's base 32: numbers in symbols that people do not mistake for others.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/check/crockford.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/detail/checked_texts.hpp>
#include <tallymark/serial/detail/counter.hpp>
#include <tallymark/serial/detail/crockford.hpp>

namespace tallymark {

/// Whether a number in Crockford's base 32 is followed by the check symbol mod 37.
enum class crockford_check : std::uint8_t { none, mod37 };

namespace detail {

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <unsigned Width>
consteval bool assert_crockford32() {
  static_assert(
      Width < max_text,
      "tallymark::crockford32_serial: the number is longer than 100 bytes. Write a width of at most 99, or 0 for a "
      "number that is free to grow");
  return true;
}

}  // namespace detail

/// Serial policy: numbers in Douglas Crockford's base 32: digits and capital letters without I, L, O and U. With a
/// Width: exactly `Width` symbols; with Width 0: no leading zeros, free to grow. Input may have small letters, I and L
/// for 1, O for 0, single hyphens between symbols and, with Width 0, leading zeros. A check symbol is one of 37. See
/// crockford.com/base32.html.
template <unsigned Width = 0, crockford_check Check = crockford_check::none>
struct crockford32_serial {
  static_assert(detail::assert_crockford32<Width>());

  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;
  static constexpr bool normalises = true;

  /// Reads a number. Errors: not_a_serial at the first byte that is neither a symbol nor a single hyphen between two;
  /// wrong_width; too_large; check_missing and wrong_check, with the right symbol. O(length).
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view text) const {
    if (checked && text.size() < 2) {
      const char alone =
          text.empty() ? '-' : check_of(text[0]);  // the check symbol of a single symbol is the symbol itself
      const bool number = detail::crockford_symbols.find(alone) != std::string_view::npos;
      return fail(errc::check_missing, text.size(), 0, {&alone, number ? 1U : 0U});
    }
    if (checked && text.back() == '-') return fail(errc::not_a_serial, text.size() - 1, 1);
    const std::size_t end = text.size() - (checked ? 1 : 0);
    std::uint64_t value = 0;
    std::size_t symbols = 0;
    bool fits = true;
    for (std::size_t i = 0; i < end; ++i) {
      if (text[i] == '-' && i > 0 && text[i - 1] != '-' && i + 1 < text.size()) continue;
      const std::uint64_t symbol = detail::crockford_values[static_cast<unsigned char>(text[i])];
      if (symbol == detail::no_symbol) return fail(errc::not_a_serial, i, 1);
      fits = fits && value <= (last() - std::min(symbol, last())) / 32;
      value = value * 32 + symbol;
      ++symbols;
    }
    if (width > 0 && symbols != width) return fail(errc::wrong_width, 0, end);
    if (!fits) return fail(errc::too_large, 0, end);
    if constexpr (checked) {
      const check_characters right = crockford_mod37{}.finish(static_cast<unsigned>(value % crockford_mod37::states));
      if (check_of(text[end]) != right.characters[0]) return fail(errc::wrong_check, end, 1, right.view());
    }
    return value;
  }

  /// Appends the number, and the check symbol.
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    counter::format(out, ordinal);
    if constexpr (checked)
      out += crockford_mod37{}.finish(static_cast<unsigned>(ordinal % crockford_mod37::states)).view();
  }

  /// The greatest ordinal: 32^Width - 1, but at most `max_ordinal`.
  [[nodiscard]] static constexpr std::uint64_t last() { return counter::last; }

  /// The layout of a text; with a check symbol, only its lengths are right.
  [[nodiscard]] constexpr serial_layout layout(const family&) const {
    return {.prefix = {}, .symbols = detail::crockford_symbols, .width = width, .suffix = checked ? "?" : ""};
  }

  /// Writes the texts of `count` ordinals, each followed by the separator. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const
    requires(Check == crockford_check::mod37)
  {
    const serial_layout spelled = layout(of);
    detail::write_checked<crockford_mod37>(out, first, count, separator, spelled, spelled.counter_length(first), {},
                                           {});
  }

 private:
  static constexpr bool checked = Check == crockford_check::mod37;
  static constexpr std::uint8_t width = static_cast<std::uint8_t>(std::min<std::size_t>(Width, max_text - 1));
  using counter = detail::counter<"0123456789ABCDEFGHJKMNPQRSTVWXYZ", width>;

  // the check symbol that a byte is read as
  static constexpr char check_of(char c) {
    if (c == 'u') return 'U';
    const std::uint8_t value = detail::crockford_values[static_cast<unsigned char>(c)];
    return value == detail::no_symbol ? c : detail::crockford_symbols[value];
  }
};

}  // namespace tallymark
