// expect: tallymark::registry: a policy is hidden by an alias in a derived struct.
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/stock.hpp>

#if TALLYMARK_BAD
struct acme : tallymark::policies<> {
  using increment = tallymark::step<9>;
};
#else
struct acme : tallymark::policies<tallymark::step<9>> {};
#endif

int main() {
  tallymark::registry<acme> registry;
  (void)registry.issue("motor", 3);
  tallymark::stock<acme> stock;
  (void)stock.create({.part = "motor"});
}
