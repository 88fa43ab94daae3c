// expect: tallymark::stock: the batch policy cannot write a code for this record.
#include <string>
#include <tallymark/stock/stock.hpp>

struct order {
  std::string number;
};
struct order_batch {
  using policy_slot = tallymark::batch_slot;
  void format(std::string& out, const order& of) const { out += of.number; }
};
struct acme : tallymark::policies<order_batch> {};

int main() {
  tallymark::stock<acme> stock;
#if TALLYMARK_BAD
  (void)stock.batch_code(std::string("PO-7"));
#else
  (void)stock.batch_code(order{"PO-7"});
#endif
}
