// Expressions: many serial numbers in one line of text. Shown in docs/expression/.
#include <iostream>
#include <string_view>
#include <tallymark/core.hpp>

using namespace tallymark;

int main() {
  registry<> registry;
  (void)registry.claim("motor", "9");

  // `~` is the next free one; serial numbers that the expression names are skipped
  const auto five = strict_expression{}.expand("~, 10-12, 20", 5, registry.numbers(), registry.next_of("motor"));
  for (const run& each : five.serials)
    std::cout << registry.numbers().text({each.family, each.first}) << " and " << each.length - 1 << " more\n";
  (void)registry.claim("motor", five.serials);

  // all errors at once, each with its position
  constexpr std::string_view wrong = "1,9-5,30+x";
  for (const failure& each :
       strict_expression{}.expand(wrong, 12, registry.numbers(), registry.next_of("motor")).errors)
    std::cout << explain(each, wrong) << '\n';
}
