#include <tallymark/stock/stock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <utility>

using namespace tallymark;

namespace {

struct world {
  world() {
    REQUIRE(all.add_part({.key = "bolt"}));
    REQUIRE(all.add_part({.key = "nut"}));
    REQUIRE(all.add_part({.key = "plain", .variant_of = "bolt", .serials = rule::forbidden}));
    REQUIRE(all.add_part({.key = "bought", .issued_here = false}));
    REQUIRE(all.create({.part = "bolt", .amount = 5}));
    REQUIRE(all.create({.part = "nut", .amount = 5}));
    REQUIRE(all.create({.part = "plain", .amount = 5}));
  }
  stock<> all;
};

}  // namespace

TEST_CASE("reserved serial numbers become units, or are given back", "[stock]") {
  world of;
  auto first = of.all.reserve("bolt", 3);
  REQUIRE(first);
  CHECK(first->pending());
  CHECK(first->serials().serials() == 3);
  CHECK(of.all.next_serial("bolt") == "4");
  CHECK(of.all.create({.part = "bolt", .serial = "2"}).error().why.code == errc::reserved);
  {
    auto second = of.all.reserve("bolt", 2);
    CHECK(of.all.next_serial("bolt") == "6");
  }
  CHECK(of.all.next_serial("bolt") == "4");
  CHECK(of.all.serialize(1, std::move(*first)) == items{4, 3});
  CHECK(!first->pending());
  CHECK(first->drop());
  CHECK(of.all.get(5)->serial == "2");
  CHECK(of.all.get(1)->amount == quantity(2));
}

TEST_CASE("a reservation is good within its scope, and for as much as there is", "[stock]") {
  world of;
  auto some = of.all.reserve("bolt", 6);
  REQUIRE(some);
  CHECK(of.all.serialize(2, std::move(*some)).error().why.code == errc::different_part);
  CHECK(of.all.serialize(3, std::move(*some)).error().why.code == errc::serial_forbidden);
  CHECK(of.all.serialize(1, std::move(*some)).error().why.code == errc::not_enough);
  CHECK(of.all.serialize(9, std::move(*some)).error().why.code == errc::unknown_item);
  CHECK(some->pending());
  CHECK(some->drop());
  CHECK(!some->pending());
  CHECK(of.all.next_serial("bolt") == "1");
}

TEST_CASE("what cannot be reserved", "[stock]") {
  world of;
  CHECK(of.all.reserve("screw", 1).error() == refusal{{errc::unknown_part}, "part"});
  CHECK(of.all.reserve("plain", 1).error() == refusal{{errc::serial_forbidden}, "part"});
  CHECK(of.all.reserve("bought", 1).error() == refusal{{errc::numbers_from_outside}, "part"});
  CHECK(of.all.reserve("bolt", 0).error() == refusal{{errc::zero_quantity}, "serial"});
}

TEST_CASE("a part with reserved serial numbers stays in its tree", "[stock]") {
  stock<> all;
  REQUIRE(all.add_part({.key = "bolt"}));
  REQUIRE(all.add_part({.key = "nut"}));
  auto some = all.reserve("nut", 1);
  CHECK(all.make_variant("nut", "bolt").error() == refusal{{errc::part_has_items}, "variant_of"});
  CHECK(some->drop());
  CHECK(all.make_variant("nut", "bolt"));
}

TEST_CASE("a reservation can be moved and assigned", "[stock]") {
  world of;
  auto first = of.all.reserve("bolt", 1), second = of.all.reserve("bolt", 1);
  REQUIRE(first);
  REQUIRE(second);
  auto third = std::move(*first);
  CHECK(third.pending());
  third = std::move(*second);
  CHECK(third.serials().at(0).ordinal == 2);
  CHECK(of.all.serialize(1, std::move(third)) == items{4});
  CHECK(of.all.get(4)->serial == "2");
}
