// expect: tallymark::registry: the serial policy lacks a member, or it has another type
#include <tallymark/registry/registry.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/stock/stock.hpp>

// 'parse' answers with something else than a result
struct numbers {
  using policy_slot = tallymark::serial_slot;
#if TALLYMARK_BAD
  std::optional<std::uint64_t> parse(std::string_view text) const {
    const auto number = tallymark::integer_serial{}.parse(text);
    return number ? std::optional(*number) : std::nullopt;
  }
#else
  tallymark::result<std::uint64_t> parse(std::string_view text) const {
    return tallymark::integer_serial{}.parse(text);
  }
#endif
  void format(std::string& out, std::uint64_t ordinal) const { tallymark::integer_serial{}.format(out, ordinal); }
};
struct acme : tallymark::policies<numbers> {};

int main() {
  const acme set{{numbers{}}};
  tallymark::registry<acme> registry(set);
  (void)registry.claim("motor", "1");
  (void)registry.issue("motor", 3);
  tallymark::stock<acme> stock(set);
  (void)stock.create({.part = "motor"});
}
