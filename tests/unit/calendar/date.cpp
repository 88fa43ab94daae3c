#include <tallymark/calendar/date.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

constexpr date on(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}

struct bad_date {
  std::string_view text;
  std::size_t at;
  std::size_t length;
};

constexpr std::array<bad_date, 26> bad_dates{{
    {"", 0, 0},
    {"2027", 4, 0},
    {"2027-", 5, 0},
    {"2027-1", 6, 0},
    {"2027-01", 7, 0},
    {"2027-01-", 8, 0},
    {"2027-01-3", 9, 0},
    {"27-01-31", 2, 1},
    {"2027-1-31", 6, 1},
    {"2027/01/31", 4, 1},
    {"2027-01.31", 7, 1},
    {"20270131", 4, 1},
    {" 2027-01-31", 0, 1},
    {"+2027-01-31", 0, 1},
    {"-001-01-31", 0, 1},
    {"2027-00-31", 5, 2},
    {"2027-13-31", 5, 2},
    {"2027-01-00", 8, 2},
    {"2027-01-32", 8, 2},
    {"2027-04-31", 8, 2},
    {"2027-02-29", 8, 2},
    {"1900-02-29", 8, 2},
    {"2027-02-3x", 9, 1},
    {"2027-01-31 ", 10, 1},
    {"2027-01-31T00:00", 10, 6},
    {"2027-01-\xff\xfe", 8, 1},
}};

constexpr bool is_refused_there(const bad_date& bad) {
  const auto parsed = parse_date(bad.text);
  return !parsed && parsed.error() == result<void>(fail(errc::not_a_date, bad.at, bad.length)).error();
}

// ISO week, from the documentation of IBM Db2, PostgreSQL, Vertica and others
struct week_of {
  std::string_view text;
  iso_week week;
};
constexpr std::array<week_of, 17> weeks{{
    {"1997-12-28", {1997, 52}},
    {"1997-12-31", {1998, 1}},
    {"1998-01-01", {1998, 1}},
    {"1999-01-01", {1998, 53}},
    {"1999-01-04", {1999, 1}},
    {"2000-01-01", {1999, 52}},
    {"2005-01-01", {2004, 53}},
    {"2006-01-01", {2005, 52}},
    {"2011-01-01", {2010, 52}},
    {"2012-12-31", {2013, 1}},
    {"2014-12-29", {2015, 1}},
    {"2016-01-03", {2015, 53}},
    {"2016-01-04", {2016, 1}},
    {"2026-12-31", {2026, 53}},
    {"2027-01-01", {2026, 53}},
    {"2027-01-04", {2027, 1}},
    {"9999-12-31", {9999, 52}},
}};

// YYDDD 99001, DDDY 0404, and a published code that omits the leap day
struct ordinal_of {
  std::string_view text;
  int day;
};
constexpr std::array<ordinal_of, 8> ordinals{{
    {"1999-01-01", 1},
    {"2004-02-09", 40},
    {"2000-07-13", 195},
    {"2021-05-14", 134},
    {"2026-04-09", 99},
    {"2027-12-31", 365},
    {"2028-12-31", 366},
    {"0000-12-31", 366},
}};

std::string text_of(date value) {
  std::string out = "due ";
  append_date(out, value);
  return out;
}

constexpr bool round_trip(date value) {
  std::string out;
  append_date(out, value);
  return parse_date(out) == value;
}

}  // namespace

static_assert(parse_date("2027-01-31") == on(2027, 1, 31));
static_assert(parse_date("2028-02-29") == on(2028, 2, 29));
static_assert(parse_date("0000-02-29") == on(0, 2, 29));
static_assert(parse_date("9999-12-31") == on(9999, 12, 31));
static_assert(std::all_of(bad_dates.begin(), bad_dates.end(), is_refused_there));
static_assert(std::all_of(weeks.begin(), weeks.end(),
                          [](const week_of& known) { return iso_week_of(*parse_date(known.text)) == known.week; }));
static_assert(std::all_of(ordinals.begin(), ordinals.end(),
                          [](const ordinal_of& known) { return day_of_year(*parse_date(known.text)) == known.day; }));
STATIC_CHECK_WITH_STRING(round_trip(on(2027, 1, 31)) && round_trip(on(7, 10, 5)));

// ISO years of 53 weeks are those that begin, or in leap years end, with a Thursday
static_assert(weeks_in_year(1998) == 53 && weeks_in_year(2004) == 53 && weeks_in_year(2015) == 53 &&
              weeks_in_year(2026) == 53 && weeks_in_year(2020) == 53);
static_assert(weeks_in_year(1999) == 52 && weeks_in_year(2027) == 52 && weeks_in_year(2000) == 52);
static_assert(days_in_year(2000) == 366 && days_in_year(1900) == 365 && days_in_year(2024) == 366 &&
              days_in_year(2026) == 365);
static_assert(iso_weekday_of(on(2027, 1, 1)) == 5 && iso_weekday_of(on(2027, 1, 3)) == 7 &&
              iso_weekday_of(on(2027, 1, 4)) == 1);

static_assert(date_of_day(2000, 195) == on(2000, 7, 13));  // a published table says July 14
static_assert(date_of_day(1999, 195) == on(1999, 7, 14));
static_assert(date_of_day(2004, 40) == on(2004, 2, 9) && date_of_day(2028, 366) == on(2028, 12, 31));
static_assert(date_of_day(2027, 366).error() == failure{errc::not_a_date});
static_assert(date_of_day(2027, 0).error() == failure{errc::not_a_date});
static_assert(date_of_day(2028, 367).error() == failure{errc::not_a_date});
static_assert(date_of_day(10'000, 1).error() == failure{errc::not_a_date});
static_assert(date_of_day(-1, 1).error() == failure{errc::not_a_date});

static_assert(date_of(iso_week{2026, 53}) == on(2026, 12, 28));
static_assert(date_of(iso_week{2026, 53}, std::chrono::Sunday) == on(2027, 1, 3));
static_assert(date_of(iso_week{2026, 53}, std::chrono::weekday{7}) == on(2027, 1, 3));
static_assert(date_of(iso_week{2015, 1}) == on(2014, 12, 29));
static_assert(date_of(iso_week{2027, 53}).error() == failure{errc::not_a_date});
static_assert(date_of(iso_week{2027, 0}).error() == failure{errc::not_a_date});
static_assert(date_of(iso_week{2026, 54}).error() == failure{errc::not_a_date});
static_assert(date_of(iso_week{2026, 1}, std::chrono::weekday{8}).error() == failure{errc::not_a_date});
static_assert(date_of(iso_week{9999, 52}, std::chrono::Friday) == on(9999, 12, 31));
static_assert(date_of(iso_week{9999, 52}, std::chrono::Saturday).error() == failure{errc::not_a_date});
static_assert(date_of(iso_week{0, 1}) == on(0, 1, 3));
static_assert(date_of(iso_week{-1, 52}).error() == failure{errc::not_a_date});
static_assert(date_of(iso_week{10'000, 1}).error() == failure{errc::not_a_date});

TEST_CASE("a date is read", "[calendar]") {
  CHECK(parse_date("2027-01-31") == on(2027, 1, 31));
  CHECK(parse_date("2000-02-29") == on(2000, 2, 29));
  for (const auto& bad : bad_dates) {
    CAPTURE(bad.text);
    CHECK(is_refused_there(bad));
  }
}

TEST_CASE("a date is appended", "[calendar]") {
  CHECK(text_of(on(2027, 1, 31)) == "due 2027-01-31");
  CHECK(text_of(on(7, 10, 5)) == "due 0007-10-05");
  CHECK(round_trip(on(9999, 12, 31)));
}

TEST_CASE("the week belongs to the year of its Thursday", "[calendar]") {
  for (const auto& known : weeks) {
    CAPTURE(known.text);
    CHECK(iso_week_of(*parse_date(known.text)) == known.week);
  }
}

TEST_CASE("days of the year are counted", "[calendar]") {
  for (const auto& known : ordinals) {
    CAPTURE(known.text);
    CHECK(day_of_year(*parse_date(known.text)) == known.day);
  }
}

// The calendar repeats after four centuries. Counts day by day, without the arithmetic of the library.
TEST_CASE("every day of four centuries has the week and the day of the year that counting gives", "[calendar]") {
  using namespace std::chrono;
  int of_week = 6;  // 2000-01-01 was a Saturday, of week 1999-W52
  int ordinal = 1;
  iso_week week{1999, 52};
  const auto days_in = [](int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365; };
  int wrong = 0;
  for (sys_days at = on(2000, 1, 1), end = on(2400, 1, 1); at < end; at += days{1}) {
    const date today{at};
    if (day_of_year(today) != ordinal || iso_week_of(today) != week || parse_date(text_of(today).substr(4)) != today)
      ++wrong;
    const int year = static_cast<int>(today.year());
    if (iso_weekday_of(today) != of_week || date_of_day(year, ordinal) != today ||
        days_in_year(year) != days_in(year) || date_of(week, weekday{static_cast<unsigned>(of_week)}) != today ||
        weeks_in_year(week.year) < week.week)
      ++wrong;
    const bool new_years_eve = ordinal == days_in(year);
    if (of_week == 7) {
      // the next week is the first one if its Thursday, four days ahead, is the first Thursday of its year
      const int thursday = ordinal + 4;
      const int in_year = thursday > days_in(year) ? thursday - days_in(year) : thursday;
      const int of_year = thursday > days_in(year) ? year + 1 : year;
      week = in_year <= 7 ? iso_week{of_year, 1} : iso_week{week.year, week.week + 1};
    }
    of_week = of_week % 7 + 1;
    ordinal = new_years_eve ? 1 : ordinal + 1;
  }
  CHECK(wrong == 0);
}
