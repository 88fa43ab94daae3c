// The mistakes that a pattern of serial numbers can have, each with a message.
#pragma once

#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/pattern_member.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>
#include <tallymark/serial/detail/pattern_shape.hpp>
#include <tallymark/serial/detail/serial_pattern.hpp>

namespace tallymark::detail {

// A template over the name, so that the compiler shows it.
template <fixed_string Name>
inline constexpr bool is_a_check = check_named(Name.view()) != named_check::none;
template <fixed_string Name>
inline constexpr bool is_a_field_of_the_pattern = false;

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <fixed_string Pattern>
consteval bool assert_pattern() {
  using enum pattern_mistake;
  constexpr auto& parsed = parsed_serial<Pattern>;
  constexpr auto error = parsed.error;
  constexpr auto name = part_of_pattern<Pattern, parsed.wrong_at, parsed.wrong_length>;
  static_assert(
      error != bad_text,
      "tallymark::pattern_serial: this pattern is not a text, or begins or ends with a blank. Write valid UTF-8 "
      "without control characters");
  static_assert(error != unclosed,
                "tallymark::pattern_serial: a brace is never closed. Write '}' after the field, or "
                "'{{' for a brace in the text");
  static_assert(error != stray_brace,
                "tallymark::pattern_serial: a closing brace closes nothing. Write '}}' for a brace in the text");
  static_assert(error != no_name,
                "tallymark::pattern_serial: a field has no name. Write {counter}, {year}, {check:luhn} "
                "or the name of a member");
  static_assert(
      error != bad_width,
      "tallymark::pattern_serial: this format cannot be read. Write a width with a zero in front, {counter:06}; "
      "a counter may add '+' to grow, and '/16' or '[0-9A-F]' for its symbols");
  static_assert(error != narrow_width,
                "tallymark::pattern_serial: the width is too small for this field. Write {month:02}, "
                "{iso_week:02}, {day_of_year:03}, {year:04}");
  static_assert(error != wide_counter,
                "tallymark::pattern_serial: the counter has more than 64 symbols. Write a smaller width");
  static_assert(
      error != bad_alphabet,
      "tallymark::pattern_serial: these are not symbols to count with. Write a base from /2 to /36, or two or more "
      "different printable symbols in brackets, that of zero first: [0-9A-F]");
  static_assert(error != no_counter,
                "tallymark::pattern_serial: the pattern has no counter. Write {counter:06} into it");
  static_assert(error != second_counter, "tallymark::pattern_serial: the pattern has two counters. Keep one");
  static_assert(error != second_check, "tallymark::pattern_serial: the pattern has two checks. Keep one");
  static_assert(
      error != unknown_check || is_a_check<name>,
      "tallymark::pattern_serial: there is no check of this name. Write luhn, damm, verhoeff, gs1_mod10, gs1_pair, "
      "mod11_2, mod37_2, mod97_10, mod11_10, mod37_36 or code39");
  static_assert(
      error != unknown_checked || is_a_field_of_the_pattern<name>,
      "tallymark::pattern_serial: the check covers a field that the pattern does not have. Name its fields, as in "
      "{check:luhn(year,counter)}");
  static_assert(
      error != week_beside_year,
      "tallymark::pattern_serial: an ISO week is used without its ISO year, which is not the calendar year around "
      "New Year. Write {iso_year} with {iso_week}");
  static_assert(error != month_beside_iso_year,
                "tallymark::pattern_serial: a month or a day is used with the ISO year, which is not "
                "the calendar year around New Year. Write {year}");
  return true;
}

// The same for mistakes of the whole pattern.
template <fixed_string Pattern>
consteval bool assert_shape() {
  using shape = pattern_shape<Pattern>;
  static_assert(shape::steps.count < automaton::most && shape::least_from[0] <= max_text,
                "tallymark::pattern_serial: every text of this pattern is longer than 100 bytes. Shorten the pattern");
  static_assert(
      !shape::counted.grows || shape::has_members || shape::constant_most + shape::free_counter::longest <= max_text ||
          shape::least_from[0] > max_text,
      "tallymark::pattern_serial: the counter can grow beyond 100 bytes. Shorten the pattern, or give it a width");
  static_assert(
      !shape::ambiguous,
      "tallymark::pattern_serial: some text of this pattern can be read in two ways. Put a character that the "
      "counter cannot have, such as '-', between it and what has no fixed length, or give it a width");
  static_assert(shape::varying <= 2,
                "tallymark::pattern_serial: dates or members are in three places, separated by the counter "
                "and the check. Put the check beside the counter or at an end");
  static_assert(shape::check_knows_all,
                "tallymark::pattern_serial: the check does not know a character that it covers. Name the fields that "
                "it covers, as in "
                "{check:luhn(counter)}, or a check for letters, such as mod37_2");
  return true;
}

}  // namespace tallymark::detail
