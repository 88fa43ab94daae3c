#include <tallymark/stock/detail/operations.hpp>

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

// ---- create
// -----------------------------------------------------------------------------------------------------------

TEST_CASE("units are created with the serial numbers that are given", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  CHECK(stock.create({.part = "motor", .serial = " SN-1 "}) == items(1));
  CHECK(stock.create({.part = "motor", .amount = 3, .serials = numbers("SN-", 5, 3)}) == items(2, 3));
  CHECK(stock.get(1)->serial == "SN-1");
  CHECK(stock.get(4)->serial == "SN-7");
  CHECK(stock.get(4)->amount == quantity(1));
  CHECK(stock.find("motor", "SN-6") == 3U);
  CHECK(stock.history(3).front().amount == quantity(3));
  CHECK(stock.history(3).front().subject == items(2, 3));
}

TEST_CASE("create refuses what does not fit, and changes nothing", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.add_part({.key = "oil", .serials = rule::forbidden, .batches = rule::forbidden}));
  REQUIRE(stock.add_part({.key = "pump", .serials = rule::required, .batches = rule::required}));
  REQUIRE(stock.create({.part = "motor", .serial = "SN-1"}));

  CHECK(refused(stock.create({.part = "valve"})) == because("part", errc::unknown_part));
  CHECK(refused(stock.create({.part = "motor", .amount = 0})) == because("quantity", errc::zero_quantity));
  CHECK(refused(stock.create({.part = "motor", .amount = 2, .serial = "SN-2"})) ==
        because("quantity", errc::serial_quantity_not_one));
  CHECK(refused(stock.create({.part = "motor", .amount = amount("0.5"), .serial = "SN-2"})) ==
        because("quantity", errc::serial_quantity_not_one));
  CHECK(refused(stock.create({.part = "motor", .amount = amount("2.5"), .serials = numbers("SN-", 2, 2)})) ==
        because("quantity", errc::quantity_not_whole));
  CHECK(refused(stock.create({.part = "motor", .amount = 3, .serials = numbers("SN-", 2, 2)})) ==
        because("serial", errc::too_few_serials));
  CHECK(refused(stock.create({.part = "motor", .amount = 1, .serials = numbers("SN-", 2, 2)})) ==
        because("serial", errc::too_many_serials));
  CHECK(refused(stock.create({.part = "motor", .serial = " a\tb"})) ==
        because("serial", errc::control_character, 2, 1));
  CHECK(refused(stock.create({.part = "oil", .serial = "SN-2"})) == because("serial", errc::serial_forbidden));
  CHECK(refused(stock.create({.part = "pump", .batch = "B-7"})) == because("serial", errc::serial_required));
  CHECK(refused(stock.create({.part = "oil", .batch = "B-7"})) == because("batch", errc::batch_forbidden));
  CHECK(refused(stock.create({.part = "pump", .serial = "1", .batch = " "})) == because("batch", errc::batch_required));
  CHECK(refused(stock.create({.part = "motor", .batch = "\xff"})) == because("batch", errc::not_utf8, 0, 1));
  CHECK(refused(stock.create({.part = "motor", .parent = 2})) == because("parent", errc::unknown_item));
  CHECK(refused(stock.create({.part = "motor", .parent = 0})) == because("parent", errc::unknown_item));
  CHECK(refused(stock.create({.part = "motor", .expiry = std::chrono::year(2027) / 2 / 29})) ==
        because("expiry_date", errc::not_a_date));

  refusal taken = refused(stock.create({.part = "motor", .serial = "SN-1"}));
  CHECK(taken.met == conflicts{{errc::already_taken, run{{"SN-"}, 1, 1}, 1}});
  taken.met.clear();
  CHECK(taken == because("serial", errc::already_taken, 0, 4));

  const refusal many = refused(stock.create({.part = "motor", .amount = 3, .serials = numbers("SN-", 0, 3)}));
  CHECK(many.why == failure{errc::already_taken});
  CHECK(many.met.size() == 1);
  CHECK(refused(stock.create({.part = "motor", .amount = 4, .serials = numbers("SN-", 999'999'999'999'999'998, 4)}))
            .why.code == errc::too_large);

  CHECK(stock.size() == 1);
  CHECK(stock.history().size() == 1);
  CHECK(!stock.find("motor", "SN-2"));
  CHECK(stock.batches() == 0);
}

TEST_CASE("an item can be created below another", "[stock]") {
  motors stock;
  REQUIRE(stock.remove(1));
  CHECK(stock.create({.part = "motor", .parent = 1}));  // what it was made from may be gone
  CHECK(stock.get(2)->parent == 1U);
}

// ---- split and serialize
// ----------------------------------------------------------------------------------------------

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

// ---- merge and adjust
// -------------------------------------------------------------------------------------------------

TEST_CASE("merge moves whole quantities to one item", "[stock]") {
  motors stock;
  REQUIRE(stock.split(1, 3));
  REQUIRE(stock.split(1, 2));
  const std::vector<item_id> from{2, 3};
  CHECK(stock.merge(1, from));
  CHECK(stock.get(1)->amount == quantity(10));
  CHECK(stock.get(2)->amount.is_zero());
  CHECK(!stock.get(2)->removed);
  CHECK(stock.history(2).back().what == change::merged);
  CHECK(stock.history(2).back().amount == quantity(3));
  CHECK(stock.history(1).size() == 5);
  CHECK(stock.merge(1, std::vector<item_id>{}));
  CHECK(stock.history(1).size() == 5);
}

TEST_CASE("merge refuses what differs", "[stock]") {
  motors stock;
  REQUIRE(stock.add_part({.key = "pump"}));
  const auto day = std::chrono::year(2027) / 2 / 28;
  REQUIRE(stock.create({.part = "pump", .batch = "B-7", .expiry = day}));                                  // 2
  REQUIRE(stock.create({.part = "motor", .batch = "B-8", .expiry = day}));                                 // 3
  REQUIRE(stock.create({.part = "motor", .batch = "B-7"}));                                                // 4
  REQUIRE(stock.create({.part = "motor", .amount = quantity::max_whole, .batch = "B-7", .expiry = day}));  // 5
  REQUIRE(stock.create({.part = "motor", .serial = "1", .batch = "B-7", .expiry = day}));                  // 6
  REQUIRE(stock.create({.part = "motor", .amount = 3, .batch = "B-7", .expiry = day}));                    // 7
  CHECK(refused(stock.merge(1, 2)) == because("item", errc::different_part));
  CHECK(refused(stock.merge(1, 3)) == because("item", errc::different_batch));
  CHECK(refused(stock.merge(1, 4)) == because("item", errc::different_expiry));
  CHECK(refused(stock.merge(1, 5)) == because("quantity", errc::quantity_too_large));
  CHECK(refused(stock.merge(1, 6)) == because("item", errc::serialized_item));
  CHECK(refused(stock.merge(6, 1)) == because("item", errc::serialized_item));
  CHECK(refused(stock.merge(1, 1)) == because("item", errc::same_item));
  CHECK(refused(stock.merge(1, std::vector<item_id>{7, 7})) == because("item", errc::same_item));
  CHECK(refused(stock.merge(1, 99)) == because("item", errc::unknown_item));
  CHECK(refused(stock.merge(1, std::vector<item_id>{7, 4})) == because("item", errc::different_expiry));
  CHECK(stock.get(7)->amount == quantity(3));
  REQUIRE(stock.remove(7));
  CHECK(refused(stock.merge(1, 7)) == because("item", errc::item_removed));
  CHECK(stock.get(1)->amount == quantity(10));
  CHECK(stock.history(1).size() == 1);
}

TEST_CASE("a quantity is added to, taken from, and counted", "[stock]") {
  motors stock;
  CHECK(stock.adjust(1, adjustment::add, amount("0.5")));
  CHECK(stock.adjust(1, adjustment::take, 3));
  CHECK(stock.get(1)->amount == amount("7.5"));
  CHECK(stock.adjust(1, adjustment::count, 0));
  CHECK(stock.get(1)->amount.is_zero());
  const auto history = stock.history(1);
  CHECK(history.back().what == change::counted);
  CHECK(history.back().before == "7.5");
  CHECK(stock.adjust(1, adjustment::add, 1));  // depleted is not removed

  CHECK(refused(stock.adjust(1, adjustment::take, 2)) == because("quantity", errc::not_enough));
  CHECK(refused(stock.adjust(1, adjustment::add, quantity::max_whole)) ==
        because("quantity", errc::quantity_too_large));
  CHECK(refused(stock.adjust(1, adjustment::add, 0)) == because("quantity", errc::zero_quantity));
  CHECK(refused(stock.adjust(1, adjustment::take, 0)) == because("quantity", errc::zero_quantity));
  CHECK(refused(stock.adjust(2, adjustment::add, 1)) == because("item", errc::unknown_item));
  REQUIRE(stock.create({.part = "motor", .serial = "1"}));
  CHECK(refused(stock.adjust(2, adjustment::count, 1)) == because("item", errc::serialized_item));
}

// ---- changes
// ----------------------------------------------------------------------------------------------------------

TEST_CASE("a serial number is changed, and the old one is free again", "[stock]") {
  motors stock;
  REQUIRE(stock.serialize(1, numbers("SN-", 1, 3)));  // 2, 3, 4
  CHECK(stock.change_serial(3, " X-9 "));
  CHECK(stock.get(3)->serial == "X-9");
  CHECK(stock.get(4)->serial == "SN-3");
  CHECK(!stock.find("motor", "SN-2"));
  CHECK(stock.find("motor", "X-9") == 3U);
  CHECK(stock.history(3).back().before == "SN-2");
  CHECK(stock.history(3).back().after == "X-9");
  CHECK(stock.history(2).size() == 1);

  CHECK(stock.change_serial(3, "X-9"));  // its own: no change
  CHECK(stock.history(3).size() == 2);

  REQUIRE(stock.create({.part = "motor"}));
  CHECK(stock.change_serial(5, "SN-2"));  // its first
  CHECK(stock.history(5).back().before.empty());
  CHECK(stock.get(5)->serialized());
}

TEST_CASE("change_serial refuses", "[stock]") {
  motors stock;
  REQUIRE(stock.add_part({.key = "oil", .serials = rule::forbidden}));
  REQUIRE(stock.serialize(1, 3));          // 2, 3, 4
  REQUIRE(stock.create({.part = "oil"}));  // 5
  REQUIRE(stock.remove(4));
  CHECK(refused(stock.change_serial(2, "2")).why == failure{errc::already_taken, 0, 1});
  CHECK(refused(stock.change_serial(2, " 3")).why == failure{errc::retired, 0, 2});
  CHECK(refused(stock.change_serial(2, "")).why == failure{errc::empty_text});
  CHECK(refused(stock.change_serial(1, "9")) == because("quantity", errc::serial_quantity_not_one));
  CHECK(refused(stock.change_serial(5, "9")) == because("serial", errc::serial_forbidden));
  CHECK(refused(stock.change_serial(4, "9")) == because("item", errc::item_removed));
  CHECK(refused(stock.change_serial(9, "9")) == because("item", errc::unknown_item));
  CHECK(stock.get(2)->serial == "1");
}

TEST_CASE("batch codes are changed for any items at once", "[stock]") {
  motors stock;
  REQUIRE(stock.serialize(1, 5));  // 2 to 6
  CHECK(stock.change_batch({1, 3}, " B-8 "));
  CHECK(stock.get(1)->batch == "B-8");
  CHECK(stock.get(3)->batch == "B-8");
  CHECK(stock.get(4)->batch == "B-7");
  CHECK(stock.history(3).back().before == "B-7");
  CHECK(stock.history(3).back().after == "B-8");
  CHECK(stock.change_batch({3, 2}, "B-8"));  // 3 has it
  CHECK(stock.history(3).size() == 2);
  CHECK(stock.history(4).size() == 2);
  CHECK(stock.change_batch(1, " "));
  CHECK(stock.get(1)->batch.empty());
}

TEST_CASE("change_batch refuses for all", "[stock]") {
  motors stock;
  REQUIRE(stock.add_part({.key = "oil", .batches = rule::forbidden}));
  REQUIRE(stock.add_part({.key = "pump", .batches = rule::required}));
  REQUIRE(stock.create({.part = "oil"}));                   // 2
  REQUIRE(stock.create({.part = "pump", .batch = "P-1"}));  // 3
  CHECK(refused(stock.change_batch({1, 2}, "B-8")) == because("batch", errc::batch_forbidden));
  CHECK(refused(stock.change_batch({1, 3}, "")) == because("batch", errc::batch_required));
  CHECK(refused(stock.change_batch(1, "\x01")) == because("batch", errc::control_character, 0, 1));
  CHECK(refused(stock.change_batch({3, 2}, "B-8")) == because("item", errc::unknown_item));
  CHECK(refused(stock.change_batch({1, 0}, "B-8")) == because("item", errc::unknown_item));
  REQUIRE(stock.remove(3));
  CHECK(refused(stock.change_batch({1, 3}, "B-8")) == because("item", errc::item_removed));
  CHECK(stock.get(1)->batch == "B-7");
}

TEST_CASE("a parent is said once, and nothing is its own ancestor", "[stock]") {
  motors stock;
  REQUIRE(stock.serialize(1, 3));            // 2, 3, 4
  REQUIRE(stock.create({.part = "motor"}));  // 5
  CHECK(stock.set_parent(1, 5));
  CHECK(stock.get(1)->parent == 5U);
  CHECK(stock.ancestors(4) == std::vector<item_id>{1, 5});
  CHECK(stock.history(1).back().other == items(5));
  CHECK(refused(stock.set_parent(1, 4)) == because("parent", errc::has_parent));
  CHECK(refused(stock.set_parent({4, 2}, 1)) == because("parent", errc::has_parent));
  CHECK(refused(stock.set_parent(5, 5)) == because("parent", errc::item_is_own_ancestor));
  CHECK(refused(stock.set_parent(5, 3)) == because("parent", errc::item_is_own_ancestor));
  CHECK(refused(stock.set_parent(9, 3)) == because("item", errc::unknown_item));
  CHECK(refused(stock.set_parent(5, 9)) == because("parent", errc::unknown_item));
  CHECK(!stock.get(5)->parent);

  REQUIRE(stock.create({.part = "motor", .amount = 3, .serials = numbers("X-", 1, 3)}));  // 6, 7, 8
  CHECK(stock.set_parent({6, 2}, 8));
  CHECK(refused(stock.set_parent(8, 7)) == because("parent", errc::item_is_own_ancestor));
  CHECK(stock.descendants(8) == std::vector<items>{{6, 2}});
}

TEST_CASE("what is removed keeps its history, and its number stays taken", "[stock]") {
  motors stock;
  REQUIRE(stock.serialize(1, 5));  // 2 to 6
  CHECK(stock.remove({3, 2}));
  CHECK(stock.get(3)->removed);
  CHECK(stock.get(3)->serial == "2");
  CHECK(!stock.get(5)->removed);
  CHECK(stock.history(3).back().subject == items(3, 2));
  CHECK(refused(stock.create({.part = "motor", .serial = "2"})).why.code == errc::retired);
  CHECK(stock.find("motor", "2") == 3U);
  CHECK(refused(stock.remove({2, 2})) == because("item", errc::item_removed));
  CHECK(refused(stock.remove(7)) == because("item", errc::unknown_item));
  CHECK(refused(stock.remove(0)) == because("item", errc::unknown_item));
  CHECK(!stock.get(2)->removed);
  CHECK(stock.remove(1));  // a quantity as well
  CHECK(stock.next_serial("motor").value() == "6");
}

// ---- wrong amounts ----

TEST_CASE("a whole number that is no quantity is refused by each operation, and nothing changes", "[stock]") {
  motors stock;
  REQUIRE(stock.add_part({.key = "bolt"}));
  volatile int missing = -5;
  volatile std::uint64_t many = quantity::max_whole + 1;
  const struct {
    quantity amount;
    errc why;
  } wrong[] = {{int{missing}, errc::negative}, {std::uint64_t{many}, errc::quantity_too_large}};
  for (const auto& [amount, why] : wrong) {
    CHECK(refused(stock.create({.part = "bolt", .amount = amount})) == because("quantity", why));
    CHECK(refused(stock.create({.part = "bolt", .amount = amount, .serial = "1"})) == because("quantity", why));
    CHECK(refused(stock.create({.part = "bolt", .amount = amount, .serials = numbers("", 1, 5)})) ==
          because("quantity", why));
    CHECK(refused(stock.split(1, amount)) == because("quantity", why));
    for (const adjustment how : {adjustment::add, adjustment::take, adjustment::count})
      CHECK(refused(stock.adjust(1, how, amount)) == because("quantity", why));
  }
  CHECK(stock.get(1)->amount == quantity(10));
  CHECK(stock.history().size() == 1);
}
