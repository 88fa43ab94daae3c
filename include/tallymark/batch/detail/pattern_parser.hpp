// Reads a batch pattern when it is compiled: from text to a flat list of what to write.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <tallymark/batch/detail/batch_field.hpp>
#include <tallymark/batch/production.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/record/codec.hpp>

namespace tallymark::detail {

enum class pattern_error : std::uint8_t {
  none,
  unclosed,
  stray_brace,
  no_name,
  bad_width,
  narrow_width,
  text_width,
  mixed_years,
  second_sequence,
  bad_text
};

// A stretch of the pattern: text as it stands, a field, or (a name that is no field) a member of the record.
struct pattern_piece {
  std::size_t at = 0;  // the text, or the name
  std::size_t length = 0;
  std::size_t end = 0;  // after its closing brace
  bool named = false;
  batch_name name{};
  std::size_t width = 0;

  // The digits of a field of the calendar: exactly so many, or at most.
  [[nodiscard]] constexpr bool is_fixed() const { return width > 0 || info(name.field).fixed; }
  [[nodiscard]] constexpr std::size_t digits() const { return std::max(most_digits(name.field), width); }
};

// The pieces of a pattern of N bytes, or what is wrong with it.
template <std::size_t N>
struct parsed_pattern {
  std::array<pattern_piece, N + 1> pieces{};
  std::size_t count = 0;
  batch_field_set fields{};
  batch_field_set best_before{};
  pattern_error error = pattern_error::none;

  constexpr parsed_pattern(std::string_view text, const production& rules) {
    const std::string_view inner = trimmed(text);
    const std::size_t begin = inner.empty() ? 0 : static_cast<std::size_t>(inner.data() - text.data());
    if (!inner.empty() && !check_text(inner, inner.size())) error = pattern_error::bad_text;
    text = text.substr(0, begin + inner.size());
    for (std::size_t at = begin; at < text.size() && error == pattern_error::none;) at = read(text, at, rules);
    if (fields.mixes_years() || best_before.mixes_years()) refuse(pattern_error::mixed_years);
  }

 private:
  constexpr std::size_t read(std::string_view text, std::size_t at, const production& rules) {
    const std::size_t brace = std::min(text.find_first_of("{}", at), text.size());
    if (brace > at) {
      pieces[count++] = {at, brace - at, brace};
      return brace;
    }
    if (at + 1 < text.size() && text[at + 1] == text[at]) {
      pieces[count++] = {at, 1, at + 2};
      return at + 2;
    }
    const std::size_t close = text[at] == '{' ? text.find_first_of("{}", at + 1) : at;
    if (close == at) return refuse(pattern_error::stray_brace);
    if (close == text.npos || text[close] == '{') return refuse(pattern_error::unclosed);
    read_field(text.substr(at + 1, close - at - 1), at + 1, rules);
    return close + 1;
  }

  constexpr void read_field(std::string_view text, std::size_t at, const production& rules) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    pattern_piece piece{at, colon, at + text.size() + 1, true, batch_name_of(text.substr(0, colon), rules)};
    const batch_field field = piece.name.field;
    if (field == batch_field::date) piece.name = {};  // a field of templates only
    if (colon == 0) {
      refuse(pattern_error::no_name);
    } else if (is_sequence(field) && fields.has_sequence()) {
      refuse(pattern_error::second_sequence);
    } else if (colon < text.size()) {
      const auto digits = text.substr(colon + 1);
      const auto is_digit = [](char c) { return '0' <= c && c <= '9'; };
      if (digits.size() < 2 || digits.size() > 4 || digits[0] != '0' ||
          !std::all_of(digits.begin(), digits.end(), is_digit))
        refuse(pattern_error::bad_width);
      else
        for (const char c : digits) piece.width = piece.width * 10 + static_cast<std::size_t>(c - '0');
      if (piece.width == 0)
        refuse(pattern_error::bad_width);
      else if (field == batch_field::shift)
        refuse(pattern_error::text_width);
      else if (!is_sequence(field) && piece.width < most_digits(piece.name.field))
        refuse(pattern_error::narrow_width);
    }
    (piece.name.best_before ? best_before : fields).add(piece.name.field);
    pieces[count++] = piece;
  }

  constexpr std::size_t refuse(pattern_error why) {
    if (error == pattern_error::none) error = why;
    return 0;
  }
};

// A template over the name, so that the compiler shows it.
template <fixed_string Name, class Record>
inline constexpr bool names_a_member = !std::is_void_v<member_type_at<Record, Name>>;

// What a name in a pattern stands for, as `type`; if that is wrong, one error in one sentence, and a stand-in.
template <fixed_string Name, class Record>
struct pattern_member {
  using type = std::conditional_t<names_a_member<Name, Record>, member_type_at<Record, Name>, int>;
  static constexpr bool known = names_a_member<Name, Record>;
  static constexpr bool week = Name.view() == "week";
  static constexpr bool shift = Name.view() == "shift";
  static constexpr bool best_before = Name.view() == "best_before" || Name.view().starts_with("best_before.");
  static_assert(!week || known,
                "tallymark::pattern_batch: there is no field {week}. Write {iso_week}, and {iso_year} with it");
  static_assert(!shift || known,
                "tallymark::pattern_batch: there is no field {shift} without shifts. Name them in the third argument: "
                "pattern_batch<\"...\", local_clock, production{.shifts = ...}>");
  static_assert(!best_before || known,
                "tallymark::pattern_batch: there is no such field of a best-before date. Name the shelf life in the "
                "third argument, production{.life = {.months = 18}}, and write a field of the calendar: "
                "{best_before.year}, {best_before.month}, {best_before.day}");
  static_assert(week || shift || best_before || known,
                "tallymark::pattern_batch: there is no field of this name, and no such member of the record. Write "
                "{year}, {month}, {day}, {hour}, {minute}, {iso_year}, {iso_week}, {weekday}, {day_of_year}, "
                "{sequence}, {day_sequence}, {week_sequence}, or the name of a member");
};

template <fixed_string Name, class Record>
struct pattern_field {
  using type = int;
  static_assert(
      !names_a_member<Name, Record>,
      "tallymark::pattern_batch: a field and a member of the record have this name. Give the member another name in "
      "its record_traits");
};

// Copies what a member holds, if a code may hold it.
constexpr errc put_text(char*& at, std::string_view text) {
  if (text.size() > max_text) return errc::text_too_long;
  bool plain = true;
  for (const char c : text) plain &= ' ' <= c && c <= '~';
  if (!plain)
    if (const auto checked = check_text(text); !checked) return checked.error().code;
  at = std::copy_n(text.data(), text.size(), at);
  return {};
}

}  // namespace tallymark::detail
