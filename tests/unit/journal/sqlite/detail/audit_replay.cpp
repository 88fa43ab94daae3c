#include <tallymark/journal/sqlite/detail/audit_replay.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string_view>

using tallymark::change;
using tallymark::items;
using tallymark::quantity;
using tallymark::detail::replayed_entry;
using tallymark::detail::stock_replay;

namespace {

constexpr std::int64_t one = quantity::scale;
constexpr items none{tallymark::no_item, 0};

struct replayed : stock_replay {
  std::string_view operator()(change what, items subject, std::int64_t steps = 0, items other = none,
                              std::string_view before = {}) {
    return apply({what, subject, other, steps, before});
  }
  [[nodiscard]] known at(tallymark::item_id id) const { return std::prev(all().upper_bound(id))->second; }
};

}  // namespace

TEST_CASE("items are what their history says") {
  replayed stock;
  CHECK(stock(change::created, 1, 100 * one) == "");
  CHECK(stock(change::serialized, 1, 10 * one, {2, 10}) == "");
  CHECK(stock(change::split, 1, 20 * one, 12) == "");
  CHECK(stock(change::created, {13, 4}, 4 * one) == "");
  CHECK(stock(change::added, 1, 5) == "");
  CHECK(stock(change::counted, 12, 19 * one, none, "20") == "");
  CHECK(stock(change::merged, 1, 19 * one, 12) == "");
  CHECK(stock(change::taken, 1, 5) == "");
  CHECK(stock(change::parent_changed, {14, 2}, 0, 1) == "");
  CHECK(stock(change::removed, {11, 1}) == "");
  CHECK(stock(change::serial_changed, 16, one) == "");
  CHECK(stock(change::batch_changed, {3, 4}, one) == "");
  CHECK(stock.next() == 17);
  CHECK(stock.at(1).steps == 89 * one);
  CHECK(stock.at(1).parent == stock_replay::any_parent);
  CHECK(stock.at(2).serialized);
  CHECK(stock.at(2).parent == 1);
  CHECK(stock.at(10).last == 10);
  CHECK_FALSE(stock.at(10).removed);
  CHECK(stock.at(11).removed);
  CHECK(stock.at(12).steps == 0);
  CHECK(stock.at(13).parent == stock_replay::any_parent);
  CHECK(stock.at(15).parent == 1);
  CHECK_FALSE(stock.at(15).serialized);
  CHECK(stock.at(16).serialized);
}

TEST_CASE("what is alike and follows each other is one range") {
  replayed stock;
  for (tallymark::item_id id = 1; id <= 1000; ++id) CHECK(stock(change::created, id, one) == "");
  CHECK(stock.all().size() == 1);
  CHECK(stock(change::created, {1001, 1'000'000'000'000}, 1'000'000'000'000 * one) == "");
  CHECK(stock.all().size() == 1);
  CHECK(stock(change::removed, 500) == "");
  CHECK(stock.all().size() == 3);
}

TEST_CASE("what cannot have happened is told, and the next entries are looked at all the same") {
  constexpr auto greatest = std::numeric_limits<std::uint64_t>::max();
  replayed stock;
  CHECK(stock(change::added, 1, one) != "");
  CHECK(stock(change::created, 2, one) != "");  // there is no 1
  CHECK(stock.next() == 3);
  CHECK(stock(change::created, 2, one) != "");
  CHECK(stock(change::created, 3, one) == "");
  CHECK(stock(change::created, {4, 2}, one + 1) != "");
  CHECK(stock.next() == 6);
  CHECK(stock(change::taken, 3, one + 1) == "more is taken than there is, or more added than there can be");
  CHECK(stock(change::split, 2, one, {6, 2}) == "a split makes more than one item");
  CHECK(stock(change::split, 9, one, 8) != "");
  CHECK(stock(change::serialized, 1, one, {9, 2}) != "");
  CHECK(stock(change::created, {11, 2}, 6 * one) == "");
  CHECK(stock(change::merged, 11, one, 12) == "what is merged is not the whole quantity");
  CHECK(stock(change::counted, 11, one, none, "3") == "the quantity before a count is not the one that there was");
  CHECK(stock(change::counted, 11, one, none, "many") != "");
  CHECK(stock(change::parent_changed, 11, 0, 1) == "");
  CHECK(stock(change::parent_changed, 11, 0, 1) == "an item gets a second parent");
  CHECK(stock(change::removed, 11) == "");
  CHECK(stock(change::removed, {11, 2}) == "an item is removed twice");
  CHECK(stock(change::added, 11, one) == "an item changes after it was removed");
  for (const items odd : {items{0, 1}, items{1, 0}, items{greatest, 1}, items{1, greatest}, items{greatest, greatest}})
    for (int what = 0; what <= static_cast<int>(change::removed); ++what) {
      CHECK(stock(static_cast<change>(what), odd, one, 1) != "");
      if (odd.count > 0) CHECK(stock(static_cast<change>(what), 12, one, odd) != "");
    }
  CHECK(stock(change::added, 12, -1) == "the quantity of an entry of history is out of range");
  CHECK(stock.next() == 13);
}
