#include <tallymark/index/detail/packed_holder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

using namespace tallymark;
using detail::packed_holder;

namespace {
constexpr std::uint64_t greatest = (std::uint64_t{1} << 62) - 2;
constexpr bool kept(holder by) { return packed_holder::fits(by) && packed_holder(by).get() == by; }
}  // namespace

static_assert(sizeof(packed_holder) == 8);
static_assert(kept({0, hold::reserved}) && kept({0, hold::claimed}) && kept({0, hold::retired}));
static_assert(kept({greatest, hold::retired}) && kept({no_item, hold::reserved}) && kept({no_item, hold::retired}));
static_assert(!packed_holder::fits({greatest + 1}) && !packed_holder::fits({no_item - 1}));

TEST_CASE("a holder in 64 bits is the same afterwards", "[index]") {
  for (const std::uint64_t item : {std::uint64_t{1}, std::uint64_t{12345}, greatest - 1, greatest, no_item})
    for (const hold state : {hold::reserved, hold::claimed, hold::retired}) CHECK(kept({item, state}));
}
