#include <tallymark/check/mod43.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/checks.hpp"

using namespace tallymark;

namespace {

constexpr std::array<checked_text, 3> code39{{{"AB-123K"}, {"ABCDEFG5"}, {"AB-123L", "K"}}};
static_assert(all_as_told<code39_mod43>(code39));

constexpr std::array<checked_text, 3> hibc{{{"+A123BJC5D6E71G"}, {"+H123ABC01234567890D"}, {"+A123BJC5D6E71F", "G"}}};
static_assert(all_as_told<hibc_mod43>(hibc));

static_assert(incremental_check<code39_mod43>);
static_assert(incremental_check<hibc_mod43>);
static_assert(code39_mod43{}("A*").error() == failure{errc::not_checkable, 1, 1});
static_assert(hibc_mod43{}("A123").error() == failure{errc::not_a_serial, 0, 1});
static_assert(hibc_mod43{}("").error() == failure{errc::not_a_serial, 0, 0});
static_assert(hibc_mod43{}("+a").error() == failure{errc::not_checkable, 1, 1});
// a plain sum: detects a swap only if it involves the check character
static_assert(verify(code39_mod43{}, "AB-123K") && verify(code39_mod43{}, "BA-321K"));
static_assert((*code39_mod43{}("Z3")).view() == " ");

}  // namespace

TEST_CASE("code39_mod43: published values", "[check]") { CHECK(all_as_told<code39_mod43>(code39)); }

TEST_CASE("hibc_mod43: published values", "[check]") { CHECK(all_as_told<hibc_mod43>(hibc)); }

TEST_CASE("mod43: texts that cannot have the check", "[check]") {
  CHECK(code39_mod43{}("A*").error() == failure{errc::not_checkable, 1, 1});
  CHECK(hibc_mod43{}("A123").error() == failure{errc::not_a_serial, 0, 1});
  CHECK(verify(hibc_mod43{}, "A").error() == failure{errc::not_a_serial, 0, 0});
}
