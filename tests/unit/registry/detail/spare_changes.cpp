#include <catch2/catch_test_macros.hpp>

#include <tallymark/registry/detail/spare_changes.hpp>

using namespace tallymark;

TEST_CASE("spare changes can be reserved again and again", "[registry]") {
  detail::spare_changes spare;
  for (std::size_t n = 0; n < 1000; ++n) spare.reserve(n);
}
