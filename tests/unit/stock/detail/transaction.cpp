// Every operation on a stock whose journal refuses: it says why, and everything is as it was.
#include <tallymark/stock/stock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/batch/pattern_batch.hpp>

using namespace tallymark;

namespace {

// What the test and the journal share.
struct drawer {
  bool begins = true, appends = true;
  std::uint64_t changes = 0, groups = 0, cancelled = 0;
  bool open = false;
};

struct refusing_log {
  std::shared_ptr<drawer> in;
  result<bool> begin() {
    if (!in->begins) return fail(errc::journal_busy);
    in->open = true;
    return false;
  }
  template <class Reader>
  result<void> read(Reader&) {
    return {};
  }
  result<void> append(const row_group& group) {
    in->open = false;
    if (!in->appends) return fail(errc::journal_full);
    ++in->groups;
    for (const entry& each : group.history)
      if (each.number != in->changes++) return fail(errc::journal_failed);
    return {};
  }
  void cancel() {
    in->open = false;
    ++in->cancelled;
  }
  [[nodiscard]] std::uint64_t last() const { return in->changes; }
  template <class Visit>
  result<void> history(item_id, Visit&&) {
    return {};
  }
};
struct refusing {
  using policy_slot = journal_slot;
  using log = refusing_log;
  std::shared_ptr<drawer> in = std::make_shared<drawer>();
  result<refusing_log> open(const tallymark::journal_schema&) const { return refusing_log{in}; }
};

using set = policies<refusing, pattern_batch<"L{sequence}">>;
using tested = stock<set>;

std::string all_of(const tested& of) {
  std::ostringstream out;
  for (std::uint32_t i = 0; i < of.parts().size(); ++i) {
    const auto& part = of.parts()[i];
    out << part.key << part.variant_of.value_or("-") << ' ' << of.next_serial(part.key).value_or("none") << '\n';
    of.serials().for_each(of.parts().place(i), [&](const family& in, const held_run& each) {
      out << in.text << each.first << '+' << each.length << ' ' << each.by.item << int(each.by.state) << '\n';
    });
  }
  of.for_each([&](const items& which, const auto& one) {
    out << which.first << '+' << which.count << ' ' << one.amount.text() << one.serial.value_or("-") << one.batch
        << one.parent.value_or(0) << one.removed << '\n';
  });
  return out.str();
}

struct world {
  world() {
    REQUIRE(all.open());
    REQUIRE(all.add_part({.key = "bolt"}));
    REQUIRE(all.add_part({.key = "nut"}));
    REQUIRE(all.create({.part = "bolt", .amount = 100, .batch = "L7"}));
    REQUIRE(all.create({.part = "bolt", .amount = 50, .batch = "L7"}));
    REQUIRE(all.create({.part = "bolt", .serial = "S5"}));
    REQUIRE(all.serialize(1, 10));
  }
  std::shared_ptr<drawer> in = std::make_shared<drawer>();
  tested all{set{refusing{in}}};
};

run_list two() {
  run_list out;
  out.add(run{{"T"}, 1, 2});
  return out;
}

const std::vector<std::pair<std::string, std::function<refusal(tested&)>>> operations{
    {"add_part", [](tested& of) { return of.add_part({.key = "screw"}).error(); }},
    {"make_variant", [](tested& of) { return of.make_variant("nut", "bolt").error(); }},
    {"create", [](tested& of) { return of.create({.part = "bolt", .serial = "S66", .batch = "L9"}).error(); }},
    {"create many", [](tested& of) { return of.create({.part = "nut", .amount = 2, .serials = two()}).error(); }},
    {"split", [](tested& of) { return of.split(1, 5).error(); }},
    {"serialize these", [](tested& of) { return of.serialize(2, two()).error(); }},
    {"serialize", [](tested& of) { return of.serialize(2, 5).error(); }},
    {"merge", [](tested& of) { return of.merge(1, 2).error(); }},
    {"adjust", [](tested& of) { return of.adjust(1, adjustment::take, 1).error(); }},
    {"change_serial", [](tested& of) { return of.change_serial(3, "X1").error(); }},
    {"change_batch", [](tested& of) { return of.change_batch({4, 3}, "L8").error(); }},
    {"set_parent", [](tested& of) { return of.set_parent(2, 1).error(); }},
    {"remove", [](tested& of) { return of.remove({5, 2}).error(); }},
    {"start_at", [](tested& of) { return of.start_at("bolt", "Z9").error(); }},
    {"reserve", [](tested& of) { return of.reserve("bolt", 3).error(); }},
    {"batch_code", [](tested& of) { return of.batch_code().error(); }},
    {"receipt",
     [](tested& of) {
       auto delivery = of.receive();
       if (!delivery) return delivery.error();
       CHECK(delivery->add({.part = "bolt", .serial = "S88"}));
       CHECK(delivery->add({.part = "nut", .amount = 7, .batch = "L3"}));
       return delivery->commit().error();
     }},
};

}  // namespace

TEST_CASE("an operation that the journal refuses changes nothing", "[stock]") {
  for (const auto& [name, operation] : operations) {
    CAPTURE(name);
    world of;
    const std::string before = all_of(of.all);
    const auto groups = of.in->groups;
    of.in->appends = false;
    CHECK(operation(of.all) == refusal{{errc::journal_full}, "journal"});
    CHECK(all_of(of.all) == before);
    CHECK(of.all.trace("L9").empty());
    of.in->begins = false;
    CHECK(operation(of.all) == refusal{{errc::journal_busy}, "journal"});
    CHECK(all_of(of.all) == before);
    CHECK(of.in->groups == groups);
    CHECK(!of.in->open);
    of.in->begins = of.in->appends = true;
    CHECK(of.all.batch_code() == "L1");
    CHECK(of.all.create({.part = "bolt", .serial = "S66"}));
    CHECK(of.all.create({.part = "nut", .amount = 2, .serials = two()}));
    CHECK(of.all.make_variant("nut", "bolt").error().why.code == errc::part_has_items);
  }
}

TEST_CASE("what is refused by the stock is no change of the journal", "[stock]") {
  world of;
  const auto groups = of.in->groups;
  CHECK(of.all.create({.part = "bolt", .serial = "S5"}).error().why.code == errc::already_taken);
  CHECK(of.all.split(1, 1000).error().why.code == errc::not_enough);
  CHECK(of.all.change_batch(1, "L7"));  // has it already
  CHECK(of.in->groups == groups);
  CHECK(of.in->cancelled == 3);
  CHECK(!of.in->open);
}

TEST_CASE("nothing can be changed before the journal is open", "[stock]") {
  tested all;
  for (const auto& [name, operation] : operations) {
    CAPTURE(name);
    CHECK(operation(all) == refusal{{errc::journal_closed}, "journal"});
  }
  CHECK(all.refresh().error().why.code == errc::journal_closed);
  CHECK(all.history(1).error().why.code == errc::journal_closed);
}

TEST_CASE("a reservation that cannot be given back stays", "[stock]") {
  world of;
  auto some = of.all.reserve("bolt", 2);
  REQUIRE(some);
  of.in->appends = false;
  CHECK(some->drop().error().why.code == errc::journal_full);
  CHECK(some->pending());
  CHECK(of.all.serialize(2, std::move(*some)).error().why.code == errc::journal_full);
  CHECK(some->pending());
  of.in->appends = true;
  CHECK(of.all.serialize(2, std::move(*some)) == items{14, 2});
  CHECK(!some->pending());
}
