// expect: tallymark::registry: it is neither copied nor moved
#include <tallymark/registry/registry.hpp>

#include <utility>

int main() {
  tallymark::registry<> registry;
  (void)registry.claim("motor", "1");
#if TALLYMARK_BAD
  tallymark::registry<> other;
  other = std::move(registry);
#endif
}
