// The sequence: the next serial number, reservations, and where counting begins.
#include <tallymark/registry/registry.hpp>

#include <iostream>

using namespace tallymark;

int main() {
  registry<> registry;
  bool right = registry.next("motor").value() == "1";

  // the first claim with a counter sets the active family; later scans do not change it
  (void)registry.claim("motor", "SN-098");
  (void)registry.claim("motor", "A-500");
  std::cout << registry.next("motor").value() << '\n';  // SN-099
  right = right && registry.next("motor").value() == "SN-099";

  {
    auto labels = registry.reserve("motor", 3);  // SN-099, SN-100, SN-101
    for (const run& each : labels->serials())
      std::cout << registry.numbers().text({each.family, each.first}) << ", " << each.length << '\n';
    right = right && registry.next("motor").value() == "SN-102";
  }  // the printer is out of paper: all three are given back
  right = right && registry.next("motor").value() == "SN-099";

  auto kept = registry.reserve("motor", 3);
  kept->commit(1000);  // for the items 1000, 1001 and 1002
  right = right && registry.find("motor", "SN-100")->item == 1001 && registry.latest("motor") == "SN-101";

  // reserve and commit in one
  const auto two = registry.issue("motor", 2, 2000);
  right = right && two->serials() == 2 && registry.latest("motor") == "SN-103";

  // next year's numbers
  (void)registry.start_at("motor", "2027-0001");
  right = right && registry.next("motor").value() == "2027-0001";

  return right ? 0 : 1;
}
