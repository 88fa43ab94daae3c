#include <tallymark/batch/detail/batch_pattern.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>

using namespace tallymark;
using detail::calendar_field;
using detail::piece_kind;
using enum detail::pattern_mistake;

namespace {

constexpr production plant{.shifts = {{{{6, 0, "E"}}}}, .life = {.days = 1}};

constexpr detail::pattern_mistake wrong(std::string_view text, const production& with = plant) {
  return detail::parsed_batch_pattern<100>(text, with).error;
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
static_assert(wrong("{yy}{iso_week}") == week_beside_year && wrong("{iso_yy}{month}") == month_beside_iso_year);
static_assert(wrong("{yy}{best_before.iso_week}") == none &&
              wrong("{best_before.yy}{best_before.iso_week}") == week_beside_year);

TEST_CASE("a pattern is parsed into pieces", "[batch]") {
  const detail::parsed_batch_pattern<100> parsed(" a{best_before.month:02}{site} ", plant);
  REQUIRE(parsed.count == 3);
  CHECK(parsed.pieces[0].kind == piece_kind::literal);
  CHECK(detail::batch_name_of(parsed.pieces[1]) ==
        detail::batch_name{piece_kind::calendar, calendar_field::month, true});
  CHECK(parsed.pieces[1].width == 2);
  CHECK(parsed.pieces[1].at == 3);
  CHECK(parsed.pieces[2].kind == piece_kind::member);
  CHECK(parsed.fields[1].has(calendar_field::month));
  CHECK_FALSE(parsed.fields[0].has(calendar_field::month));
}

namespace {

template <fixed_string Pattern>
using shape = detail::batch_pattern<Pattern, plant>;

}  // namespace

static_assert(shape<"{date}{best_before}">::parsed.pieces[0].kind == piece_kind::member &&
              shape<"{date}{best_before}">::parsed.pieces[1].kind ==
                  piece_kind::member);  // these are fields of templates only
static_assert(shape<"{year">::count == 0 && shape<"{year}">::count == 1);
static_assert(shape<"a{year}{month}{day_of_year:05}{shift}{sequence}">::own_length == 1 + 4 + 2 + 5 + 7 + 20);
static_assert(shape<"{week_sequence}">::has_weeks && !shape<"{day_sequence}">::has_weeks &&
              shape<"{best_before.weekday}">::has_weeks);
static_assert(shape<"{day_sequence}">::has_time && shape<"{shift}">::has_time && !shape<"{sequence}-x">::has_time);
static_assert(shape<"{month:02}{day}">::can_be_read<no_record> && !shape<"{month}{day}">::can_be_read<no_record> &&
              !shape<"{month}1">::can_be_read<no_record> && shape<"{year}{y}">::can_be_read<no_record>);
