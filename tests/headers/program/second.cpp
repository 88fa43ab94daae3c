// The headers in front of this text are in another order; see tests/headers/check.
#include <string>

namespace {
using company = tallymark::policies<tallymark::unique_globally, tallymark::prefixed_serial<"SN-", 4>>;
}

std::string next_number(tallymark::registry<company>& registry);
bool keeps_stock(tallymark::registry<company>& registry, int parts);

std::string next_number(tallymark::registry<company>& registry) {
  if (registry.claim("gear", "SN-0041")) return "a number that is taken";
  return std::string(registry.next("gear").value_or(""));
}

bool keeps_stock(tallymark::registry<company>& registry, int parts) {
  tallymark::stock<company> stock;
  for (int i = 0; i < parts; ++i) {
    const std::string part = "part " + std::to_string(i);
    if (!stock.add_part({.key = part})) return false;
    const auto box = stock.create({.part = part, .amount = 500});
    if (!box || !stock.serialize(box->first, 400)) return false;
  }
  return registry.next("motor") == "SN-0042" && stock.next_serial("part 0") == "SN-1201";
}
