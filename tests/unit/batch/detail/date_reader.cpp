#include <tallymark/batch/detail/date_reader.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <initializer_list>
#include <utility>

using namespace tallymark;
using detail::batch_field;

namespace {

constexpr date on(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}
constexpr auto days(std::initializer_list<std::pair<batch_field, int>> numbers, date latest = on(2026, 11, 23)) {
  detail::date_numbers read;
  for (const auto& [field, value] : numbers) read.set(field, value);
  const auto found = read.days(latest);
  struct {
    std::optional<date_span> span;
    batch_field wrong;
  } const answer{found ? *found : std::nullopt, found ? batch_field::none : found.error()};
  return answer;
}
constexpr std::optional<date_span> day(int year, unsigned month, unsigned of_month) {
  return date_span{on(year, month, of_month), on(year, month, of_month)};
}

}  // namespace

static_assert(days({}).span == std::optional<date_span>{} &&
              days({{batch_field::month, 2}}).span == std::optional<date_span>{});
static_assert(days({{batch_field::y, 6}, {batch_field::month, 2}, {batch_field::day, 29}}, on(2026, 2, 28)).span ==
              day(2016, 2, 29));
static_assert(days({{batch_field::y, 6}, {batch_field::month, 2}, {batch_field::day, 29}}, on(2026, 3, 1)).wrong ==
              batch_field::day);
static_assert(days({{batch_field::y, 6}, {batch_field::day_of_year, 366}}, on(2026, 12, 30)).span == day(2016, 12, 31));
static_assert(days({{batch_field::y, 6}, {batch_field::day_of_year, 366}}, on(2027, 1, 1)).wrong ==
              batch_field::day_of_year);
static_assert(days({{batch_field::yy, 99}}, on(50, 1, 1)).wrong == batch_field::yy);
static_assert(days({{batch_field::iso_y, 9}, {batch_field::iso_week, 1}}, on(0, 1, 1)).wrong == batch_field::iso_y);
static_assert(days({{batch_field::iso_year, 9999}, {batch_field::iso_week, 52}}).span ==
              std::optional(date_span{on(9999, 12, 27), on(9999, 12, 31)}));
static_assert(days({{batch_field::year, 2026}, {batch_field::yy, 27}}).wrong == batch_field::yy);
static_assert(days({{batch_field::year, 2026}, {batch_field::century, 2}}).wrong == batch_field::century);

TEST_CASE("a day is found, whatever fields tell it", "[batch]") {
  const date latest = on(2026, 11, 23);
  int wrong = 0;
  for (std::chrono::sys_days at = on(2016, 11, 24); at <= std::chrono::sys_days{latest}; at += std::chrono::days{1}) {
    const detail::batch_day of{date{at}};
    const auto value = [&](batch_field field) { return std::pair(field, of.value(field)); };
    const std::optional<date_span> one = date_span{of.day, of.day};
    if (days({value(batch_field::y), value(batch_field::day_of_year)}, latest).span != one) ++wrong;
    if (days({value(batch_field::y), value(batch_field::month), value(batch_field::day)}, latest).span != one) ++wrong;
    if (days({value(batch_field::year), value(batch_field::iso_year), value(batch_field::iso_week),
              value(batch_field::weekday)})
            .span != one)
      ++wrong;
  }
  CHECK(wrong == 0);
}
