#include <tallymark/calendar/civil_time.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/compile_time.hpp"

using namespace tallymark;

namespace {

struct good_time {
  std::string_view text;
  civil_time time;
};
constexpr std::array<good_time, 6> good_times{{
    {"2027-01-01", {2027, 1, 1}},
    {"2027-01-01T00:30", {2027, 1, 1, 0, 30}},
    {"2027-01-01T00:30:09", {2027, 1, 1, 0, 30, 9}},
    {"2028-02-29T23:59:59", {2028, 2, 29, 23, 59, 59}},
    {"0000-01-01T00:00", {0, 1, 1}},
    {"9999-12-31T23:59:59", {9999, 12, 31, 23, 59, 59}},
}};

struct bad_time {
  std::string_view text;
  failure why;
};
constexpr std::array<bad_time, 22> bad_times{{
    {"", {errc::not_a_date, 0, 0}},
    {"today", {errc::not_a_date, 0, 1}},
    {"2027-02-29T00:30", {errc::not_a_date, 8, 2}},
    {"2027-01-01 00:30", {errc::not_a_time, 10, 1}},
    {"2027-01-01t00:30", {errc::not_a_time, 10, 1}},
    {"2027-01-01T", {errc::not_a_time, 11, 0}},
    {"2027-01-01T0", {errc::not_a_time, 12, 0}},
    {"2027-01-01T00", {errc::not_a_time, 13, 0}},
    {"2027-01-01T00:", {errc::not_a_time, 14, 0}},
    {"2027-01-01T00:3", {errc::not_a_time, 15, 0}},
    {"2027-01-01T00:30:", {errc::not_a_time, 17, 0}},
    {"2027-01-01T00:30:0", {errc::not_a_time, 18, 0}},
    {"2027-01-01T24:00", {errc::not_a_time, 11, 2}},
    {"2027-01-01T00:60", {errc::not_a_time, 14, 2}},
    {"2027-01-01T00:30:60", {errc::not_a_time, 17, 2}},
    {"2027-01-01T0030", {errc::not_a_time, 13, 1}},
    {"2027-01-01T00.30", {errc::not_a_time, 13, 1}},
    {"2027-01-01T-1:30", {errc::not_a_time, 11, 1}},
    {"2027-01-01T00:30Z", {errc::not_a_time, 16, 1}},
    {"2027-01-01T00:30+01:00", {errc::not_a_time, 16, 1}},
    {"2027-01-01T00:30:00.5", {errc::not_a_time, 19, 2}},
    {"2027-01-01T00:30:00 ", {errc::not_a_time, 19, 1}},
}};

constexpr bool is_read(const good_time& good) { return civil_time::parse(good.text) == good.time && good.time.ok(); }
constexpr bool is_refused(const bad_time& bad) {
  const auto parsed = civil_time::parse(bad.text);
  return !parsed && parsed.error() == bad.why;
}
constexpr std::string text_of(const civil_time& time) {
  std::string out;
  append_time(out, time);
  return out;
}

}  // namespace

static_assert(std::is_aggregate_v<civil_time> && std::is_trivially_copyable_v<civil_time>);
static_assert(std::all_of(good_times.begin(), good_times.end(), is_read));
static_assert(std::all_of(bad_times.begin(), bad_times.end(), is_refused));
static_assert(civil_time{2027, 1, 1, 0, 30} < civil_time{2027, 1, 1, 1});
static_assert(civil_time{} == midnight(date_of(civil_time{1970, 1, 1, 12})));
static_assert(civil_time{2028, 2, 29}.ok() && !civil_time{2027, 2, 29}.ok());
static_assert(!civil_time{-1, 1, 1}.ok() && !civil_time{10'000, 1, 1}.ok() && !civil_time{2027, 0, 1}.ok());
static_assert(!civil_time{2027, 13, 1}.ok() && !civil_time{2027, 1, 0}.ok() && !civil_time{2027, 257, 1}.ok());
static_assert(!civil_time{2027, 1, 1, 24}.ok() && !civil_time{2027, 1, 1, 0, 60}.ok() &&
              !civil_time{2027, 1, 1, 0, 0, -1}.ok());
STATIC_CHECK_WITH_STRING(text_of({2027, 1, 2, 3, 4, 5}) == "2027-01-02T03:04:05");

TEST_CASE("a time is read", "[calendar]") {
  for (const auto& good : good_times) {
    CAPTURE(good.text);
    CHECK(is_read(good));
  }
  for (const auto& bad : bad_times) {
    CAPTURE(bad.text);
    CHECK(is_refused(bad));
  }
}

TEST_CASE("a time is appended, and reads back equal", "[calendar]") {
  CHECK(text_of({2027, 1, 2, 3, 4, 5}) == "2027-01-02T03:04:05");
  for (const auto& good : good_times) CHECK(civil_time::parse(text_of(good.time)) == good.time);
}
