#include <tallymark/registry/detail/spare_changes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <utility>
#include <vector>

using namespace tallymark;
using detail::change_block;
using detail::deferred_change;
using detail::spare_changes;

TEST_CASE("spare changes are there once they are reserved", "[registry]") {
  spare_changes spare;
  CHECK(spare.unused() == 0U);
  for (std::size_t n = 0; n < 1000; ++n) {
    spare.reserve(n);
    REQUIRE(spare.unused() >= n);
    REQUIRE(spare.unused() <= 2 * n);
  }
  std::vector<deferred_change*> taken;
  while (spare.unused() > 0) taken.push_back(spare.take());
  for (std::size_t i = 0; i < taken.size(); ++i) taken[i]->run.first = i;
  spare.reserve(1);
  CHECK(spare.unused() >= 1U);
  for (std::size_t i = 0; i < taken.size(); ++i) CHECK(taken[i]->run.first == i);
  for (const deferred_change* each : taken) change_block::release(each->home);
}

TEST_CASE("records that were taken outlive the spare ones", "[registry]") {
  deferred_change* taken = nullptr;
  {
    spare_changes spare;
    spare.reserve(2);
    taken = spare.take();
    spare_changes moved = std::move(spare);
    CHECK(spare.unused() == 0U);
    CHECK(moved.unused() == 1U);
    spare = std::move(moved);
    CHECK(spare.unused() == 1U);
  }
  taken->run = {7, 3, {}};
  CHECK(taken->run.last() == 9U);
  change_block::release(taken->home);
}
