#include <tallymark/number/batch_counters.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace tallymark;

TEST_CASE("each rest is counted separately, from 1 on", "[policy]") {
  batch_counters counters;
  CHECK(counters.take("2026-") == 1);
  CHECK(counters.take("2026-") == 2);
  CHECK(counters.take("2027-") == 1);
  CHECK(counters.take("") == 1);
  CHECK(counters.take("2026-") == 3);
}

TEST_CASE("a copy counts independently", "[policy]") {
  batch_counters counters;
  CHECK(counters.take("x") == 1);
  batch_counters copy = counters;
  CHECK(copy.take("x") == 2);
  CHECK(counters.take("x") == 2);
}

TEST_CASE("numbers taken since `record` can be given back", "[policy]") {
  batch_counters counters;
  CHECK(counters.take("x") == 1);
  CHECK(counters.taken().empty());
  counters.record();
  CHECK(counters.take("x") == 2);
  CHECK(counters.take("y") == 1);
  CHECK(counters.take("x") == 3);
  CHECK(counters.taken() == std::vector<std::string>{"x", "y", "x"});
  batch_counters copy = counters;
  counters.undo();
  CHECK(counters.last("x") == 1);
  CHECK(counters.last("y") == 0);
  CHECK(counters.last("z") == 0);
  CHECK(counters.taken().empty());
  CHECK(copy.last("x") == 3);
  CHECK(counters.take("x") == 2);
  counters.keep();
  counters.undo();
  CHECK(counters.last("x") == 2);
}

TEST_CASE("a counter can be set", "[policy]") {
  batch_counters counters;
  counters.set("x", 41);
  CHECK(counters.take("x") == 42);
}
