// Compares the batch codes of split items with a model that searches for the least free number.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/batch/split_batch.hpp>
#include <tallymark/batch/tissue_code.hpp>
#include <tallymark/batch/validated_batch.hpp>
#include <tallymark/stock/stock.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace tallymark;

namespace {

using nine = split_suffix<1, "0123456789">;
using lots = stock<policies<split_batch<date_batch<>, nine>>>;
using plain_lots = stock<policies<date_batch<>>>;

// Repeats its codes, so that not all pieces get one: splitting must still end.
struct repeats_itself {
  using policy_slot = batch_slot;
  void format(std::string&) const {}
  result<void> split_code(std::string& out, std::string_view, std::uint64_t n) const {
    out.append(n % 2 == 0 ? "even" : "odd");
    return {};
  }
};
struct no_opinion {
  using policy_slot = batch_slot;
  void format(std::string&) const {}
  result<void> split_code(std::string&, std::string_view, std::uint64_t) const { return {}; }
};
struct no_two {
  constexpr result<opinion> operator()(std::string_view code) const {
    if (code.ends_with('2')) return fail(errc::refused_by_rule, code.size() - 1, 1);
    return opinion::none;
  }
};

template <class Stock>
std::string batch_of(const Stock& all, item_id id) {
  return std::string(all.get(id)->batch);
}

}  // namespace

TEST_CASE("children of a split get the next number, whichever piece is split", "[model][stock]") {
  lots all;
  REQUIRE(all.add_part({.key = "bone"}));
  const auto whole = all.create({.part = "bone", .amount = 100, .batch = "B-7-0"})->first;
  const auto first = all.split(whole, 10).value(), second = all.split(first, 5).value(),
             third = all.split(whole, 1).value();
  CHECK(batch_of(all, whole) == "B-7-0");
  CHECK(batch_of(all, first) == "B-7-1");
  CHECK(batch_of(all, second) == "B-7-2");
  CHECK(batch_of(all, third) == "B-7-3");
  CHECK(all.trace("B-7-0") == std::vector<items>{whole});
  CHECK(all.descendants(whole) == std::vector<items>{items{first, 3}});
  const entry& last = all.history().back();
  CHECK(last.what == change::split);
  CHECK(last.before == "B-7-0");
  CHECK(last.after == "B-7-3");
  CHECK(all.merge(whole, third).error().why.code == errc::different_batch);
  // units keep the code: their serial numbers tell them apart
  CHECK(batch_of(all, all.serialize(first, 2)->first) == "B-7-1");
}

TEST_CASE("numbers that were assigned by hand or removed are not assigned again", "[model][stock]") {
  lots all;
  REQUIRE(all.add_part({.key = "bone"}));
  const auto whole = all.create({.part = "bone", .amount = 100, .batch = "B-0"})->first;
  const auto by_hand = all.create({.part = "bone", .amount = 1, .batch = "B-1"})->first;
  REQUIRE(all.create({.part = "bone", .amount = 1, .batch = "B-3"}));
  REQUIRE(all.remove(by_hand));
  CHECK(batch_of(all, all.split(whole, 1).value()) == "B-2");
  CHECK(batch_of(all, all.split(whole, 1).value()) == "B-4");
}

TEST_CASE("when no number is left, a split is refused and changes nothing", "[model][stock]") {
  lots all;
  REQUIRE(all.add_part({.key = "bone"}));
  const auto whole = all.create({.part = "bone", .amount = 100, .batch = "B-0"})->first;
  for (int i = 0; i < 9; ++i) REQUIRE(all.split(whole, 1));
  const std::size_t entries = all.history().size();
  for (int i = 0; i < 3; ++i) {
    const auto refused = all.split(whole, 1);
    REQUIRE(!refused);
    CHECK(refused.error() == refusal{failure{errc::sequence_exhausted}, "batch", {}});
  }
  CHECK(all.get(whole)->amount == 91);
  CHECK(all.size() == 10);
  CHECK(all.history().size() == entries);
  CHECK(all.batches() == 10);
}

TEST_CASE("policies that do not number, and policies that repeat codes", "[model][stock]") {
  const auto split_twice = []<class Stock>(Stock all, std::string_view batch) {
    REQUIRE(all.add_part({.key = "bone"}));
    const auto whole = all.create({.part = "bone", .amount = 10, .batch = batch})->first;
    std::string codes;
    for (int i = 0; i < 4; ++i) {
      const auto child = all.split(whole, 1);
      codes += " " + (child ? batch_of(all, *child) : std::string(message(child.error().why.code)));
    }
    return codes;
  };
  CHECK(split_twice(plain_lots{}, "B") == " B B B B");
  CHECK(split_twice(stock<policies<no_opinion>>{}, "B") == " B B B B");
  const std::string none(message(errc::sequence_exhausted)), rule(message(errc::refused_by_rule));
  CHECK(split_twice(stock<policies<repeats_itself>>{}, "B") == " odd even " + none + " " + none);
  CHECK(split_twice(lots{}, "") == "    ");
  CHECK(split_twice(stock<policies<validated_batch<split_batch<>, no_two>>>{}, "B-000") ==
        " B-001 " + rule + " B-003 B-004");
  CHECK(split_twice(stock<policies<tissue_batch>>{}, "DE00123412345678ABCDE E0000123ZZX20301231") ==
        " DE00123412345678ABCDE E000012300120301231 DE00123412345678ABCDE E000012300220301231"
        " DE00123412345678ABCDE E000012300320301231 DE00123412345678ABCDE E000012300420301231");
}

TEST_CASE("a stock and a model agree on the codes of pieces", "[model][stock]") {
  REQUIRE(rc::check([] {
    lots real;
    RC_ASSERT(real.add_part({.key = "bone"}).has_value());
    struct {
      std::map<item_id, std::string> codes{};
      std::set<std::string> used{};
    } model;
    item_id next = 1;
    const auto record_code = [&](item_id id, const std::string& code) {
      model.codes[id] = code;
      model.used.insert(code);
      ++next;
    };
    for (int steps = *rc::gen::inRange(1, 40); steps > 0; --steps) {
      const bool by_hand = model.codes.empty() || *rc::gen::inRange(0, 4) == 0;
      if (by_hand) {
        const std::string code =
            *rc::gen::element<std::string>("A-", "B-", "AB-") + std::to_string(*rc::gen::inRange(0, 10));
        RC_ASSERT(real.create({.part = "bone", .amount = 1'000, .batch = code}).has_value());
        record_code(next, code);
        continue;
      }
      const item_id from = *rc::gen::inRange<item_id>(1, next);
      RC_ASSERT(real.adjust(from, adjustment::count, 100).has_value());  // enough to split
      const auto child = real.split(from, 1);
      const std::string stem = model.codes[from].substr(0, model.codes[from].size() - 1);
      int number = 1;
      while (number < 10 && model.used.contains(stem + std::to_string(number))) ++number;
      if (number == 10) {
        RC_ASSERT(!child);
        RC_ASSERT(child.error() == (refusal{failure{errc::sequence_exhausted}, "batch", {}}));
      } else {
        RC_ASSERT(child.has_value() && *child == next);
        record_code(next, stem + std::to_string(number));
      }
      for (const auto& [id, code] : model.codes) RC_ASSERT(batch_of(real, id) == code);
      RC_ASSERT(real.batches() == model.used.size());
    }
  }));
}
