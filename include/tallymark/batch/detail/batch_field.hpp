// The fields that batch patterns and batch templates know by themselves: the calendar and the sequence.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/policy/batch_counters.hpp>
#include <tallymark/policy/record.hpp>

namespace tallymark::detail {

enum class batch_field : std::uint8_t {
  none,
  year,
  month,
  day,
  hour,
  minute,
  iso_year,
  iso_week,
  day_of_year,
  date,
  sequence
};

struct batch_field_info {
  std::string_view name;
  batch_field field;
  std::uint8_t digits;  // the most that it has
};

// A sequence is a 64-bit number, and so has up to 20 digits.
inline constexpr std::array<batch_field_info, 10> batch_fields{{
    {"year", batch_field::year, 4},
    {"month", batch_field::month, 2},
    {"day", batch_field::day, 2},
    {"hour", batch_field::hour, 2},
    {"minute", batch_field::minute, 2},
    {"iso_year", batch_field::iso_year, 4},
    {"iso_week", batch_field::iso_week, 2},
    {"day_of_year", batch_field::day_of_year, 3},
    {"date", batch_field::date, 10},
    {"sequence", batch_field::sequence, 20},
}};

constexpr batch_field batch_field_named(std::string_view name) {
  const auto* found =
      std::find_if(batch_fields.begin(), batch_fields.end(), [&](const auto& known) { return known.name == name; });
  return found == batch_fields.end() ? batch_field::none : found->field;
}

constexpr std::size_t most_digits(batch_field field) {
  return field == batch_field::none ? 0 : batch_fields[static_cast<std::size_t>(field) - 1].digits;
}

// A set of fields, as bits.
class batch_field_set {
 public:
  constexpr void add(batch_field field) { bits_ |= bit(field); }
  [[nodiscard]] constexpr bool has(batch_field field) const { return (bits_ & bit(field)) != 0; }

  // Whether an ISO week stands beside the calendar year, or a month or day beside the ISO year: the codes that such
  // fields make are wrong around New Year, where the two years differ.
  [[nodiscard]] constexpr bool mixes_years() const {
    const bool calendar = has(batch_field::year), iso = has(batch_field::iso_year);
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

// What the fields say at one moment.
struct batch_moment {
  civil_time now{};
  iso_week week{};
  int day_of_year = 1;

  constexpr explicit batch_moment(const civil_time& at, bool weeks = true, bool days = true) : now(at) {
    if (weeks) week = iso_week_of(date_of(at));
    if (days) day_of_year = tallymark::day_of_year(date_of(at));
  }

  [[nodiscard]] constexpr int value(batch_field field) const {
    switch (field) {
      case batch_field::year: return now.year;
      case batch_field::month: return now.month;
      case batch_field::day: return now.day;
      case batch_field::hour: return now.hour;
      case batch_field::minute: return now.minute;
      case batch_field::iso_year: return week.year;
      case batch_field::iso_week: return week.week;
      case batch_field::day_of_year: return day_of_year;
      default: return 0;
    }
  }
};

// Appends a code that has a sequence: `rest` is all of it, with a NUL, which no code has, where the number belongs.
// Nothing is appended, and no number taken in vain, if it would be too long. A width is the exact number of digits.
constexpr result<void> append_numbered(std::string& out, std::string_view rest, std::size_t width,
                                       batch_counters& counters) {
  if (rest.size() - 1 + std::max<std::size_t>(width, 1) > max_text) return fail(errc::text_too_long);
  const std::size_t mark = rest.find('\0');
  const std::uint64_t number = counters.take(rest);
  char digits[max_text + 1];
  const auto length = static_cast<std::size_t>(put_integer(digits, number, width) - digits);
  if (width > 0 && length > width) return fail(errc::sequence_exhausted);
  if (rest.size() - 1 + length > max_text) return fail(errc::text_too_long);
  out.append(rest.substr(0, mark)).append(digits, length).append(rest.substr(mark + 1));
  return {};
}

}  // namespace tallymark::detail
