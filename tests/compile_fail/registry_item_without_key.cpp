// expect: tallymark::registry: the uniqueness scope has no 'key(item)' for this item type.
#include <string>
#include <tallymark/registry/registry.hpp>

struct box {
#if !TALLYMARK_BAD
  std::string part;
#endif
  std::string site;
};
struct acme : tallymark::policies<tallymark::unique_per_part> {};

int main() {
  tallymark::registry<acme, box> registry;
  const box one{};
  (void)registry.claim(one, "1");
  (void)registry.inspect(one, "1");
  (void)registry.issue(one, 3);
  (void)registry.start_at(one, "7");
}
