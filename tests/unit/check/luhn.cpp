#include <tallymark/check/luhn.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/checks.hpp"

using namespace tallymark;

namespace {

constexpr std::array<checked_text, 9> numbers{{{"49927398716"},
                                               {"1428572"},
                                               {"3984382462386423786482364872364827347"},
                                               {"490154203237518"},
                                               {"354178036859789"},
                                               {"356868000041418"},
                                               {"0"},
                                               {"354178036859781", "9"},
                                               {"49927398717", "6"}}};
static_assert(all_as_told<luhn>(numbers));

constexpr std::array<checked_text, 1> letters{{{"abcdefe"}}};
static_assert(all_as_told<luhn_mod<"abcdef">>(letters));

constexpr std::array<checked_text, 1> base_32{{{"0A1Z9QM"}}};
static_assert(all_as_told<luhn_mod<"0123456789ABCDEFGHJKMNPQRSTVWXYZ">>(base_32));

static_assert(incremental_check<luhn>);
static_assert(luhn{}("12a4").error() == failure{errc::not_checkable, 2, 1});
static_assert(luhn_mod<"abcdef">{}("abx").error() == failure{errc::not_checkable, 2, 1});

}  // namespace

TEST_CASE("luhn: published values", "[check]") { CHECK(all_as_told<luhn>(numbers)); }

TEST_CASE("luhn_mod<abcdef>: published values", "[check]") { CHECK(all_as_told<luhn_mod<"abcdef">>(letters)); }

TEST_CASE("luhn_mod<0123456789ABCDEFGHJKMNPQRSTVWXYZ>: published values", "[check]") {
  CHECK(all_as_told<luhn_mod<"0123456789ABCDEFGHJKMNPQRSTVWXYZ">>(base_32));
}

TEST_CASE("luhn: undetected swaps, and invalid symbols", "[check]") {
  CHECK(verify(luhn{}, "091").has_value() == verify(luhn{}, "901").has_value());
  CHECK(luhn{}("12a4").error() == failure{errc::not_checkable, 2, 1});
  CHECK(verify(luhn{}, "").error() == failure{errc::check_missing, 0, 0});
}

TEST_CASE("luhn_mod: detects all wrong symbols if N is even", "[check]") {
  const luhn_mod<"abcdef"> check;
  for (const std::string_view payload : {"abcdef", "fafafa", "b", "eedcba"}) {
    std::string text(payload);
    text += check(payload)->view();
    for (char& c : text) {
      const char was = c;
      for (c = 'a'; c <= 'f'; ++c) CHECK(verify(check, text).has_value() == (c == was));
      c = was;
    }
  }
}

TEST_CASE("luhn: detects all wrong digits, and all swaps except those of 09 and 90", "[check]") {
  CHECK(tells_wrong_digits<luhn>());
  CHECK(missed_swaps<luhn>() == 3 * 2 * 10);  // three places, and ten numbers for each
}
