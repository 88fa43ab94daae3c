#include <tallymark/batch/julian_batch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include <tallymark/policy/traits.hpp>

#include "support/compile_time.hpp"

using namespace tallymark;
using enum julian_format;

namespace {

constexpr date on(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}
template <julian_format Format>
using batch = julian_batch<Format, fixed_clock>;

template <julian_format Format>
constexpr std::string code_on(date day) {
  std::string code;
  const auto formatted = batch<Format>{{midnight(day)}}.format(code);
  if (!formatted) code = message(formatted.error().code);
  return code;
}

template <julian_format Format>
constexpr bool both_ways(std::string_view code, date day) {
  return code_on<Format>(day) == code;
}
constexpr failure not_a_date(std::size_t at, std::size_t length) {
  return result<void>(fail(errc::not_a_date, at, length)).error();
}
constexpr failure not_a_batch(std::size_t at, std::size_t length) {
  return result<void>(fail(errc::not_a_batch, at, length)).error();
}

}  // namespace

static_assert(batch_policy_for<julian_batch<yddd>, no_record>);

// published codes
static_assert(batch<yyddd>::day_of("99001", on(1999, 12, 31)) == on(1999, 1, 1));
static_assert(batch<dddy>::day_of("0404", on(2004, 12, 31)) == on(2004, 2, 9));
static_assert(batch<yddd>::day_of("6099", on(2026, 4, 9)) == on(2026, 4, 9));
static_assert(batch<cyyddd>::day_of("121134", on(2026, 1, 1)) == on(2021, 5, 14));
static_assert(batch<yddd>::day_of("0195", on(2001, 1, 1)) == on(2000, 7, 13));  // published as July 14
STATIC_CHECK_WITH_STRING(both_ways<yyddd>("99001", on(1999, 1, 1)) && both_ways<dddy>("0404", on(2004, 2, 9)) &&
                         both_ways<yddd>("6099", on(2026, 4, 9)) && both_ways<cyyddd>("121134", on(2021, 5, 14)));

// the same digits, another day
static_assert(batch<yddd>::day_of("0404", on(2026, 11, 23)).error() == not_a_date(1, 3));
static_assert(batch<yddd>::day_of("0123", on(2026, 11, 23)) == on(2020, 5, 2));
static_assert(batch<dddy>::day_of("0123", on(2026, 11, 23)) == on(2023, 1, 12));
static_assert(batch<dddyy>::day_of("04004", on(2026, 11, 23)) == on(2004, 2, 9));

// the latest year in which the day is not after the reference
static_assert(batch<yddd>::day_of("6326", on(2026, 11, 22)) == on(2026, 11, 22));
static_assert(batch<yddd>::day_of("6327", on(2026, 11, 22)) == on(2016, 11, 22));
static_assert(batch<yddd>::day_of("7001", on(2026, 12, 31)) == on(2017, 1, 1));
static_assert(batch<yddd>::day_of("7001", on(2027, 1, 1)) == on(2027, 1, 1));
static_assert(batch<yyddd>::day_of("27001", on(2026, 12, 31)) == on(1927, 1, 1));
static_assert(batch<yyddd>::day_of("27001", on(2027, 1, 1)) == on(2027, 1, 1));
static_assert(batch<cyyddd>::day_of("127001", on(2026, 12, 31)) ==
              on(2027, 1, 1));  // a complete year: nothing to guess
static_assert(batch<cyyddd>::day_of("000001", on(2026, 12, 31)) == on(1900, 1, 1));

// days that do not exist in their year
static_assert(batch<yddd>::day_of("5366", on(2026, 11, 23)).error() == not_a_date(1, 3));
static_assert(batch<yddd>::day_of("4366", on(2026, 11, 23)) == on(2024, 12, 31));
static_assert(batch<yyddd>::day_of("00366", on(2026, 11, 23)) == on(2000, 12, 31));
static_assert(batch<yyddd>::day_of("25366", on(2026, 11, 23)).error() == not_a_date(2, 3));
static_assert(batch<cyyddd>::day_of("000366", on(2026, 11, 23)).error() == not_a_date(3, 3));  // 1900 was no leap year
static_assert(batch<dddy>::day_of("3665", on(2026, 11, 23)).error() == not_a_date(0, 3));
static_assert(batch<dddyy>::day_of("36625", on(2026, 11, 23)).error() == not_a_date(0, 3));
static_assert(batch<yddd>::day_of("6000", on(2026, 11, 23)).error() == not_a_date(1, 3));
static_assert(batch<yddd>::day_of("6367", on(2026, 11, 23)).error() == not_a_date(1, 3));
static_assert(batch<yddd>::day_of("4001", on(3, 1, 1)).error() ==
              not_a_date(0, 1));  // no such year before the reference

// texts that are not such codes
static_assert(batch<yddd>::day_of("", on(2026, 11, 23)).error() == failure{errc::empty_text});
static_assert(batch<yddd>::day_of("609", on(2026, 11, 23)).error() == not_a_batch(3, 0));
static_assert(batch<yddd>::day_of("60999", on(2026, 11, 23)).error() == not_a_batch(4, 1));
static_assert(batch<yddd>::day_of("6A99", on(2026, 11, 23)).error() == not_a_batch(1, 1));
static_assert(batch<yddd>::day_of(" 6099 ", on(2026, 11, 23)) == on(2026, 4, 9));
static_assert(batch<yddd>::day_of(" 6A99 ", on(2026, 11, 23)).error() == not_a_batch(2, 1));

TEST_CASE("published day codes are written and read", "[batch]") {
  CHECK(code_on<yyddd>(on(1999, 1, 1)) == "99001");
  CHECK(code_on<dddy>(on(2004, 2, 9)) == "0404");
  CHECK(code_on<yddd>(on(2026, 4, 9)) == "6099");
  CHECK(code_on<cyyddd>(on(2021, 5, 14)) == "121134");
  CHECK(code_on<dddyy>(on(2004, 2, 9)) == "04004");
  CHECK(code_on<yddd>(on(2000, 7, 13)) == "0195");
  CHECK(code_on<yddd>(on(2000, 7, 14)) == "0196");
  CHECK(batch<yyddd>::day_of("99001", on(1999, 12, 31)) == on(1999, 1, 1));
  CHECK(batch<dddy>::day_of("0404", on(2004, 12, 31)) == on(2004, 2, 9));
  CHECK(batch<yddd>::day_of("0195", on(2001, 1, 1)) == on(2000, 7, 13));
  CHECK(batch<yddd>::day_of("5366", on(2026, 11, 23)).error() == not_a_date(1, 3));
}

TEST_CASE("a century of one digit is 1900 to 2899", "[batch]") {
  CHECK(code_on<cyyddd>(on(1900, 1, 1)) == "000001");
  CHECK(code_on<cyyddd>(on(2899, 12, 31)) == "999365");
  CHECK(code_on<cyyddd>(on(1899, 12, 31)) == message(errc::not_a_date));
  CHECK(code_on<cyyddd>(on(2900, 1, 1)) == message(errc::not_a_date));
  std::string code = "before";
  CHECK(batch<cyyddd>{{{1899, 1, 1}}}.format(code).error() == not_a_date(0, 9));
  CHECK(code == "before");
}

TEST_CASE("with shifts, the code is that of the working day", "[batch]") {
  constexpr production plant{.shifts = {{{{6, 0, "D"}}}}};
  std::string code;
  CHECK(julian_batch<yyddd, fixed_clock, plant>{{{2027, 1, 1, 5, 59}}}.format(code));
  CHECK(julian_batch<yyddd, fixed_clock, plant>{{{2027, 1, 1, 6, 0}}}.format(code));
  CHECK(code == "2636527001");
}
