// Reads a pattern of text and `{name:width}` when it is compiled: into a flat list of pieces.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>

namespace tallymark::detail {

// What can be wrong with a pattern: of any, of batch codes, of serial numbers.
enum class pattern_mistake : std::uint8_t {
  none,
  bad_text,
  unclosed,
  stray_brace,
  no_name,
  bad_width,
  narrow_width,
  week_beside_year,
  month_beside_iso_year,

  text_width,
  second_sequence,

  wide_counter,
  bad_alphabet,
  no_counter,
  second_counter,
  second_check,
  unknown_check,
  unknown_checked,
};

enum class piece_kind : std::uint8_t {
  literal,
  member,  // of the record: a name that is nothing else
  calendar,
  counter,
  check,
  shift,
  sequence,
  day_sequence,
  week_sequence
};
constexpr bool is_sequence(piece_kind kind) { return kind >= piece_kind::sequence; }

struct pattern_piece {
  piece_kind kind = piece_kind::literal;
  std::size_t at = 0;  // the text, or the name
  std::size_t length = 0;
  std::size_t end = 0;       // after its closing brace
  std::size_t width = 0;     // digits or symbols; 0 if their number is free
  calendar_field field{};    // of calendar
  bool best_before = false;  // of calendar: of the best-before date
  bool grows = false;        // of counter: has more symbols than `width` when it needs them
  bool checked = false;      // the check is over this
};

// A zero and the number of digits: `06`. Width 0 if it is something else; more than a text can have is max_text + 1.
struct pattern_width {
  std::size_t width = 0;
  std::size_t length = 0;  // bytes of it
};
constexpr pattern_width read_pattern_width(std::string_view text) {
  pattern_width read;
  std::size_t width = 0;
  for (; read.length < text.size() && is_digit(text[read.length]); ++read.length)
    width = std::min<std::size_t>(width * 10 + digit_value(text[read.length]), max_text + 1);
  if (read.length >= 2 && text[0] == '0') read.width = width;
  return read;
}

// The pieces of a pattern of N bytes, or what is wrong with it and where. The languages derive from this and say what
// the names mean.
template <std::size_t N>
struct parsed_pattern {
  std::array<pattern_piece, N + 1> pieces{};
  std::size_t count = 0;
  std::array<calendar_field_set, 2> fields{};  // of the day, and of the best-before date
  pattern_mistake error = pattern_mistake::none;
  std::size_t wrong_at = 0, wrong_length = 0;  // a name that is unknown

  [[nodiscard]] constexpr const pattern_piece* begin() const { return pieces.data(); }
  [[nodiscard]] constexpr const pattern_piece* end() const { return pieces.data() + count; }
  [[nodiscard]] constexpr bool has(piece_kind kind) const {
    return std::any_of(begin(), end(), [&](const pattern_piece& piece) { return piece.kind == kind; });
  }

 protected:
  // Reads the text from the byte `at` on. `read_field` gets each piece between braces with its name, and what follows
  // the name from the colon on.
  template <class ReadField>
  constexpr void read_pieces(std::string_view text, std::size_t at, ReadField read_field) {
    while (at < text.size() && error == pattern_mistake::none) at = read_piece(text, at, read_field);
    for (const calendar_field_set& set : fields)
      if (set.mixes_years())
        refuse(set.has_year() ? pattern_mistake::week_beside_year : pattern_mistake::month_beside_iso_year);
  }

  // The width of a field or of a member.
  constexpr void read_width(pattern_piece& piece, std::string_view from_colon) {
    const std::size_t digits = piece.kind == piece_kind::calendar ? info_of(piece.field).digits : 0;
    if (!from_colon.empty()) {
      const pattern_width read = read_pattern_width(from_colon.substr(1));
      piece.width = read.width;
      if (read.width == 0 || read.length + 1 != from_colon.size())
        refuse(pattern_mistake::bad_width);
      else if (read.width < digits)
        refuse(pattern_mistake::narrow_width);
    } else if (digits > 0 && info_of(piece.field).fixed) {
      piece.width = digits;
    }
  }

  constexpr void refuse(pattern_mistake why, std::size_t at = 0, std::size_t length = 0) {
    if (error != pattern_mistake::none) return;
    error = why;
    wrong_at = at;
    wrong_length = length;
  }

 private:
  template <class ReadField>
  constexpr std::size_t read_piece(std::string_view text, std::size_t at, ReadField& read_field) {
    const std::size_t brace = std::min(text.find_first_of("{}", at), text.size());
    if (brace > at) return add({.at = at, .length = brace - at, .end = brace});
    if (at + 1 < text.size() && text[at + 1] == text[at]) return add({.at = at, .length = 1, .end = at + 2});
    const std::size_t close = text[at] == '{' ? text.find_first_of("{}", at + 1) : at;
    if (close == at) {
      refuse(pattern_mistake::stray_brace);
    } else if (close == text.npos || text[close] == '{') {
      refuse(pattern_mistake::unclosed);
    } else {
      const std::string_view inner = text.substr(at + 1, close - at - 1);
      const std::size_t colon = std::min(inner.find(':'), inner.size());
      pattern_piece piece{.kind = piece_kind::member, .at = at + 1, .length = colon, .end = close + 1};
      if (colon == 0)
        refuse(pattern_mistake::no_name);
      else
        read_field(piece, inner.substr(0, colon), inner.substr(colon));
      return add(piece);
    }
    return text.size();
  }

  constexpr std::size_t add(const pattern_piece& piece) {
    if (piece.kind == piece_kind::calendar) fields[piece.best_before ? 1 : 0].add(piece.field);
    pieces[count++] = piece;
    return piece.end;
  }
};

}  // namespace tallymark::detail
