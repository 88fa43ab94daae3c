// expect: tallymark::stock: a receipt is not copied
#include <tallymark/stock/stock.hpp>

#include <utility>

int main() {
  tallymark::stock<> stock;
  auto receipt = stock.receive();
#if TALLYMARK_BAD
  auto other = *receipt;
#else
  auto other = std::move(*receipt);
#endif
  (void)other.commit();
}
