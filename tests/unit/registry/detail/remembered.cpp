#include <tallymark/registry/detail/remembered.hpp>

#include <catch2/catch_test_macros.hpp>

using tallymark::detail::remembered;

TEST_CASE("the entry that was found last is remembered, with threads the first one", "[registry]") {
  int a = 0, b = 0;
  const remembered<int, false> last;
  CHECK(last.get() == nullptr);
  last.set(&a);
  last.set(&b);
  CHECK(last.get() == &b);
  const remembered<int, true> first;
  first.set(&a);
  first.set(&b);
  CHECK(first.get() == &a);
}
