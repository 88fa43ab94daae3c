#include <tallymark/increment/step.hpp>

#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark;

static_assert(increment_policy<step<1>> && ordinal_increment_policy<step<10>>);
static_assert(step<1>{}.next(41) == 42 && step<10>{}.next(41) == 51);
static_assert(step<1>{}.next(max_ordinal - 1) == max_ordinal && !step<1>{}.next(max_ordinal));
static_assert(!step<10>{}.next(max_ordinal - 9) && step<10>{}.next(max_ordinal - 10) == max_ordinal);
static_assert(!step<max_ordinal>{}.next(1) && step<max_ordinal>{}.next(0) == max_ordinal);
static_assert(step<1>{}.consecutive(5, 100) == 100 && step<2>{}.consecutive(5, 100) == 100);
static_assert(step<1>{}.consecutive(max_ordinal - 2, 100) == 3 && step<1>{}.consecutive(max_ordinal, 100) == 1);
static_assert(step<10>::stride == 10 && step<10>{}.consecutive(max_ordinal - 25, 100) == 3 &&
              step<10>{}.consecutive(max_ordinal - 9, 100) == 1);
static_assert(step<3>{}.from(1, 1) == 1 && step<3>{}.from(1, 0) == 1 && step<3>{}.from(1, 2) == 4 &&
              step<3>{}.from(1, 4) == 4);
static_assert(step<3>{}.from(1, 5) == 7 && step<1>{}.from(1, max_ordinal) == max_ordinal);
static_assert(!step<3>{}.from(max_ordinal - 1, max_ordinal));

TEST_CASE("a step adds N", "[increment]") {
  std::uint64_t v = 1;
  for (int i = 0; i < 5; ++i) v = step<7>{}.next(v).value();
  CHECK(v == 36);
  CHECK(step<7>{}.from(1, 30) == 36);
}
