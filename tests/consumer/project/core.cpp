#include <tallymark/core.hpp>

int main() {
  tallymark::registry<> registry;
  if (!registry.claim("motor", "SN-0041")) return 1;
  return registry.next("motor") == "SN-0042" ? 0 : 1;
}
