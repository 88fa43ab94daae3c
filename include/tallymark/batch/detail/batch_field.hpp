// The names in batch patterns and batch templates, and their values: calendar fields, shifts and sequences.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/batch/production.hpp>
#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>

namespace tallymark::detail {

// What a name in a pattern or template means: a calendar field, of the production day or of the best-before date; the
// shift or a sequence; otherwise a member of the record.
struct batch_name {
  piece_kind kind = piece_kind::member;
  calendar_field field{};
  bool best_before = false;

  friend constexpr bool operator==(const batch_name&, const batch_name&) = default;
};
constexpr batch_name batch_name_of(const pattern_piece& piece) { return {piece.kind, piece.field, piece.best_before}; }

// `best_before` alone is the date, `best_before.month` a field of it. Without shifts and without a shelf life their
// names are those of members.
constexpr batch_name batch_name_of(std::string_view name, const production& rules) {
  constexpr std::string_view until = "best_before";
  if (name.starts_with(until)) {
    const std::string_view rest = name.substr(until.size());
    const calendar_field field = rest.empty()            ? calendar_field::date
                                 : rest.starts_with('.') ? calendar_field_named(rest.substr(1))
                                                         : calendar_field::none;
    return rules.keeps() && is_of_date(field) ? batch_name{piece_kind::calendar, field, true} : batch_name{};
  }
  if (const calendar_field field = calendar_field_named(name); field != calendar_field::none)
    return {piece_kind::calendar, field};
  if (name == "shift" && rules.shifts.size() > 0) return {piece_kind::shift};
  if (name == "sequence") return {piece_kind::sequence};
  if (name == "day_sequence") return {piece_kind::day_sequence};
  if (name == "week_sequence") return {piece_kind::week_sequence};
  return {};
}

// The values of the fields at one moment.
struct batch_moment {
  calendar_moment made{};  // the time of the clock, and the working day
  calendar_day until{};    // the best-before date
  bool has_until = false;
  std::size_t shift = 0;

  constexpr explicit batch_moment(const civil_time& at, const production& rules = {}, bool weeks = true,
                                  bool days_of_year = true) {
    const working_shift current = rules.shifts.at(at);
    made = {at, calendar_day(current.day, weeks, days_of_year)};
    shift = current.index;
    if (!rules.keeps()) return;
    const auto best = best_before(current.day, rules.life);
    has_until = best.has_value();
    if (has_until) until = calendar_day(*best, weeks, days_of_year);
  }

  [[nodiscard]] constexpr int value(const batch_name& name) const {
    return name.best_before ? until.value(name.field) : made.value(name.field);
  }
  // Whether a field has a value that can be written: there may be no best-before date, and a century has one digit.
  [[nodiscard]] constexpr bool has(const batch_name& name) const {
    if (name.best_before && !has_until) return false;
    return name.field != calendar_field::century || is_in_range(name.field, value(name));
  }
};

// The key of a sequence's counter. For a day or week sequence it is the working day or its ISO week, whatever else is
// in the code; it begins with two NUL bytes, since the rest of a code has only one.
class sequence_key {
 public:
  constexpr sequence_key(piece_kind sequence, const batch_moment& moment, std::string_view rest) : key_(rest) {
    if (sequence == piece_kind::sequence) return;
    const calendar_day& made = moment.made.day;
    char* at = storage_;
    *at++ = '\0';
    *at++ = '\0';
    if (sequence == piece_kind::day_sequence) {
      at = put_date(at, made.value(calendar_field::year), made.value(calendar_field::month),
                    made.value(calendar_field::day));
    } else {
      at = put_digits<4>(at, made.week.year);
      *at++ = 'W';
      at = put_digits<2>(at, made.week.week);
    }
    key_ = {storage_, static_cast<std::size_t>(at - storage_)};
  }
  sequence_key(const sequence_key&) = delete;
  sequence_key& operator=(const sequence_key&) = delete;

  [[nodiscard]] constexpr std::string_view text() const { return key_; }

 private:
  char storage_[12]{};
  std::string_view key_;
};

// Appends a code that has a sequence. `rest` is the code with a NUL, which no code contains, in place of the number;
// `key` is the key of the counter. A width is the exact number of digits. If the code would be too long or memory runs
// out, nothing is appended and no number is used up.
[[nodiscard]] constexpr result<void> append_numbered(std::string& out, std::string_view rest, std::size_t width,
                                                     batch_counters& counters, std::string_view key) {
  if (rest.size() - 1 + std::max<std::size_t>(width, 1) > max_text) return fail(errc::text_too_long);
  const std::size_t mark = rest.find('\0');
  const std::size_t next_digits = width > 0 ? width : decimal_text(counters.last(key) + 1).view().size();
  const std::size_t size = out.size() + rest.size() - 1 + next_digits;
  if (out.capacity() < size) out.reserve(std::max(size, 2 * out.capacity()));
  const std::uint64_t number = counters.take(key);
  char digits[max_text + 1];
  const auto length = static_cast<std::size_t>(put_padded(digits, number, width) - digits);
  if (width > 0 && length > width) return fail(errc::sequence_exhausted);
  if (rest.size() - 1 + length > max_text) return fail(errc::text_too_long);
  out.append(rest.substr(0, mark)).append(digits, length).append(rest.substr(mark + 1));
  return {};
}
[[nodiscard]] constexpr result<void> append_numbered(std::string& out, std::string_view rest, std::size_t width,
                                                     batch_counters& counters) {
  return append_numbered(out, rest, width, counters, rest);
}

}  // namespace tallymark::detail
