// expect: tallymark::policies: this type is neither a policy nor a policy set.
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/stock.hpp>

struct by_two {
#if !TALLYMARK_BAD
  using policy_slot = tallymark::increment_slot;
#endif
  std::optional<std::uint64_t> next(std::uint64_t v) const { return v + 2; }
};
struct acme : tallymark::policies<tallymark::unique_globally, by_two> {};

int main() {
  tallymark::registry<acme> registry;
  (void)registry.claim({}, "SN-1");
  (void)registry.issue({}, 3);
  tallymark::stock<acme> stock;
  (void)stock.create({.part = "motor"});
}
