// Numbers with a fixed number of digits and a check character, which people write with hyphens: ISBN and ISSN.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/detail/decimal.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/detail/checked_texts.hpp>
#include <tallymark/serial/detail/grouped_texts.hpp>

namespace tallymark::detail {

/// Where a number may have hyphens, and whether it is written with one.
struct hyphenation {
  std::size_t only_at = 0;  ///< read after this number of digits only; 0: hyphens or blanks between any two symbols
  bool written = false;     ///< after `only_at` digits
};

constexpr bool is_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// Serial policy of one family: `Digits` digits that begin with Prefix, followed by the check character. The ordinal is
/// what the digits spell, from First to Last.
template <incremental_check Check, std::size_t Digits, fixed_string Prefix, std::uint64_t First, std::uint64_t Last,
          hyphenation Hyphens>
struct checked_number {
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;
  static constexpr bool normalises = true;

  /// Reads the digits and the check character; hyphens are skipped, and a small x is a capital one. Errors:
  /// not_a_serial at the first byte that is not allowed at its position, with the right one if there is only one, at
  /// the end of a text that is too short, or over surplus bytes; check_missing and wrong_check, with the right one.
  /// O(length).
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view text) const {
    std::array<char, Digits + 1> symbols{};
    std::size_t size = 0, at = 0;
    for (; at < text.size() && size <= Digits; ++at) {
      const char c = text[at];
      if (is_separator(c, size) && at + 1 < text.size() && !is_separator(text[at - 1], size)) continue;
      if (size < Digits ? !is_digit(c) : !is_digit(c) && c != 'X' && c != 'x') return fail(errc::not_a_serial, at, 1);
      if (size < Prefix.size() && c != Prefix.value[size])
        return fail(errc::not_a_serial, at, 1, {&Prefix.value[size], 1});
      if (size == Prefix.size() && First > 0 && size < Digits && (c < least || greatest < c))
        return fail(errc::not_a_serial, at, 1);
      symbols[size++] = c == 'x' ? 'X' : c;
    }
    const std::string_view payload(symbols.data(), Digits);
    if (size < Digits) return fail(errc::not_a_serial, text.size());
    if (at < text.size()) return fail(errc::not_a_serial, at, text.size() - at);
    const auto right = Check{}(payload);
    if (!right) return unexpected<failure>(right.error());
    if (size == Digits) return fail(errc::check_missing, text.size(), 0, (*right).view());
    if ((*right).characters[0] != symbols[Digits]) return fail(errc::wrong_check, at - 1, 1, (*right).view());
    return read_digits_at_end(payload).value;
  }

  /// Appends the digits and the check character.
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    char text[length];
    spell(text, ordinal);
    unsigned state = Check::start;
    for (std::size_t i = 0; i < Digits; ++i)
      state = Check{}.step(state, static_cast<unsigned>(text[place(i)] - '0'), Digits - 1 - i);
    text[length - 1] = Check{}.finish(state).characters[0];
    out.append(text, length);
  }

  /// The first number with the prefix, or 1.
  [[nodiscard]] static constexpr std::uint64_t first() { return std::max<std::uint64_t>(First, 1); }

  /// The last number with the prefix.
  [[nodiscard]] static constexpr std::uint64_t last() { return Last; }

  /// The bytes of a text.
  [[nodiscard]] static constexpr std::size_t text_length(const family&) { return length; }

  /// Writes the texts of `count` ordinals, each followed by the separator. O(bytes).
  constexpr void write(char* out, const family&, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    constexpr std::uint8_t group = Hyphens.written ? Digits - Hyphens.only_at : Digits;
    write_checked<Check>(out, first, count, length + separator.size(), length - 1, {{}, digits, Digits, {}},
                         [&](char* to, std::uint64_t begin, std::uint64_t some) {
                           write_grouped(to, begin, some, separator, length - 1, digits, group, spell, "?");
                         });
  }

 private:
  static constexpr std::size_t length = Digits + 1 + (Hyphens.written ? 1 : 0);

  // the range of the digit after the prefix
  static constexpr std::uint64_t unit = power_of_ten[Digits - std::min(Prefix.size() + 1, Digits)];
  static constexpr char least = static_cast<char>('0' + First / unit % 10);
  static constexpr char greatest = static_cast<char>('0' + Last / unit % 10);

  static constexpr std::string_view digits = "0123456789";

  // without the check character
  static constexpr void spell(char* out, std::uint64_t ordinal) {
    for (std::size_t i = Digits; i-- > 0; ordinal /= 10) out[place(i)] = static_cast<char>('0' + ordinal % 10);
    if constexpr (Hyphens.written) out[Hyphens.only_at] = '-';
  }

  // the position of a digit in the text
  static constexpr std::size_t place(std::size_t digit) {
    return Hyphens.written && digit >= Hyphens.only_at ? digit + 1 : digit;
  }

  // whether a byte is a separator, after `size` symbols
  static constexpr bool is_separator(char c, std::size_t size) {
    return Hyphens.only_at == 0 ? size > 0 && (c == '-' || c == ' ') : size == Hyphens.only_at && c == '-';
  }
};

/// The first number of `Digits` digits that begins with a prefix, and the last.
template <fixed_string Prefix, std::size_t Digits>
struct numbers_with {
  static constexpr std::uint64_t unit = power_of_ten[Digits - std::min(Prefix.size(), Digits)];
  static constexpr std::uint64_t first = read_digits_at_end(Prefix.view()).value * unit;
  static constexpr std::uint64_t last = first + unit - 1;
};

}  // namespace tallymark::detail
