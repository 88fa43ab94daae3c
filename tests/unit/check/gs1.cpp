#include <tallymark/check/gs1.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/checks.hpp"

using namespace tallymark;

namespace {

constexpr std::array<checked_text, 16> numbers{{{"02345673"},
                                                {"416000336108"},
                                                {"1234567890128"},
                                                {"12345678901231"},
                                                {"123456789012345675"},
                                                {"106141411234567897"},
                                                {"007189085627231896"},
                                                {"09521234543213"},
                                                {"9781857982183"},
                                                {"9789024538270"},
                                                {"9770264359008"},
                                                {"12345673", "0"},
                                                {"416000336109", "8"},
                                                {"1234567890129", "8"},
                                                {"12345678901232", "1"},
                                                {"123456789012345670", "5"}}};
static_assert(all_as_told<gs1_mod10>(numbers));

constexpr std::array<checked_text, 20> models{{{"22"},
                                               {"!!22"},
                                               {"1987654Ad4X4bL5ttr2310c2K"},
                                               {"12345678901234567890123NT"},
                                               {"12345_ABCDEFGHIJKLMCP"},
                                               {"00000!HV"},
                                               {"12345_NOPQRSTUVWXYZDN"},
                                               {"12345_nopqrstuvwxyzP2"},
                                               {"12345_0123456789:;<=>?62"},
                                               {"97850l6KZm0yCD"},
                                               {"149512464PM+GH"},
                                               {"515942070CYxLM"},
                                               {"386830132uO+QR"},
                                               {"957813138Sb6UV"},
                                               {"62185314IvwmYZ"},
                                               {"794394895ic045"},
                                               {"0881063PhHvY89"},
                                               {"99999zzzzzzzzzzzzzzzzzzT2"},
                                               {"33", "22"},
                                               {"1987654Ad4X4bL5ttr2310c2X", "2K"}}};
static_assert(all_as_told<gs1_pair>(models));

static_assert(incremental_check<gs1_mod10>);
static_assert(incremental_check<gs1_pair>);
static_assert(gs1_mod10{}("02345A").error() == failure{errc::not_checkable, 5, 1});
static_assert(gs1_pair{}("12#").error() == failure{errc::not_checkable, 2, 1});
static_assert(gs1_pair::symbols.size() == 82);

}  // namespace

TEST_CASE("gs1_mod10: published values", "[check]") { CHECK(all_as_told<gs1_mod10>(numbers)); }

TEST_CASE("gs1_pair: published values", "[check]") { CHECK(all_as_told<gs1_pair>(models)); }

TEST_CASE("gs1_pair: a character for each prime", "[check]") {
  const std::string longest(98, 'z');
  CHECK(gs1_pair{}(longest).has_value());
  CHECK(gs1_pair{}(longest + "!?").error() == failure{errc::not_a_serial, 98, 2});
  CHECK(verify(gs1_pair{}, "2").error() == failure{errc::check_missing, 1, 0});
}

TEST_CASE("gs1: characters outside of the set", "[check]") {
  CHECK(gs1_mod10{}("02345A").error() == failure{errc::not_checkable, 5, 1});
  CHECK(gs1_pair{}("12#").error() == failure{errc::not_checkable, 2, 1});
}

TEST_CASE("gs1_mod10: detects all wrong digits, and all swaps except those of digits that differ by five", "[check]") {
  CHECK(tells_wrong_digits<gs1_mod10>());
  CHECK(missed_swaps<gs1_mod10>() == 3 * 10 * 10);  // three places, ten such pairs, and ten numbers for each
}
