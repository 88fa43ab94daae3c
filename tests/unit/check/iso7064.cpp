#include <tallymark/check/iso7064.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/checks.hpp"

using namespace tallymark;

namespace {

constexpr std::array<checked_text, 4> mod11_2{{{"07940"}, {"079X"}, {"079"}, {"0790", "X"}}};
static_assert(all_as_told<iso7064_mod11_2>(mod11_2));

constexpr std::array<checked_text, 5> mod37_2{
    {{"G123489654321Y"}, {"G123498654321H"}, {"A999922123459H"}, {"1*"}, {"G123489654321H", "Y"}}};
static_assert(all_as_told<iso7064_mod37_2>(mod37_2));

constexpr std::array<checked_text, 8> mod97_10{{{"9999123456789012141490"},
                                                {"435411161155111431"},
                                                {"08686001256515001121751"},
                                                {"2348231RF71"},
                                                {"539007547034RF18"},
                                                {"000000000539007547034RF18"},
                                                {"539007547034RF68", "18"},
                                                {"00", "98"}}};
static_assert(all_as_told<iso7064_mod97_10>(mod97_10));

constexpr std::array<checked_text, 4> mod37_36{
    {{"A12425GABC1234002M"}, {"123ABX"}, {"DADPIDA3897722461J"}, {"123ABY", "X"}}};
static_assert(all_as_told<iso7064_mod37_36>(mod37_36));

constexpr std::array<checked_text, 6> mod11_10{
    {{"07945"}, {"002006673085"}, {"002006673093"}, {"002006673116"}, {"12323"}, {"07946", "5"}}};
static_assert(all_as_told<iso7064_mod11_10>(mod11_10));

static_assert(incremental_check<iso7064_mod11_2>);
static_assert(incremental_check<iso7064_mod37_2>);
static_assert(incremental_check<iso7064_mod97_10>);
static_assert(incremental_check<iso7064_mod11_10>);
static_assert(incremental_check<iso7064_mod37_36>);
static_assert(iso7064_mod11_2{}("07X4").error() == failure{errc::not_checkable, 2, 1});
static_assert(iso7064_mod37_2{}("Gg").error() == failure{errc::not_checkable, 1, 1});
static_assert(iso7064_mod97_10{}("RF-").error() == failure{errc::not_checkable, 2, 1});
static_assert(iso7064_mod11_10{}("1A").error() == failure{errc::not_checkable, 1, 1});
static_assert(iso7064_mod37_36{}("A*").error() == failure{errc::not_checkable, 1, 1});

}  // namespace

TEST_CASE("iso7064_mod11_2: published values", "[check]") { CHECK(all_as_told<iso7064_mod11_2>(mod11_2)); }

TEST_CASE("iso7064_mod37_2: published values", "[check]") { CHECK(all_as_told<iso7064_mod37_2>(mod37_2)); }

TEST_CASE("iso7064_mod97_10: published values", "[check]") { CHECK(all_as_told<iso7064_mod97_10>(mod97_10)); }

TEST_CASE("iso7064_mod37_36: published values", "[check]") { CHECK(all_as_told<iso7064_mod37_36>(mod37_36)); }

TEST_CASE("iso7064_mod11_10: published values", "[check]") { CHECK(all_as_told<iso7064_mod11_10>(mod11_10)); }

TEST_CASE("iso7064: characters that are not symbols", "[check]") {
  CHECK(iso7064_mod11_2{}("07X4").error() == failure{errc::not_checkable, 2, 1});
  CHECK(iso7064_mod37_2{}("Gg").error() == failure{errc::not_checkable, 1, 1});
  CHECK(iso7064_mod97_10{}("RF-").error() == failure{errc::not_checkable, 2, 1});
  CHECK(verify(iso7064_mod97_10{}, "1").error() == failure{errc::check_missing, 1, 0});
}

TEST_CASE("iso7064: the two digits of 97-10 are 02 to 98 for all residues", "[check]") {
  for (int number = 0; number < 970; ++number) {
    const std::string digits = std::to_string(number);
    const auto characters = iso7064_mod97_10{}(digits);
    const int check = std::stoi(std::string(characters->view()));
    CHECK((2 <= check && check <= 98));
    CHECK((number * 100 + check) % 97 == 1);
  }
}

TEST_CASE("iso7064: detects all wrong digits; pure systems also all swaps", "[check]") {
  CHECK(tells_wrong_digits<iso7064_mod11_2>());
  CHECK(tells_wrong_digits<iso7064_mod11_10>());
  CHECK(tells_wrong_digits<iso7064_mod37_2>());
  CHECK(tells_wrong_digits<iso7064_mod37_36>());
  CHECK(missed_swaps<iso7064_mod11_2>() == 0);
  CHECK(missed_swaps<iso7064_mod37_2>() == 0);
}
