// Batch patterns: parsed and validated at compile time, and bound to a type of record.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/batch/detail/batch_field.hpp>
#include <tallymark/batch/detail/code_reader.hpp>
#include <tallymark/batch/production.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/pattern_member.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>
#include <tallymark/record/codec.hpp>

namespace tallymark::detail {

// The pieces of a pattern of N bytes without the blanks at its ends, or its mistake.
template <std::size_t N>
struct parsed_batch_pattern : parsed_pattern<N> {
  constexpr parsed_batch_pattern(std::string_view text, const production& rules) {
    const std::string_view inner = trimmed(text);
    const std::size_t begin = inner.empty() ? 0 : static_cast<std::size_t>(inner.data() - text.data());
    if (!inner.empty() && !validate_text(inner, inner.size())) this->refuse(pattern_mistake::bad_text);
    bool sequence = false;
    this->read_pieces(text.substr(0, begin + inner.size()), begin,
                      [&](pattern_piece& piece, std::string_view name, std::string_view from_colon) {
                        const batch_name meaning = batch_name_of(name, rules);
                        if (meaning.field != calendar_field::date) {  // only templates have this field
                          piece.kind = meaning.kind;
                          piece.field = meaning.field;
                          piece.best_before = meaning.best_before;
                        }
                        if (is_sequence(piece.kind) && std::exchange(sequence, true))
                          this->refuse(pattern_mistake::second_sequence);
                        this->read_width(piece, from_colon);
                        if (piece.kind == piece_kind::shift && piece.width > 0)
                          this->refuse(pattern_mistake::text_width);
                      });
  }
};

// The type of the member with this name, as `type`; if there is none, one readable error and a placeholder.
template <fixed_string Name, class Record>
struct pattern_member {
  static constexpr bool known = names_a_member<Name, Record>;
  using type = std::conditional_t<known, member_type_at<Record, Name>, int>;
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
                "tallymark::pattern_batch: there is no field with this name, and no such member of the record. Write "
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

// A pattern; no pieces if it has a mistake.
template <fixed_string Pattern, production Rules>
struct batch_pattern {
  static constexpr parsed_batch_pattern<Pattern.size()> parsed{Pattern.view(), Rules};
  static constexpr std::size_t count = parsed.error == pattern_mistake::none ? parsed.count : 0;
  using indices = std::make_index_sequence<count>;

  static constexpr bool has_sequence =
      parsed.has(piece_kind::sequence) || parsed.has(piece_kind::day_sequence) || parsed.has(piece_kind::week_sequence);
  static constexpr bool has_days_of_year =
      parsed.fields[0].has(calendar_field::day_of_year) || parsed.fields[1].has(calendar_field::day_of_year);
  static constexpr bool has_weeks =
      parsed.fields[0].needs_weeks() || parsed.fields[1].needs_weeks() || parsed.has(piece_kind::week_sequence);
  static constexpr bool has_time = std::any_of(parsed.begin(), parsed.end(), [](const pattern_piece& piece) {
    return piece.kind != piece_kind::literal && piece.kind != piece_kind::member && piece.kind != piece_kind::sequence;
  });

  // The digits of a calendar field: at most, or exactly if it has a width.
  static constexpr std::size_t digits(const pattern_piece& piece) {
    return std::max<std::size_t>(info_of(piece.field).digits, piece.width);
  }
  // The largest number of bytes of the text and the fields, without the members.
  static constexpr std::size_t own_length = [] {
    constexpr std::size_t longest_shift = 7, longest_sequence = 20;
    std::size_t sum = 0;
    for (const pattern_piece& piece : parsed) {
      if (piece.kind == piece_kind::literal) sum += piece.length;
      if (piece.kind == piece_kind::calendar) sum += digits(piece);
      if (piece.kind == piece_kind::shift) sum += longest_shift;
      if (is_sequence(piece.kind)) sum += piece.width > 0 ? piece.width : longest_sequence;
    }
    return sum;
  }();

  template <std::size_t I>
  static constexpr auto name_of = part_of_pattern<Pattern, parsed.pieces[I].at, parsed.pieces[I].length>;

  // Piece I bound to a type of record: the type of its member, the largest number of bytes that it writes, and the room
  // to reserve for it.
  template <std::size_t I, class Record>
  struct bound {
    static constexpr pattern_piece one = parsed.pieces[I];
    static constexpr bool is_member = one.kind == piece_kind::member;
    static constexpr auto path = name_of<I>;
    using name = std::conditional_t<
        is_member, pattern_member<path, Record>,
        std::conditional_t<one.kind != piece_kind::literal, pattern_field<path, Record>, std::type_identity<int>>>;
    using type = typename name::type;
    static constexpr bool is_integer = integer_field<type>;
    static constexpr std::size_t most = [] {
      if constexpr (!is_member)
        return std::size_t{0};
      else if constexpr (is_integer)
        return std::max(integer_length<type>, one.width + (std::is_signed_v<type> ? 1 : 0));
      else if constexpr (requires { field_codec<type>::max_length; })
        return static_cast<std::size_t>(field_codec<type>::max_length);
      else
        return std::size_t{0};
    }();
    static constexpr bool is_text = is_member && !is_integer;
    static constexpr std::size_t room = is_text ? max_text : most;
    static_assert(is_integer || one.width == 0,
                  "tallymark::pattern_batch: only a number has a width. Drop the width, or make the member an integer");
  };

  // All pieces for a type of record.
  template <class Record, class Pieces = indices>
  struct plan;
  template <class Record, std::size_t... I>
  struct plan<Record, std::index_sequence<I...>> {
    static constexpr bool has_text = (false || ... || bound<I, Record>::is_text);
    static constexpr std::size_t room = ((own_length + 1) + ... + bound<I, Record>::room);
    static_assert(
        own_length > max_text || (own_length + ... + bound<I, Record>::most) <= max_text,
        "tallymark::pattern_batch: with these members a code can be longer than 100 bytes. Shorten the pattern, or "
        "take smaller types");
  };

  // The common length of all shift names; 0 if they differ.
  static constexpr std::size_t shifts_length = [] {
    const std::size_t first = Rules.shifts.shifts[0].text().size();
    for (std::size_t i = 1; i < Rules.shifts.size(); ++i)
      if (Rules.shifts.shifts[i].text().size() != first) return std::size_t{0};
    return first;
  }();

  // Where piece I ends when a code is read.
  template <std::size_t I, class Record>
  static constexpr batch_piece_end end_of = [] {
    constexpr pattern_piece one = parsed.pieces[I];
    using kind = batch_piece_end::kind;
    if constexpr (one.kind == piece_kind::literal)
      return batch_piece_end{kind::length, one.length};
    else if constexpr (one.kind == piece_kind::member)
      return batch_piece_end{bound<I, Record>::is_integer ? kind::digits : kind::rest, 0};
    else if constexpr (one.kind == piece_kind::shift)
      return shifts_length == 0 ? batch_piece_end{kind::rest, 0} : batch_piece_end{kind::length, shifts_length};
    else
      return batch_piece_end{one.width > 0 ? kind::length : kind::digits, one.width};
  }();

  // Whether the end of each piece of a code is unambiguous: a piece without a fixed length is followed by text that
  // does not begin with a digit, and a text member by pieces of fixed length.
  template <class Record>
  static constexpr bool can_be_read = []<std::size_t... I>(std::index_sequence<I...>) {
    const std::array<batch_piece_end, count + 1> ends{end_of<I, Record>..., batch_piece_end{}};
    const auto is_fixed = [](const batch_piece_end& end) { return end.what == batch_piece_end::kind::length; };
    for (std::size_t i = 0; i < count; ++i) {
      if (ends[i].what == batch_piece_end::kind::rest) {
        if (parsed.pieces[i].kind == piece_kind::shift) return false;
        if (!std::all_of(ends.begin() + static_cast<std::ptrdiff_t>(i) + 1, ends.end(), is_fixed)) return false;
      } else if (!is_fixed(ends[i]) && i + 1 < count) {
        const pattern_piece& next = parsed.pieces[i + 1];
        if (next.kind != piece_kind::literal || is_digit(Pattern.value[next.at])) return false;
      }
    }
    return true;
  }(indices{});
};

// Appends the text of a member if a code may contain it.
constexpr errc put_text(char*& at, std::string_view text) {
  if (text.size() > max_text) return errc::text_too_long;
  bool plain = true;
  for (const char c : text) plain &= ' ' <= c && c <= '~';
  if (!plain)
    if (const auto checked = validate_text(text); !checked) return checked.error().code;
  at = std::copy_n(text.data(), text.size(), at);
  return {};
}

}  // namespace tallymark::detail
