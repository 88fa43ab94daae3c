#include <tallymark/batch/batch_reading.hpp>

#include <catch2/catch_test_macros.hpp>

#include <type_traits>

using namespace tallymark;

static_assert(std::is_trivially_destructible_v<batch_reading>);  // for results in constant expressions

TEST_CASE("members that a code does not have are empty", "[batch]") {
  const batch_reading nothing{};
  CHECK_FALSE(
      (nothing.made || nothing.best_before || nothing.hour || nothing.minute || nothing.shift || nothing.sequence));
}
