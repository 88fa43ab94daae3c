#include <tallymark/policy/batch_counters.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark;

TEST_CASE("each rest is counted for itself, from 1 on", "[policy]") {
  batch_counters counters;
  CHECK(counters.take("2026-") == 1);
  CHECK(counters.take("2026-") == 2);
  CHECK(counters.take("2027-") == 1);
  CHECK(counters.take("") == 1);
  CHECK(counters.take("2026-") == 3);
}

TEST_CASE("a copy counts on by itself", "[policy]") {
  batch_counters counters;
  CHECK(counters.take("x") == 1);
  batch_counters copy = counters;
  CHECK(copy.take("x") == 2);
  CHECK(counters.take("x") == 2);
}
