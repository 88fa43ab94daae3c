// The fields that batch patterns and batch templates know by themselves: the calendar, the shift and the sequences.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/batch/production.hpp>
#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/record/codec.hpp>

namespace tallymark::detail {

enum class batch_field : std::uint8_t {
  none,
  year,
  yy,
  y,
  century,
  month,
  day,
  day_of_year,
  iso_year,
  iso_yy,
  iso_y,
  iso_week,
  weekday,
  date,
  hour,
  minute,
  shift,
  sequence,
  day_sequence,
  week_sequence
};

struct batch_field_info {
  std::string_view name;
  batch_field field;
  std::uint8_t digits;  // the most that it has
  bool fixed = false;   // always as many: the last digits of a year keep their zeros
};

// A sequence is a 64-bit number, and so has up to 20 digits.
inline constexpr std::array<batch_field_info, 19> batch_fields{{
    {"year", batch_field::year, 4},
    {"yy", batch_field::yy, 2, true},
    {"y", batch_field::y, 1, true},
    {"century", batch_field::century, 1, true},
    {"month", batch_field::month, 2},
    {"day", batch_field::day, 2},
    {"day_of_year", batch_field::day_of_year, 3},
    {"iso_year", batch_field::iso_year, 4},
    {"iso_yy", batch_field::iso_yy, 2, true},
    {"iso_y", batch_field::iso_y, 1, true},
    {"iso_week", batch_field::iso_week, 2},
    {"weekday", batch_field::weekday, 1, true},
    {"date", batch_field::date, 10, true},
    {"hour", batch_field::hour, 2},
    {"minute", batch_field::minute, 2},
    {"shift", batch_field::shift, 7},
    {"sequence", batch_field::sequence, 20},
    {"day_sequence", batch_field::day_sequence, 20},
    {"week_sequence", batch_field::week_sequence, 20},
}};

constexpr batch_field batch_field_named(std::string_view name) {
  const auto* found =
      std::find_if(batch_fields.begin(), batch_fields.end(), [&](const auto& known) { return known.name == name; });
  return found == batch_fields.end() ? batch_field::none : found->field;
}

constexpr const batch_field_info& info(batch_field field) { return batch_fields[static_cast<std::size_t>(field) - 1]; }
constexpr std::size_t most_digits(batch_field field) { return field == batch_field::none ? 0 : info(field).digits; }
constexpr bool is_of_date(batch_field field) { return batch_field::year <= field && field <= batch_field::date; }
constexpr bool is_sequence(batch_field field) { return field >= batch_field::sequence; }

// A field, of the day on which something is made or of its best-before date.
struct batch_name {
  batch_field field = batch_field::none;
  bool best_before = false;

  friend constexpr bool operator==(const batch_name&, const batch_name&) = default;
};

// What a name means: `best_before` alone is the date, `best_before.month` a field of it. Without shifts and without a
// shelf life their names mean nothing of ours.
constexpr batch_name batch_name_of(std::string_view name, const production& rules) {
  constexpr std::string_view until = "best_before";
  if (name.starts_with(until)) {
    const std::string_view rest = name.substr(until.size());
    const batch_field field = rest.empty()            ? batch_field::date
                              : rest.starts_with('.') ? batch_field_named(rest.substr(1))
                                                      : batch_field::none;
    return rules.keeps() && is_of_date(field) ? batch_name{field, true} : batch_name{};
  }
  const batch_field field = batch_field_named(name);
  return {field == batch_field::shift && rules.shifts.size() == 0 ? batch_field::none : field};
}

// A set of fields, as bits.
class batch_field_set {
 public:
  constexpr void add(batch_field field) { bits_ |= bit(field); }
  [[nodiscard]] constexpr bool has(batch_field field) const { return (bits_ & bit(field)) != 0; }

  [[nodiscard]] constexpr bool has_year() const {
    return has(batch_field::year) || has(batch_field::yy) || has(batch_field::y);
  }
  [[nodiscard]] constexpr bool has_iso_year() const {
    return has(batch_field::iso_year) || has(batch_field::iso_yy) || has(batch_field::iso_y);
  }
  [[nodiscard]] constexpr bool has_sequence() const {
    return has(batch_field::sequence) || has(batch_field::day_sequence) || has(batch_field::week_sequence);
  }

  // Whether an ISO week stands beside the calendar year, or a month or day beside the ISO year: the codes that such
  // fields make are wrong around New Year, where the two years differ.
  [[nodiscard]] constexpr bool mixes_years() const {
    const bool calendar = has_year(), iso = has_iso_year();
    if (calendar == iso) return false;
    return calendar ? has(batch_field::iso_week)
                    : has(batch_field::month) || has(batch_field::day) || has(batch_field::day_of_year);
  }

 private:
  static constexpr unsigned bit(batch_field field) {
    return field == batch_field::none ? 0U : 1U << static_cast<unsigned>(field);
  }

  unsigned bits_ = 0;
};

// What the fields of the calendar say of one day.
struct batch_day {
  date day{};
  iso_week week{};
  int of_year = 1;
  int of_week = 1;

  constexpr batch_day() = default;
  constexpr explicit batch_day(date of, bool weeks = true, bool days = true) : day(of) {
    if (weeks) {
      week = iso_week_of(of);
      of_week = iso_weekday_of(of);
    }
    if (days) of_year = tallymark::day_of_year(of);
  }

  [[nodiscard]] constexpr int value(batch_field field) const {
    const auto last_digits = [](int year, int power) { return (year % power + power) % power; };
    const int year = static_cast<int>(day.year());
    switch (field) {
      case batch_field::year: return year;
      case batch_field::yy: return last_digits(year, 100);
      case batch_field::y: return last_digits(year, 10);
      case batch_field::century: return year / 100 - 19;
      case batch_field::month: return static_cast<int>(static_cast<unsigned>(day.month()));
      case batch_field::day: return static_cast<int>(static_cast<unsigned>(day.day()));
      case batch_field::day_of_year: return of_year;
      case batch_field::iso_year: return week.year;
      case batch_field::iso_yy: return last_digits(week.year, 100);
      case batch_field::iso_y: return last_digits(week.year, 10);
      case batch_field::iso_week: return week.week;
      case batch_field::weekday: return of_week;
      default: return 0;
    }
  }
};

// What the fields say at one moment.
struct batch_moment {
  civil_time now{};
  batch_day made{};
  batch_day until{};  // the best-before date
  bool has_until = false;
  std::size_t shift = 0;

  constexpr explicit batch_moment(const civil_time& at, const production& rules = {}, bool weeks = true,
                                  bool days = true)
      : now(at) {
    const working_shift in = rules.shifts.at(at);
    made = batch_day(in.day, weeks, days);
    shift = in.index;
    if (!rules.keeps()) return;
    const auto best = best_before(in.day, rules.life);
    has_until = best.has_value();
    if (has_until) until = batch_day(*best, weeks, days);
  }

  [[nodiscard]] constexpr int value(batch_name of) const {
    if (of.best_before) return until.value(of.field);
    if (of.field == batch_field::hour) return now.hour;
    if (of.field == batch_field::minute) return now.minute;
    return made.value(of.field);
  }
  // Whether a field has a value that can be written: there may be no best-before date, and a century of one digit is
  // 1900 to 2899.
  [[nodiscard]] constexpr bool has(batch_name of) const {
    if (of.best_before && !has_until) return false;
    if (of.field != batch_field::century) return true;
    const int century = value(of);
    return 0 <= century && century <= 9;
  }
};

// What the numbers of a sequence are counted by. Of a sequence of days or weeks it is the working day or its ISO week,
// whatever the code says: two zeros in front, since a rest has one.
class sequence_key {
 public:
  constexpr sequence_key(batch_field field, const batch_moment& moment, std::string_view rest) : key_(rest) {
    if (field == batch_field::sequence) return;
    char* at = storage_;
    *at++ = '\0';
    *at++ = '\0';
    if (field == batch_field::day_sequence) {
      at = put_date(at, moment.made.value(batch_field::year), moment.made.value(batch_field::month),
                    moment.made.value(batch_field::day));
    } else {
      at = put_digits<4>(at, moment.made.week.year);
      *at++ = 'W';
      at = put_digits<2>(at, moment.made.week.week);
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

// Appends a code that has a sequence: `rest` is all of it, with a NUL, which no code has, where the number belongs;
// `key` is what the number is counted by. Nothing is appended, and no number taken in vain, if it would be too long. A
// width is the exact number of digits.
constexpr result<void> append_numbered(std::string& out, std::string_view rest, std::size_t width,
                                       batch_counters& counters, std::string_view key) {
  if (rest.size() - 1 + std::max<std::size_t>(width, 1) > max_text) return fail(errc::text_too_long);
  const std::size_t mark = rest.find('\0');
  const std::uint64_t number = counters.take(key);
  char digits[max_text + 1];
  const auto length = static_cast<std::size_t>(put_integer(digits, number, width) - digits);
  if (width > 0 && length > width) return fail(errc::sequence_exhausted);
  if (rest.size() - 1 + length > max_text) return fail(errc::text_too_long);
  out.append(rest.substr(0, mark)).append(digits, length).append(rest.substr(mark + 1));
  return {};
}
constexpr result<void> append_numbered(std::string& out, std::string_view rest, std::size_t width,
                                       batch_counters& counters) {
  return append_numbered(out, rest, width, counters, rest);
}

}  // namespace tallymark::detail
