#include <tallymark/check/damm.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/checks.hpp"

using namespace tallymark;

namespace {

constexpr std::array<checked_text, 5> numbers{{{"5724"}, {"13"}, {"438812345679"}, {"0"}, {"5723", "4"}}};
static_assert(all_as_told<damm>(numbers));

static_assert(incremental_check<damm>);
static_assert(damm{}("57/").error() == failure{errc::not_checkable, 2, 1});

}  // namespace

TEST_CASE("damm: published values", "[check]") { CHECK(all_as_told<damm>(numbers)); }

TEST_CASE("damm: wrong digits and swapped neighbours are detected", "[check]") {
  CHECK(tells_wrong_digits<damm>());
  CHECK(missed_swaps<damm>() == 0);
  CHECK(damm{}("57/").error() == failure{errc::not_checkable, 2, 1});
}

TEST_CASE("damm: 13 is not 30, whatever comes before and after", "[check]") {
  const damm check;
  for (unsigned state = 0; state < 10; ++state)
    for (unsigned digit = 3; digit < 10; ++digit)
      CHECK(check.step(check.step(state, 1, 0), digit, 0) != check.step(check.step(state, digit, 0), 0, 0));
}
