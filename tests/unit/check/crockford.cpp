#include <tallymark/check/crockford.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/checks.hpp"

using namespace tallymark;

namespace {

constexpr std::array<checked_text, 5> numbers{{{"1A5"}, {"00"}, {"10*"}, {"3ZZZZZZ6"}, {"1A6", "5"}}};
static_assert(all_as_told<crockford_mod37>(numbers));

static_assert(incremental_check<crockford_mod37>);
static_assert(crockford_mod37{}("1O").error() == failure{errc::not_checkable, 1, 1});
static_assert(crockford_mod37{}("1a").error() == failure{errc::not_checkable, 1, 1});
static_assert((*crockford_mod37{}("14")).view() == "U");

}  // namespace

TEST_CASE("crockford_mod37: published values", "[check]") { CHECK(all_as_told<crockford_mod37>(numbers)); }

TEST_CASE("crockford_mod37: numbers longer than any integer type", "[check]") {
  // 37 divides 32^36 - 1, so that 36 more symbols change nothing
  const std::string zeros(36, '0');
  CHECK((*crockford_mod37{}("1A" + zeros)).view() == "5");
  CHECK((*crockford_mod37{}(zeros + "1A")).view() == "5");
  CHECK(crockford_mod37{}("1O").error() == failure{errc::not_checkable, 1, 1});
}
