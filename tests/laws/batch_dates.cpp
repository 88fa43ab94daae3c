// Every day from 1970 to 2100, written by every date policy of the library and read back.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>

#include <tallymark/batch/iso_week_batch.hpp>
#include <tallymark/batch/julian_batch.hpp>
#include <tallymark/batch/pattern_batch.hpp>

using namespace tallymark;

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr production plant{.shifts = {{{{6, 0, "E"}, {14, 0, "L"}, {22, 0, "N"}}}}, .life = {.months = 18, .days = 2}};

constexpr sys_days first_day = std::chrono::year{1970} / 1 / 1, last_day = std::chrono::year{2100} / 12 / 31;
// A code means its day, when read on that day and until shortly before the same digits recur, `period` years later.
template <template <class> class Policy>
int misread_days(int period, bool whole_days) {
  int misread = 0;
  for (sys_days day_point = first_day; day_point <= last_day; day_point += days{1}) {
    const date day{day_point};
    Policy<fixed_clock> policy{{midnight(day)}};
    policy.clock.time.hour = 12;
    std::string code;
    if (!policy.format(code)) ++misread;
    for (const date latest : {day, date{day_point + days{1}}, date{day_point + days{period * 364 - 7}}}) {
      const auto read = policy.parse(code, latest);
      if (!read || !read->made || read->made->first > day || day > read->made->last ||
          (whole_days && read->made->first != read->made->last))
        ++misread;
    }
  }
  return misread;
}

template <class Clock>
using yddd = julian_batch<julian_format::yddd, Clock>;
template <class Clock>
using yyddd = julian_batch<julian_format::yyddd, Clock, plant>;
template <class Clock>
using cyyddd = julian_batch<julian_format::cyyddd, Clock>;
template <class Clock>
using dddy = julian_batch<julian_format::dddy, Clock>;
template <class Clock>
using dddyy = julian_batch<julian_format::dddyy, Clock>;
template <class Clock>
using extended = iso_week_batch<iso_week_format::extended, Clock>;
template <class Clock>
using basic_day = iso_week_batch<iso_week_format::basic_day, Clock>;
template <class Clock>
using yyww = iso_week_batch<iso_week_format::yyww, Clock>;
template <class Clock>
using yywwd = iso_week_batch<iso_week_format::yywwd, Clock>;
template <class Clock>
using yww = iso_week_batch<iso_week_format::yww, Clock>;
template <class Clock>
using ywwd = iso_week_batch<iso_week_format::ywwd, Clock>;
template <class Clock>
using ymmdd = pattern_batch<"{y}{month:02}{day:02}", Clock>;
template <class Clock>
using best_before_too = pattern_batch<"{best_before.yy}{best_before.month:02}/{yy}{month:02}{day:02}", Clock, plant>;

}  // namespace

TEST_CASE("every day is read back from its code", "[laws][batch]") {
  CHECK(misread_days<yddd>(10, true) == 0);
  CHECK(misread_days<yyddd>(100, true) == 0);
  CHECK(misread_days<cyyddd>(0, true) == 0);
  CHECK(misread_days<dddy>(10, true) == 0);
  CHECK(misread_days<dddyy>(100, true) == 0);
  CHECK(misread_days<extended>(0, false) == 0);
  CHECK(misread_days<basic_day>(0, true) == 0);
  CHECK(misread_days<yyww>(100, false) == 0);
  CHECK(misread_days<yywwd>(100, true) == 0);
  CHECK(misread_days<yww>(10, false) == 0);
  CHECK(misread_days<ywwd>(10, true) == 0);
  CHECK(misread_days<ymmdd>(10, true) == 0);
  CHECK(misread_days<best_before_too>(100, true) == 0);
}

// Reading is the inverse of writing: no other text means the same day.
TEST_CASE("a code that is read is the code of the day that it means", "[laws][batch]") {
  const auto check = []<class Policy>(const Policy&, std::string_view symbols, std::size_t longest) {
    REQUIRE(rc::check([&] {
      std::string text;
      for (auto n = *rc::gen::inRange<std::size_t>(0, longest + 2); n > 0; --n)
        text += symbols[*rc::gen::inRange<std::size_t>(0, symbols.size())];
      const date latest{last_day - days{*rc::gen::inRange(0, 40'000)}};
      const auto read = Policy::parse(text, latest);
      if (!read) {
        RC_ASSERT(read.error().at + read.error().length <= text.size());
        return;
      }
      std::string code;
      RC_ASSERT(Policy{{midnight(read->made->first)}}.format(code).has_value());
      RC_ASSERT(code == text);
    }));
  };
  check(yddd<fixed_clock>{}, "0123", 4);
  check(dddyy<fixed_clock>{}, "0123", 5);
  check(ywwd<fixed_clock>{}, "012345", 4);
  check(extended<fixed_clock>{}, "0123W-", 8);
  check(ymmdd<fixed_clock>{}, "0123", 5);
}
