#include <tallymark/increment/wrapping.hpp>

#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark;

namespace {

using round = wrapping<10, 19>;

}  // namespace

static_assert(increment_policy<round>);
static_assert(round{}.next(10) == 11 && round{}.next(18) == 19 && round{}.next(19) == 10);
static_assert(round{}.next(1) == 10 && round{}.next(20) == 10 && round{}.next(max_ordinal) == 10);
static_assert(round{}.accepts(10) && round{}.accepts(19) && !round{}.accepts(9) && !round{}.accepts(20));
static_assert(round{}.consecutive(10, 99) == 10 && round{}.consecutive(15, 99) == 5 && round{}.consecutive(15, 3) == 3);
static_assert(round{}.consecutive(19, 99) == 1 && round{}.consecutive(20, 99) == 1 && round{}.consecutive(1, 99) == 1);
static_assert(round{}.consecutive(9, 99) == 11 && round{}.consecutive(9, 2) == 2);
static_assert(round{}.from(12, 15) == 15 && round{}.from(12, 12) == 12 && round{}.from(12, 3) == 12);
static_assert(round{}.from(12, 20) == 10 && round{}.from(10, 20) == 10 && round{}.from(1, 5) == 10 &&
              round{}.from(1, 12) == 12);
static_assert(round{}.from(1, 99) == 10 && round{}.from(25, 26) == 10);
static_assert(wrapping<0, max_ordinal>{}.next(max_ordinal) == 0);
static_assert(wrapping<0, max_ordinal>{}.consecutive(0, max_ordinal + 1) == max_ordinal + 1);
static_assert(wrapping<max_ordinal - 1, max_ordinal>{}.next(5) == max_ordinal - 1);

TEST_CASE("after the last comes the first", "[increment]") {
  std::uint64_t v = 10;
  for (int i = 0; i < 25; ++i) v = round{}.next(v).value();
  CHECK(v == 15);
}
