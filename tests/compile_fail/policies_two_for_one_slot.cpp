// expect: tallymark::policies: two increment policies given. Keep one
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/stock.hpp>

#if TALLYMARK_BAD
struct acme : tallymark::policies<tallymark::step<2>, tallymark::unique_globally, tallymark::step<3>> {};
#else
struct acme : tallymark::policies<tallymark::step<2>, tallymark::unique_globally> {};
#endif

int main() {
  tallymark::registry<acme> registry;
  (void)registry.issue({}, 3);
  tallymark::stock<acme> stock;
  (void)stock.create({.part = "motor"});
}
