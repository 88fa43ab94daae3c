// Dates and times as members of records.
#pragma once

#include <tallymark/config.hpp>

#include <string>
#include <string_view>

#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/record/codec.hpp>

namespace tallymark {

/// A date as `2027-01-31`. Blanks at both ends are dropped. Errors: empty_text, not_a_date.
template <>
struct field_codec<date> {
  static constexpr std::size_t max_length = 10;

  [[nodiscard]] static constexpr result<date> parse(std::string_view text) {
    const auto field = detail::field_between_blanks(text);
    if (!field) return unexpected(field.error());
    const auto parsed = parse_date((*field).inner);
    if (!parsed) return unexpected(shifted(parsed.error(), (*field).offset));
    return parsed;
  }
  static constexpr void append(std::string& out, date value) { append_date(out, value); }
};

/// A time as `2027-01-31T23:59:00`; the seconds, or the whole time of day, may be missing in a text that is read.
/// Blanks at both ends are dropped. Errors: empty_text, not_a_date, not_a_time.
template <>
struct field_codec<civil_time> {
  static constexpr std::size_t max_length = 19;

  [[nodiscard]] static constexpr result<civil_time> parse(std::string_view text) {
    const auto field = detail::field_between_blanks(text);
    if (!field) return unexpected(field.error());
    const auto parsed = civil_time::parse((*field).inner);
    if (!parsed) return unexpected(shifted(parsed.error(), (*field).offset));
    return parsed;
  }
  static constexpr void append(std::string& out, const civil_time& value) { append_time(out, value); }
};

}  // namespace tallymark
