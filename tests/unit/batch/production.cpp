#include <tallymark/batch/production.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark;

namespace {

constexpr production both{.shifts = {{{{6, 0, "E"}, {18, 0, "N"}}}}, .life = {.months = 18}};
template <production Rules>
constexpr bool keeps = Rules.keeps();

}  // namespace

static_assert(both.ok() && keeps<both>);
static_assert(production{}.ok() && !keeps<production{}>);
static_assert(production{.life = {.days = 1}}.ok());
static_assert(!production{.life = {.days = -1}}.ok());
static_assert(!production{.shifts = {{{{25, 0, "E"}}}}}.ok());

TEST_CASE("production rules can be compared", "[batch]") {
  CHECK(both == both);
  CHECK(both != production{});
}
