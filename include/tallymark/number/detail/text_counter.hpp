// Texts counted by the decimal digits at their end: the rule that several serial policies share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/number/detail/decimal.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>

namespace tallymark::detail {

/// Any text of at most `MaxLength` bytes. The digits at its end are the counter: without a leading zero it is free to
/// grow; with one, its width belongs to the family. Of more than 18 digits the last 18 count. Every text has exactly
/// one (family, ordinal); a text without digits at its end is a literal.
template <std::size_t MaxLength>
struct text_counter {
  static constexpr bool parses_within_last = true;
  static constexpr std::size_t max_length = MaxLength;

  /// Splits off the counter. Accepts every text. O(length).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const { return split(text); }
  [[nodiscard]] constexpr serial_number split(std::string_view text) const noexcept {
    if (text.empty()) return {family::literal(text), 0};
    const auto [digits, value] = read_digits_at_end(text);
    const std::size_t cut = text.size() - digits;
    // as few branches as possible: how many digits a text ends with cannot be predicted
    const bool counts = digits > 0;
    const char first = text[cut - (counts ? 0U : 1U)];
    const bool padded = (digits > 1) & (first == '0');
    const bool splits = digits == counter_digits && cut > 0 && is_digit(text[cut - 1]);
    const family of{.text = text.substr(0, cut),
                    .width = static_cast<std::uint8_t>((padded | splits) ? digits : 0),
                    .form = counts ? family::kind::counted : family::kind::literal};
    return {of, value};
  }

  /// Appends the family's text and the counter in its width. O(length).
  constexpr void format(std::string& out, const serial_number& serial) const {
    out += serial.family.text;
    if (serial.family.counts()) append_digits(out, serial.ordinal, serial.family.width);
  }

  /// The family's text and decimal digits.
  [[nodiscard]] constexpr serial_layout layout(const family& of) const {
    return {.prefix = of.text, .symbols = "0123456789", .width = of.width, .suffix = {}};
  }

  /// Ordinal 1 of the family without text: `1`.
  [[nodiscard]] constexpr serial_number first() const { return {{}, 1}; }

  /// The greatest ordinal that keeps the family: with a leading zero, 10^(width - 1) - 1; without, the greatest that
  /// fits into MaxLength bytes and 18 digits.
  [[nodiscard]] constexpr std::uint64_t last(const family& of) const {
    const bool leading_zero = of.width > 0 && !splits_digits(of);
    const std::size_t room = MaxLength - std::min(MaxLength, of.text.size());
    const std::size_t digits = leading_zero ? of.width - 1U : counter_digits;
    return power_of_ten[std::min({digits, std::size_t{counter_digits}, room})] - 1;  // whatever width a caller gives
  }

  /// The serial number after the last of a family: the growing family after a padded one, and beyond 18 digits a carry
  /// into the digits before. None if that makes the text too long.
  [[nodiscard]] constexpr std::optional<serial_number> carry(const family& full, std::string& storage) const {
    if (!full.counts()) return std::nullopt;
    if (full.width > 0 && !splits_digits(full)) return serial_number{{full.text, 0}, last(full) + 1};
    if (full.text.size() + counter_digits > MaxLength) return std::nullopt;
    std::string text(full.text);
    std::size_t at = text.size();
    while (at > 0 && text[at - 1] == '9') text[--at] = '0';
    if (at > 0 && is_digit(text[at - 1]))
      ++text[at - 1];
    else
      text.insert(at, 1, '1');
    if (text.size() + counter_digits > MaxLength) return std::nullopt;
    storage = text;
    return serial_number{{storage, counter_digits}, 0};
  }

 protected:
  // more than 18 digits: all ordinals of 18 digits are of this family
  [[nodiscard]] static constexpr bool splits_digits(const family& of) {
    return !of.text.empty() && is_digit(of.text.back());
  }
};

}  // namespace tallymark::detail
