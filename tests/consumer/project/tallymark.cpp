#include <tallymark/tallymark.hpp>

int main() {
  tallymark::stock<> stock;
  if (!stock.add_part({.key = "motor"})) return 1;
  const auto box = stock.create({.part = "motor", .amount = 500});
  if (!box || !stock.serialize(box->first, 400)) return 1;
  return stock.next_serial("motor") == "401" ? 0 : 1;
}
