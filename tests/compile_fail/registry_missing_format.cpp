// expect: tallymark::registry: the serial policy lacks a member, or it has another type
#include <tallymark/registry/registry.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/stock/stock.hpp>

struct numbers {
  using policy_slot = tallymark::serial_slot;
  tallymark::result<std::uint64_t> parse(std::string_view text) const {
    return tallymark::integer_serial{}.parse(text);
  }
#if !TALLYMARK_BAD
  void format(std::string& out, std::uint64_t ordinal) const { tallymark::integer_serial{}.format(out, ordinal); }
#endif
};
struct acme : tallymark::policies<numbers> {};

int main() {
  tallymark::registry<acme> registry;
  (void)registry.claim("motor", "1");
  (void)registry.issue("motor", 3);
  tallymark::stock<acme> stock;
  (void)stock.create({.part = "motor"});
  (void)stock.serialize(1, 3);
}
