// A user's own assertion replaces the default one.
namespace {
constexpr const char* broken(bool condition, const char* message) { return condition ? nullptr : message; }
}  // namespace
#define TALLYMARK_ASSERT(condition, message) broken((condition), (message))
#include <tallymark/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>

static_assert(TALLYMARK_ASSERT(1 + 1 == 2, "sums work") == nullptr);
static_assert(TALLYMARK_ASSERT(1 + 1 == 3, "sums work") == std::string_view("sums work"));

TEST_CASE("an assertion of the user's own is kept", "[config]") {
  CHECK(TALLYMARK_ASSERT(true, "nothing is broken") == nullptr);
  CHECK(TALLYMARK_ASSERT(false, "a precondition is broken") == std::string_view("a precondition is broken"));
}
