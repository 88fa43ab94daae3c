// The contents of RFID tags as serial numbers: SGTIN-96 and SGTIN-198.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/gs1/detail/hex.hpp>
#include <tallymark/gs1/detail/serial_text.hpp>
#include <tallymark/gs1/epc_sgtin.hpp>
#include <tallymark/number/detail/counted_texts.hpp>
#include <tallymark/number/detail/decimal.hpp>
#include <tallymark/number/detail/text_counter.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

namespace gs1::detail {

// The family is a view into the text, so lower-case letters would make another family.
[[nodiscard]] constexpr result<void> check_upper(std::string_view hex) {
  for (std::size_t i = 0; i < hex.size(); ++i)
    if ('a' <= hex[i] && hex[i] <= 'f') {
      const char capital = static_cast<char>(hex[i] - 'a' + 'A');
      return fail(errc::not_canonical, i, 1, {&capital, 1});
    }
  return {};
}

}  // namespace gs1::detail

/// Serial policy: SGTIN-96 in 24 hexadecimal digits, upper case (EPC Tag Data Standard, SGTIN-96). The family is the
/// head of 58 bits, filter and GTIN: its text is the first 14 digits, its width the two bits after them. The ordinal is
/// the serial, 38 bits.
struct sgtin96 {
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;
  static constexpr std::size_t max_length = gs1::detail::digits_96;

  /// Errors: those of gs1::parse_sgtin96, and not_canonical at the first lower-case letter, with the upper-case
  /// one. O(1).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    if (text.size() != max_length) return fail(errc::wrong_width, 0, text.size());
    if (const auto part = gs1::detail::check_head(text, gs1::detail::header_96); !part)
      return unexpected<failure>(part.error());
    if (const auto checked = gs1::detail::check_upper(text); !checked) return unexpected<failure>(checked.error());
    const auto low = static_cast<std::uint8_t>(gs1::detail::get_bits(text, 56, 2));
    return serial_number{{text.substr(0, head), low}, gs1::detail::get_bits(text, gs1::detail::serial_at, serial_bits)};
  }

  /// Appends 24 digits. O(1).
  constexpr void format(std::string& out, const serial_number& serial) const {
    std::array<char, rest> digits;
    digits.fill('0');
    gs1::detail::put_bits(digits.data(), 0, 4 * rest, with_head(serial.family, serial.ordinal));
    out.append(serial.family.text).append(digits.data(), digits.size());
  }

  [[nodiscard]] static constexpr std::size_t text_length(const family&) { return max_length; }

  /// Writes `count` texts as a counter of ten digits. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    const serial_layout layout{.prefix = of.text, .symbols = gs1::detail::hex_symbols, .width = rest, .suffix = {}};
    detail::counted_texts(layout, separator, rest).write(out, with_head(of, first), count);
  }

  /// The greatest serial: 274,877,906,943, or 2^38 - 1. O(1).
  [[nodiscard]] static constexpr std::uint64_t last() { return gs1::last_sgtin96_serial; }

 private:
  static constexpr std::size_t head = 14, serial_bits = 38;
  static constexpr std::uint8_t rest = 10;  // digits after the head: two bits of it, and the serial

  static constexpr std::uint64_t with_head(const family& of, std::uint64_t ordinal) {
    return std::uint64_t{of.width & 3U} << serial_bits | ordinal;
  }
};

/// Serial policy: SGTIN-198 in 50 hexadecimal digits, upper case; the 52 digits of whole 16-bit words are read too (EPC
/// Tag Data Standard, SGTIN-198). Its serial is text, counted by the digits at its end as text_serial does; without
/// digits there it is a literal. The family's text is the digits that hold the head and the characters before the
/// counter.
struct sgtin198 {
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;
  static constexpr bool normalises = true;  // 52 digits to 50
  static constexpr std::size_t max_length = gs1::detail::words_198;

  /// Errors: those of gs1::parse_sgtin198, and not_canonical at the first lower-case letter, with the upper-case
  /// one. O(1).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    if (text.size() != gs1::detail::digits_198 && text.size() != gs1::detail::words_198)
      return fail(errc::wrong_width, 0, text.size());
    if (const auto part = gs1::detail::check_head(text, gs1::detail::header_198); !part)
      return unexpected<failure>(part.error());
    const auto read = gs1::detail::read_characters(text);
    if (!read) return unexpected<failure>(read.error());
    if (const auto checked = gs1::detail::check_upper(text); !checked) return unexpected<failure>(checked.error());
    auto serial = counter{}.parse((*read).view());
    if (!serial) return serial;
    family& head = (*serial).family;
    head.text = text.substr(0, head.counts() ? digits_before(head.text.size()) : gs1::detail::digits_198);
    return serial;
  }

  /// Appends 50 digits. O(1).
  constexpr void format(std::string& out, const serial_number& serial) const {
    if (!serial.family.counts()) {
      out += serial.family.text;
      return;
    }
    std::array<char, gs1::detail::digits_198> text;
    put(text.data(), serial.family, serial.ordinal);
    out.append(text.data(), text.size());
  }

  [[nodiscard]] static constexpr std::size_t text_length(const family&) { return gs1::detail::digits_198; }

  /// Writes `count` texts: except at multiples of ten, only the last character changes. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    constexpr std::size_t length = gs1::detail::digits_198;
    std::size_t last_bit = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (i == 0 || (first + i) % 10 == 0) {
        last_bit = put(out, of, first + i);
      } else {
        std::copy_n(out - length - separator.size(), length, out);
        gs1::detail::put_bits(out, last_bit, 7, '0' + (first + i) % 10);
      }
      out = std::copy(separator.begin(), separator.end(), out + length);
    }
  }

  /// The greatest counter that keeps the family: that of text_serial<20>.
  [[nodiscard]] constexpr std::uint64_t last(const family& of) const {
    const auto before = characters(of);
    return counter{}.last(plain(of, before));
  }

  /// The serial number that follows the last one of a family: that of text_serial<20>.
  [[nodiscard]] constexpr std::optional<serial_number> carry(const family& full, std::string& storage) const {
    if (!full.counts()) return std::nullopt;
    const auto before = characters(full);
    std::string text;
    const auto carried = counter{}.carry(plain(full, before), text);
    if (!carried) return std::nullopt;
    std::array<char, gs1::detail::digits_198> hex;
    start(hex.data(), full);
    std::size_t i = 0;
    for (const char c : carried->family.text) put_character(hex.data(), i++, c);
    put_character(hex.data(), i, '0');  // all digits begin with the bits that it shares with the family
    storage.assign(hex.data(), digits_before(i));
    return serial_number{{storage, carried->family.width}, carried->ordinal};
  }

 private:
  using counter = detail::text_counter<gs1::detail::longest_serial>;

  // The number of digits that hold the head and this number of characters. The bits of the next character that the last
  // of them may hold are those with which all decimal digits begin, 011.
  static constexpr std::size_t digits_before(std::size_t characters) {
    return (gs1::detail::bit_of_character(characters) + 3) / 4;
  }

  // How many characters the text of a family holds.
  static constexpr std::size_t characters_in(std::string_view text) {
    return (4 * text.size() - gs1::detail::serial_at) / 7;
  }

  static constexpr void put_character(char* hex, std::size_t i, char c) {
    gs1::detail::put_bits(hex, gs1::detail::bit_of_character(i), 7, static_cast<unsigned char>(c));
  }

  static constexpr gs1::short_text<gs1::detail::longest_serial> characters(const family& of) {
    gs1::short_text<gs1::detail::longest_serial> text;
    if (!of.counts()) return text;
    for (std::size_t i = 0; i < characters_in(of.text); ++i)
      text.push_back(static_cast<char>(gs1::detail::get_bits(of.text, gs1::detail::bit_of_character(i), 7)));
    return text;
  }

  static constexpr family plain(const family& of, const gs1::short_text<gs1::detail::longest_serial>& before) {
    return {before.view(), of.width, of.form, {}};
  }

  // Writes the head of a family with an empty serial.
  static constexpr void start(char* hex, const family& of) {
    std::fill_n(hex, gs1::detail::digits_198, '0');
    std::copy_n(of.text.begin(), digits_before(0), hex);
    gs1::detail::put_bits(hex, gs1::detail::serial_at, 2, 0);
  }

  // Writes one text. Returns the bit at which its last character begins.
  static constexpr std::size_t put(char* hex, const family& of, std::uint64_t ordinal) {
    std::fill_n(hex, gs1::detail::digits_198, '0');
    std::copy(of.text.begin(), of.text.end(), hex);
    std::size_t digits = 1;
    while (digits < 19 && ordinal >= detail::power_of_ten[digits]) ++digits;
    const std::size_t end = characters_in(of.text) + std::max<std::size_t>(digits, of.width);
    for (std::size_t i = end; i-- > characters_in(of.text); ordinal /= 10)
      put_character(hex, i, static_cast<char>('0' + ordinal % 10));
    return gs1::detail::bit_of_character(end - 1);
  }
};

}  // namespace tallymark
