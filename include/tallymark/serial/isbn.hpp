// International standard book numbers (ISBN) of 13 digits and of 10 characters.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/check/gs1.hpp>
#include <tallymark/check/weighted.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/serial/detail/checked_number.hpp>

namespace tallymark {

namespace detail {

template <fixed_string Prefix>
constexpr bool is_isbn13_prefix =
    Prefix.size() == 0 || (is_digits(Prefix.view()) && Prefix.size() <= 11 &&
                           (Prefix.view().starts_with("978") || Prefix.view().starts_with("979")));

template <fixed_string Prefix>
constexpr bool is_isbn10_prefix = is_digits(Prefix.view()) && Prefix.size() <= 8;

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <fixed_string Prefix>
consteval bool assert_isbn13() {
  static_assert(
      is_isbn13_prefix<Prefix>,
      "tallymark::isbn13_serial: these are not the first digits of an ISBN. Write 3 to 11 digits that begin with "
      "978 or 979, or nothing");
  return true;
}

template <fixed_string Prefix>
consteval bool assert_isbn10() {
  static_assert(
      is_isbn10_prefix<Prefix>,
      "tallymark::isbn10_serial: these are not the first digits of an ISBN. Write at most 8 digits, or nothing");
  return true;
}

// without a valid prefix: all of 978 and 979
template <fixed_string Prefix, bool Whole = !is_isbn13_prefix<Prefix> || Prefix.size() == 0>
struct isbn13_of {
  using type = checked_number<gs1_mod10, 12, Prefix, numbers_with<Prefix, 12>::first, numbers_with<Prefix, 12>::last,
                              hyphenation{}>;
};
template <fixed_string Prefix>
struct isbn13_of<Prefix, true> {
  using type = checked_number<gs1_mod10, 12, "97", 978'000'000'000, 979'999'999'999, hyphenation{}>;
};

template <fixed_string Prefix, bool Whole = !is_isbn10_prefix<Prefix>>
struct isbn10_of {
  using type = checked_number<isbn10_mod11, 9, Prefix, numbers_with<Prefix, 9>::first, numbers_with<Prefix, 9>::last,
                              hyphenation{}>;
};
template <fixed_string Prefix>
struct isbn10_of<Prefix, true> : isbn10_of<""> {};

}  // namespace detail

/// Serial policy: ISBN of 13 digits (ISO 2108) that begin with 978 or 979. With a Prefix, such as 978, the group and
/// the registrant: only numbers that begin with it. Hyphens or blanks between the digits are read but not written. The
/// ordinal is the number that the twelve digits before the check digit spell.
template <fixed_string Prefix = "">
struct isbn13_serial : detail::isbn13_of<Prefix>::type {
  static_assert(detail::assert_isbn13<Prefix>());
};

/// Serial policy: ISBN of 10 characters (ISO 2108 before 2007), with a Prefix, such as the group and the registrant:
/// only numbers that begin with it. Hyphens or blanks between the characters, and a small x, are read but not written.
/// The ordinal is the number that the nine digits before the check character spell.
template <fixed_string Prefix = "">
struct isbn10_serial : detail::isbn10_of<Prefix>::type {
  static_assert(detail::assert_isbn10<Prefix>());
};

/// The ISBN of 13 digits for one of 10 characters: 978 in front, and a new check digit. Errors: those of isbn10_serial.
/// O(length).
[[nodiscard]] inline result<std::string> isbn13_from_isbn10(std::string_view isbn10) {
  const auto number = isbn10_serial<>{}.parse(isbn10);
  if (!number) return unexpected<failure>(number.error());
  std::string out;
  isbn13_serial<>{}.format(out, 978'000'000'000 + *number);
  return out;
}

/// The ISBN of 10 characters for one of 13 digits. Errors: those of isbn13_serial<"978">, since numbers with 979 have
/// no ISBN of 10 characters. O(length).
[[nodiscard]] inline result<std::string> isbn10_from_isbn13(std::string_view isbn13) {
  const auto number = isbn13_serial<"978">{}.parse(isbn13);
  if (!number) return unexpected<failure>(number.error());
  std::string out;
  isbn10_serial<>{}.format(out, *number - 978'000'000'000);
  return out;
}

}  // namespace tallymark
