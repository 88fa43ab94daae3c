// From the numbers of a batch code back to the days that they mean.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <utility>

#include <tallymark/batch/batch_reading.hpp>
#include <tallymark/batch/detail/batch_field.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/ext/result.hpp>

namespace tallymark::detail {

// The fields of the calendar that were read, and what they said.
class date_numbers {
 public:
  constexpr void set(batch_field field, int value) {
    fields_.add(field);
    values_[static_cast<std::size_t>(field)] = value;
  }
  [[nodiscard]] constexpr int operator[](batch_field field) const { return values_[static_cast<std::size_t>(field)]; }
  [[nodiscard]] constexpr const batch_field_set& fields() const { return fields_; }
  [[nodiscard]] constexpr int get(batch_field field, int otherwise) const {
    return fields_.has(field) ? (*this)[field] : otherwise;
  }

  // The first field that says something else than a day; none if all agree.
  [[nodiscard]] constexpr batch_field differs_from(const batch_day& day) const;

  // The days that the numbers mean: the most exact of what they tell. Nothing if they tell no year. Where the year has
  // lost digits it is the latest in which the days do not begin after `latest`. Errors: the field that no such day has,
  // or that contradicts the others. O(1).
  [[nodiscard]] constexpr result<std::optional<date_span>, batch_field> days(date latest) const;

 private:
  using found = result<std::optional<date_span>, batch_field>;
  using point = std::pair<int, int>;  // within a year

  template <class Wrong>
  [[nodiscard]] constexpr batch_field find(Wrong wrong) const {
    for (const batch_field_info& each : batch_fields)
      if (is_of_date(each.field) && fields_.has(each.field) && wrong(each.field)) return each.field;
    return batch_field::none;
  }

  // The year that the fields of a calendar name, whole or by its last digits. Negative if there was none yet.
  [[nodiscard]] constexpr int year_by(bool iso, point begin, const batch_day& latest, point latest_point) const {
    const batch_field whole = iso ? batch_field::iso_year : batch_field::year;
    const batch_field two = iso ? batch_field::iso_yy : batch_field::yy;
    const batch_field one = iso ? batch_field::iso_y : batch_field::y;
    if (fields_.has(whole)) return (*this)[whole];
    if (!iso && fields_.has(batch_field::century) && fields_.has(two))
      return ((*this)[batch_field::century] + 19) * 100 + (*this)[two];
    const int period = fields_.has(two) ? 100 : 10;
    const int digits = (*this)[fields_.has(two) ? two : one];
    const int newest = latest.value(whole);
    const int year = newest - (newest - digits + period) % period;
    return year == newest && begin > latest_point ? year - period : year;
  }
  [[nodiscard]] constexpr batch_field year_field(bool iso) const {
    const auto first = [this](std::initializer_list<batch_field> all) {
      for (const batch_field each : all)
        if (fields_.has(each)) return each;
      return batch_field::none;
    };
    return iso ? first({batch_field::iso_year, batch_field::iso_yy, batch_field::iso_y})
               : first({batch_field::year, batch_field::yy, batch_field::y});
  }

  [[nodiscard]] constexpr found by_day_of_year(const batch_day& latest) const;
  [[nodiscard]] constexpr found by_month(const batch_day& latest) const;
  [[nodiscard]] constexpr found by_week(const batch_day& latest) const;
  [[nodiscard]] constexpr found by_year(bool iso, const batch_day& latest) const;

  std::array<int, batch_fields.size() + 1> values_{};
  batch_field_set fields_{};
};

constexpr batch_field date_numbers::differs_from(const batch_day& day) const {
  return find([&](batch_field field) { return day.value(field) != (*this)[field]; });
}

constexpr date_numbers::found date_numbers::by_day_of_year(const batch_day& latest) const {
  const int day = (*this)[batch_field::day_of_year];
  const int year = year_by(false, {day, 0}, latest, {latest.of_year, 0});
  if (year < 0) return unexpected(year_field(false));
  const auto only = date_of_day(year, day);
  if (!only) return unexpected(batch_field::day_of_year);
  return date_span{*only, *only};
}

constexpr date_numbers::found date_numbers::by_month(const batch_day& latest) const {
  const int month = (*this)[batch_field::month], day = get(batch_field::day, 1);
  const int year =
      year_by(false, {month, day}, latest, {latest.value(batch_field::month), latest.value(batch_field::day)});
  if (year < 0) return unexpected(year_field(false));
  const date first{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                   std::chrono::day{static_cast<unsigned>(day)}};
  if (!first.ok()) return unexpected(batch_field::day);
  if (fields_.has(batch_field::day)) return date_span{first, first};
  return date_span{first, date{first.year() / first.month() / std::chrono::last}};
}

constexpr date_numbers::found date_numbers::by_week(const batch_day& latest) const {
  const int week = (*this)[batch_field::iso_week], day = get(batch_field::weekday, 1);
  const int year = year_by(true, {week, day}, latest, {latest.week.week, latest.of_week});
  if (year < 0) return unexpected(year_field(true));
  const auto first = date_of(iso_week{year, week}, std::chrono::weekday{static_cast<unsigned>(day)});
  if (!first) return unexpected(batch_field::iso_week);
  if (fields_.has(batch_field::weekday)) return date_span{*first, *first};
  const auto sunday = date_of(iso_week{year, week}, std::chrono::Sunday);
  return date_span{*first, sunday ? *sunday : date{std::chrono::year{9999} / 12 / 31}};
}

constexpr date_numbers::found date_numbers::by_year(bool iso, const batch_day& latest) const {
  const int year = year_by(iso, {}, latest, {});
  if (year < 0) return unexpected(year_field(iso));
  if (!iso) return date_span{std::chrono::year{year} / 1 / 1, std::chrono::year{year} / 12 / 31};
  const auto monday = date_of(iso_week{year, 1});
  const auto sunday = date_of(iso_week{year, weeks_in_year(year)}, std::chrono::Sunday);
  if (!monday) return unexpected(year_field(true));
  return date_span{*monday, sunday ? *sunday : date{std::chrono::year{9999} / 12 / 31}};
}

constexpr result<std::optional<date_span>, batch_field> date_numbers::days(date latest) const {
  const batch_day until(latest);
  const bool month = fields_.has(batch_field::month);
  const auto read = [&]() -> found {
    if (fields_.has_year() && fields_.has(batch_field::day_of_year)) return by_day_of_year(until);
    if (fields_.has_year() && month && fields_.has(batch_field::day)) return by_month(until);
    if (fields_.has_iso_year() && fields_.has(batch_field::iso_week)) return by_week(until);
    if (fields_.has_year() && month) return by_month(until);
    if (fields_.has_year()) return by_year(false, until);
    if (fields_.has_iso_year()) return by_year(true, until);
    return std::nullopt;
  }();
  if (!read || !(*read).has_value()) return read;
  const batch_day first((**read).first), last((**read).last);
  // of several days the ends have all the years and months that there are
  const batch_field wrong = find([&](batch_field field) {
    const bool tells = first.day == last.day || (field != batch_field::day && field != batch_field::day_of_year &&
                                                 field != batch_field::weekday && field != batch_field::iso_week);
    return tells && first.value(field) != (*this)[field] && last.value(field) != (*this)[field];
  });
  if (wrong != batch_field::none) return unexpected(wrong);
  return read;
}

}  // namespace tallymark::detail
