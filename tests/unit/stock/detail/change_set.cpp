#include <tallymark/stock/detail/change_set.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>

using namespace tallymark;

namespace {

struct numbers {};
using set = detail::change_set<detail::block<int>, part<>, int, numbers>;

}  // namespace

TEST_CASE("a change set is empty again after a transaction, and keeps little memory", "[stock]") {
  set changes;
  for (int i = 0; i < 1000; ++i) {
    changes.added.push_back({{}, i});
    changes.changes.emplace_back().amount = quantity(3);
  }
  changes.parts.push_back({.key = "bolt"});
  changes.variant_of = set::variant{0, 1, "bolt"};
  set::reservations known;
  changes.dropped = known.emplace(known.end());
  changes.reserved.emplace_back().part = 7;
  changes.retired.push_back({1, {}});
  changes.history.emplace_back();
  changes.sequence_of = 1;
  changes.after_drop.emplace();
  changes.parts_done = changes.changes_done = changes.added_done = changes.history_done = 1;
  changes.clear();
  CHECK((changes.added.empty() && changes.changes.empty() && changes.parts.empty() && changes.history.empty()));
  CHECK((changes.reserved.empty() && changes.retired.empty() && !changes.variant_of && !changes.dropped));
  CHECK((!changes.sequence_of && !changes.after_drop));
  CHECK(changes.parts_done + changes.changes_done + changes.added_done + changes.history_done == 0);
  CHECK(changes.added.capacity() == 0);
  CHECK(changes.parts.capacity() == 1);
}
