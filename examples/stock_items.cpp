// The life of a box of motors. Shown in docs/stock/.
#include <iostream>
#include <tallymark/tallymark.hpp>

using namespace tallymark;

int main() {
  stock<> stock;
  (void)stock.add_part({.key = "motor"});
  (void)stock.add_part({.key = "motor-230V", .variant_of = "motor"});

  const auto box = stock.create({.part = "motor", .amount = 500, .batch = "B-7"});
  const auto units = stock.serialize(box->first, 200);  // 1 to 200, children of the box
  const auto half = stock.split(box->first, 150);       // a second box of the same batch
  std::cout << stock.get(box->first)->amount.text() << " and " << stock.get(*half)->amount.text() << '\n';

  // a variant counts in the same tree: 7 is taken, and the answer says by which item
  const auto clash = stock.create({.part = "motor-230V", .serial = "7"});
  std::cout << clash.error().member << ": " << message(clash.error().why.code) << " by item " << clash.error().met[0].item
            << '\n';

  // the first ten are scrapped; whatever happened to them, the batch still leads to them
  (void)stock.change_batch(items(units->first, 10), "B-7-bad");
  (void)stock.remove(items(units->first, 10));
  for (const items& found : stock.trace("B-7")) std::cout << found.first << " to " << found.last() << '\n';
  for (const entry& each : stock.history(units->first))
    std::cout << (each.what == change::removed ? "removed" : each.what == change::batch_changed ? "batch" : "made") << '\n';
}
