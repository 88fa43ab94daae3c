#include <tallymark/gs1/udi.hpp>

#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "../../support/gs1_values.hpp"

using namespace tallymark;
using gs1::udi;

namespace {

constexpr failure bad(std::string_view text) { return udi::parse(text).error(); }

}  // namespace

// in the form of the FDA, and as sent by a scanner
static_assert(*udi::parse("(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234") ==
              udi{*gs1::gtin::parse("51022222233336"), gs1::short_date{14, 12, 31}, gs1::short_date{15, 7, 7}, "A213B1",
                  "1234"});
static_assert(*udi::parse("]d20151022222233336111412311715070710A213B1\x1D"
                          "211234") == *udi::parse("(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234"));
static_assert((*udi::parse("(01)51022222233336")).serial.empty() && !(*udi::parse("(01)51022222233336")).expiry);
static_assert((*(*udi::parse("(01)51022222233336(17)150700")).expiry).day == 0);
static_assert(bad("(10)A") == fail(errc::ai_missing, 0, 0, "01").value());
static_assert(bad("(01)51022222233337") == fail(errc::wrong_check, 17, 1, "6").value());
static_assert(bad("(01)51022222233336(17)151307") == failure{errc::not_a_date, 24, 2, {}});
static_assert(bad("(01)51022222233336(02)51022222233336(37)1") == failure{errc::ai_excluded, 1, 2, {}});
static_assert(bad("") == failure{errc::empty_text, 0, 0, {}});
static_assert(udi{}.elements().error() == fail(errc::ai_missing, 0, 0, "01").value());
static_assert(
    (udi{.device = *gs1::gtin::parse("51022222233336"), .lot = "123456789012345678901234"}).elements().error() ==
    failure{errc::value_too_long, 0, 0, {}});
static_assert((udi{.device = *gs1::gtin::parse("51022222233336"), .lot = "A#"}).elements().error() ==
              failure{errc::wrong_character, 0, 0, {}});

TEST_CASE("a UDI is written in the form of the FDA", "[gs1]") {
  const std::string people = "(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234";
  std::string out;
  append_bracketed(out, *udi::parse(people)->elements());
  CHECK(out == people);
  out.clear();
  append_element_string(out, *udi::parse(people)->elements());
  CHECK(out ==
        "0151022222233336111412311715070710A213B1\x1D"
        "211234");
}

TEST_CASE("every UDI round-trips", "[gs1]") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    test_gs1::random numbers{seed};
    const auto value = [&](unsigned ai) { return test_gs1::value_of(*gs1::application_identifier::find(ai), numbers); };
    udi original{.device = *gs1::gtin::parse(value(1))};
    if (original.device == gs1::gtin()) return;
    if (numbers.below(2) == 0) original.production = *gs1::short_date::parse(value(11));
    if (numbers.below(2) == 0) original.expiry = *gs1::short_date::parse(value(17));
    if (numbers.below(2) == 0) original.lot = value(10);
    if (numbers.below(2) == 0) original.serial = value(21);
    std::string people, scanned;
    append_bracketed(people, *original.elements());
    append_element_string(scanned, *original.elements());
    RC_ASSERT(udi::parse(people) == original);
    RC_ASSERT(udi::parse(scanned) == original);
  }));
}
