// expect: tallymark::policies: two journals given. Keep one
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/stock.hpp>

struct my_journal : tallymark::no_journal {};

#if TALLYMARK_BAD
struct acme : tallymark::policies<tallymark::no_journal, tallymark::step<2>, my_journal> {};
#else
struct acme : tallymark::policies<tallymark::no_journal, tallymark::step<2>> {};
#endif

int main() {
  tallymark::registry<acme> registry;
  (void)registry.issue({}, 3);
  tallymark::stock<acme> stock;
  (void)stock.create({.part = "motor"});
}
