// The life of stock items: created, split, serialized, changed, removed, and traced.
#include <tallymark/stock/stock.hpp>

#include <iostream>
#include <string>

using namespace tallymark;

// This company's own data of a part and of an item.
struct part_data {
  std::string drawing;
};
struct item_data {
  std::string shelf;
};
using warehouse = stock<policies<>, std::string, part_data, item_data>;

int main() {
  warehouse stock;
  (void)stock.add_part({.key = "motor", .data = {"D-100"}});
  (void)stock.add_part({.key = "fast motor", .variant_of = "motor"});  // shares the serial numbers of motor
  (void)stock.add_part({.key = "oil", .serials = rule::forbidden, .batches = rule::required});

  // a quantity is an exact decimal: a literal, or read from a text
  const auto drum = stock.create({.part = "oil", .amount = 37.5_qty, .batch = "2026-11-23"});
  const auto litres = quantity::parse("5.0");
  const auto can = stock.split(drum->first, *litres);
  std::cout << stock.get(drum->first)->amount.text() << '\n';  // 32.5
  bool right = can && stock.get(*can)->batch == "2026-11-23" && stock.get(*can)->parent == drum->first;

  // a box of 500 becomes 400 units and the remaining 100
  const auto box = stock.create({.part = "motor", .amount = 500, .batch = "B-7", .data = {"shelf 3"}});
  const auto units = stock.serialize(box->first, 400);
  std::cout << *stock.get(units->first)->serial << " to " << *stock.get(units->last())->serial << '\n';  // 1 to 400
  right = right && units->count == 400 && stock.get(box->first)->amount == quantity(100);

  // an impossible call is refused, with the member that is wrong, and nothing changes
  const auto refused = stock.split(units->first, 1);
  std::cout << refused.error() << '\n';  // item: the stock item is serialized
  right = right && refused.error() == refusal{{errc::serialized_item}, "item"};

  // the reason under the text that is wrong, whichever member it was
  const warehouse::new_item typo{.part = "motr", .amount = 12};
  if (const auto made = stock.create(typo); !made) std::cout << explain(made.error(), typo) << '\n';

  // a removed unit keeps its serial number and its history
  (void)stock.change_batch(units->first, "B-8");
  (void)stock.remove(units->first);
  for (const entry& each : stock.history(units->first)) std::cout << each.number << ' ' << each.after << '\n';
  right = right && !stock.create({.part = "fast motor", .serial = "1"}) && stock.history(units->first).size() == 3;

  // all items that ever carried the batch code: the box and all its units
  for (const items& each : stock.trace("B-7")) std::cout << each.first << " to " << each.last() << '\n';
  right = right && stock.trace("B-7").size() == 1 && stock.descendants(box->first).front() == *units;

  // a block of units is visited once
  stock.for_each([](const items& which, const auto& first) {
    std::cout << which.count << " x " << first.part << " on " << first.data.shelf << '\n';
  });
  return right ? 0 : 1;
}
