// expect: tallymark::reservation: a reservation is not copied
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
