#include <tallymark/batch/detail/batch_field.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>

using namespace tallymark;
using detail::batch_field;

namespace {

constexpr bool mixes(std::initializer_list<batch_field> fields) {
  detail::batch_field_set set;
  for (const auto field : fields) set.add(field);
  return set.mixes_years();
}

constexpr bool table_is_in_order() {
  for (std::size_t i = 0; i < detail::batch_fields.size(); ++i)
    if (static_cast<std::size_t>(detail::batch_fields[i].field) != i + 1) return false;
  return true;
}

struct numbered {
  std::string code = "<";
  result<void> done{};
};
numbered number(std::string_view rest, std::size_t width, batch_counters& counters) {
  numbered made;
  made.done = detail::append_numbered(made.code, rest, width, counters);
  return made;
}

using namespace std::string_view_literals;

}  // namespace

static_assert(table_is_in_order());
static_assert(detail::batch_field_named("iso_week") == batch_field::iso_week &&
              detail::batch_field_named("week") == batch_field::none);
static_assert(detail::batch_field_named("") == batch_field::none &&
              detail::batch_field_named("Year") == batch_field::none);
static_assert(detail::most_digits(batch_field::none) == 0 && detail::most_digits(batch_field::sequence) == 20);

static_assert(!mixes({}) &&
              !mixes({batch_field::year, batch_field::month, batch_field::day, batch_field::day_of_year}));
static_assert(!mixes({batch_field::iso_year, batch_field::iso_week, batch_field::hour, batch_field::sequence}));
static_assert(!mixes({batch_field::iso_week}) && !mixes({batch_field::iso_week, batch_field::month}) &&
              !mixes({batch_field::iso_year}));
static_assert(mixes({batch_field::year, batch_field::iso_week}) && mixes({batch_field::iso_year, batch_field::month}));
static_assert(mixes({batch_field::iso_year, batch_field::iso_week, batch_field::day}) &&
              mixes({batch_field::iso_year, batch_field::day_of_year}));
static_assert(!mixes({batch_field::year, batch_field::iso_year, batch_field::iso_week, batch_field::month}));

static_assert(detail::batch_moment({2027, 1, 1, 0, 30}).value({batch_field::iso_year}) == 2026);
static_assert(detail::batch_moment({2027, 1, 1, 0, 30}).value({batch_field::iso_week}) == 53);
static_assert(detail::batch_moment({2027, 12, 31, 0, 30}).value({batch_field::day_of_year}) == 365);
static_assert(detail::batch_moment({2027, 12, 31, 0, 30}).value({batch_field::minute}) == 30);

TEST_CASE("a sequence is counted for each rest, and stands where it is marked", "[batch]") {
  batch_counters counters;
  CHECK(number("A-\0/B"sv, 3, counters).code == "<A-001/B");
  CHECK(number("A-\0/B"sv, 3, counters).code == "<A-002/B");
  CHECK(number("A-/\0B"sv, 3, counters).code == "<A-/001B");  // another rest, though the text around is the same
  CHECK(number("\0"sv, 0, counters).code == "<1");
}

TEST_CASE("a width is the end of a sequence", "[batch]") {
  batch_counters counters;
  for (int i = 0; i < 9; ++i) CHECK(number("\0"sv, 1, counters).done.has_value());
  const auto tenth = number("\0"sv, 1, counters);
  CHECK(tenth.done.error().code == errc::sequence_exhausted);
  CHECK(tenth.code == "<");
  CHECK(number("\0"sv, 0, counters).code == "<11");  // without a width it goes on
}

TEST_CASE("a code with a sequence has at most 100 bytes", "[batch]") {
  batch_counters counters;
  const std::string rest = std::string(98, 'x') + '\0';
  CHECK(number(rest, 2, counters).code.size() == 101);
  CHECK(number(rest, 3, counters).done.error().code == errc::text_too_long);
  CHECK(counters.take(rest) == 2);  // the one that was too long took no number
  for (int i = 3; i <= 99; ++i) CHECK(number(rest, 0, counters).done.has_value());
  CHECK(number(rest, 0, counters).done.error().code == errc::text_too_long);
  CHECK(number(std::string(101, 'x') + '\0', 0, counters).done.error().code == errc::text_too_long);
}

namespace {

constexpr production plant{.shifts = {{{{6, 0, "E"}}}}, .life = {.days = 1}};
constexpr auto meaning = detail::batch_name_of;
using detail::batch_name;

}  // namespace

static_assert(meaning("yy", {}) == batch_name{batch_field::yy} && meaning("Yy", plant) == batch_name{});
static_assert(meaning("shift", {}) == batch_name{} && meaning("shift", plant) == batch_name{batch_field::shift});
static_assert(meaning("best_before.yy", {}) == batch_name{} &&
              meaning("best_before.yy", plant) == batch_name{batch_field::yy, true});
static_assert(meaning("best_before", plant) == batch_name{batch_field::date, true});
static_assert(meaning("best_before.shift", plant) == batch_name{} && meaning("best_before.", plant) == batch_name{} &&
              meaning("best_before.sequence", plant) == batch_name{} &&
              meaning("best_beforeyy", plant) == batch_name{} && meaning("best_before.hour", plant) == batch_name{});
static_assert(mixes({batch_field::yy, batch_field::iso_week}) && mixes({batch_field::iso_y, batch_field::day}) &&
              mixes({batch_field::y, batch_field::iso_week}) && mixes({batch_field::iso_yy, batch_field::day_of_year}));
static_assert(!mixes({batch_field::yy, batch_field::weekday, batch_field::day}) &&
              !mixes({batch_field::century, batch_field::iso_week}));
static_assert(detail::batch_day(date{std::chrono::year{-5} / 1 / 1}).value(batch_field::yy) == 95);

TEST_CASE("days and weeks have keys of their own", "[batch]") {
  const detail::batch_moment moment({2027, 1, 1, 0, 30}, plant);
  CHECK(detail::sequence_key(batch_field::sequence, moment, "A\0"sv).text() == "A\0"sv);
  CHECK(detail::sequence_key(batch_field::day_sequence, moment, "A\0"sv).text() == "\0\0002026-12-31"sv);
  CHECK(detail::sequence_key(batch_field::week_sequence, moment, "A\0"sv).text() == "\0\0002026W53"sv);
}
