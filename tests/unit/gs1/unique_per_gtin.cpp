#include <tallymark/gs1/unique_per_gtin.hpp>

#include <tallymark/gs1/serial.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/stock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;

namespace {

struct unit {
  gs1::gtin gtin;
};
struct trade_item {
  gs1::gtin gtin{};
};
struct acme : policies<unique_per_gtin, gs1_serial> {};

gs1::gtin gtin(std::string_view text) { return *gs1::gtin::parse(text); }

}  // namespace

static_assert(scope_policy_for<unique_per_gtin, unit>);
static_assert(unique_per_gtin{}.key(unit{*gs1::gtin::parse("416000336108")}) == 416000336108);

TEST_CASE("serials of a GTIN are unique, however the GTIN is written", "[gs1]") {
  registry<acme, unit> serials;
  REQUIRE(serials.claim({gtin("416000336108")}, "A1"));
  CHECK_FALSE(serials.claim({gtin("0416000336108")}, "A1"));
  CHECK_FALSE(serials.claim({gtin("00416000336108")}, "A1"));
  CHECK(serials.claim({gtin("09521234543213")}, "A1"));
}

TEST_CASE("two parts with the same GTIN share its serials in a stock", "[gs1]") {
  stock<acme, std::string, trade_item> store;
  REQUIRE(store.add_part({.key = "red", .data = {gtin("416000336108")}}));
  REQUIRE(store.add_part({.key = "green", .data = {gtin("0416000336108")}}));
  REQUIRE(store.add_part({.key = "other", .data = {gtin("09521234543213")}}));
  REQUIRE(store.create({.part = "red", .serial = "A1"}));
  CHECK_FALSE(store.create({.part = "green", .serial = "A1"}));
  CHECK(store.create({.part = "other", .serial = "A1"}));
}
