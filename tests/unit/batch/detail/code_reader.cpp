#include <tallymark/batch/detail/code_reader.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

using namespace tallymark;
using detail::batch_piece_end;
using detail::calendar_field;
using detail::code_reader;
using enum detail::batch_piece_end::kind;

namespace {

constexpr result<std::uint64_t> number(std::string_view text, batch_piece_end end) {
  return code_reader(text).number(end);
}
constexpr failure failed(errc code, std::size_t at, std::size_t size) {
  return result<void>(fail(code, at, size)).error();
}

}  // namespace

static_assert(number("0042x", {length, 4}) == 42U && number("42x", {digits, 0}) == 42U &&
              number("0", {digits, 0}) == 0U);
static_assert(number("042", {digits, 0}).error() == failed(errc::not_canonical, 0, 3));
static_assert(number("42", {length, 3}).error() == failed(errc::not_a_batch, 2, 0));
static_assert(number("4x2", {length, 3}).error() == failed(errc::not_a_batch, 1, 1));
static_assert(number("", {digits, 0}).error() == failed(errc::not_a_batch, 0, 0));
static_assert(number("99999999999999999999", {digits, 0}).error() == failed(errc::too_large, 0, 20));

TEST_CASE("a reader continues where it stopped", "[batch]") {
  code_reader code("ab12-7xyz");
  CHECK(code.literal("ab"));
  CHECK(code.number({length, 2}).value() == 12);
  CHECK(code.integer() == "-7");
  CHECK(code.rest(1).value() == "xy");
  CHECK(code.literal("a").error() == failed(errc::not_a_batch, 8, 1));
  CHECK(code.rest(2).error() == failed(errc::not_a_batch, 9, 0));
}

namespace {

constexpr date on(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}
constexpr auto days(std::initializer_list<std::pair<calendar_field, int>> numbers, date latest = on(2026, 11, 23)) {
  detail::calendar_numbers read;
  for (const auto& [field, value] : numbers) read.set(field, value);
  const auto found = detail::day_finder(read, latest).find();
  struct {
    std::optional<date_span> span;
    calendar_field wrong;
  } const answer{found ? *found : std::nullopt, found ? calendar_field::none : found.error()};
  return answer;
}
constexpr std::optional<date_span> day(int year, unsigned month, unsigned of_month) {
  return date_span{on(year, month, of_month), on(year, month, of_month)};
}

}  // namespace

static_assert(days({}).span == std::optional<date_span>{} &&
              days({{calendar_field::month, 2}}).span == std::optional<date_span>{});
static_assert(days({{calendar_field::y, 6}, {calendar_field::month, 2}, {calendar_field::day, 29}}, on(2026, 2, 28))
                  .span == day(2016, 2, 29));
static_assert(days({{calendar_field::y, 6}, {calendar_field::month, 2}, {calendar_field::day, 29}}, on(2026, 3, 1))
                  .wrong == calendar_field::day);
static_assert(days({{calendar_field::y, 6}, {calendar_field::day_of_year, 366}}, on(2026, 12, 30)).span ==
              day(2016, 12, 31));
static_assert(days({{calendar_field::y, 6}, {calendar_field::day_of_year, 366}}, on(2027, 1, 1)).wrong ==
              calendar_field::day_of_year);
static_assert(days({{calendar_field::yy, 99}}, on(50, 1, 1)).wrong == calendar_field::yy);
static_assert(days({{calendar_field::iso_y, 9}, {calendar_field::iso_week, 1}}, on(0, 1, 1)).wrong ==
              calendar_field::iso_y);
static_assert(days({{calendar_field::iso_year, 9999}, {calendar_field::iso_week, 52}}).span ==
              std::optional(date_span{on(9999, 12, 27), on(9999, 12, 31)}));
static_assert(days({{calendar_field::year, 2026}, {calendar_field::yy, 27}}).wrong == calendar_field::yy);
static_assert(days({{calendar_field::year, 2026}, {calendar_field::century, 2}}).wrong == calendar_field::century);

TEST_CASE("a day is found from any sufficient fields", "[batch]") {
  const date latest = on(2026, 11, 23);
  int wrong = 0;
  for (std::chrono::sys_days at = on(2016, 11, 24); at <= std::chrono::sys_days{latest}; at += std::chrono::days{1}) {
    const detail::calendar_day of{date{at}};
    const auto value = [&](calendar_field field) { return std::pair(field, of.value(field)); };
    const std::optional<date_span> single_day = date_span{of.day, of.day};
    if (days({value(calendar_field::y), value(calendar_field::day_of_year)}, latest).span != single_day) ++wrong;
    if (days({value(calendar_field::y), value(calendar_field::month), value(calendar_field::day)}, latest).span !=
        single_day)
      ++wrong;
    if (days({value(calendar_field::year), value(calendar_field::iso_year), value(calendar_field::iso_week),
              value(calendar_field::weekday)})
            .span != single_day)
      ++wrong;
  }
  CHECK(wrong == 0);
}
