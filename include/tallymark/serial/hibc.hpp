// Health industry bar codes.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/check/mod43.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/detail/decimal.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/detail/checked_texts.hpp>

namespace tallymark {

/// Serial policy: texts of the Health Industry Bar Code (ANSI/HIBC 2): `+`, symbols of Code 39, and the check character
/// mod 43.
///
/// In primary data the digits at the end of the product number are the counter: `+`, the labeler's four characters of
/// which the first is a letter, 1 to 18 digits and capital letters, the digit of the unit of measure, the check
/// character. The family is the text before the counter, the counter's width, and the unit of measure. Every other
/// text, for example one with secondary data, is a literal.
struct hibc_serial {
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  /// Reads a text. Errors: not_a_serial where the flag is missing; not_canonical at a small letter, with the capital
  /// one; not_checkable at the first byte that is not a symbol of Code 39; check_missing where fewer than two symbols
  /// follow the flag, and wrong_check, with the right one. O(length).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    if (!text.starts_with('+')) return fail(errc::not_a_serial, 0, std::min<std::size_t>(text.size(), 1), "+");
    for (std::size_t i = 1; i < text.size(); ++i)
      if ('a' <= text[i] && text[i] <= 'z') {
        const char capital = static_cast<char>(text[i] - 'a' + 'A');
        return fail(errc::not_canonical, i, 1, {&capital, 1});
      } else if (hibc_mod43::symbols.find(text[i]) == std::string_view::npos) {
        return fail(errc::not_checkable, i, 1);
      }
    if (text.size() == 1) return fail(errc::check_missing, 1);
    if (text.size() == 2) {  // one symbol of data: its check character can be given
      const auto check = hibc_mod43{}(text);
      return fail(errc::check_missing, 2, 0, check ? (*check).view() : std::string_view());
    }
    if (const auto checked = verify(hibc_mod43{}, text); !checked) return unexpected<failure>(checked.error());
    const std::size_t digits = is_primary(text) ? detail::read_digits_at_end(product_of(text)).count : 0;
    if (digits == 0) return serial_number{family::literal(text), 0};
    const std::size_t unit_at = text.size() - 2, counter = unit_at - digits;
    return serial_number{
        {text.substr(0, counter), static_cast<std::uint8_t>(digits), family::kind::counted, text.substr(unit_at, 1)},
        detail::read_digits_at_end(text.substr(counter, digits)).value};
  }

  /// Appends the text. O(length).
  constexpr void format(std::string& out, const serial_number& serial) const {
    const std::size_t begin = out.size();
    out += serial.family.text;
    if (!serial.family.counts()) return;
    detail::append_digits(out, serial.ordinal, serial.family.width);
    out += serial.family.tail;
    if (const auto check = hibc_mod43{}(std::string_view(out).substr(begin))) out += (*check).view();
  }

  /// The greatest ordinal: 10^width - 1.
  [[nodiscard]] static constexpr std::uint64_t last(const family& of) {
    return detail::power_of_ten[std::min(of.width, detail::counter_digits)] - 1;
  }

  /// Whether the text does not end with a space. The check character of one text in 43 is a space, which could not be
  /// read; issuing skips these texts. O(digits).
  [[nodiscard]] constexpr bool accepts(const serial_number& serial) const {
    if (!serial.family.counts()) return true;
    unsigned state = state_of(serial.family);
    for (std::uint64_t rest = serial.ordinal; rest > 0; rest /= 10)
      state = hibc_mod43{}.step(state, static_cast<unsigned>(rest % 10), 0);
    return hibc_mod43{}.finish(state).characters[0] != ' ';
  }

  /// The bytes of a text with a counter; 0 for a literal.
  [[nodiscard]] static constexpr std::size_t text_length(const family& of) {
    return of.counts() ? of.text.size() + of.width + of.tail.size() + 1 : 0;
  }

  /// Writes the texts of `count` ordinals, each followed by the separator. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    std::array<char, max_text> shown{};  // what follows the counter
    const std::size_t tail = std::min(of.tail.size(), shown.size() - 1);
    *std::copy_n(of.tail.begin(), tail, shown.begin()) = '?';
    const serial_layout spelled{
        .prefix = of.text, .symbols = "0123456789", .width = of.width, .suffix = {shown.data(), tail + 1}};
    detail::write_checked<hibc_mod43>(out, first, count, separator, spelled, text_length(of) - 1, of.text, of.tail);
  }

 private:
  static constexpr std::size_t labeler = 4, most_product = 18;

  static constexpr bool is_letter(char c) { return 'A' <= c && c <= 'Z'; }
  static constexpr bool is_plain(char c) { return is_letter(c) || detail::is_digit(c); }

  static constexpr std::string_view product_of(std::string_view text) {
    return text.substr(1 + labeler, text.size() - labeler - 3);
  }

  static constexpr bool is_primary(std::string_view text) {
    if (text.size() < 1 + labeler + 1 + 2 || text.size() > 1 + labeler + most_product + 2) return false;
    const std::string_view product = product_of(text);
    return is_letter(text[1]) && is_plain(text[2]) && is_plain(text[3]) && is_plain(text[4]) &&
           std::all_of(product.begin(), product.end(), is_plain) && detail::is_digit(text[text.size() - 2]);
  }

  // the state of the check after everything but the counter
  static constexpr unsigned state_of(const family& of) {
    unsigned state = hibc_mod43::start;
    for (const std::string_view piece : {of.text, of.tail})
      for (const char c : piece)
        state = hibc_mod43{}.step(state, static_cast<unsigned>(hibc_mod43::symbols.find(c)), 0);
    return state;
  }
};

}  // namespace tallymark
