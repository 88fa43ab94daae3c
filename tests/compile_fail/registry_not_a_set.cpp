// expect: tallymark::registry: the first template argument is not a policy set. Write tallymark::policies<...>
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/stock.hpp>

#if TALLYMARK_BAD
using acme = int;
#else
using acme = tallymark::policies<>;
#endif

int main() {
  tallymark::registry<acme> registry;
  (void)registry.claim("motor", "1");
  (void)registry.issue("motor", 3);
  tallymark::stock<acme> stock;
  (void)stock.create({.part = "motor"});
  (void)stock.batch_code();
}
