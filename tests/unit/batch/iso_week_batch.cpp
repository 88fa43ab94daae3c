#include <tallymark/batch/iso_week_batch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include <tallymark/policy/traits.hpp>

#include "support/compile_time.hpp"

using namespace tallymark;
using enum iso_week_format;

namespace {

constexpr date on(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}
template <iso_week_format Format = extended>
using batch = iso_week_batch<Format, fixed_clock>;

template <iso_week_format Format = extended>
constexpr std::string code_on(date day) {
  std::string code;
  static_cast<void>(batch<Format>{{midnight(day)}}.format(code));
  return code;
}
constexpr failure not_a_date(std::size_t at, std::size_t length) {
  return result<void>(fail(errc::not_a_date, at, length)).error();
}

// published in the documentation of IBM Db2, PostgreSQL, Vertica and others
struct week_of {
  date day;
  std::string_view code;
};
constexpr std::array<week_of, 13> published{{{on(1997, 12, 28), "1997-W52"},
                                             {on(1997, 12, 31), "1998-W01"},
                                             {on(1998, 1, 1), "1998-W01"},
                                             {on(1999, 1, 1), "1998-W53"},
                                             {on(1999, 1, 4), "1999-W01"},
                                             {on(2000, 1, 1), "1999-W52"},
                                             {on(2005, 1, 1), "2004-W53"},
                                             {on(2006, 1, 1), "2005-W52"},
                                             {on(2012, 12, 31), "2013-W01"},
                                             {on(2014, 12, 29), "2015-W01"},
                                             {on(2016, 1, 3), "2015-W53"},
                                             {on(2016, 1, 4), "2016-W01"},
                                             {on(2011, 1, 1), "2010-W52"}}};
constexpr bool holds(const week_of& known) {
  const auto read = batch<>::parse(known.code, on(2026, 11, 23));
  return read && (*(*read).made).first <= known.day && known.day <= (*(*read).made).last;
}
constexpr bool all_hold() {
  for (const week_of& known : published)
    if (!holds(known)) return false;
  return true;
}

}  // namespace

static_assert(batch_policy_for<iso_week_batch<>, no_record>);
static_assert(all_hold());
STATIC_CHECK_WITH_STRING(code_on(on(2027, 1, 1)) == "2026-W53");

static_assert((*batch<>::parse("2026-W53", on(2026, 1, 1))).made == date_span{on(2026, 12, 28), on(2027, 1, 3)});
static_assert(batch<>::day_of("2026-W53", on(2026, 1, 1)) == on(2026, 12, 28));
static_assert(batch<basic_day>::day_of("2026W535", on(2026, 1, 1)) == on(2027, 1, 1));
// the latest year in which the week has begun by the reference, or the day is not after it
static_assert(batch<yyww>::day_of("2653", on(2026, 12, 28)) == on(2026, 12, 28));
static_assert(batch<yyww>::day_of("2652", on(2026, 12, 27)) == on(2026, 12, 21));
static_assert(batch<yyww>::day_of("2653", on(2026, 12, 27)).error() == not_a_date(2, 2));  // 1926 had 52 weeks
static_assert(batch<yww>::day_of("548", on(2026, 11, 23)) == on(2025, 11, 24));
static_assert(batch<yww>::day_of("648", on(2026, 11, 22)) == on(2016, 11, 28));
static_assert(batch<yww>::day_of("648", on(2026, 11, 23)) == on(2026, 11, 23));
static_assert(batch<ywwd>::day_of("6482", on(2026, 11, 23)) == on(2016, 11, 29));
static_assert(batch<ywwd>::day_of("6482", on(2026, 11, 24)) == on(2026, 11, 24));
// around New Year, the year is that of the week
static_assert(batch<yywwd>::day_of("26535", on(2027, 1, 1)) == on(2027, 1, 1));
static_assert(batch<yywwd>::day_of("26536", on(2027, 1, 1)).error() == not_a_date(2, 2));
static_assert(batch<yww>::day_of("501", on(2014, 12, 29)) == on(2014, 12, 29));
static_assert(batch<yww>::day_of("501", on(2014, 12, 28)) == on(2005, 1, 3));

static_assert(batch<>::day_of("2027-W53", on(2030, 1, 1)).error() == not_a_date(6, 2));
static_assert(batch<>::day_of("2027-W00", on(2030, 1, 1)).error() == not_a_date(6, 2));
static_assert(batch<>::day_of("2027-W54", on(2030, 1, 1)).error() == not_a_date(6, 2));
static_assert(batch<extended_day>::day_of("2027-W52-8", on(2030, 1, 1)).error() == not_a_date(9, 1));
static_assert(batch<extended_day>::day_of("2027-W52-0", on(2030, 1, 1)).error() == not_a_date(9, 1));
static_assert(batch<>::day_of("2027W52", on(2030, 1, 1)).error() == failure{errc::not_a_batch, 4, 1});
static_assert(batch<>::day_of("2027-w52", on(2030, 1, 1)).error() == failure{errc::not_a_batch, 5, 1});
static_assert(batch<>::day_of("2027-W5", on(2030, 1, 1)).error() == failure{errc::not_a_batch, 7, 0});

TEST_CASE("published weeks are written and read", "[batch]") {
  for (const week_of& known : published) {
    CAPTURE(known.code);
    CHECK(code_on(known.day) == known.code);
    CHECK(holds(known));
  }
}

TEST_CASE("all spellings of a week", "[batch]") {
  constexpr date day = on(2027, 1, 1);
  CHECK(code_on<extended>(day) == "2026-W53");
  CHECK(code_on<extended_day>(day) == "2026-W53-5");
  CHECK(code_on<basic>(day) == "2026W53");
  CHECK(code_on<basic_day>(day) == "2026W535");
  CHECK(code_on<yyww>(day) == "2653");
  CHECK(code_on<yywwd>(day) == "26535");
  CHECK(code_on<yww>(day) == "653");
  CHECK(code_on<ywwd>(day) == "6535");
  CHECK(code_on<yyww>(on(2000, 1, 1)) == "9952");
  CHECK(code_on<ywwd>(on(2000, 1, 3)) == "0011");
}
