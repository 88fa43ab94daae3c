// Claims, answers for a scanner, and reservations. Shown in docs/registry/.
#include <array>
#include <iostream>
#include <string_view>
#include <tallymark/core.hpp>

using namespace tallymark;

int main() {
  registry<> registry;

  // one serial number, for item 7
  (void)registry.claim("motor", "SN-0042", 7);
  std::cout << registry.find("motor", "SN-0042")->item << '\n';

  // a thousand, all or none: one of them is taken already
  run_list thousand;
  thousand.add(run{{"SN-", 4}, 1, 999});
  const auto refused = registry.claim("motor", thousand);
  for (const conflict& each : refused.error())
    std::cout << registry.numbers().text(each.serials.at(0)) << ": " << message(each.why) << '\n';

  // what a scanner wants to know, without taking anything
  const std::array<std::string_view, 3> scanned{"SN-0042", "SN-0043", "SN\x01"};
  for (const answer& each : registry.inspect("motor", scanned))
    std::cout << (each.free() ? "free" : message(each.why->code)) << '\n';

  // the next hundred: kept for us until we decide
  {
    auto hundred = registry.reserve("motor", 100);
    std::cout << registry.next("motor").value() << '\n';
  }  // not committed: they are free again
  auto hundred = registry.reserve("motor", 100);
  hundred->commit(1000);
  std::cout << registry.latest("motor").value() << " is item " << registry.find("motor", "SN-0142")->item << '\n';
}
