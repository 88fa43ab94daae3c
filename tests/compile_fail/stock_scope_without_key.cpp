// expect: tallymark::registry: the uniqueness scope has no 'key(item)' for this item type.
#include <string>
#include <tallymark/stock/stock.hpp>

struct part_data {
  std::string customer;
};
struct unique_per_customer {
  using policy_slot = tallymark::scope_slot;
  auto key(const auto& item) const
#if TALLYMARK_BAD
    requires requires { item.data.client; }
  {
    return item.data.client;
  }
#else
    requires requires { item.data.customer; }
  {
    return item.data.customer;
  }
#endif
};
struct acme : tallymark::policies<unique_per_customer> {};

int main() {
  tallymark::stock<acme, std::string, part_data> stock;
  (void)stock.add_part({.key = "motor"});
  (void)stock.create({.part = "motor", .serial = "1"});
  (void)stock.serialize(1, 3);
  (void)stock.next_serial("motor");
}
