// Serial Shipping Container Codes as serial numbers of logistic units.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/check_filler.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/gs1/character_set.hpp>
#include <tallymark/number/detail/counted_texts.hpp>
#include <tallymark/number/detail/decimal.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

namespace detail {

// The assertions are in a function: a class with a failed assertion would be invalid and cause further errors.
template <fixed_string CompanyPrefix, unsigned Extension>
consteval bool assert_sscc18() {
  static_assert(gs1::cset_numeric.find_other(CompanyPrefix.view()) == std::string_view::npos,
                "tallymark::sscc18: the company prefix is not a number. Write its digits only: sscc18<\"0614141\">");
  static_assert(
      CompanyPrefix.size() == 0 || (4 <= CompanyPrefix.size() && CompanyPrefix.size() <= 12),
      "tallymark::sscc18: this is not the length of a company prefix. Write its 4 to 12 digits, with the zeros in "
      "front, or none for the codes of all companies");
  static_assert(Extension <= 9, "tallymark::sscc18: the extension is not a digit. Write 0 to 9");
  static_assert(CompanyPrefix.size() > 0 || Extension == 0,
                "tallymark::sscc18: an extension digit needs a company prefix. Write the company prefix, or leave the "
                "extension out: without a company prefix every digit counts");
  return true;
}

}  // namespace detail

/// Serial policy: SSCC, 18 digits: extension digit, company prefix, serial reference, and the check digit (mod 10) of
/// these. The ordinal is the serial reference: 16 digits less those of the company prefix. Without a company
/// prefix every SSCC is read, and the ordinal is all 17 digits before the check digit. Source: GS1 General
/// Specifications.
template <fixed_string CompanyPrefix = "", unsigned Extension = 0>
struct sscc18 {
  static_assert(detail::assert_sscc18<CompanyPrefix, Extension>());

  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;
  static constexpr std::size_t max_length = 18;

  /// Errors: wrong_character at the first that is not a digit; wrong_width over all of it; check_missing at the end of
  /// 17 digits, with the expected one; not_a_serial over a different extension digit or company prefix; wrong_check at
  /// the last digit, with the expected one. O(1).
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view text) const {
    if (const auto other = gs1::cset_numeric.find_other(text); other != text.npos)
      return fail(errc::wrong_character, other, 1);
    if (text.size() == 17) return fail(errc::check_missing, 17, 0, (*gs1_mod10{}(text)).view());
    if (text.size() != 18) return fail(errc::wrong_width, 0, text.size());
    if constexpr (fixed > 0) {
      if (text[0] != head[0]) return fail(errc::not_a_serial, 0, 1);
      if (text.substr(1, fixed - 1) != CompanyPrefix.view()) return fail(errc::not_a_serial, 1, fixed - 1);
    }
    if (const auto checked = verify(gs1_mod10{}, text); !checked) return unexpected<failure>(checked.error());
    return detail::number_of_digits(text.substr(fixed, width));
  }

  /// Appends 18 digits. Precondition: ordinal <= last(). O(1).
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    std::array<char, 18> text{};
    put(text.data(), ordinal);
    out.append(text.data(), text.size());
  }

  /// For lengths only: the check digit depends on the counter.
  [[nodiscard]] constexpr serial_layout layout(const family&) const {
    return {.prefix = {head.data(), fixed}, .symbols = "0123456789", .width = width, .suffix = "0"};
  }

  /// Writes `count` texts as a counter, then updates their check digits incrementally. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    constexpr std::uint64_t block = 1000;  // while the texts are in the first cache
    const std::size_t stride = 18 + separator.size();
    detail::counted_texts texts(layout(of), separator, width);
    detail::check_filler<gs1_mod10> checks({head.data(), fixed}, "0123456789", width, {});
    checks.start(first, count);
    for (std::uint64_t n = 0; count > 0; count -= n, first += n, out += n * stride) {
      n = std::min(count, block);
      texts.write(out, first, n);
      checks.write(out + 17, stride, n);
    }
  }

  /// The greatest serial reference. O(1).
  [[nodiscard]] static constexpr std::uint64_t last() { return detail::power_of_ten[width] - 1; }

 private:
  static constexpr std::size_t fixed = CompanyPrefix.size() == 0 ? 0 : CompanyPrefix.size() + 1;
  static constexpr std::uint8_t width = static_cast<std::uint8_t>(fixed > 17 ? 0 : 17 - fixed);
  static constexpr auto head = [] {
    std::array<char, 18> text{};
    text[0] = static_cast<char>('0' + Extension);
    for (std::size_t i = 0; i + 1 < fixed && i + 1 < text.size(); ++i) text[i + 1] = CompanyPrefix.value[i];
    return text;
  }();

  static constexpr void put(char* out, std::uint64_t ordinal) {
    std::copy_n(head.begin(), fixed, out);
    detail::put_digits(out + fixed, width, ordinal);
    out[17] = (*gs1_mod10{}(std::string_view(out, 17))).characters[0];
  }
};

}  // namespace tallymark
