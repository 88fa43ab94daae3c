#include <tallymark/check/verhoeff.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/checks.hpp"

using namespace tallymark;

namespace {

constexpr std::array<checked_text, 5> numbers{{{"6548"}, {"1428570"}, {"14285708"}, {"0"}, {"6549", "8"}}};
static_assert(all_as_told<verhoeff>(numbers));

static_assert(incremental_check<verhoeff>);
static_assert(verhoeff{}("65:").error() == failure{errc::not_checkable, 2, 1});

}  // namespace

TEST_CASE("verhoeff: published values", "[check]") { CHECK(all_as_told<verhoeff>(numbers)); }

TEST_CASE("verhoeff: wrong digits and swapped neighbours are detected", "[check]") {
  CHECK(tells_wrong_digits<verhoeff>());
  CHECK(missed_swaps<verhoeff>() == 0);
  CHECK(verhoeff{}("65:").error() == failure{errc::not_checkable, 2, 1});
}
