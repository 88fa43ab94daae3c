// Numbers that were read for fields of the calendar, and whether they can be of one day.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>

namespace tallymark::detail {

class calendar_numbers {
 public:
  constexpr void set(calendar_field field, int value) {
    fields_.add(field);
    values_[static_cast<std::size_t>(field)] = value;
  }
  [[nodiscard]] constexpr const calendar_field_set& fields() const { return fields_; }
  [[nodiscard]] constexpr bool has(calendar_field field) const { return fields_.has(field); }
  [[nodiscard]] constexpr int operator[](calendar_field field) const {
    return values_[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] constexpr int get(calendar_field field, int otherwise) const {
    return has(field) ? (*this)[field] : otherwise;
  }

  // The calendar year or the ISO year, if it was read in full.
  [[nodiscard]] constexpr std::optional<int> whole_year(bool iso) const {
    using enum calendar_field;
    if (has(iso ? iso_year : year)) return (*this)[iso ? iso_year : year];
    if (!iso && has(century) && has(yy)) return ((*this)[century] + 19) * 100 + (*this)[yy];
    return std::nullopt;
  }

  // The first field of a date that was read and is wrong; none if there is no such field.
  template <class IsWrong>
  [[nodiscard]] constexpr calendar_field find(IsWrong is_wrong) const {
    for (const calendar_field_info& known : calendar_fields)
      if (is_of_date(known.field) && has(known.field) && is_wrong(known.field)) return known.field;
    return calendar_field::none;
  }
  // The first field that differs from the day.
  [[nodiscard]] constexpr calendar_field differs_from(const calendar_day& day) const {
    return find([&](calendar_field field) { return day.value(field) != (*this)[field]; });
  }

  // Whether there is a day with these numbers. A year that is missing or incomplete may be a leap year or one
  // of 53 weeks. O(1).
  [[nodiscard]] constexpr bool can_be() const {
    using enum calendar_field;
    // of the years with these last digits one that is a leap year, if there is one
    const int last_digits = get(yy, get(y, 0) % 2 == 0 ? 0 : 1);
    const std::chrono::year some_year{whole_year(false).value_or(2000 + last_digits)};
    const tallymark::date some_day = some_year / get(month, 1) / get(day, 1);
    return some_day.ok() && get(day_of_year, 1) <= days_in_year(static_cast<int>(some_year)) &&
           get(iso_week, 1) <= weeks_in_year(get(iso_year, 2020)) &&  // 2020 had 53
           years_agree() && days_agree();
  }

 private:
  [[nodiscard]] constexpr bool years_agree() const {
    using enum calendar_field;
    const auto ends_with = [&](calendar_field longer, calendar_field shorter, int power) {
      return !has(shorter) || !has(longer) || (*this)[longer] % power == (*this)[shorter];
    };
    return ends_with(year, yy, 100) && ends_with(year, y, 10) && ends_with(yy, y, 10) &&
           ends_with(iso_year, iso_yy, 100) && ends_with(iso_year, iso_y, 10) && ends_with(iso_yy, iso_y, 10) &&
           (!has(year) || !has(century) || (*this)[year] / 100 - 19 == (*this)[century]);
  }
  [[nodiscard]] constexpr bool days_agree() const {
    const std::optional<tallymark::date> day = only_day();
    return !day || differs_from(calendar_day(*day)) == calendar_field::none;
  }
  // The day that the numbers name, if they name one alone.
  [[nodiscard]] constexpr std::optional<tallymark::date> only_day() const {
    using enum calendar_field;
    const auto known = [](const result<tallymark::date>& found) {
      return found ? std::optional(*found) : std::nullopt;
    };
    const std::optional<int> calendar_year = whole_year(false);
    if (calendar_year && has(month) && has(day))
      return std::chrono::year{*calendar_year} / (*this)[month] / (*this)[day];
    if (calendar_year && has(day_of_year)) return known(date_of_day(*calendar_year, (*this)[day_of_year]));
    if (has(iso_year) && has(iso_week) && has(weekday))
      return known(date_of(tallymark::iso_week{(*this)[iso_year], (*this)[iso_week]},
                           std::chrono::weekday{static_cast<unsigned>((*this)[weekday])}));
    return std::nullopt;
  }

  std::array<int, calendar_fields.size() + 1> values_{};
  calendar_field_set fields_{};
};

}  // namespace tallymark::detail
