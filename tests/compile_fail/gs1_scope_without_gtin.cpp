// expect: tallymark::unique_per_gtin: the part has no GTIN. Give the data of your parts
#include <tallymark/gs1/unique_per_gtin.hpp>
#include <tallymark/stock/stock.hpp>

#include <string>

struct trade_item {
#if TALLYMARK_BAD
  std::string gtin;
#else
  tallymark::gs1::gtin gtin{};
#endif
};
struct acme : tallymark::policies<tallymark::unique_per_gtin> {};

int main() {
  tallymark::stock<acme, std::string, trade_item> stock;
  (void)stock.add_part({.key = "motor", .data = {}});
  (void)stock.create({.part = "motor", .serial = "SN-1"});
}
