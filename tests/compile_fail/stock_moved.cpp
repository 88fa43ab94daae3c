// expect: tallymark::stock: it is neither copied nor moved
#include <tallymark/stock/stock.hpp>

#include <memory>
#include <utility>

int main() {
  auto stock = std::make_unique<tallymark::stock<>>();
  (void)stock->add_part({.key = "motor"});
#if TALLYMARK_BAD
  tallymark::stock<> other = std::move(*stock);
#else
  auto other = std::move(stock);
#endif
}
