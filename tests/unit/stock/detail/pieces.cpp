#include <tallymark/stock/detail/pieces.hpp>

#include <tallymark/serial/prefixed.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace tallymark;

namespace {

template <class Result>
refusal refused(const Result& done) {
  REQUIRE(!done);
  return done.error();
}
refusal because(std::string_view member, errc code, std::uint32_t at = 0, std::uint32_t length = 0) {
  return {{code, at, length}, member};
}
run_list numbers(std::string_view family, std::uint64_t first, std::uint64_t length) {
  run_list out;
  out.add(run{{family}, first, length});
  return out;
}
quantity amount(std::string_view text) { return *quantity::parse(text); }

// A stock with one box of ten motors: item 1.
struct motors : stock<> {
  motors() {
    REQUIRE(add_part({.key = "motor"}));
    REQUIRE(create({.part = "motor", .amount = 10, .batch = "B-7", .expiry = std::chrono::year(2027) / 2 / 28}));
  }
};

}  // namespace

TEST_CASE("split moves a part of a quantity to a child", "[stock]") {
  motors stock;
  CHECK(stock.split(1, amount("2.5")) == 2U);
  CHECK(stock.get(1)->amount == amount("7.5"));
  const auto child = stock.get(2);
  CHECK(child->amount == amount("2.5"));
  CHECK(child->batch == "B-7");
  CHECK(child->expiry == std::chrono::year(2027) / 2 / 28);
  CHECK(child->parent == 1U);
  CHECK(stock.history(1).size() == 2);
  CHECK(stock.history(2) == std::vector<entry>{stock.history(1).back()});
  CHECK(stock.history(2).front().other == items(2));
}

TEST_CASE("split refuses what cannot be split", "[stock]") {
  motors stock;
  REQUIRE(stock.create({.part = "motor", .serial = "SN-1"}));
  CHECK(refused(stock.split(3, 1)) == because("item", errc::unknown_item));
  CHECK(refused(stock.split(2, 1)) == because("item", errc::serialized_item));
  CHECK(refused(stock.split(1, 0)) == because("quantity", errc::zero_quantity));
  CHECK(refused(stock.split(1, 10)) == because("quantity", errc::whole_quantity));
  CHECK(refused(stock.split(1, amount("10.00001"))) == because("quantity", errc::not_enough));
  REQUIRE(stock.remove(1));
  CHECK(refused(stock.split(1, 1)) == because("item", errc::item_removed));
}

TEST_CASE("serialize turns a quantity into units", "[stock]") {
  motors stock;
  CHECK(stock.serialize(1, numbers("SN-", 98, 3)) == items(2, 3));
  CHECK(stock.serialize(1, 2) == items(5, 2));
  CHECK(stock.get(1)->amount == quantity(5));
  CHECK(stock.get(6)->serial == "SN-102");
  CHECK(stock.get(6)->batch == "B-7");
  CHECK(stock.get(6)->parent == 1U);
  CHECK(stock.serialize(1, 5));
  CHECK(stock.get(1)->amount.is_zero());
  CHECK(!stock.get(1)->removed);
  CHECK(stock.history(1).size() == 4);
  CHECK(stock.history(2).size() == 1);
}

TEST_CASE("serialize refuses, and takes no number", "[stock]") {
  stock<policies<prefixed_serial<"P", 1>>> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.add_part({.key = "oil", .serials = rule::forbidden}));
  REQUIRE(stock.add_part({.key = "chip", .issued_here = false}));
  REQUIRE(stock.create({.part = "motor", .amount = 20}));
  REQUIRE(stock.create({.part = "oil", .amount = 20}));
  REQUIRE(stock.create({.part = "chip", .amount = 20}));
  CHECK(refused(stock.serialize(1, 0)) == because("quantity", errc::zero_quantity));
  CHECK(refused(stock.serialize(1, run_list{})) == because("quantity", errc::zero_quantity));
  CHECK(refused(stock.serialize(1, 21)) == because("quantity", errc::not_enough));
  CHECK(refused(stock.serialize(1, ~std::uint64_t{0})) == because("quantity", errc::quantity_too_large));
  CHECK(refused(stock.serialize(1, numbers("", 0, ~std::uint64_t{0}))) ==
        because("quantity", errc::quantity_too_large));
  CHECK(refused(stock.serialize(1, 10)) == because("serial", errc::exhausted));
  CHECK(refused(stock.serialize(2, 1)) == because("serial", errc::serial_forbidden));
  CHECK(refused(stock.serialize(2, numbers("", 1, 1))) == because("serial", errc::serial_forbidden));
  CHECK(refused(stock.serialize(3, 1)) == because("serial", errc::numbers_from_outside));
  CHECK(stock.serialize(3, numbers("", 7, 1)));
  REQUIRE(stock.create({.part = "motor", .serial = "P5"}));
  const refusal met = refused(stock.serialize(1, numbers("", 3, 5)));
  CHECK(met.why == failure{errc::already_taken});
  CHECK(met.met == conflicts{{errc::already_taken, run{{}, 5, 1}, 5}});
  CHECK(stock.get(1)->amount == quantity(20));
  CHECK(!stock.find("motor", "P3"));
  CHECK(stock.next_serial("motor").value() == "P6");
}
