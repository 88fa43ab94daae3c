// The laws of containers of held ordinals: after any changes they answer like a map with one entry per ordinal.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/testing/model.hpp>

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <vector>

#include "support/generators.hpp"

using namespace tallymark;

// A container of a user, as short as possible: runs in the order of the changes, the later ones on top.
namespace elsewhere {

class stack_of_runs {
 public:
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
    for (auto at = changes_.rbegin(); at != changes_.rend(); ++at)
      if (at->run.first <= ordinal && ordinal <= at->run.last())
        return at->erase ? std::nullopt : std::optional(at->run.by + (ordinal - at->run.first));
    return std::nullopt;
  }
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const {
    return {find(ordinal).has_value(), until_a_change(ordinal)};
  }
  void overlaps(std::uint64_t first, std::uint64_t length, auto&& visit) const {
    for (std::uint64_t at = first, part = 0; length > 0; at += part, length -= part) {
      part = std::min(length, until_a_change(at));
      if (const auto by = find(at)) visit(held_run{at, part, *by});
      if (part == length) return;
    }
  }
  void assign(const held_run& run) { changes_.push_back({false, run}); }
  void erase(std::uint64_t first, std::uint64_t length) { changes_.push_back({true, {first, length}}); }
  [[nodiscard]] std::optional<std::uint64_t> greatest() const {
    std::optional<std::uint64_t> last_found;
    overlaps(0, max_ordinal + 1, [&](const held_run& run) { last_found = run.last(); });
    return last_found;
  }
  [[nodiscard]] bool empty() const { return !greatest(); }

 private:
  // the number of ordinals up to the next one at which a run begins or ends
  [[nodiscard]] std::uint64_t until_a_change(std::uint64_t ordinal) const {
    std::uint64_t end = max_ordinal + 1;
    for (const auto& change : changes_) {
      if (change.run.first > ordinal) end = std::min(end, change.run.first);
      if (change.run.last() >= ordinal) end = std::min(end, change.run.last() + 1);
    }
    return end - ordinal;
  }

  std::vector<testing::index_step> changes_;
};

struct stack_index {
  using map = stack_of_runs;
};

}  // namespace elsewhere

template <>
struct tallymark::slot_of<elsewhere::stack_index> {
  using type = index_slot;
};

namespace tallymark::testing {
std::ostream& operator<<(std::ostream& out, const index_step& step) {
  return out << (step.erase ? "erase " : "assign ") << step.run.first << " + " << step.run.length << " to "
             << step.run.by.item << '/' << static_cast<int>(step.run.by.state);
}
}  // namespace tallymark::testing

namespace {

// Runs in a small range of ordinals, so that they overlap in every way. The range is at one of the ends or anywhere.
// Some runs begin with the item `greatest`.
std::vector<testing::index_step> any_steps(std::uint64_t greatest) {
  const std::uint64_t begin =
      *rc::gen::oneOf(rc::gen::just<std::uint64_t>(0), rc::gen::just(max_ordinal - 40), any_ordinal());
  return *rc::gen::container<std::vector<testing::index_step>>(rc::gen::exec([begin, greatest] {
    const std::uint64_t first =
        begin + *rc::gen::inRange<std::uint64_t>(0, std::min<std::uint64_t>(40, max_ordinal - begin) + 1);
    const std::uint64_t length =
        1 + *rc::gen::inRange<std::uint64_t>(0, std::min<std::uint64_t>(12, max_ordinal - first) + 1);
    const auto state = *rc::gen::element(hold::claimed, hold::retired, hold::reserved);
    // some items are such that neighbours can form one run
    const std::uint64_t item = *rc::gen::oneOf(rc::gen::just(1000 + first - begin), rc::gen::just(no_item),
                                               rc::gen::just(greatest), rc::gen::inRange<std::uint64_t>(1, 9));
    return testing::index_step{*rc::gen::weightedElement<bool>({{2, false}, {1, true}}),
                               {first, length, {item, state}}};
  }));
}

// In the containers of this library, the items of a run may exceed `greatest_item`.
template <class Map>
void obeys(std::uint64_t greatest_item = no_item - 3) {
  REQUIRE(rc::check([greatest_item] {
    const auto steps = any_steps(greatest_item);
    RC_LOG() << rc::toString(steps);
    const std::string difference = testing::difference<Map>(steps);
    if (!difference.empty()) RC_FAIL(difference);
  }));
}

}  // namespace

static_assert(index_policy<elsewhere::stack_index> && index_policy<testing::slow_index>);

TEST_CASE("containers of held ordinals answer like a map with one entry per ordinal", "[laws][index]") {
  obeys<run_map>();
  obeys<dense_map>();
  obeys<hashed_map>();
  obeys<elsewhere::stack_of_runs>(9);
  obeys<testing::slow_map>();
}

TEST_CASE("a registry keeps its runs in a container of a user", "[laws][index]") {
  registry<policies<elsewhere::stack_index>> registry;
  REQUIRE(registry.claim("motor", {"SN-1", "SN-2", "SN-4"}));
  CHECK(registry.claim("motor", "SN-2").error().code == errc::already_taken);
  CHECK(registry.issue("motor", 4'000'000'000)->size() == 1);
  CHECK(registry.latest("motor") == "SN-4000000004");
  REQUIRE(registry.retire("motor", "SN-4"));
  CHECK(registry.inspect("motor", "SN-4").why->code == errc::retired);
}
