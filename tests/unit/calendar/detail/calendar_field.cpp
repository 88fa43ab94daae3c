#include <tallymark/calendar/detail/calendar_field.hpp>

#include <catch2/catch_test_macros.hpp>

#include <initializer_list>
#include <utility>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

constexpr bool can_be(std::initializer_list<std::pair<calendar_field, int>> known) {
  calendar_values values;
  for (const auto& [field, value] : known) values.set(field, value);
  return values.can_be();
}
using field = calendar_field;

}  // namespace

static_assert(calendar_field_named("iso_week") == field::iso_week && calendar_field_named("week") == field::none);
static_assert(info_of(field::day_of_year).digits == 3 && info_of(field::iso_week).most == 53);
static_assert(calendar_values(civil_time{2027, 1, 1, 5, 6})[field::iso_year] == 2026);
static_assert(calendar_values(civil_time{2027, 1, 1, 5, 6})[field::iso_week] == 53);
static_assert(calendar_values(civil_time{2028, 12, 31})[field::day_of_year] == 366);
static_assert(can_be({}) && can_be({{field::day, 31}}) && can_be({{field::month, 2}, {field::day, 29}}));
static_assert(!can_be({{field::month, 2}, {field::day, 30}}) &&
              !can_be({{field::year, 2027}, {field::month, 2}, {field::day, 29}}));
static_assert(can_be({{field::day_of_year, 366}}) && !can_be({{field::year, 2027}, {field::day_of_year, 366}}));
static_assert(calendar_values(civil_time{2027, 1, 1})[field::iso_yy] == 26 &&
              calendar_values(civil_time{2027, 1, 1})[field::y] == 7);
static_assert(calendar_values(civil_time{2027, 1, 1})[field::weekday] == 5);
static_assert(can_be({{field::yy, 0}, {field::day_of_year, 366}}) &&
              !can_be({{field::yy, 27}, {field::day_of_year, 366}}));
static_assert(can_be({{field::y, 8}, {field::day_of_year, 366}}) &&
              !can_be({{field::y, 7}, {field::day_of_year, 366}}));
static_assert(can_be({{field::iso_week, 53}}) && !can_be({{field::iso_year, 2025}, {field::iso_week, 53}}));

TEST_CASE("every day of many years can be", "[calendar]") {
  for (std::chrono::sys_days at = std::chrono::year{1999} / 1 / 1; at < std::chrono::year{2033} / 1 / 1;
       at += std::chrono::days{1}) {
    const calendar_values all(midnight(date{at}));
    REQUIRE(all.can_be());
  }
}
