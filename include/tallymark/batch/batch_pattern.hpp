// Batch codes by a pattern that is read and checked when it is compiled.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/batch/detail/batch_field.hpp>
#include <tallymark/calendar/clock.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/policy/batch_counters.hpp>
#include <tallymark/policy/record.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/text.hpp>

namespace tallymark {

namespace detail {

enum class pattern_error : std::uint8_t {
  none,
  unclosed,
  stray_brace,
  no_name,
  bad_width,
  narrow_width,
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
  batch_field field = batch_field::none;
  std::size_t width = 0;
};

// The pieces of a pattern of N bytes, or what is wrong with it.
template <std::size_t N>
struct parsed_pattern {
  std::array<pattern_piece, N + 1> pieces{};
  std::size_t count = 0;
  batch_field_set fields{};
  pattern_error error = pattern_error::none;

  constexpr explicit parsed_pattern(std::string_view text) {
    const std::string_view inner = trimmed(text);
    const std::size_t begin = inner.empty() ? 0 : static_cast<std::size_t>(inner.data() - text.data());
    if (!inner.empty() && !check_text(inner, inner.size())) error = pattern_error::bad_text;
    text = text.substr(0, begin + inner.size());
    for (std::size_t at = begin; at < text.size() && error == pattern_error::none;) at = read(text, at);
    if (error == pattern_error::none && fields.mixes_years()) error = pattern_error::mixed_years;
  }

 private:
  constexpr std::size_t read(std::string_view text, std::size_t at) {
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
    read_field(text.substr(at + 1, close - at - 1), at + 1);
    return close + 1;
  }

  constexpr void read_field(std::string_view text, std::size_t at) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    pattern_piece piece{at, colon, at + text.size() + 1, true, batch_field_named(text.substr(0, colon))};
    if (piece.field == batch_field::date) piece.field = batch_field::none;  // a field of templates only
    if (colon == 0) {
      refuse(pattern_error::no_name);
    } else if (fields.has(batch_field::sequence) && piece.field == batch_field::sequence) {
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
      else if (piece.field != batch_field::sequence && piece.width < most_digits(piece.field))
        refuse(pattern_error::narrow_width);
    }
    fields.add(piece.field);
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
  static constexpr bool week = Name.view() == "week";
  static_assert(!week || names_a_member<Name, Record>,
                "tallymark::batch_pattern: there is no field {week}. Write {iso_week}, and {iso_year} with it");
  static_assert(week || names_a_member<Name, Record>,
                "tallymark::batch_pattern: there is no field of this name, and no such member of the record. Write "
                "{year}, {month}, "
                "{day}, {hour}, {minute}, {iso_year}, {iso_week}, {day_of_year}, {sequence}, or the name of a member");
};

template <fixed_string Name, class Record>
struct pattern_field {
  using type = int;
  static_assert(
      !names_a_member<Name, Record>,
      "tallymark::batch_pattern: a field and a member of the record have this name. Give the member another name in "
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

}  // namespace detail

/// Batch policy: codes by a pattern, `"{iso_year}W{iso_week:02}-{site}-{sequence:04}"`. The pattern is checked when it
/// is compiled; docs/batch/batch_pattern.md lists its fields. Blanks at its ends are dropped; `{{` and `}}` are braces.
template <fixed_string Pattern, class Clock = local_clock>
struct batch_pattern {
  using policy_slot = batch_slot;

  [[no_unique_address]] typename detail::checked_clock<Clock>::type clock{};

 private:
  using error = detail::pattern_error;
  using piece = detail::pattern_piece;
  using field = detail::batch_field;

  static constexpr detail::parsed_pattern<Pattern.size()> parsed{Pattern.view()};
  static constexpr std::size_t count = parsed.error == error::none ? parsed.count : 0;
  static constexpr bool has_sequence = count > 0 && parsed.fields.has(field::sequence);
  static constexpr bool has_days = parsed.fields.has(field::day_of_year);
  static constexpr bool has_weeks = parsed.fields.has(field::iso_year) || parsed.fields.has(field::iso_week);
  static constexpr bool has_time = std::any_of(parsed.pieces.begin(), parsed.pieces.end(), [](const piece& one) {
    return one.field != field::none && one.field != field::sequence;
  });

  // The most bytes of the text and the fields; what members write comes on top.
  static constexpr std::size_t own_length = [] {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const piece& one = parsed.pieces[i];
      if (!one.named)
        sum += one.length;
      else if (one.field == field::sequence && one.width > 0)
        sum += one.width;
      else if (one.field != field::none)
        sum += std::max(detail::most_digits(one.field), one.width);
    }
    return sum;
  }();

  template <std::size_t I>
  static constexpr auto name_of = []<std::size_t... C>(std::index_sequence<C...>) {
    return fixed_string<sizeof...(C) + 1>({Pattern.value[parsed.pieces[I].at + C]..., '\0'});
  }(std::make_index_sequence<parsed.pieces[I].length>{});

  // What piece I is for this type of record: the type of its member, the most that it writes, and the room to keep for
  // that.
  template <std::size_t I, class Record>
  struct bound {
    static constexpr piece one = parsed.pieces[I];
    static constexpr bool is_member = one.named && one.field == field::none;
    using name = std::conditional_t<
        is_member, detail::pattern_member<name_of<I>, Record>,
        std::conditional_t<one.named, detail::pattern_field<name_of<I>, Record>, std::type_identity<int>>>;
    using type = typename name::type;
    static constexpr bool is_integer = detail::integer_field<type>;
    static constexpr std::size_t most = [] {
      if constexpr (!is_member)
        return std::size_t{0};
      else if constexpr (is_integer)
        return std::max(detail::integer_length<type>, one.width + (std::is_signed_v<type> ? 1 : 0));
      else if constexpr (requires { field_codec<type>::max_length; })
        return static_cast<std::size_t>(field_codec<type>::max_length);
      else
        return std::size_t{0};
    }();
    static constexpr bool is_text = is_member && !is_integer;
    static constexpr std::size_t room = is_text ? max_text : most;
    static_assert(is_integer || one.width == 0,
                  "tallymark::batch_pattern: only a number has a width. Drop the width, or make the member an integer");
  };

  // All pieces for this type of record.
  template <class Record, class Pieces = std::make_index_sequence<count>>
  struct plan;
  template <class Record, std::size_t... I>
  struct plan<Record, std::index_sequence<I...>> {
    static constexpr bool has_text = (false || ... || bound<I, Record>::is_text);
    static constexpr std::size_t room = ((own_length + 1) + ... + bound<I, Record>::room);
    static_assert(
        own_length > max_text || (own_length + ... + bound<I, Record>::most) <= max_text,
        "tallymark::batch_pattern: with these members a code can be longer than 100 bytes. Shorten the pattern, or "
        "take smaller types");
  };

  // Writes piece I, or says what is wrong with it. The length of the whole is checked later.
  template <std::size_t I, class Record>
  constexpr errc put(char*& at, const detail::batch_moment& moment, const Record& record) const {
    using shape = bound<I, Record>;
    constexpr piece one = shape::one;
    errc wrong{};
    if constexpr (!one.named) {
      at = std::copy_n(Pattern.value + one.at, one.length, at);
    } else if constexpr (one.field == field::sequence) {
      *at++ = '\0';
    } else if constexpr (one.field != field::none) {
      constexpr std::size_t digits = detail::most_digits(one.field);
      const int value = moment.value(one.field);
      if constexpr (one.width == 0)
        at = detail::put_number<digits>(at, value);
      else
        at = detail::put_digits<digits>(std::fill_n(at, one.width - digits, '0'), value);
    } else if constexpr (detail::names_a_member<name_of<I>, Record>) {
      const bool is_there = visit_member<name_of<I>>(record, [&](const auto& value) {
        if constexpr (shape::is_integer) {
          at = detail::put_integer(at, value, one.width);
        } else if constexpr (detail::text_field<typename shape::type>) {
          wrong = detail::put_text(at, value);
        } else {
          std::string text;
          detail::checked_codec<typename shape::type>::append(text, value);
          wrong = detail::put_text(at, text);
        }
      });
      if (!is_there) return errc::unknown_field;
    }
    return wrong;
  }

  template <class Record>
  constexpr result<void> write(std::string&, const Record&, batch_counters*, std::index_sequence<>) const {
    return {};
  }
  template <class Record, std::size_t... I>
  constexpr result<void> write(std::string& out, const Record& record, batch_counters* counters,
                               std::index_sequence<I...>) const {
    using shape = plan<Record>;
    const detail::batch_moment moment(has_time ? clock.now() : civil_time{}, has_weeks, has_days);
    char buffer[shape::room];
    char* at = buffer;
    errc wrong{};
    piece place{};
    const auto is_wrong = [&](errc why, const piece& one) {
      if (why == errc{}) return false;
      wrong = why;
      place = one;
      return true;
    };
    const auto placed = [](const piece& one, errc why) { return fail(why, one.at - 1, one.end - one.at + 1); };
    if ((is_wrong(put<I>(at, moment, record), parsed.pieces[I]) || ...)) return placed(place, wrong);

    std::string_view code(buffer, static_cast<std::size_t>(at - buffer));
    if constexpr (shape::has_text) code = trimmed(code);
    if constexpr (has_sequence) {
      constexpr piece sequence = *std::find_if(parsed.pieces.begin(), parsed.pieces.end(),
                                               [](const piece& one) { return one.field == field::sequence; });
      const auto done = detail::append_numbered(out, code, sequence.width, *counters);
      return done ? done : placed(sequence, done.error().code);
    } else {
      if (shape::has_text && code.size() > max_text) return fail(errc::text_too_long, 0, Pattern.size());
      out.append(code);
      return {};
    }
  }

 public:
  /// Appends a code, and takes a number of `counters` if the pattern has a sequence: it counts the codes that are the
  /// same but for the sequence. Nothing is appended if all the text is empty: there is no code then. Errors, with their
  /// place in the pattern: text_too_long, not_utf8 and control_character for what members hold, unknown_field for a
  /// member of a record that is missing, sequence_exhausted. O(length), and O(log n) for the sequence.
  template <class Record>
  constexpr result<void> format(std::string& out, const Record& record, batch_counters& counters) const {
    return write(out, record, &counters, std::make_index_sequence<count>{});
  }

  /// The same, of a pattern without a sequence.
  template <class Record = no_record>
    requires(!has_sequence)
  constexpr result<void> format(std::string& out, const Record& record = {}) const {
    return write(out, record, nullptr, std::make_index_sequence<count>{});
  }

 private:
  // last, since Clang leaves out what follows an assertion that failed: one mistake, one error
  static_assert(parsed.error != error::unclosed,
                "tallymark::batch_pattern: a brace is never closed. Write {field}, or {{ for a brace");
  static_assert(parsed.error != error::stray_brace,
                "tallymark::batch_pattern: a closing brace without an opening one. Write {field}, or }} for a brace");
  static_assert(
      parsed.error != error::no_name,
      "tallymark::batch_pattern: there is no name between the braces. Write {field}, or {{ and }} for braces");
  static_assert(parsed.error != error::bad_width,
                "tallymark::batch_pattern: this is not a width. Write a zero and the number of digits: {month:02}, "
                "{sequence:04}");
  static_assert(parsed.error != error::narrow_width,
                "tallymark::batch_pattern: the width is too small for its field. Write at least {year:04}, {month:02}, "
                "{day_of_year:03}");
  static_assert(
      parsed.error != error::mixed_years,
      "tallymark::batch_pattern: the calendar year does not go with the ISO week, nor the ISO year with month and day: "
      "around New Year the two years differ. Write {iso_year} with {iso_week}, and {year} with {month} and {day}");
  static_assert(parsed.error != error::second_sequence,
                "tallymark::batch_pattern: there are two sequences. Keep one {sequence}");
  static_assert(parsed.error != error::bad_text,
                "tallymark::batch_pattern: the text is not UTF-8, or has control characters. Keep to characters that "
                "can be printed");
  static_assert(own_length <= max_text,
                "tallymark::batch_pattern: a code can be longer than 100 bytes. Shorten the pattern");
};

}  // namespace tallymark
