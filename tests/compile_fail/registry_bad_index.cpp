// expect: tallymark::registry: the index policy lacks a member, or it has another type
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/stock.hpp>

struct my_map : tallymark::run_map {
#if TALLYMARK_BAD
  void greatest() const {}
#endif
};
struct my_index {
  using policy_slot = tallymark::index_slot;
  using map = my_map;
};
struct acme : tallymark::policies<my_index> {};

int main() {
  tallymark::registry<acme> registry;
  (void)registry.claim("motor", "1");
  (void)registry.issue("motor", 3);
  tallymark::stock<acme> stock;
  (void)stock.create({.part = "motor"});
}
