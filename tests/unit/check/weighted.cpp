#include <tallymark/check/weighted.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/checks.hpp"

using namespace tallymark;

namespace {

constexpr std::array<checked_text, 5> books{
    {{"1857982185"}, {"0851526292"}, {"9024538270"}, {"080442957X"}, {"1857982184", "5"}}};
static_assert(all_as_told<isbn10_mod11>(books));

constexpr std::array<checked_text, 4> journals{{{"00249319"}, {"00321478"}, {"02643596"}, {"00249310", "9"}}};
static_assert(all_as_told<issn_mod11>(journals));

constexpr std::array<checked_text, 4> vehicles{
    {{"1M8GDM9AXKP042788"}, {"11111111111111111"}, {"5GZCZ43D13S812715"}, {"5GZCZ43D23S812715", "1"}}};
static_assert(all_as_told<vin_check>(vehicles));

static_assert(incremental_check<isbn10_mod11>);
static_assert(incremental_check<issn_mod11>);
static_assert(incremental_check<vin_check>);
static_assert(isbn10_mod11{}("18579821").error() == failure{errc::not_a_serial, 8, 0});
static_assert(isbn10_mod11{}("185798218512").error() == failure{errc::not_a_serial, 9, 3});
static_assert(isbn10_mod11{}("18579821X").error() == failure{errc::not_checkable, 8, 1});
static_assert(issn_mod11{}("002493").error() == failure{errc::not_a_serial, 6, 0});
static_assert(verify(vin_check{}, "1M8GDM9AXKP04278I").error() == failure{errc::not_checkable, 16, 1});
static_assert(verify(vin_check{}, "IM8GDM9AXKP042788").error() == failure{errc::not_checkable, 0, 1});
static_assert(verify(vin_check{}, "1M8GDM9AXKP04278").error() == failure{errc::not_a_serial, 16, 0});
static_assert(verify(vin_check{}, "1M8GDM9AXKP0427889").error() == failure{errc::not_a_serial, 17, 1});
// without the check digit of North America
static_assert(verify(vin_check{}, "WP0ZZZ99ZTS392124").error().code == errc::wrong_check);

}  // namespace

TEST_CASE("isbn10_mod11: published values", "[check]") { CHECK(all_as_told<isbn10_mod11>(books)); }

TEST_CASE("issn_mod11: published values", "[check]") { CHECK(all_as_told<issn_mod11>(journals)); }

TEST_CASE("vin_check: published values", "[check]") { CHECK(all_as_told<vin_check>(vehicles)); }

TEST_CASE("weighted: wrong characters and lengths", "[check]") {
  CHECK(isbn10_mod11{}("18579821").error() == failure{errc::not_a_serial, 8, 0});
  CHECK(isbn10_mod11{}("185798218512").error() == failure{errc::not_a_serial, 9, 3});
  CHECK(verify(vin_check{}, "1M8GDM9AXKP04278I").error() == failure{errc::not_checkable, 16, 1});
  CHECK(verify(vin_check{}, "1M8").error() == failure{errc::not_a_serial, 3, 0});
  CHECK(verify(vin_check{}, "").error() == failure{errc::check_missing, 0, 0});
  CHECK(verify(vin_check{}, std::string(1000, '1')).error() == failure{errc::text_too_long, 256, 744});
}
