// Reads a batch code: its pieces in order, then the days that its numbers mean.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include <tallymark/batch/batch_reading.hpp>
#include <tallymark/batch/detail/batch_field.hpp>
#include <tallymark/batch/production.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/calendar_numbers.hpp>

namespace tallymark::detail {

// Where a piece of a code ends: after a number of bytes, after its last digit, or where the next piece begins.
struct batch_piece_end {
  enum class kind : std::uint8_t { length, digits, rest };

  kind what = kind::length;
  std::size_t length = 0;
};

// The days that the numbers mean, as exactly as the numbers allow. A year with missing digits is the latest in which
// the days do not begin after `latest`.
class day_finder {
 public:
  // Empty if the numbers have no year. The error is the field that no such day has, or that contradicts the others.
  using found = result<std::optional<date_span>, calendar_field>;

  constexpr day_finder(const calendar_numbers& numbers, date latest) : numbers_(numbers), latest_(latest) {}

  [[nodiscard]] constexpr found find() const {
    using enum calendar_field;
    const found days = find_by_fields();
    if (!days || !(*days).has_value()) return days;
    const calendar_day first((**days).first), last((**days).last);
    // the first and last of several days have all their years and months
    const calendar_field wrong = numbers_.find([&](calendar_field field) {
      const bool tells = first.day == last.day || (field != calendar_field::day && field != day_of_year &&
                                                   field != weekday && field != iso_week);
      return tells && first.value(field) != numbers_[field] && last.value(field) != numbers_[field];
    });
    if (wrong != none) return unexpected(wrong);
    return days;
  }

 private:
  using point = std::pair<int, int>;  // within a year

  [[nodiscard]] constexpr found find_by_fields() const {
    using enum calendar_field;
    const bool has_year = numbers_.fields().has_year(), has_iso_year = numbers_.fields().has_iso_year();
    if (has_year && numbers_.has(day_of_year)) return by_day_of_year();
    if (has_year && numbers_.has(month) && numbers_.has(day)) return by_month();
    if (has_iso_year && numbers_.has(iso_week)) return by_week();
    if (has_year && numbers_.has(month)) return by_month();
    if (has_year) return by_year(false);
    if (has_iso_year) return by_year(true);
    return std::nullopt;
  }

  // The year, whole or by its last digits, if the days begin at this point of it. Negative if there is no such year
  // yet.
  [[nodiscard]] constexpr int year_of(bool iso, point begin, point latest_point) const {
    if (const auto whole = numbers_.whole_year(iso)) return *whole;
    const calendar_field two = iso ? calendar_field::iso_yy : calendar_field::yy;
    const calendar_field one = iso ? calendar_field::iso_y : calendar_field::y;
    const int period = numbers_.has(two) ? 100 : 10;
    const int digits = numbers_[numbers_.has(two) ? two : one];
    const int newest = latest_.value(iso ? calendar_field::iso_year : calendar_field::year);
    const int year = newest - (newest - digits + period) % period;
    return year == newest && begin > latest_point ? year - period : year;
  }
  [[nodiscard]] constexpr unexpected<calendar_field> no_year(bool iso) const {
    using enum calendar_field;
    for (const calendar_field field : {iso ? iso_year : year, iso ? iso_yy : yy})
      if (numbers_.has(field)) return unexpected(field);
    return unexpected(iso ? iso_y : y);
  }

  [[nodiscard]] constexpr found by_day_of_year() const {
    const int day = numbers_[calendar_field::day_of_year];
    const int year = year_of(false, {day, 0}, {latest_.of_year, 0});
    if (year < 0) return no_year(false);
    const auto found_day = date_of_day(year, day);
    if (!found_day) return unexpected(calendar_field::day_of_year);
    return date_span{*found_day, *found_day};
  }

  [[nodiscard]] constexpr found by_month() const {
    const int month = numbers_[calendar_field::month], day = numbers_.get(calendar_field::day, 1);
    const int year =
        year_of(false, {month, day}, {latest_.value(calendar_field::month), latest_.value(calendar_field::day)});
    if (year < 0) return no_year(false);
    const date first = std::chrono::year{year} / month / day;
    if (!first.ok()) return unexpected(calendar_field::day);
    if (numbers_.has(calendar_field::day)) return date_span{first, first};
    return date_span{first, date{first.year() / first.month() / std::chrono::last}};
  }

  [[nodiscard]] constexpr found by_week() const {
    const int week = numbers_[calendar_field::iso_week], day = numbers_.get(calendar_field::weekday, 1);
    const int year = year_of(true, {week, day}, {latest_.week.week, latest_.of_week});
    if (year < 0) return no_year(true);
    const auto first = date_of(iso_week{year, week}, std::chrono::weekday{static_cast<unsigned>(day)});
    if (!first) return unexpected(calendar_field::iso_week);
    if (numbers_.has(calendar_field::weekday)) return date_span{*first, *first};
    return date_span{*first, sunday_of({year, week})};
  }

  [[nodiscard]] constexpr found by_year(bool iso) const {
    const int year = year_of(iso, {}, {});
    if (year < 0) return no_year(iso);
    if (!iso) return date_span{std::chrono::year{year} / 1 / 1, std::chrono::year{year} / 12 / 31};
    const auto monday = date_of(iso_week{year, 1});
    if (!monday) return no_year(true);
    return date_span{*monday, sunday_of({year, weeks_in_year(year)})};
  }

  // The end of a week, or the last date that can be written.
  [[nodiscard]] static constexpr date sunday_of(const iso_week& week) {
    const auto sunday = date_of(week, std::chrono::Sunday);
    return sunday ? *sunday : date{std::chrono::year{9999} / 12 / 31};
  }

  const calendar_numbers& numbers_;
  calendar_day latest_;
};

class code_reader {
 public:
  constexpr explicit code_reader(std::string_view text) : text_(text) {}

  [[nodiscard]] constexpr std::size_t at() const { return at_; }

  // Text of the pattern itself. Errors: not_a_batch, at the first byte that differs.
  [[nodiscard]] constexpr result<void> literal(std::string_view expected) {
    for (const char c : expected) {
      if (at_ == text_.size() || text_[at_] != c) return here();
      ++at_;
    }
    return {};
  }

  // The remaining text except its last `after` bytes.
  [[nodiscard]] constexpr result<std::string_view> rest(std::size_t after) {
    if (text_.size() - at_ < after) return fail(errc::not_a_batch, text_.size());
    const std::string_view found = text_.substr(at_, text_.size() - at_ - after);
    at_ += found.size();
    return found;
  }

  // The number of a piece. Errors: not_a_batch where a digit is missing; not_canonical for leading zeros that are not
  // written; too_large.
  [[nodiscard]] constexpr result<std::uint64_t> number(const batch_piece_end& end) {
    const std::size_t begin = at_;
    const bool fixed = end.what == batch_piece_end::kind::length;
    std::uint64_t value = 0;
    bool fits = true;
    while (fixed ? at_ < begin + end.length : at_ < text_.size() && is_digit(text_[at_])) {
      if (at_ == text_.size() || !is_digit(text_[at_])) return here();
      const std::uint64_t digit = digit_value(text_[at_++]);
      fits = fits && value <= (std::numeric_limits<std::uint64_t>::max() - digit) / 10;
      value = value * 10 + digit;
    }
    if (at_ == begin) return here();
    if (!fits) return fail(errc::too_large, begin, at_ - begin);
    if (!fixed && text_[begin] == '0' && at_ - begin > 1) return fail(errc::not_canonical, begin, at_ - begin);
    return value;
  }

  // The digits of a member that is an integer, with its sign.
  constexpr std::string_view integer() {
    const std::size_t begin = at_;
    if (at_ < text_.size() && text_[at_] == '-') ++at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // A field of the calendar or the time of day. Errors: those of number; not_a_date and not_a_time for a value that is
  // out of range, or differs from an earlier one of the same field.
  [[nodiscard]] constexpr result<void> field(const batch_name& name, const batch_piece_end& end, batch_reading& out) {
    const std::size_t begin = at_;
    const auto read = number(end);
    if (!read) return unexpected(read.error());
    const bool time = is_of_time(name.field);
    const auto wrong = [&] { return fail(time ? errc::not_a_time : errc::not_a_date, begin, at_ - begin); };
    if (*read > 9999 || !is_in_range(name.field, static_cast<int>(*read))) return wrong();
    const int value = static_cast<int>(*read);
    if (time) {
      auto& part = name.field == calendar_field::hour ? out.hour : out.minute;
      if (part && *part != value) return wrong();
      part = value;
      return {};
    }
    calendar_numbers& numbers = name.best_before ? until_ : made_;
    if (numbers.has(name.field) && numbers[name.field] != value) return wrong();
    numbers.set(name.field, value);
    spans_[index_of(name.field, name.best_before)] = {begin, at_ - begin};
    return {};
  }

  // A sequence, which begins with 1.
  [[nodiscard]] constexpr result<void> sequence(const batch_piece_end& end, batch_reading& out) {
    const std::size_t begin = at_;
    const auto read = number(end);
    if (!read) return unexpected(read.error());
    if (*read == 0) return fail(errc::not_a_batch, begin, at_ - begin);
    out.sequence = *read;
    return {};
  }

  // The name of a shift. Precondition: all names have the same length.
  [[nodiscard]] constexpr result<void> shift(const shift_plan& plan, batch_reading& out) {
    const std::size_t length = plan.shifts[0].text().size();
    const std::string_view name = text_.substr(at_, length);
    for (std::size_t i = 0; i < plan.size(); ++i) {
      if (plan.shifts[i].text() != name || (out.shift && *out.shift != i)) continue;
      out.shift = i;
      at_ += length;
      return {};
    }
    return fail(errc::not_a_batch, at_, name.size());
  }

  // Refuses anything after the last piece; then the days that were read must exist and agree.
  [[nodiscard]] constexpr result<void> finish(const production& rules, date latest, batch_reading& out) const {
    if (at_ < text_.size()) return fail(errc::not_a_batch, at_, text_.size() - at_);
    const auto made = day_finder(made_, latest).find();
    if (!made) return not_a_date(made.error(), false);
    out.made = *made;
    if (!rules.keeps()) return {};
    if (out.made && (*out.made).first == (*out.made).last) {
      const auto best = best_before((*out.made).first, rules.life);
      const calendar_day day(best ? *best : date{});
      if (const auto wrong = until_.differs_from(day); wrong != calendar_field::none) return not_a_date(wrong, true);
      if (best) out.best_before = date_span{*best, *best};
      return {};
    }
    const auto last = best_before(latest, rules.life);
    const auto until = day_finder(until_, last ? *last : latest).find();
    if (!until) return not_a_date(until.error(), true);
    out.best_before = *until;
    return {};
  }

 private:
  struct span {
    std::size_t at = 0;
    std::size_t length = 0;
  };

  [[nodiscard]] constexpr unexpected<failure> here() const {
    return fail(errc::not_a_batch, at_, at_ < text_.size() ? 1 : 0);
  }
  [[nodiscard]] static constexpr std::size_t index_of(calendar_field field, bool best_before) {
    return static_cast<std::size_t>(field) + (best_before ? calendar_fields.size() : 0);
  }
  [[nodiscard]] constexpr unexpected<failure> not_a_date(calendar_field field, bool best_before) const {
    const span& where = spans_[index_of(field, best_before)];
    return fail(errc::not_a_date, where.at, where.length);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  calendar_numbers made_{};
  calendar_numbers until_{};
  std::array<span, 2 * calendar_fields.size() + 1> spans_{};
};

}  // namespace tallymark::detail
