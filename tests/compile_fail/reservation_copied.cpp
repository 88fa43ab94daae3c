// expect: tallymark::reservation: it is not copied. Move it
#include <tallymark/registry/registry.hpp>

#include <utility>

int main() {
  tallymark::registry<> registry;
  auto reserved = registry.reserve("motor", 3);
#if TALLYMARK_BAD
  auto other = *reserved;
#else
  auto other = std::move(*reserved);
#endif
  other.commit();
}
