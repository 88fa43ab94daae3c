// International mobile equipment identities (IMEI).
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/check/luhn.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/detail/decimal.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/detail/checked_texts.hpp>

namespace tallymark {

/// Serial policy: IMEI (3GPP TS 23.003): 15 digits. The family is the type allocation code of 8 digits, the ordinal the
/// serial number of 6 digits; the last digit is the Luhn check digit.
struct imei_serial {
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  /// Reads 15 digits. Errors: not_a_serial at the first byte that is not a digit, at the end of a text that is too
  /// short, or over surplus bytes; not_canonical over a hyphen or blank between two digits and the digit after it, with
  /// that digit; check_missing after 14 digits, and wrong_check, each with the right digit. O(1).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    for (std::size_t i = 0; i < std::min(text.size(), length + 1); ++i) {
      if (detail::is_digit(text[i])) continue;
      const bool separates = i > 0 && (text[i] == '-' || text[i] == ' ');
      if (separates && i + 1 < text.size() && detail::is_digit(text[i + 1]))
        return fail(errc::not_canonical, i, 2, text.substr(i + 1, 1));
      if (i < length) return fail(errc::not_a_serial, i, 1);
    }
    if (text.size() == length - 1) {
      const auto check = luhn{}(text);
      return fail(errc::check_missing, text.size(), 0, check ? (*check).view() : std::string_view());
    }
    if (text.size() < length) return fail(errc::not_a_serial, text.size());
    if (text.size() > length) return fail(errc::not_a_serial, length, text.size() - length);
    if (const auto checked = verify(luhn{}, text); !checked) return unexpected<failure>(checked.error());
    return serial_number{{text.substr(0, fixed)}, detail::read_digits_at_end(text.substr(fixed, digits)).value};
  }

  /// Appends 15 digits.
  constexpr void format(std::string& out, const serial_number& serial) const {
    const std::size_t begin = out.size();
    out += serial.family.text;
    detail::append_digits(out, serial.ordinal, digits);
    if (const auto check = luhn{}(std::string_view(out).substr(begin))) out += (*check).view();
  }

  /// The greatest ordinal: 999999.
  [[nodiscard]] static constexpr std::uint64_t last() { return 999'999; }

  /// 15.
  [[nodiscard]] static constexpr std::size_t text_length(const family&) { return length; }

  /// Writes the texts of `count` ordinals, each followed by the separator. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    detail::write_checked<luhn>(out, first, count, separator,
                                {.prefix = of.text, .symbols = luhn::symbols, .width = digits, .suffix = "?"},
                                length - 1, of.text, {});
  }

 private:
  static constexpr std::size_t length = 15, fixed = 8, digits = 6;
};

}  // namespace tallymark
