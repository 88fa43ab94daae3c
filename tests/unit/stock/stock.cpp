#include <tallymark/stock/stock.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/serial/prefixed.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace tallymark;
using namespace std::string_literals;

namespace {

struct site {
  std::string customer;
};
struct unique_per_customer {
  using policy_slot = scope_slot;
  auto key(const auto& item) const
    requires requires { item.data.customer; }
  {
    return item.data.customer;
  }
};

struct order {
  std::string number;
};
struct order_batch {
  using policy_slot = batch_slot;
  result<void> format(std::string& out, const order& of, batch_counters& counters) const {
    if (of.number.empty()) return fail(errc::unknown_field);
    out += of.number + "-";
    out += std::to_string(counters.take(out));
    return {};
  }
  result<void> validate(std::string_view code) const {
    if (code.starts_with("PO")) return {};
    return fail(errc::refused_by_rule, 0, 2);
  }
};

template <class Result>
errc why(const Result& done) {
  return done.error().why.code;
}

}  // namespace

static_assert(std::is_default_constructible_v<stock<>>);
static_assert(std::is_same_v<stock<>::key_view, std::string_view> &&
              std::is_same_v<stock<policies<>, int>::key_view, int>);

TEST_CASE("the variants of a part share its serial numbers", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.add_part({.key = "fast motor", .variant_of = "motor"}));
  const auto unit = stock.create({.part = "motor", .serial = "SN-1"});
  CHECK(why(stock.create({.part = "fast motor", .serial = "SN-1"})) == errc::already_taken);
  CHECK(stock.find("fast motor", "SN-1") == unit->first);
  CHECK(stock.next_serial("fast motor").value() == "SN-2");
  CHECK(stock.latest_serial("fast motor") == "SN-1");
  CHECK(!stock.find("pump", "SN-1"));
  CHECK(!stock.find("motor", "SN-2"));
  CHECK(!stock.latest_serial("pump"));
}

TEST_CASE("scopes can read what the user keeps of a part", "[stock]") {
  stock<policies<unique_per_customer>, std::string, site> stock;
  REQUIRE(stock.add_part({.key = "motor", .data = {"Kiel"}}));
  REQUIRE(stock.add_part({.key = "pump", .data = {"Kiel"}}));
  REQUIRE(stock.add_part({.key = "valve", .data = {"Rome"}}));
  CHECK(stock.create({.part = "motor", .serial = "1"}));
  CHECK(why(stock.create({.part = "pump", .serial = "1"})) == errc::already_taken);
  CHECK(stock.create({.part = "valve", .serial = "1"}));
}

TEST_CASE("an item is seen as it is", "[stock]") {
  stock<policies<>, int, no_record, std::string> stock;
  REQUIRE(stock.add_part({.key = 70}));
  const auto box = stock.create(
      {.part = 70, .amount = 5, .batch = " B-7 ", .expiry = std::chrono::year(2027) / 2 / 28, .data = "blue"});
  REQUIRE(box);
  CHECK(*box == items(1));
  const auto seen = stock.get(1);
  CHECK(seen->part == 70);
  CHECK(seen->amount == quantity(5));
  CHECK(!seen->serialized());
  CHECK(seen->batch == "B-7");
  CHECK(!seen->parent);
  CHECK(seen->expiry == std::chrono::year(2027) / 2 / 28);
  CHECK(!seen->removed);
  CHECK(seen->data == "blue");
  CHECK(!stock.get(0));
  CHECK(!stock.get(2));
  CHECK(!stock.get(no_item));
  CHECK(stock.size() == 1);
  CHECK(stock.batches() == 1);
}

TEST_CASE("what may not be suggested is not", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "oil", .serials = rule::forbidden}));
  REQUIRE(stock.add_part({.key = "chip", .issued_here = false}));
  CHECK(stock.next_serial("oil").error() == refusal{{errc::serial_forbidden}, "part"});
  CHECK(stock.next_serial("chip").error() == refusal{{errc::numbers_from_outside}, "part"});
  CHECK(stock.next_serial("pump").error() == refusal{{errc::unknown_part}, "part"});
  std::string storage;
  CHECK(stock.next_of("chip")->start(storage).error() == failure{errc::numbers_from_outside});
  CHECK(stock.next_of("oil")->start(storage).error() == failure{errc::serial_forbidden});
  CHECK(why(stock.next_of("pump")) == errc::unknown_part);
  CHECK(stock.create({.part = "chip", .serial = "X-1"}));
  CHECK(stock.next_serial("chip").error().why.code == errc::numbers_from_outside);
  CHECK(stock.latest_serial("chip") == "X-1");
}

TEST_CASE("batch codes are made and checked by the policy", "[stock]") {
  stock<policies<order_batch>> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  CHECK(stock.batch_code(order{"PO7"}).value() == "PO7-1");
  CHECK(stock.batch_code(order{"PO7"}).value() == "PO7-2");
  CHECK(stock.batch_code(order{}).error() == refusal{{errc::unknown_field}, "batch"});
  CHECK(stock.create({.part = "motor", .batch = "PO7-1"}));
  CHECK(stock.create({.part = "motor", .batch = " B-1"}).error() == refusal{{errc::refused_by_rule, 1, 2}, "batch"});
  CHECK(stock.size() == 1);
}

TEST_CASE("all items are visited in the order of their ids, units that are alike as one", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.create({.part = "motor", .amount = 500}));
  REQUIRE(stock.serialize(1, 400));
  REQUIRE(stock.remove(3));
  std::vector<items> seen;
  std::vector<std::string> serials;
  stock.for_each([&](items which, const auto& first) {
    seen.push_back(which);
    serials.push_back(first.serial.value_or(""));
  });
  CHECK(seen == std::vector<items>{1, 2, 3, {4, 398}});
  CHECK(serials == std::vector{""s, "1"s, "2"s, "3"s});
  CHECK(stock.size() == 401);
}

TEST_CASE("history has the times of the clock", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.create({.part = "motor"}));
  CHECK(stock.history(1).front().at.time_since_epoch() > std::chrono::hours(24 * 365 * 50));
  stock.set_clock([] { return std::chrono::sys_seconds(std::chrono::seconds(77)); });
  REQUIRE(stock.remove(1));
  CHECK(stock.history(1).back().at.time_since_epoch() == std::chrono::seconds(77));
  CHECK(stock.history().size() == 2);
  CHECK(stock.history(2).empty());
}

TEST_CASE("a batch is traced through everything", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.add_part({.key = "pump"}));
  REQUIRE(stock.create({.part = "motor", .amount = 10, .batch = "B-7"}));  // 1
  REQUIRE(stock.split(1, 4));                                              // 2
  REQUIRE(stock.serialize(2, 3));                                          // 3, 4, 5
  REQUIRE(stock.create({.part = "motor", .batch = "B-8"}));                // 6
  REQUIRE(stock.create({.part = "pump", .batch = "B-7"}));                 // 7
  REQUIRE(stock.change_batch({3, 2}, "B-9"));
  REQUIRE(stock.remove(5));
  CHECK(stock.trace(" B-7 ") == std::vector<items>{{1, 5}, 7});
  CHECK(stock.trace("B-9") == std::vector<items>{{3, 2}});
  CHECK(stock.trace("B-10").empty());
  CHECK(stock.trace("").empty());
  CHECK(stock.batches() == 3);
}

TEST_CASE("ancestors and descendants", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.create({.part = "motor", .amount = 10}));  // 1
  REQUIRE(stock.split(1, 4));                              // 2
  REQUIRE(stock.serialize(2, 3));                          // 3, 4, 5
  REQUIRE(stock.split(1, 1));                              // 6
  CHECK(stock.ancestors(4) == std::vector<item_id>{2, 1});
  CHECK(stock.ancestors(1).empty());
  CHECK(stock.ancestors(99).empty());
  CHECK(stock.descendants(1) == std::vector<items>{{2, 5}});
  CHECK(stock.descendants(2) == std::vector<items>{{3, 3}});
  CHECK(stock.descendants(4).empty());
  CHECK(stock.descendants(99).empty());
  CHECK(stock.descendants(no_item).empty());
}

// ---- what things cost
// -------------------------------------------------------------------------------------------------

TEST_CASE("a million units are one block", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.create({.part = "motor", .amount = 10'000'000'000'000, .batch = "B-7"}));
  const auto blocks = [&] {
    int count = 0;
    stock.for_each([&](items, const auto&) { ++count; });
    return count;
  };
  CHECK(stock.serialize(1, 1'000'000));
  CHECK(stock.serialize(1, 9'999'999'000'000) == items(1'000'002, 9'999'999'000'000));
  CHECK(blocks() == 3);
  CHECK(stock.get(10'000'000'000'001)->serial == "10000000000000");
  CHECK(stock.history().size() == 3);
  CHECK(stock.change_batch({500'000, 10}, "B-8"));
  CHECK(blocks() == 5);
  CHECK(stock.remove({2, 10'000'000'000'000}));
  CHECK(blocks() == 5);
  CHECK(stock.descendants(1) == std::vector<items>{{2, 10'000'000'000'000}});
  CHECK(stock.trace("B-7") == std::vector<items>{{1, 10'000'000'000'001}});
}

TEST_CASE("an item is split many times", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.create({.part = "motor", .amount = 100'001}));
  bool all = true;
  for (int i = 0; i < 100'000; ++i) all = all && stock.split(1, 1);
  CHECK(all);
  CHECK(stock.history(1).size() == 100'001);
  CHECK(stock.history(100'001).size() == 1);
  CHECK(stock.descendants(1) == std::vector<items>{{2, 100'000}});
}

TEST_CASE("chains of parents can be deep", "[stock]") {
  constexpr item_id deep = 100'000;
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  bool all = true;
  for (item_id id = 1; id <= deep; ++id) all = all && stock.create({.part = "motor"});
  // from both ends to the middle, so that what is joined has ancestors and descendants
  for (item_id id = 1; id < deep / 2; ++id)
    all = all && stock.set_parent(id + 1, id) && stock.set_parent(deep + 1 - id, deep - id);
  CHECK(all);
  CHECK(stock.set_parent(deep / 2 + 1, deep / 2));
  CHECK(why(stock.set_parent(1, deep)) == errc::item_is_own_ancestor);
  CHECK(stock.ancestors(deep).size() == deep - 1);
  CHECK(stock.descendants(1) == std::vector<items>{{2, deep - 1}});

  // pairs that are hung below an ever longer chain
  item_id last = stock.create({.part = "motor"})->first;
  for (item_id i = 0; i < deep / 2; ++i) {
    const item_id pair = stock.create({.part = "motor"})->first;
    all = all && stock.create({.part = "motor", .parent = pair}) && stock.set_parent(pair, last);
    last = pair + 1;
  }
  CHECK(all);
  CHECK(stock.ancestors(last).size() == deep);
}
