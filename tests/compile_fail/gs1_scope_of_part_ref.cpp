// expect: tallymark::unique_per_gtin: the part has no GTIN. Give the data of your parts
#include <tallymark/gs1/unique_per_gtin.hpp>
#include <tallymark/registry/registry.hpp>

struct item {
  tallymark::gs1::gtin gtin{};
};
struct acme : tallymark::policies<tallymark::unique_per_gtin> {};

int main() {
#if TALLYMARK_BAD
  tallymark::registry<acme> registry;
#else
  tallymark::registry<acme, item> registry;
#endif
  (void)registry.claim({}, "SN-1");
  (void)registry.issue({}, 3);
}
