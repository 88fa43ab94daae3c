#include <tallymark/serial/random_source.hpp>

#include <catch2/catch_test_macros.hpp>

#include <type_traits>

using namespace tallymark;

namespace {

struct narrow {
  std::uint32_t bits() const { return 0; }
};

}  // namespace

static_assert(random_source<system_random_source> && random_source<fixed_random_source>);
static_assert(!random_source<narrow> && !random_source<int> && std::is_empty_v<system_random_source>);
static_assert(fixed_random_source{7}.bits() == 7);

TEST_CASE("each bit of the system's random source takes both values", "[serial]") {
  std::uint64_t ever = 0, always = ~std::uint64_t{0};
  for (int i = 0; i < 200; ++i) {
    const std::uint64_t bits = system_random_source{}.bits();
    ever |= bits;
    always &= bits;
  }
  CHECK(ever == ~std::uint64_t{0});
  CHECK(always == 0);
}
