// Two production lines take their serial numbers from one registry at the same time.
#include <cstdint>
#include <iostream>
#include <thread>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/registry/registry.hpp>

struct plant : tallymark::policies<tallymark::concurrent_index> {};
tallymark::registry<plant> serials;

// A line takes the next three for its units, and scans the serial number of a bearing.
void line(std::uint64_t first_unit, bool& scanned) {
  const auto mine = serials.issue("motor", 3, first_unit);
  scanned = mine && serials.claim("bearing", "B-77", first_unit).has_value();
}

int main() {
  bool north_has_it = false, south_has_it = false;
  std::thread north([&] { line(100, north_has_it); });
  std::thread south([&] { line(200, south_has_it); });
  north.join();
  south.join();

  // each of the six is taken once, and only one line got the bearing
  std::cout << serials.next("motor").value() << '\n';
  const bool right = serials.next("motor") == "7" && north_has_it != south_has_it;
  return right ? 0 : 1;
}
