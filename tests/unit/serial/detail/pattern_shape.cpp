#include <tallymark/serial/detail/pattern_shape.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

using shape = pattern_shape<"{site}-{iso_year}W{iso_week}-{counter:04}/{line:02}{check:mod37_2(counter)}">;

}  // namespace

static_assert(shape::segments == 3 && shape::counter_first && shape::varying == 2 && shape::first_varying == 0);
static_assert(shape::least_from[0] == 17 && shape::most_from[0] > 100 && shape::has_members && shape::has_dates);
static_assert((*shape::read("A-2026W8-0001/07*")).piece("A-2026W8-0001/07*", shape::counter_at) == "0001");
static_assert((*shape::read("A-B-2026W18-0001/07*")).piece("A-B-2026W18-0001/07*", 0) == "A-B");
static_assert(shape::read("A-2026W8-0001/07").error() == failure{errc::check_missing, 16, 0});
static_assert(!shape::over_all && shape::over(piece_kind::counter) && !shape::over(piece_kind::member));
static_assert(pattern_shape<"A{counter:02}{check:luhn}">::over_all &&
              !pattern_shape<"A{counter:02}{check:luhn}">::check_knows_all);
static_assert(pattern_shape<"A{counter:02}-B">::segment(1, {}) == "-B");

TEST_CASE("a text is read as far as it can be", "[serial]") {
  const auto wrong_at = [](std::string_view text) { return shape::read(text).error().at; };
  CHECK(wrong_at("") == 0);
  CHECK(wrong_at("A-2026X8-0001/07*") == 6);
  CHECK(wrong_at("A-2026W8-00x1/07*") == 11);
  CHECK(wrong_at(std::string(100, '-')) > 0);  // in a time that does not explode
}
