// expect: tallymark::registry: it is neither copied nor moved
#include <tallymark/registry/registry.hpp>

#include <memory>

int main() {
  auto registry = std::make_unique<tallymark::registry<>>();
  (void)registry->claim("motor", "1");
#if TALLYMARK_BAD
  tallymark::registry<> other = *registry;
#else
  auto other = std::move(registry);
#endif
}
