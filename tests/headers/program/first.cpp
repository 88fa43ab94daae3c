// The headers in front of this text are in some order; see tests/headers/check.
#include <cstdio>
#include <string>

namespace {
using company = tallymark::policies<tallymark::unique_globally, tallymark::prefixed_serial<"SN-", 4>>;
}

std::string next_number(tallymark::registry<company>& registry);      // second.cpp
bool keeps_stock(tallymark::registry<company>& registry, int parts);  // second.cpp

int main() {
  tallymark::registry<company> registry;
  if (!registry.claim("motor", "SN-0041")) return std::puts("the claim is refused"), 1;
  if (next_number(registry) != "SN-0042") return std::puts("the next number is another one"), 1;
  if (!keeps_stock(registry, 3)) return std::puts("the stock is another one"), 1;
}
