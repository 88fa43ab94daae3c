#include <tallymark/batch/detail/pattern_parser.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>

using namespace tallymark;
using detail::batch_field;
using enum detail::pattern_error;

namespace {

constexpr production plant{.shifts = {{{{6, 0, "E"}}}}, .life = {.days = 1}};

constexpr detail::pattern_error wrong(std::string_view text, const production& with = plant) {
  return detail::parsed_pattern<100>(text, with).error;
}

}  // namespace

static_assert(wrong("") == none && wrong("a{{b}}") == none && wrong(" {year} ") == none);
static_assert(wrong("{year") == unclosed && wrong("{a{year}") == unclosed && wrong("a}") == stray_brace);
static_assert(wrong("{}") == no_name && wrong("{:02}") == no_name && wrong("\xff") == bad_text);
static_assert(wrong("{month:2}") == bad_width && wrong("{month:00}") == bad_width &&
              wrong("{month:01}") == narrow_width);
static_assert(wrong("{yy:01}") == narrow_width && wrong("{yy:02}") == none && wrong("{day_sequence:01}") == none);
static_assert(wrong("{shift:07}") == text_width && wrong("{shift:07}", {}) == none);
static_assert(wrong("{sequence}{day_sequence}") == second_sequence &&
              wrong("{day_sequence}{week_sequence}") == second_sequence);
static_assert(wrong("{yy}{iso_week}") == mixed_years && wrong("{iso_yy}{month}") == mixed_years);
static_assert(wrong("{yy}{best_before.iso_week}") == none &&
              wrong("{best_before.yy}{best_before.iso_week}") == mixed_years);

TEST_CASE("a pattern is read into its pieces", "[batch]") {
  const detail::parsed_pattern<100> parsed(" a{best_before.month:02}{site} ", plant);
  REQUIRE(parsed.count == 3);
  CHECK_FALSE(parsed.pieces[0].named);
  CHECK(parsed.pieces[1].name == detail::batch_name{batch_field::month, true});
  CHECK(parsed.pieces[1].width == 2);
  CHECK(parsed.pieces[1].at == 3);
  CHECK(parsed.pieces[2].named);
  CHECK(parsed.pieces[2].name == detail::batch_name{});
  CHECK(parsed.best_before.has(batch_field::month));
  CHECK_FALSE(parsed.fields.has(batch_field::month));
}
