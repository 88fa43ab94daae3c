// expect: tallymark::registry: the key of the uniqueness scope has no hash.
#include <compare>
#include <cstddef>
#include <tallymark/registry/registry.hpp>

struct place {
  int hall, row;
  friend auto operator<=>(const place&, const place&) = default;
#if !TALLYMARK_BAD
  friend std::size_t hash_value(const place& at) { return static_cast<std::size_t>(at.hall * 1000 + at.row); }
#endif
};
struct machine {
  place where;
};
struct unique_per_place {
  using policy_slot = tallymark::scope_slot;
  place key(const machine& one) const { return one.where; }
};

int main() {
  tallymark::registry<tallymark::policies<unique_per_place>, machine> registry;
  const machine one{};
  (void)registry.claim(one, "1");
  (void)registry.inspect(one, "1");
  (void)registry.issue(one, 3);
}
