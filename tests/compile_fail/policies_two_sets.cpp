// expect: tallymark::policies: two policy sets given. Build upon one of them
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/stock.hpp>

struct acme : tallymark::policies<tallymark::unique_globally> {};
struct by_tens : tallymark::policies<tallymark::step<10>> {};
#if TALLYMARK_BAD
struct both : tallymark::policies<acme, by_tens> {};
#else
struct both : tallymark::policies<acme, tallymark::step<10>> {};
#endif

int main() {
  tallymark::registry<both> registry;
  (void)registry.issue({}, 3);
  tallymark::stock<both> stock;
  (void)stock.create({.part = "motor"});
}
