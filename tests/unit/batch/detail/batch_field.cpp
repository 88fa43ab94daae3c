#include <tallymark/batch/detail/batch_field.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace tallymark;
using detail::calendar_field;
using detail::piece_kind;

namespace {

struct numbered {
  std::string code = "<";
  result<void> outcome{};
};
numbered number(std::string_view rest, std::size_t width, batch_counters& counters) {
  numbered answer;
  answer.outcome = detail::append_numbered(answer.code, rest, width, counters);
  return answer;
}

using namespace std::string_view_literals;

}  // namespace

static_assert(detail::batch_moment({2027, 1, 1, 0, 30}).value({piece_kind::calendar, calendar_field::iso_year}) ==
              2026);
static_assert(detail::batch_moment({2027, 1, 1, 0, 30}).value({piece_kind::calendar, calendar_field::iso_week}) == 53);
static_assert(detail::batch_moment({2027, 12, 31, 0, 30}).value({piece_kind::calendar, calendar_field::day_of_year}) ==
              365);
static_assert(detail::batch_moment({2027, 12, 31, 0, 30}).value({piece_kind::calendar, calendar_field::minute}) == 30);

TEST_CASE("a sequence is counted for each rest, and written at its mark", "[batch]") {
  batch_counters counters;
  CHECK(number("A-\0/B"sv, 3, counters).code == "<A-001/B");
  CHECK(number("A-\0/B"sv, 3, counters).code == "<A-002/B");
  CHECK(number("A-/\0B"sv, 3, counters).code == "<A-/001B");  // another rest, although the text is the same
  CHECK(number("\0"sv, 0, counters).code == "<1");
}

TEST_CASE("a width limits a sequence", "[batch]") {
  batch_counters counters;
  for (int i = 0; i < 9; ++i) CHECK(number("\0"sv, 1, counters).outcome.has_value());
  const auto tenth = number("\0"sv, 1, counters);
  CHECK(tenth.outcome.error().code == errc::sequence_exhausted);
  CHECK(tenth.code == "<");
  CHECK(number("\0"sv, 0, counters).code == "<11");  // without a width it is not limited
}

TEST_CASE("a code with a sequence has at most 100 bytes", "[batch]") {
  batch_counters counters;
  const std::string rest = std::string(98, 'x') + '\0';
  CHECK(number(rest, 2, counters).code.size() == 101);
  CHECK(number(rest, 3, counters).outcome.error().code == errc::text_too_long);
  CHECK(counters.take(rest) == 2);  // the code that was too long used no number
  for (int i = 3; i <= 99; ++i) CHECK(number(rest, 0, counters).outcome.has_value());
  CHECK(number(rest, 0, counters).outcome.error().code == errc::text_too_long);
  CHECK(number(std::string(101, 'x') + '\0', 0, counters).outcome.error().code == errc::text_too_long);
}

namespace {

constexpr production plant{.shifts = {{{{6, 0, "E"}}}}, .life = {.days = 1}};
using detail::batch_name;
constexpr batch_name meaning(std::string_view name, const production& rules) {
  return detail::batch_name_of(name, rules);
}
constexpr batch_name of_calendar(calendar_field field, bool best_before = false) {
  return {piece_kind::calendar, field, best_before};
}

}  // namespace

static_assert(meaning("yy", {}) == of_calendar(calendar_field::yy) && meaning("Yy", plant) == batch_name{});
static_assert(meaning("shift", {}) == batch_name{} && meaning("shift", plant) == batch_name{piece_kind::shift});
static_assert(meaning("best_before.yy", {}) == batch_name{} &&
              meaning("best_before.yy", plant) == of_calendar(calendar_field::yy, true));
static_assert(meaning("sequence", {}) == batch_name{piece_kind::sequence} &&
              meaning("day_sequence", {}) == batch_name{piece_kind::day_sequence} &&
              meaning("week_sequence", {}) == batch_name{piece_kind::week_sequence});
static_assert(meaning("best_before", plant) == of_calendar(calendar_field::date, true));
static_assert(meaning("best_before.shift", plant) == batch_name{} && meaning("best_before.", plant) == batch_name{} &&
              meaning("best_before.sequence", plant) == batch_name{} &&
              meaning("best_beforeyy", plant) == batch_name{} && meaning("best_before.hour", plant) == batch_name{});
TEST_CASE("days and weeks have different keys", "[batch]") {
  const detail::batch_moment moment({2027, 1, 1, 0, 30}, plant);
  CHECK(detail::sequence_key(piece_kind::sequence, moment, "A\0"sv).text() == "A\0"sv);
  CHECK(detail::sequence_key(piece_kind::day_sequence, moment, "A\0"sv).text() == "\0\0002026-12-31"sv);
  CHECK(detail::sequence_key(piece_kind::week_sequence, moment, "A\0"sv).text() == "\0\0002026W53"sv);
}
