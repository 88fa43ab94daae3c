// expect: tallymark::registry: the increment policy lacks a member, or it has another type
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/stock.hpp>

struct by_two {
  using policy_slot = tallymark::increment_slot;
#if TALLYMARK_BAD
  std::optional<std::uint64_t> following(std::uint64_t v) const { return v + 2; }
#else
  std::optional<std::uint64_t> next(std::uint64_t v) const { return v + 2; }
#endif
};
struct acme : tallymark::policies<by_two> {};

int main() {
  tallymark::registry<acme> registry;
  (void)registry.claim("motor", "SN-1");
  (void)registry.issue("motor", 3);
  (void)registry.start_at("motor", "SN-7");
  tallymark::stock<acme> stock;
  (void)stock.create({.part = "motor"});
  (void)stock.serialize(1, 3);
}
