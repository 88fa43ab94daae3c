#include <tallymark/pattern/detail/calendar_numbers.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <initializer_list>
#include <utility>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

constexpr bool can_be(std::initializer_list<std::pair<calendar_field, int>> known) {
  calendar_numbers values;
  for (const auto& [field, value] : known) values.set(field, value);
  return values.can_be();
}
using field = calendar_field;

}  // namespace

static_assert(can_be({}) && can_be({{field::day, 31}}) && can_be({{field::month, 2}, {field::day, 29}}));
static_assert(!can_be({{field::month, 2}, {field::day, 30}}) &&
              !can_be({{field::year, 2027}, {field::month, 2}, {field::day, 29}}));
static_assert(can_be({{field::day_of_year, 366}}) && !can_be({{field::year, 2027}, {field::day_of_year, 366}}));
static_assert(can_be({{field::yy, 0}, {field::day_of_year, 366}}) &&
              !can_be({{field::yy, 27}, {field::day_of_year, 366}}));
static_assert(can_be({{field::y, 8}, {field::day_of_year, 366}}) &&
              !can_be({{field::y, 7}, {field::day_of_year, 366}}));
static_assert(can_be({{field::iso_week, 53}}) && !can_be({{field::iso_year, 2025}, {field::iso_week, 53}}));

static_assert(
    can_be({{field::century, 1}, {field::yy, 28}, {field::day_of_year, 366}}) &&
    !can_be({{field::century, 1}, {field::yy, 27}, {field::day_of_year, 366}}) &&
    !can_be({{field::century, 0}, {field::yy, 0}, {field::month, 2}, {field::day, 29}}));  // 1900 was no leap year
static_assert(can_be({{field::year, 2027}, {field::century, 1}}) &&
              !can_be({{field::year, 2027}, {field::century, 0}}));
static_assert(!can_be({{field::year, 2027}, {field::yy, 26}}) && !can_be({{field::yy, 27}, {field::y, 6}}) &&
              !can_be({{field::iso_year, 2027}, {field::iso_y, 6}}));
static_assert(!can_be({{field::year, 2026}, {field::month, 11}, {field::day, 23}, {field::weekday, 2}}) &&
              can_be({{field::year, 2026}, {field::month, 11}, {field::day, 23}, {field::weekday, 1}}));
static_assert(!can_be({{field::iso_year, 2026}, {field::iso_week, 53}, {field::weekday, 5}, {field::year, 2026}}));

TEST_CASE("every day of many years is possible", "[calendar]") {
  for (std::chrono::sys_days at = std::chrono::year{1999} / 1 / 1; at < std::chrono::year{2033} / 1 / 1;
       at += std::chrono::days{1}) {
    const calendar_day day{date{at}};
    calendar_numbers all;
    for (const calendar_field_info& known : calendar_fields)
      if (is_of_date(known.field) && known.field != field::date) all.set(known.field, day.value(known.field));
    REQUIRE(all.can_be());
    REQUIRE(all.differs_from(day) == field::none);
    REQUIRE(all.differs_from(calendar_day(date{at + std::chrono::days{1}})) != field::none);
  }
}
