#include <tallymark/pattern/detail/calendar_field.hpp>

#include <chrono>
#include <cstddef>
#include <initializer_list>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

constexpr bool mixes(std::initializer_list<calendar_field> fields) {
  calendar_field_set set;
  for (const auto field : fields) set.add(field);
  return set.mixes_years();
}

constexpr bool table_is_in_order() {
  for (std::size_t i = 0; i < calendar_fields.size(); ++i)
    if (static_cast<std::size_t>(calendar_fields[i].field) != i + 1) return false;
  return true;
}

}  // namespace

static_assert(table_is_in_order());
static_assert(calendar_field_named("iso_week") == calendar_field::iso_week &&
              calendar_field_named("week") == calendar_field::none);
static_assert(calendar_field_named("") == calendar_field::none && calendar_field_named("Year") == calendar_field::none);

static_assert(!mixes({}) &&
              !mixes({calendar_field::year, calendar_field::month, calendar_field::day, calendar_field::day_of_year}));
static_assert(!mixes({calendar_field::iso_year, calendar_field::iso_week, calendar_field::hour}));
static_assert(!mixes({calendar_field::iso_week}) && !mixes({calendar_field::iso_week, calendar_field::month}) &&
              !mixes({calendar_field::iso_year}));
static_assert(mixes({calendar_field::year, calendar_field::iso_week}) &&
              mixes({calendar_field::iso_year, calendar_field::month}));
static_assert(mixes({calendar_field::iso_year, calendar_field::iso_week, calendar_field::day}) &&
              mixes({calendar_field::iso_year, calendar_field::day_of_year}));
static_assert(!mixes({calendar_field::year, calendar_field::iso_year, calendar_field::iso_week,
                      calendar_field::month}));
static_assert(mixes({calendar_field::yy, calendar_field::iso_week}) &&
              mixes({calendar_field::iso_y, calendar_field::day}) &&
              mixes({calendar_field::y, calendar_field::iso_week}) &&
              mixes({calendar_field::iso_yy, calendar_field::day_of_year}));
static_assert(!mixes({calendar_field::yy, calendar_field::weekday, calendar_field::day}) &&
              !mixes({calendar_field::century, calendar_field::iso_week}));
static_assert(calendar_day(date{std::chrono::year{-5} / 1 / 1}).value(calendar_field::yy) == 95);

static_assert(info_of(calendar_field::day_of_year).digits == 3 && info_of(calendar_field::iso_week).most == 53);
static_assert(is_in_range(calendar_field::century, 9) && !is_in_range(calendar_field::century, 10) &&
              !is_in_range(calendar_field::century, -1) && !is_in_range(calendar_field::month, 0));
static_assert(calendar_day(date{std::chrono::year{2027} / 1 / 1}).value(calendar_field::iso_yy) == 26 &&
              calendar_day(date{std::chrono::year{2027} / 1 / 1}).value(calendar_field::y) == 7);
static_assert(calendar_day(date{std::chrono::year{2027} / 1 / 1}).value(calendar_field::weekday) == 5);
static_assert(calendar_day(date{std::chrono::year{2028} / 12 / 31}).value(calendar_field::day_of_year) == 366);
static_assert(calendar_moment{{2027, 1, 1, 5, 6}, calendar_day(date{std::chrono::year{2026} / 12 / 31})}.value(
                  calendar_field::hour) == 5);
static_assert(calendar_moment{{2027, 1, 1, 5, 6}, calendar_day(date{std::chrono::year{2026} / 12 / 31})}.value(
                  calendar_field::year) == 2026);

// A field is misplaced if there are years, but none of its own calendar.
constexpr bool misplaced(std::initializer_list<calendar_field> years, calendar_field field) {
  calendar_field_set set;
  for (const auto year : years) set.add(year);
  return set.is_misplaced(field);
}
static_assert(misplaced({calendar_field::yy}, calendar_field::iso_week) &&
              !misplaced({calendar_field::yy}, calendar_field::month) &&
              misplaced({calendar_field::iso_y}, calendar_field::month) &&
              !misplaced({calendar_field::iso_y}, calendar_field::iso_week) &&
              !misplaced({calendar_field::iso_y, calendar_field::y}, calendar_field::month) &&
              !misplaced({}, calendar_field::iso_week));
