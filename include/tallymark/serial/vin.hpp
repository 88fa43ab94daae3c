// Vehicle identification numbers (VIN).
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/check/weighted.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/detail/decimal.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/detail/checked_texts.hpp>

namespace tallymark {

/// Whether position 9 is a check digit: it must be in North America; elsewhere it is any symbol and belongs to the
/// family.
enum class vin_check_digit : std::uint8_t { required, ignored };

/// Serial policy: vehicle identification numbers (ISO 3779; the check digit: 49 CFR 565): 17 digits and capital letters
/// without I, O and Q. The decimal digits at the end, at most six, are the counter; the rest, without the check digit,
/// is the family. A VIN that ends with a letter is a literal.
template <vin_check_digit CheckDigit = vin_check_digit::required>
struct vin_serial {
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  /// Reads 17 symbols. Errors: not_a_serial at the first byte that is not a symbol, at the end of a text that is too
  /// short, or over surplus bytes; not_canonical at a small letter, with the capital one; wrong_check at position 9,
  /// with the right digit. O(1).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    for (std::size_t i = 0; i < std::min(text.size(), length); ++i) {
      const bool small = 'a' <= text[i] && text[i] <= 'z';
      const char symbol = small ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
      if (vin_check::symbols.find(symbol) == std::string_view::npos) return fail(errc::not_a_serial, i, 1);
      if (small) return fail(errc::not_canonical, i, 1, {&symbol, 1});
    }
    if (text.size() < length) return fail(errc::not_a_serial, text.size());
    if (text.size() > length) return fail(errc::not_a_serial, length, text.size() - length);
    if constexpr (checks)
      if (const auto checked = verify(vin_check{}, text); !checked) return unexpected<failure>(checked.error());
    const auto [digits, ordinal] = detail::read_digits_at_end(text.substr(length - most_digits));
    if (digits == 0) return serial_number{family::literal(text), 0};
    const std::size_t counter = length - digits;
    const auto width = static_cast<std::uint8_t>(digits);
    if constexpr (checks)
      return serial_number{
          {text.substr(0, check_at), width, family::kind::counted, text.substr(check_at + 1, counter - check_at - 1)},
          ordinal};
    else
      return serial_number{{text.substr(0, counter), width}, ordinal};
  }

  /// Appends 17 symbols.
  constexpr void format(std::string& out, const serial_number& serial) const {
    const std::size_t begin = out.size();
    out += serial.family.text;
    if (!serial.family.counts()) return;
    if constexpr (checks) out += '?';
    out += serial.family.tail;
    detail::append_digits(out, serial.ordinal, serial.family.width);
    if constexpr (checks)
      if (out.size() - begin == length) {
        std::array<char, length - 1> others{};
        char* const rest = std::copy_n(out.data() + begin, check_at, others.begin());
        std::copy_n(out.data() + begin + check_at + 1, length - check_at - 1, rest);
        if (const auto check = vin_check{}(std::string_view(others.data(), others.size())))
          out[begin + check_at] = (*check).characters[0];
      }
  }

  /// The greatest ordinal: 10^width - 1.
  [[nodiscard]] static constexpr std::uint64_t last(const family& of) {
    return detail::power_of_ten[std::min<std::size_t>(of.width, most_digits)] - 1;
  }

  /// 17 for a text with a counter; 0 for a literal.
  [[nodiscard]] static constexpr std::size_t text_length(const family& of) { return of.counts() ? length : 0; }

  /// The layout, if there is no check digit: the fixed part and decimal digits.
  [[nodiscard]] constexpr serial_layout layout(const family& of) const
    requires(CheckDigit == vin_check_digit::ignored)
  {
    return {.prefix = of.text, .symbols = "0123456789", .width = of.width, .suffix = {}};
  }

  /// Writes the texts of `count` ordinals, each followed by the separator. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const
    requires(CheckDigit == vin_check_digit::required)
  {
    // the text before the counter, with the check digit and without it
    std::array<char, length> shown{}, others{};
    const std::size_t before = std::min(of.text.size(), check_at),
                      after = std::min(of.tail.size(), length - check_at - 1);
    char* const check = std::copy_n(of.text.begin(), before, shown.begin());
    *check = '?';
    std::copy_n(of.tail.begin(), after, check + 1);
    std::copy_n(of.tail.begin(), after, std::copy_n(of.text.begin(), before, others.begin()));
    detail::write_checked<vin_check>(
        out, first, count, separator,
        {.prefix = {shown.data(), before + 1 + after}, .symbols = "0123456789", .width = of.width, .suffix = {}},
        check_at, {others.data(), before + after}, {});
  }

 private:
  static constexpr bool checks = CheckDigit == vin_check_digit::required;
  static constexpr std::size_t length = 17, most_digits = 6, check_at = vin_check::position;
};

}  // namespace tallymark
