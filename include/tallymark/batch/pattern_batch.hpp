// Batch codes by a pattern that is parsed and validated at compile time.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/batch/batch_reading.hpp>
#include <tallymark/batch/detail/batch_field.hpp>
#include <tallymark/batch/detail/batch_pattern.hpp>
#include <tallymark/batch/detail/code_reader.hpp>
#include <tallymark/batch/production.hpp>
#include <tallymark/calendar/clock.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/record/codec.hpp>

namespace tallymark {

/// Batch policy: codes by a pattern, `"{iso_year}W{iso_week:02}-{site}-{sequence:04}"`. The pattern is validated at
/// compile time; docs/batch/pattern_batch.md lists its fields. Blanks at its ends are dropped; `{{` and `}}` are
/// braces.
template <fixed_string Pattern, class Clock = local_clock, production Rules = production{}>
struct pattern_batch {
  using policy_slot = batch_slot;

  [[no_unique_address]] typename detail::asserted_clock<Clock>::type clock{};

 private:
  using mistake = detail::pattern_mistake;
  using piece = detail::pattern_piece;
  using kind = detail::piece_kind;
  using shape = detail::batch_pattern<Pattern, Rules>;
  static constexpr auto& parsed = shape::parsed;
  static constexpr std::size_t count = shape::count;
  template <std::size_t I, class Record>
  using bound = typename shape::template bound<I, Record>;

  // Writes piece I, or returns an error. The length of the code is validated later.
  template <std::size_t I, class Record>
  constexpr errc put(char*& at, const detail::batch_moment& moment, const Record& record) const {
    constexpr piece one = parsed.pieces[I];
    using member = bound<I, Record>;
    errc wrong{};
    if constexpr (one.kind == kind::literal) {
      at = std::copy_n(Pattern.value + one.at, one.length, at);
    } else if constexpr (detail::is_sequence(one.kind)) {
      *at++ = '\0';
    } else if constexpr (one.kind == kind::shift) {
      const std::string_view name = Rules.shifts.shifts[moment.shift].text();
      at = std::copy_n(name.data(), name.size(), at);
    } else if constexpr (one.kind == kind::calendar) {
      constexpr std::size_t digits = detail::info_of(one.field).digits;
      constexpr detail::batch_name name = detail::batch_name_of(one);
      if (!moment.has(name)) return errc::not_a_date;
      const int value = moment.value(name);
      if constexpr (one.width > 0)
        at = detail::put_digits<digits>(std::fill_n(at, one.width - digits, '0'), value);
      else
        at = detail::put_number<digits>(at, value);
    } else if constexpr (member::name::known) {
      const bool visited = visit_member<member::path>(record, [&](const auto& value) {
        if constexpr (member::is_integer) {
          at = detail::put_integer(at, value, one.width);
        } else if constexpr (detail::text_field<typename member::type>) {
          wrong = detail::put_text(at, value);
        } else {
          std::string text;
          detail::asserted_codec<typename member::type>::append(text, value);
          wrong = detail::put_text(at, text);
        }
      });
      if (!visited) return errc::unknown_field;
    }
    return wrong;
  }

  // Reads piece I.
  template <std::size_t I, class Record>
  [[nodiscard]] static constexpr result<void> take(detail::code_reader& code, batch_reading& out,
                                                   std::string_view& text, std::size_t after) {
    constexpr piece one = parsed.pieces[I];
    if constexpr (one.kind == kind::literal) {
      return code.literal(Pattern.view().substr(one.at, one.length));
    } else if constexpr (detail::is_sequence(one.kind)) {
      return code.sequence(shape::template end_of<I, Record>, out);
    } else if constexpr (one.kind == kind::shift) {
      return code.shift(Rules.shifts, out);
    } else if constexpr (one.kind == kind::calendar) {
      return code.field(detail::batch_name_of(one), shape::template end_of<I, Record>, out);
    } else if constexpr (bound<I, Record>::is_integer) {
      const std::size_t begin = code.at();
      text = code.integer();
      const std::size_t digits = text.size() - (text.starts_with('-') ? 1 : 0);
      if (digits == 0) return fail(errc::not_a_batch, begin, text.size());
      if (digits < one.width || (digits > std::max<std::size_t>(one.width, 1) && text[text.size() - digits] == '0'))
        return fail(errc::not_canonical, begin, text.size());
      const auto value = field_codec<typename bound<I, Record>::type>::parse(text);
      if (!value) return unexpected(shifted(value.error(), begin));
      return {};
    } else {
      const auto rest = code.rest(after);
      if (!rest) return unexpected(rest.error());
      text = *rest;
      return {};
    }
  }

  template <class Record>
  [[nodiscard]] constexpr result<void> write(std::string&, const Record&, batch_counters*,
                                             std::index_sequence<>) const {
    return {};
  }
  template <class Record, std::size_t... I>
  [[nodiscard]] constexpr result<void> write(std::string& out, const Record& record, batch_counters* counters,
                                             std::index_sequence<I...>) const {
    using plan = typename shape::template plan<Record>;
    const detail::batch_moment moment(shape::has_time ? clock.now() : civil_time{}, Rules, shape::has_weeks,
                                      shape::has_days_of_year);
    char buffer[plan::room];
    char* at = buffer;
    errc wrong{};
    piece refused{};
    const auto is_wrong = [&](errc why, const piece& written) {
      if (why == errc{}) return false;
      wrong = why;
      refused = written;
      return true;
    };
    const auto placed = [](const piece& field, errc why) { return fail(why, field.at - 1, field.end - field.at + 1); };
    if ((is_wrong(put<I>(at, moment, record), parsed.pieces[I]) || ...)) return placed(refused, wrong);

    std::string_view code(buffer, static_cast<std::size_t>(at - buffer));
    if constexpr (plan::has_text) code = trimmed(code);
    if constexpr (shape::has_sequence) {
      constexpr piece sequence =
          *std::find_if(parsed.begin(), parsed.end(), [](const piece& one) { return detail::is_sequence(one.kind); });
      const detail::sequence_key key(sequence.kind, moment, code);
      const auto appended = detail::append_numbered(out, code, sequence.width, *counters, key.text());
      return appended ? appended : placed(sequence, appended.error().code);
    } else {
      if (plan::has_text && code.size() > max_text) return fail(errc::text_too_long, 0, Pattern.size());
      out.append(code);
      return {};
    }
  }

 public:
  /// Appends a code, and takes a number from `counters` if the pattern has a sequence: `sequence` counts the codes that
  /// are otherwise the same. If all the text is empty, nothing is appended and there is no code. Errors, with their
  /// position in the pattern: text_too_long, not_utf8 and control_character for the text of members, unknown_field for
  /// a member of a missing record, not_a_date for a best-before date after the year 9999 or a century of two digits,
  /// sequence_exhausted. O(length), and O(log n) for the sequence.
  template <class Record>
  [[nodiscard]] constexpr result<void> format(std::string& out, const Record& record, batch_counters& counters) const {
    return write(out, record, &counters, typename shape::indices{});
  }

  /// The same for a pattern without a sequence.
  template <class Record = no_record>
    requires(!shape::has_sequence)
  [[nodiscard]] constexpr result<void> format(std::string& out, const Record& record = {}) const {
    return write(out, record, nullptr, typename shape::indices{});
  }

  /// The values of a code, and the text of each member in it.
  struct reading : batch_reading {
    std::array<std::string_view, count + 1> texts{};  ///< of each piece; empty if it is not a member

    /// The text of a member, as a view into the code.
    template <fixed_string Name>
    [[nodiscard]] constexpr std::string_view member() const {
      constexpr auto at = static_cast<std::size_t>(
          std::find_if(parsed.begin(), parsed.begin() + count,
                       [](const piece& one) {
                         return one.kind == kind::member && Pattern.view().substr(one.at, one.length) == Name.view();
                       }) -
          parsed.begin());
      static_assert(at < count,
                    "tallymark::pattern_batch: the pattern has no member with this name. Name one that it has");
      return texts[at];
    }
  };

  /// Reads a code that this pattern wrote for a record of this type. Blanks at both ends are dropped. A year with
  /// missing digits is the latest in which the day is not after `latest`: pass today, or some days later to allow for
  /// clocks that differ. Errors, with their position in the code: empty_text, text_too_long; not_a_batch where
  /// the code differs from the pattern; not_canonical for leading zeros that are not written; not_a_date and
  /// not_a_time for numbers out of range, days that do not exist in their year, and fields that contradict each other;
  /// too_large, bad_value. O(length). Precondition: `latest` is a date that exists.
  template <class Record = no_record>
  [[nodiscard]] static constexpr result<reading> parse(std::string_view code, date latest) {
    static_assert(
        shape::template can_be_read<Record>,
        "tallymark::pattern_batch: codes of this pattern cannot be read back: it is not clear where a field ends. "
        "Give numbers a width, or put text after them that is no digit, and only fields of a width and text "
        "after a member that is text; give all shifts names of one length");
    if constexpr (shape::template can_be_read<Record>) {
      const std::string_view inner = trimmed(code);
      const auto offset = inner.empty() ? 0 : static_cast<std::size_t>(inner.data() - code.data());
      if (inner.empty()) return fail(errc::empty_text);
      if (inner.size() > max_text) return fail(errc::text_too_long, offset + max_text, inner.size() - max_text);
      auto read = read_pieces<Record>(inner, latest, typename shape::indices{});
      if (!read) return unexpected(shifted(read.error(), offset));
      return read;
    } else {
      return fail(errc::not_a_batch);
    }
  }

  /// The day of a code, or the first of several. Errors: those of parse; not_a_date if it has none. O(length).
  template <class Record = no_record>
  [[nodiscard]] static constexpr result<date> day_of(std::string_view code, date latest) {
    const auto read = parse<Record>(code, latest);
    if (!read) return unexpected(read.error());
    if (!(*read).made) return fail(errc::not_a_date, 0, code.size());
    return (*(*read).made).first;
  }

 private:
  template <class Record, std::size_t... I>
  [[nodiscard]] static constexpr result<reading> read_pieces(std::string_view text, date latest,
                                                             std::index_sequence<I...>) {
    const std::array<std::size_t, sizeof...(I) + 1> lengths{shape::template end_of<I, Record>.length..., 0};
    reading out{};
    detail::code_reader code(text);
    result<void> outcome{};
    [[maybe_unused]] const auto takes = [&](auto index) {
      constexpr std::size_t i = index();
      std::size_t after = 0;
      for (std::size_t later = i + 1; later < count; ++later) after += lengths[later];
      outcome = take<i, Record>(code, out, out.texts[i], after);
      return outcome.has_value();
    };
    static_cast<void>((takes(std::integral_constant<std::size_t, I>{}) && ...));
    if (outcome) outcome = code.finish(Rules, latest, out);
    if (!outcome) return unexpected(outcome.error());
    return out;
  }

  // last, since Clang skips what follows a failed assertion: one mistake, one error
  static_assert(parsed.error != mistake::unclosed,
                "tallymark::pattern_batch: a brace is never closed. Write {field}, or {{ for a brace");
  static_assert(parsed.error != mistake::stray_brace,
                "tallymark::pattern_batch: a closing brace without an opening one. Write {field}, or }} for a brace");
  static_assert(
      parsed.error != mistake::no_name,
      "tallymark::pattern_batch: there is no name between the braces. Write {field}, or {{ and }} for braces");
  static_assert(parsed.error != mistake::bad_width,
                "tallymark::pattern_batch: this is not a width. Write a zero and the number of digits: {month:02}, "
                "{sequence:04}");
  static_assert(parsed.error != mistake::narrow_width,
                "tallymark::pattern_batch: the width is too small for its field. Write at least {year:04}, {month:02}, "
                "{day_of_year:03}");
  static_assert(parsed.error != mistake::text_width,
                "tallymark::pattern_batch: only a number has a width. Drop the width of {shift}");
  static_assert(
      parsed.error != mistake::week_beside_year && parsed.error != mistake::month_beside_iso_year,
      "tallymark::pattern_batch: the calendar year does not go with the ISO week, nor the ISO year with month and day: "
      "around New Year the two years differ. Write {iso_year} with {iso_week}, and {year} with {month} and {day}");
  static_assert(parsed.error != mistake::second_sequence,
                "tallymark::pattern_batch: there are two sequences. Keep one of {sequence}, {day_sequence} and "
                "{week_sequence}");
  static_assert(parsed.error != mistake::bad_text,
                "tallymark::pattern_batch: the text is not UTF-8, or has control characters. Keep to characters that "
                "can be printed");
  static_assert(shape::own_length <= max_text,
                "tallymark::pattern_batch: a code can be longer than 100 bytes. Shorten the pattern");
  static_assert(Rules.ok(),
                "tallymark::pattern_batch: the shifts or the shelf life are not in order. Give each shift a time and a "
                "name of its own, in the order of the working day, and let no part of the shelf life be negative");
};

}  // namespace tallymark
