#include <tallymark/calendar/shift.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string_view>

using namespace tallymark;

namespace {

constexpr date on(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}

constexpr shift_plan three{{{{6, 0, "E"}, {14, 0, "L"}, {22, 0, "N"}}}};
constexpr shift_plan two{{{{5, 45, "day"}, {17, 45, "night"}}}};
constexpr shift_plan late{{{{22, 0, "N"}, {6, 0, "E"}, {14, 0, "L"}}}};
constexpr shift_plan single{{{{6, 0, "D"}}}};

constexpr working_shift in(const shift_plan& plan, int hour, int minute) {
  return plan.at({2027, 1, 1, hour, minute, 59});
}
constexpr date new_year = on(2027, 1, 1), eve = on(2026, 12, 31);

// A shift plan as template argument.
template <shift_plan Plan>
constexpr std::size_t size_of_plan = Plan.size();

}  // namespace

static_assert(three.ok() && two.ok() && late.ok() && single.ok() && shift_plan{}.ok());
static_assert(size_of_plan<three> == 3 && size_of_plan<two> == 2 && size_of_plan<shift_plan{}> == 0);
static_assert(three.shifts[0].text() == "E" && two.shifts[1].text() == "night" && shift{}.text().empty());

static_assert(in(three, 6, 0) == working_shift{new_year, 0} && in(three, 13, 59) == working_shift{new_year, 0});
static_assert(in(three, 14, 0) == working_shift{new_year, 1} && in(three, 21, 59) == working_shift{new_year, 1});
static_assert(in(three, 22, 0) == working_shift{new_year, 2} && in(three, 23, 59) == working_shift{new_year, 2});
// the night shift belongs to the day before
static_assert(in(three, 0, 0) == working_shift{eve, 2} && in(three, 5, 59) == working_shift{eve, 2});
static_assert(in(two, 5, 44) == working_shift{eve, 1} && in(two, 5, 45) == working_shift{new_year, 0} &&
              in(two, 17, 44) == working_shift{new_year, 0} && in(two, 17, 45) == working_shift{new_year, 1});
// a working day that begins in the evening
static_assert(in(late, 21, 59) == working_shift{eve, 2} && in(late, 22, 0) == working_shift{new_year, 0} &&
              in(late, 0, 0) == working_shift{eve, 0} && in(late, 6, 0) == working_shift{eve, 1} &&
              in(late, 14, 0) == working_shift{eve, 2});
static_assert(in(single, 5, 59) == working_shift{eve, 0} && in(single, 6, 0) == working_shift{new_year, 0});
static_assert(in(shift_plan{}, 0, 0) == working_shift{new_year, 0});

static_assert(!shift_plan{{{{6, 0, ""}, {14, 0, "L"}}}}.ok());
static_assert(!shift_plan{{{{6, 0, "E"}, {14, 0, "E"}}}}.ok());
static_assert(!shift_plan{{{{6, 0, "E"}, {6, 0, "L"}}}}.ok());
static_assert(!shift_plan{{{{6, 0, "E"}, {22, 0, "N"}, {14, 0, "L"}}}}.ok());
static_assert(!shift_plan{{{{6, 0, "E"}, {22, 0, "N"}, {7, 0, "L"}}}}.ok());
static_assert(!shift_plan{{{{24, 0, "E"}}}}.ok() && !shift_plan{{{{-1, 0, "E"}}}}.ok());
static_assert(!shift_plan{{{{6, 60, "E"}}}}.ok() && !shift_plan{{{{6, -1, "E"}}}}.ok());
static_assert(!shift_plan{{{{6, 0, "E E"}}}}.ok() && !shift_plan{{{{6, 0, "\n"}}}}.ok());
static_assert(!shift_plan{{{{6, 0, {'E', '\0', 'x'}}}}}.ok());
static_assert(!shift_plan{{{{6, 0, {'1', '2', '3', '4', '5', '6', '7', '8'}}}}}.ok());
static_assert(shift_plan{{{{6, 0, "1234567"}}}}.ok());

TEST_CASE("every minute of a day is in exactly one shift, and shifts are in order", "[calendar]") {
  for (const shift_plan& plan : {three, two, late, single}) {
    working_shift before = plan.at({2027, 1, 1, 0, 0});
    std::size_t changes = 0;
    for (int minute = 1; minute <= 1'440; ++minute) {
      const date day = minute < 1'440 ? new_year : on(2027, 1, 2);
      civil_time time = midnight(day);
      time.hour = minute % 1'440 / 60;
      time.minute = minute % 60;
      const working_shift current = plan.at(time);
      if (current == before) continue;
      ++changes;
      const bool next_day = before.index + 1 == plan.size();
      CHECK(current.index == (next_day ? 0 : before.index + 1));
      CHECK(current.day == (next_day ? date{std::chrono::sys_days{before.day} + std::chrono::days{1}} : before.day));
      before = current;
    }
    CHECK(changes == plan.size());
  }
}

TEST_CASE("a time that does not exist still has a shift", "[calendar]") {
  CHECK(three.at({2027, 13, 1, 5, 0}).index == 0);
  CHECK(three.at({-2'000'000'000, 1'000, -7, 123'456'789, -1}).index == 0);
}
