// expect: tallymark::stock: a reservation is not copied
#include <tallymark/stock/stock.hpp>

#include <utility>

int main() {
  tallymark::stock<> stock;
  (void)stock.add_part({.key = "motor"});
  auto reserved = stock.reserve("motor", 3);
#if TALLYMARK_BAD
  auto other = *reserved;
#else
  auto other = std::move(*reserved);
#endif
  (void)other.drop();
}
