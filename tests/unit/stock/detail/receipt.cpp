#include <tallymark/stock/stock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace tallymark;

namespace {

struct world {
  world() {
    REQUIRE(all.add_part({.key = "bolt"}));
    REQUIRE(all.add_part({.key = "nut", .serials = rule::forbidden}));
  }
  [[nodiscard]] std::vector<items> blocks() const {
    std::vector<items> out;
    all.for_each([&](const items& which, const auto&) { out.push_back(which); });
    return out;
  }
  stock<> all;
};

run_list runs(std::string_view text, std::uint64_t first, std::uint64_t length) {
  run_list out;
  out.add(run{{text}, first, length});
  return out;
}

template <class Result>
refusal refused(const Result& done) {
  REQUIRE(!done);
  return done.error();
}
refusal because(std::string_view member, errc code, std::uint32_t at = 0, std::uint32_t length = 0) {
  return {{code, at, length}, member};
}
quantity amount(std::string_view text) { return *quantity::parse(text); }

}  // namespace

TEST_CASE("what is on a receipt is there after the commit", "[stock]") {
  world of;
  auto delivery = of.all.receive();
  REQUIRE(delivery);
  const auto box = delivery->add({.part = "nut", .amount = 500, .batch = "B1"});
  CHECK(box == items{1});
  CHECK(delivery->add({.part = "bolt", .serial = "S7"}) == items{2});
  CHECK(delivery->add({.part = "bolt", .amount = 3, .serials = runs("T", 1, 3), .parent = box->first}) == items{3, 3});
  CHECK(delivery->size() == 5);
  CHECK(of.all.size() == 0);
  REQUIRE(delivery->commit());
  CHECK(of.all.size() == 5);
  CHECK(of.all.find("bolt", "T2") == 4);
  CHECK(of.all.get(4)->parent == 1);
  CHECK(of.all.descendants(1) == std::vector<items>{{3, 3}});
  CHECK(of.all.trace("B1") == std::vector<items>{1});
}

TEST_CASE("a receipt that is not committed gives everything back", "[stock]") {
  world of;
  {
    auto delivery = of.all.receive();
    CHECK(delivery->add({.part = "bolt", .serial = "S7"}));
    CHECK(delivery->add({.part = "bolt", .amount = 2, .serials = runs("S", 8, 2)}));
    CHECK(of.all.serials().contains({0, 0, 0, of.all.parts()[0].data}, "S8"));
  }
  CHECK(of.all.size() == 0);
  CHECK(of.all.history().empty());
  CHECK(of.all.next_serial("bolt") == "1");
  CHECK(of.all.create({.part = "bolt", .serial = "S8"}));
}

TEST_CASE("one that is refused leaves the others", "[stock]") {
  world of;
  auto delivery = of.all.receive();
  CHECK(delivery->add({.part = "bolt", .serial = "S7"}));
  const auto twice = delivery->add({.part = "bolt", .serial = " S7 "});
  REQUIRE(!twice);
  CHECK(twice.error() == refusal{{errc::already_taken, 0, 4}, "serial", {{errc::already_taken, run{{"S"}, 7, 1}, 1}}});
  CHECK(delivery->add({.part = "bolt", .amount = 2, .serials = runs("S", 6, 2)}).error().met.size() == 1);
  CHECK(delivery->add({.part = "screw"}).error().member == "part");
  CHECK(delivery->add({.part = "nut", .serial = "1"}).error().why.code == errc::serial_forbidden);
  CHECK(delivery->add({.part = "bolt", .amount = 2, .serial = "1"}).error().why.code == errc::serial_quantity_not_one);
  CHECK(delivery->add({.part = "bolt", .amount = 0, .serial = "1"}).error().why.code == errc::zero_quantity);
  CHECK(delivery->add({.part = "bolt", .serial = "\x01"}).error().why.code == errc::control_character);
  CHECK(delivery->add({.part = "bolt", .parent = 2}).error().why.code == errc::unknown_item);
  CHECK(delivery->add({.part = "bolt", .serial = "S6"}) == items{2});
  REQUIRE(delivery->commit());
  CHECK(of.all.size() == 2);
  CHECK(of.all.find("bolt", "S6") == 2);
}

TEST_CASE("alike items that follow each other are one block and one entry", "[stock]") {
  world of;
  auto delivery = of.all.receive();
  const auto add = [&](const std::string& serial, std::uint64_t line, std::string_view batch = "B") {
    CHECK(delivery->add({.part = "bolt", .serial = serial, .batch = batch, .from = {"a.csv", line, 1}}));
  };
  add("S1", 2);
  add("S2", 3);
  add("S3", 4);
  SECTION("they are") {
    REQUIRE(delivery->commit());
    CHECK(of.blocks() == std::vector<items>{{1, 3}});
    REQUIRE(of.all.history().size() == 1);
    CHECK(of.all.history()[0].subject == items{1, 3});
    CHECK(of.all.history()[0].amount == quantity(3));
    CHECK(of.all.history()[0].from == origin{"a.csv", 2, 3});
    CHECK(of.all.history(3).size() == 1);
    CHECK(of.all.get(3)->serial == "S3");
  }
  SECTION("a line is left out: another entry") {
    add("S4", 6);
    REQUIRE(delivery->commit());
    CHECK(of.blocks() == std::vector<items>{{1, 3}, {4}});
    CHECK(of.all.history().size() == 2);
  }
  SECTION("a serial number is left out, or of another family, or the batch is another: another block") {
    add("S5", 5);
    add("06", 6);
    add("07", 7);
    add("08", 8, "C");
    REQUIRE(delivery->commit());
    CHECK(of.blocks() == std::vector<items>{{1, 3}, {4}, {5, 2}, {7}});
    CHECK(of.all.history().size() == 1);
    CHECK(of.all.trace("C") == std::vector<items>{7});
  }
  SECTION("another quantity: another entry; alike quantities are one") {
    for (std::uint64_t line = 5; line < 8; ++line)
      CHECK(delivery->add({.part = "nut", .amount = 20, .from = {"a.csv", line, 1}}));
    REQUIRE(delivery->commit());
    CHECK(of.blocks() == std::vector<items>{{1, 3}, {4, 3}});
    CHECK(of.all.history()[1].amount == quantity(60));
    CHECK(of.all.get(5)->amount == quantity(20));
    REQUIRE(of.all.adjust(5, adjustment::take, 5));
    CHECK(of.all.get(4)->amount == quantity(20));
    CHECK(of.all.get(5)->amount == quantity(15));
    CHECK(of.all.history(5).size() == 2);
    CHECK(of.all.history(6).size() == 1);
  }
  SECTION("several runs from one line are one entry") {
    run_list two = runs("S", 10, 2);
    two += runs("S", 20, 3);
    CHECK(delivery->add({.part = "bolt", .amount = 5, .serials = two, .from = {"a.csv", 9, 1}}));
    REQUIRE(delivery->commit());
    REQUIRE(of.all.history().size() == 2);
    CHECK(of.all.history()[1].subject == items{4, 5});
    CHECK(of.all.history()[1].from == origin{"a.csv", 9, 1});
  }
}

TEST_CASE("the sum of an entry stays within what a quantity can be", "[stock]") {
  world of;
  auto delivery = of.all.receive();
  for (int i = 0; i < 3; ++i) CHECK(delivery->add({.part = "nut", .amount = quantity::max_whole}));
  REQUIRE(delivery->commit());
  CHECK(of.all.history().size() == 3);
  CHECK(of.all.size() == 3);
}

TEST_CASE("a serial number that was read is not read again", "[stock]") {
  world of;
  CHECK(of.all.read("\x01").error().code == errc::control_character);
  const auto read = of.all.read(" S7 ");
  REQUIRE(read);
  CHECK(**read == serial_number{{"S"}, 7});
  auto delivery = of.all.receive();
  REQUIRE(delivery);
  CHECK(delivery->add({.part = "bolt"}, *read) == items{1});
  CHECK(delivery->add({.part = "bolt"}, *of.all.read("S8")) == items{2});
  CHECK(delivery->add({.part = "bolt"}, *read).error() ==
        refusal{{errc::already_taken, 0, 4}, "serial", {{errc::already_taken, run{{"S"}, 7, 1}, 1}}});
  CHECK(delivery->add({.part = "nut"}, *of.all.read("S9")).error().why.code == errc::serial_forbidden);
  CHECK(delivery->add({.part = "bolt", .amount = 2}, *of.all.read("S9")).error().member == "quantity");
  REQUIRE(delivery->commit());
  CHECK(of.blocks() == std::vector<items>{{1, 2}});
}

TEST_CASE("a receipt can be moved", "[stock]") {
  world of;
  std::optional<stock<>::receipt> kept;
  {
    auto delivery = of.all.receive();
    CHECK(delivery->add({.part = "bolt", .serial = "S7"}));
    kept.emplace(std::move(*delivery));
  }
  CHECK(kept->add({.part = "bolt", .serial = "S8"}));
  REQUIRE(kept->commit());
  CHECK(of.all.size() == 2);
}

TEST_CASE("a receipt that is moved keeps its batch codes", "[stock]") {
  world of;
  std::optional<stock<>::receipt> kept;
  {
    auto delivery = of.all.receive();
    for (const char* const code : {"B1", "B2", "a batch code that is longer than a small text", "B1", "B1"})
      CHECK(delivery->add({.part = "nut", .amount = 5, .batch = code}));
    kept.emplace(std::move(*delivery));
  }
  CHECK(kept->add({.part = "nut", .amount = 5, .batch = "B1"}));
  CHECK(kept->add({.part = "nut", .amount = 5}));
  REQUIRE(kept->commit());
  CHECK(of.blocks() == std::vector<items>{{1}, {2}, {3}, {4, 3}, {7}});
  CHECK(of.all.trace("B1") == std::vector<items>{{1}, {4, 3}});
  CHECK(of.all.trace("a batch code that is longer than a small text") == std::vector<items>{3});
  CHECK(of.all.get(7)->batch.empty());
}

TEST_CASE("items have the data of their own, whatever items precede them", "[stock]") {
  struct large {
    std::string name{}, more{};
    bool operator==(const large&) const = default;
  };
  stock<policies<>, std::string, no_record, large> all;
  REQUIRE(all.add_part({.key = "bolt"}));
  auto delivery = all.receive();
  for (const char* const name : {"", "", "box", "box", "", "tin"})
    CHECK(delivery->add({.part = "bolt", .amount = 5, .data = {name}}));
  REQUIRE(delivery->commit());
  std::vector<items> blocks;
  all.for_each([&](const items& which, const auto&) { blocks.push_back(which); });
  CHECK(blocks == std::vector<items>{{1, 2}, {3, 2}, {5}, {6}});
  CHECK(all.get(2)->data.name.empty());
  CHECK(all.get(4)->data.name == "box");
  CHECK(all.get(6)->data.name == "tin");
  REQUIRE(all.split(4, 2));
  CHECK(all.get(7)->data.name == "box");
  CHECK(all.get(3)->data.name == "box");
}

TEST_CASE("a receipt that is not committed gives back what was claimed for many items", "[stock]") {
  world of;
  {
    auto delivery = of.all.receive();
    for (int i = 0; i < 300; ++i) CHECK(delivery->add({.part = "bolt", .serial = "X" + std::to_string(i * 2)}));
    for (int i = 0; i < 300; ++i) CHECK(delivery->add({.part = "bolt", .serial = "Y" + std::to_string(i)}));
    CHECK(delivery->add({.part = "bolt", .serial = "irregular"}));
  }
  std::size_t held = 0;
  of.all.serials().for_each(of.all.parts().place(0), [&](const family&, const held_run&) { ++held; });
  CHECK(held == 0);
  CHECK(of.all.create({.part = "bolt", .serial = "irregular"}));
}

TEST_CASE("units are created with the serial numbers that are given", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  CHECK(stock.create({.part = "motor", .serial = " SN-1 "}) == items(1));
  CHECK(stock.create({.part = "motor", .amount = 3, .serials = runs("SN-", 5, 3)}) == items(2, 3));
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
  CHECK(refused(stock.create({.part = "motor", .amount = amount("2.5"), .serials = runs("SN-", 2, 2)})) ==
        because("quantity", errc::quantity_not_whole));
  CHECK(refused(stock.create({.part = "motor", .amount = 3, .serials = runs("SN-", 2, 2)})) ==
        because("serial", errc::too_few_serials));
  CHECK(refused(stock.create({.part = "motor", .amount = 1, .serials = runs("SN-", 2, 2)})) ==
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

  const refusal many = refused(stock.create({.part = "motor", .amount = 3, .serials = runs("SN-", 0, 3)}));
  CHECK(many.why == failure{errc::already_taken});
  CHECK(many.met.size() == 1);
  CHECK(refused(stock.create({.part = "motor", .amount = 4, .serials = runs("SN-", 999'999'999'999'999'998, 4)}))
            .why.code == errc::too_large);

  CHECK(stock.size() == 1);
  CHECK(stock.history().size() == 1);
  CHECK(!stock.find("motor", "SN-2"));
  CHECK(stock.batches() == 0);
}

TEST_CASE("an item can be created below another", "[stock]") {
  stock<> stock;
  REQUIRE(stock.add_part({.key = "motor"}));
  REQUIRE(stock.create({.part = "motor"}));
  REQUIRE(stock.remove(1));
  CHECK(stock.create({.part = "motor", .parent = 1}));  // what it was made from may be gone
  CHECK(stock.get(2)->parent == 1U);
}
