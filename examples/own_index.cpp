// Your own index, and how to test it: the required members of a container of held ordinals.
#include <tallymark/registry/registry.hpp>
#include <tallymark/testing/model.hpp>

#include <cstdint>
#include <iostream>
#include <map>
#include <optional>
#include <vector>

using namespace tallymark;

// One entry for each serial number: good for few numbers that are far apart.
class entry_map {
 public:
  std::optional<holder> find(std::uint64_t ordinal) const {
    const auto at = held_.find(ordinal);
    return at == held_.end() ? std::nullopt : std::optional(at->second);
  }
  stretch occupancy(std::uint64_t ordinal) const { return {held_.contains(ordinal), 1}; }
  void overlaps(std::uint64_t first, std::uint64_t length, auto&& visit) const {
    for (auto at = held_.lower_bound(first); at != held_.end() && at->first - first < length; ++at)
      visit(held_run{at->first, 1, at->second});
  }
  void assign(const held_run& run) {
    for (std::uint64_t i = 0; i < run.length; ++i) held_[run.first + i] = run.by + i;
  }
  void erase(std::uint64_t first, std::uint64_t length) {
    for (auto at = held_.lower_bound(first); at != held_.end() && at->first - first < length;) at = held_.erase(at);
  }
  std::optional<std::uint64_t> greatest() const {
    return held_.empty() ? std::nullopt : std::optional(held_.rbegin()->first);
  }
  bool empty() const { return held_.empty(); }

 private:
  std::map<std::uint64_t, holder> held_;
};

struct entry_index {
  using policy_slot = index_slot;
  using map = entry_map;
};
struct acme : policies<entry_index> {};

int main() {
  // the same changes to this container and to the slow one; what differs?
  const std::vector<testing::index_step> steps{
      {false, {1, 10, {100, hold::claimed}}},  // 1 to 10 are claimed for the items from 100 on
      {true, {3, 2}},                          // 3 and 4 are freed
      {false, {9, 5, {}}},
  };
  const std::string wrong = testing::difference<entry_map>(steps);
  if (!wrong.empty()) std::cout << wrong << '\n';

  // and a whole registry compared with the slow one
  registry<acme> real;
  testing::slow_registry<acme> slow;
  const part_ref<> motor = "motor";
  for (const char* text : {"SN-098", "SN-100", "A-1", "Q"}) {
    (void)real.claim(motor, text);
    (void)slow.claim(motor, text);
  }
  const std::string different = testing::difference(real, slow, motor);
  if (!different.empty()) std::cout << different << '\n';

  return wrong.empty() && different.empty() && real.next(motor).value() == "SN-099" ? 0 : 1;
}
