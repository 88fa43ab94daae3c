// International standard serial numbers (ISSN) of magazines and series.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <tallymark/check/gs1.hpp>
#include <tallymark/check/weighted.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/serial/detail/checked_number.hpp>

namespace tallymark {

/// How an ISSN is written: `0024-9319`, as in ISO 3297, or `00249319`.
enum class issn_style : std::uint8_t { hyphen, bare };

namespace detail {

template <fixed_string Prefix>
constexpr bool is_issn_prefix = is_digits(Prefix.view()) && Prefix.size() <= 6;

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <fixed_string Prefix>
consteval bool assert_issn() {
  static_assert(
      is_issn_prefix<Prefix>,
      "tallymark::issn_serial: these are not the first digits of an ISSN. Write at most 6 digits, or nothing");
  return true;
}

template <issn_style Style, fixed_string Prefix, bool Whole = !is_issn_prefix<Prefix>>
struct issn_of {
  using type = checked_number<issn_mod11, 7, Prefix, numbers_with<Prefix, 7>::first, numbers_with<Prefix, 7>::last,
                              hyphenation{4, Style == issn_style::hyphen}>;
};
template <issn_style Style, fixed_string Prefix>
struct issn_of<Style, Prefix, true> : issn_of<Style, ""> {};

}  // namespace detail

/// Serial policy: ISSN (ISO 3297): seven digits and a check character, with a Prefix, only numbers that begin with it.
/// Input may have a hyphen after four digits or none, and a small x; `Style` is written. The ordinal is the number that
/// the seven digits spell.
template <issn_style Style = issn_style::hyphen, fixed_string Prefix = "">
struct issn_serial : detail::issn_of<Style, Prefix>::type {
  static_assert(detail::assert_issn<Prefix>());
};

/// The EAN-13 of an ISSN: 977, its seven digits, a variant of two digits, and the check digit (GS1 General
/// Specifications). Errors: those of issn_serial. Precondition: variant <= 99. O(length).
[[nodiscard]] inline result<std::string> ean13_from_issn(std::string_view issn, unsigned variant = 0) {
  TALLYMARK_ASSERT(variant <= 99, "a variant has two digits");
  const auto number = issn_serial<>{}.parse(issn);
  if (!number) return unexpected<failure>(number.error());
  std::string out;
  detail::checked_number<gs1_mod10, 12, "977", 977'000'000'000, 977'999'999'999, detail::hyphenation{}>{}.format(
      out, 977'000'000'000 + *number * 100 + variant % 100);
  return out;
}

/// The ISSN of an EAN-13 that begins with 977. Errors: not_a_serial at the first byte that is not allowed at its
/// position, with the right one if there is only one; check_missing; wrong_check. O(length).
[[nodiscard]] inline result<std::string> issn_from_ean13(std::string_view ean13) {
  const auto number =
      detail::checked_number<gs1_mod10, 12, "977", 977'000'000'000, 977'999'999'999, detail::hyphenation{}>{}.parse(
          ean13);
  if (!number) return unexpected<failure>(number.error());
  std::string out;
  issn_serial<>{}.format(out, *number / 100 % 10'000'000);
  return out;
}

}  // namespace tallymark
