// Serial numbers composed by a pattern that is read and validated at compile time.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/calendar/clock.hpp>
#include <tallymark/check/detail/check_filler.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/detail/counted_texts.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/pattern_member.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>
#include <tallymark/policy/name.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/record/codec.hpp>
#include <tallymark/serial/detail/asserted_pattern.hpp>
#include <tallymark/serial/detail/family_reader.hpp>
#include <tallymark/serial/detail/pattern_automaton.hpp>
#include <tallymark/serial/detail/pattern_reader.hpp>
#include <tallymark/serial/detail/pattern_shape.hpp>

namespace tallymark {

namespace detail {

template <fixed_string Name, class Record>
consteval bool assert_member() {
  constexpr bool known = names_a_member<Name, Record>;
  static_assert(names_a_member<Name, Record>,
                "tallymark::pattern_serial: there is no field with this name, and no such member of the record. Write "
                "{counter}, {check:...}, a calendar field (as {year}, {yy}, {month}, {iso_week}, {weekday}; "
                "docs/serial/pattern.md "
                "lists them) or the name of a member, and pass the record that has it");
  return known;
}

template <fixed_string Name, class Record>
consteval bool assert_field() {
  static_assert(!names_a_member<Name, Record>,
                "tallymark::pattern_serial: a field and a member of the record have this name. Give the member another "
                "name in its record_traits");
  return true;
}

}  // namespace detail

/// Serial policy: serial numbers by a pattern, `"{site}-{iso_year}W{iso_week:02}-{counter:06}{check:luhn(counter)}"`.
/// The pattern is validated at compile time; docs/serial/pattern.md describes its language. Dates and members of the
/// record are written when a serial number is issued, and belong to the family. `{{` and `}}` are braces.
template <fixed_string Pattern, class Clock = local_clock>
class pattern_serial {
  using shape = detail::pattern_shape<Pattern>;
  static_assert(detail::assert_pattern<Pattern>());
  static_assert(detail::assert_shape<Pattern>());
  using reader_of = detail::pattern_reader<shape>;
  using reading = typename reader_of::reading;
  using piece = detail::pattern_piece;
  using kind = detail::piece_kind;
  static constexpr auto& parsed = shape::parsed;
  static constexpr std::size_t count = shape::count;
  static constexpr bool has_check = shape::check_at < count;
  static constexpr bool one_family = shape::varying == 0;

 public:
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;
  /// The texts that the pattern matches, for `collide`.
  static constexpr auto& automaton = shape::steps;

  [[no_unique_address]] typename detail::asserted_clock<Clock>::type clock{};

  /// Reads a text. Errors: text_too_long beyond 100 bytes; not_a_serial over a wrong literal or at the first byte of
  /// the counter that is not a symbol; wrong_width, too_large over the counter; not_a_date over a number that no date
  /// has, or that contradicts the numbers before it; check_missing; wrong_check with the right one; not_checkable.
  /// O(length * pieces).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    const auto where = reader_of::read(text);
    if (!where) return unexpected<failure>(where.error());
    if constexpr (shape::has_dates)
      if (const auto day = reader_of::check_dates(text, *where); !day) return unexpected<failure>(day.error());
    if constexpr (has_check) {
      const auto right = checked(text, *where);
      if (!right) return unexpected<failure>(right.error());
      if ((*right).view() != (*where).piece(text, shape::check_at))
        return fail(errc::wrong_check, (*where).begin[shape::check_at], shape::check::length, (*right).view());
    }
    family of{};
    for (std::size_t s = 0; s < shape::segments; ++s)
      if (shape::varies(s)) {
        const std::size_t begin = (*where).begin[shape::begin_of(s)], end = (*where).begin[shape::end_of(s)];
        (s == shape::first_varying ? of.text : of.tail) = text.substr(begin, end - begin);
      }
    const std::size_t at = (*where).begin[shape::counter_at];
    const std::size_t symbols = (*where).piece(text, shape::counter_at).size();
    const auto ordinal = shape::ordinal_of(text, at, symbols);
    if (*ordinal > last(of)) return fail(errc::too_large, at, symbols);
    return serial_number{of, *ordinal};
  }

  /// A faster reader for texts of 8 to 16 bytes with a decimal counter at their end and at most 7 bytes before it.
  [[nodiscard]] constexpr detail::family_reader reader(const family& of) const {
    using digit = detail::first_digit;
    constexpr bool decimal = shape::symbols.view() == "0123456789";
    if constexpr (!decimal || has_check || shape::counter_at + 1 != count || (shape::counted.grows && shape::width > 0))
      return {};
    else
      return {shape::segment(0, of), shape::width, shape::width > 0 ? digit::any : digit::not_zero_unless_alone};
  }

  /// Appends the fixed parts of the family, the counter and the check. O(length), and with a check O(length * pieces).
  constexpr void format(std::string& out, const serial_number& serial) const {
    const std::size_t begin = out.size();
    std::size_t check = 0;
    for (std::size_t s = 0;; ++s) {
      out += shape::segment(s, serial.family);
      if (s + 1 == shape::segments) break;
      if ((s == 0) == shape::counter_first) {
        format_counter(out, serial.ordinal);
      } else {
        check = out.size();
        out.append(shape::check::length, shape::check_symbols[0]);
      }
    }
    if constexpr (has_check) {
      const std::string_view text = std::string_view(out).substr(begin);
      if (const auto where = reader_of::read(text))
        if (const auto right = checked(text, *where)) out.replace(check, shape::check::length, (*right).view());
    }
  }

  /// Ordinal 1, if the pattern has neither dates nor members.
  [[nodiscard]] constexpr std::uint64_t first() const
    requires one_family
  {
    return 1;
  }

  /// The first serial number of the family of the clock's time and of a record with these members. Errors, with the
  /// position of the field in the pattern: empty_text, text_too_long, too_large and those of validate_text for members;
  /// unknown_field for a member of a null pointer; not_a_date for a field that the clock has no value for. Without a
  /// position: text_too_long beyond 100 bytes; not_checkable; refused_by_rule if the text would be read as another
  /// serial number. O(length * pieces).
  template <class Record>
    requires(!one_family)
  [[nodiscard]] constexpr result<serial_number> issue(const Record& record, const serial_number*,
                                                      std::string& storage) const {
    storage.clear();
    std::size_t cut = 0;
    detail::calendar_moment now{};
    if constexpr (shape::has_dates) {
      now.time = clock.now();
      now.day = detail::calendar_day(date_of(now.time));
    }
    failure wrong{};
    for (std::size_t s = 0; s < shape::segments; ++s) {
      if (!shape::varies(s)) continue;
      if (s != shape::first_varying) cut = storage.size();
      if (!write_pieces(s, storage, now, record, wrong, std::make_index_sequence<count>{}))
        return unexpected<failure>(wrong);
    }
    if (shape::varying == 1) cut = storage.size();
    const std::string_view all(storage);
    const serial_number first{{.text = all.substr(0, cut), .tail = all.substr(cut)}, 1};
    std::string text;
    format(text, first);
    if (text.size() > max_text) return fail(errc::text_too_long);
    const auto again = trimmed(text) == text ? parse(text) : result<serial_number>(fail(errc::refused_by_rule));
    if (!again) return fail(again.error().code);
    if (*again != first) return fail(errc::refused_by_rule);
    return first;
  }

  /// The greatest ordinal of a family: what the width holds; for a counter that grows, what fits into 100 bytes.
  [[nodiscard]] constexpr std::uint64_t last(const family& of) const {
    if constexpr (!shape::counted.grows) {
      return shape::wide_counter::last;
    } else {
      const std::size_t rest = of.text.size() + of.tail.size() + shape::constant_length;
      const std::size_t room =
          std::min<std::size_t>(rest < max_text ? max_text - rest : 0, shape::free_counter::longest);
      return std::min(max_ordinal,
                      serial_layout{.symbols = shape::symbols.view()}.last_of(static_cast<unsigned>(room)));
    }
  }

  /// The layout: the fixed parts and the counter; with a check, only its lengths are right.
  [[nodiscard]] constexpr serial_layout layout(const family& of) const {
    if constexpr (has_check) {
      const std::size_t rest = of.text.size() + of.tail.size() + shape::constant_length;
      return counted({placeholder.data(), std::min(rest, placeholder.size())}, {});
    } else {
      return counted(shape::segment(0, of), shape::segment(1, of));
    }
  }

  /// Writes texts in bulk: see serial_traits::write. The check is continued from text to text. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t n,
                       std::string_view separator) const
    requires has_check
  {
    // the other texts are the first one with other counters, and with other check characters if the check covers the
    // counter
    std::string text;
    format(text, {of, first});
    const auto where = reader_of::read(text);
    if (!where) return;  // not a serial number of this pattern
    const std::string_view before = std::string_view(text).substr(0, (*where).begin[shape::counter_at]);
    const std::string_view after = std::string_view(text).substr((*where).begin[shape::counter_at + 1]);
    const auto symbols = static_cast<unsigned>(text.size() - before.size() - after.size());
    std::string checked_before, checked_after;
    for (std::size_t i = 0; i < count; ++i)
      if (parsed.pieces[i].checked && i != shape::counter_at)
        (i < shape::counter_at ? checked_before : checked_after) += (*where).piece(text, i);
    detail::check_filler<typename shape::check> checks(checked_before, shape::symbols.view(), symbols, checked_after);
    if constexpr (shape::over(kind::counter)) checks.start(first, n);
    const std::size_t stride = text.size() + separator.size();
    for (std::uint64_t some = 0; n > 0; n -= some, first += some, out += some * stride) {
      some = std::min<std::uint64_t>(n, std::max<std::size_t>(cached / stride, 1));
      detail::counted_texts(counted(before, after), separator, symbols).write(out, first, some);
      if constexpr (shape::over(kind::counter)) checks.write(out + (*where).begin[shape::check_at], stride, some);
    }
  }

  /// Whether a text does not begin or end with a blank check character, which could not be read. O(length).
  [[nodiscard]] constexpr bool accepts(const serial_number& serial) const
    requires shape::can_end_in_blank
  {
    std::string text;
    format(text, serial);
    return trimmed(text) == text;
  }

 private:
  static constexpr std::size_t cached =
      64 * 1024;  // bytes: texts first, then their check characters while the texts are in the cache
  static constexpr auto placeholder = [] {
    std::array<char, max_text> zeros{};
    zeros.fill('0');
    return zeros;
  }();

  static constexpr serial_layout counted(std::string_view before, std::string_view after) {
    return {before, shape::symbols.view(), static_cast<std::uint8_t>(shape::counted.width), after};
  }

  static constexpr void format_counter(std::string& out, std::uint64_t ordinal) {
    if (shape::counted.width > 0 && (!shape::counted.grows || ordinal <= shape::wide_counter::last))
      shape::wide_counter::format(out, ordinal);
    else
      shape::free_counter::format(out, ordinal);
  }

  // the check characters of the pieces that the check covers
  [[nodiscard]] static constexpr result<check_characters> checked(std::string_view text, const reading& where) {
    char payload[max_text];
    std::size_t size = 0;
    for (std::size_t i = 0; i < count; ++i)
      if (parsed.pieces[i].checked)
        for (const char c : where.piece(text, i)) payload[size++] = c;
    const auto right = typename shape::check{}(std::string_view(payload, size));
    if (right) return right;
    // the position of the failure in the text
    failure why = right.error();
    std::size_t before = 0;
    for (std::size_t i = 0; i < count; ++i)
      if (const std::size_t length = where.piece(text, i).size(); parsed.pieces[i].checked) {
        if (why.at < before + length) {
          why.at = static_cast<std::uint32_t>(why.at - before + where.begin[i]);
          break;
        }
        before += length;
      }
    why.at = std::min(why.at, static_cast<std::uint32_t>(text.size()));
    return unexpected<failure>(why);
  }

  template <class Record, std::size_t... I>
  static constexpr bool write_pieces(std::size_t s, std::string& out, const detail::calendar_moment& now,
                                     const Record& record, failure& wrong, std::index_sequence<I...>) {
    return ((I < shape::begin_of(s) || I >= shape::end_of(s) || write_piece<I>(out, now, record, wrong)) && ...);
  }

  template <std::size_t I>
  static constexpr auto name_of = detail::part_of_pattern<Pattern, parsed.pieces[I].at, parsed.pieces[I].length>;

  template <std::size_t I, class Record>
  static constexpr bool write_piece(std::string& out, const detail::calendar_moment& now, const Record& record,
                                    failure& wrong) {
    constexpr piece element = parsed.pieces[I];
    if constexpr (element.kind == kind::literal) {
      out += shape::literal(element);
    } else if constexpr (element.kind == kind::calendar) {
      if constexpr (detail::assert_field<name_of<I>, Record>()) {
        const int value = now.value(element.field);
        if (!detail::is_in_range(element.field, value)) return refuse(wrong, element, errc::not_a_date);
        detail::append_digits(out, static_cast<std::uint64_t>(value), element.width);
      }
    } else if constexpr (element.kind == kind::member) {
      if constexpr (detail::assert_member<name_of<I>, Record>()) return write_member<I>(out, record, wrong);
    }
    return true;
  }

  template <std::size_t I, class Record>
  static constexpr bool write_member(std::string& out, const Record& record, failure& wrong) {
    constexpr piece element = parsed.pieces[I];
    const std::size_t begin = out.size();
    const bool exists = visit_member<name_of<I>>(record, [&](const auto& value) { append_member<I>(out, value); });
    const std::string_view text = std::string_view(out).substr(begin);
    errc code = exists ? errc{} : errc::unknown_field;
    if (exists && element.width > 0 && text.size() != element.width) code = errc::too_large;
    if (const auto plain = validate_text(text); exists && !plain) code = plain.error().code;
    return code == errc{} || refuse(wrong, element, code);
  }

  static constexpr bool refuse(failure& wrong, const piece& element, errc code) {
    wrong = result<void>(fail(code, element.at - 1, element.end - element.at + 1)).error();
    return false;
  }

  template <std::size_t I, class Value>
  static constexpr void append_member(std::string& out, const Value& value) {
    static_assert(detail::integer_field<Value> || parsed.pieces[I].width == 0,
                  "tallymark::pattern_serial: only a number has a width. Drop the width, or make the member an "
                  "integer");
    constexpr piece element = parsed.pieces[I];
    if constexpr (detail::integer_field<Value>) {
      char digits[max_text + 21];
      out.append(digits, detail::put_integer(digits, value, element.width));
    } else if constexpr (detail::text_field<Value>) {
      out += value;
    } else {
      detail::asserted_codec<Value>::append(out, value);
    }
  }
};

/// Whether two patterns can ever produce the same text, decided at compile time. Fields are compared symbol by symbol:
/// a month is 0 or 1 and a digit, a check any of its possible characters. So it is true for some patterns that only the
/// calendar or the check keeps apart, and never false for two that can collide.
template <class A, class B>
inline constexpr bool collide =
    detail::have_common_text<A::automaton.count, B::automaton.count>(A::automaton, B::automaton, false);

// The name leaves out the clock: it does not change which texts are read.
template <fixed_string Pattern, class Clock>
struct policy_name_of<pattern_serial<Pattern, Clock>> {
  [[nodiscard]] static std::string get() { return "pattern_serial<" + detail::name_of_literal(Pattern.view()) + ">"; }
};

}  // namespace tallymark
