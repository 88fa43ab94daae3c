#include <iostream>
#include <tallymark/tallymark.hpp>

// One company's rules: numbers like SN-000042, unique among all parts.
struct acme : tallymark::policies<tallymark::unique_globally, tallymark::prefixed_serial<"SN-", 6>> {};

int main() {
  tallymark::stock<acme> stock;
  (void)stock.add_part({.key = "motor"});
  const auto box = stock.create({.part = "motor", .amount = 500, .batch = "B-7"});
  const auto units = stock.serialize(box->first, 400);  // one block: the time and memory of one unit
  std::cout << *stock.get(units->first)->serial << " to " << *stock.get(units->last())->serial << '\n';

  (void)stock.remove(units->first);  // its serial number stays taken for ever
  const auto again = stock.create({.part = "motor", .serial = "SN-000001"});
  std::cout << message(again.error().why.code) << '\n';
  std::cout << stock.next_serial("motor").value() << '\n';
}
