#include <tallymark/ext/detail/prefetch.hpp>

#include <catch2/catch_test_macros.hpp>

TEST_CASE("prefetching changes nothing, and any address is allowed", "[ext]") {
  const int value = 7;
  tallymark::detail::prefetch(&value);
  tallymark::detail::prefetch(nullptr);
  CHECK(value == 7);
}
