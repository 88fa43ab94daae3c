#include <tallymark/index/detail/shared_holder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>

using namespace tallymark;
using detail::shared_holder;

static_assert(std::atomic<shared_holder>::is_always_lock_free && sizeof(shared_holder) == 8);

static_assert(shared_holder().free() && !shared_holder().closed() && !shared_holder().get());
static_assert(shared_holder::of_closed().free() && shared_holder::of_closed().closed());
static_assert(!shared_holder::of_closed().get());

constexpr bool keeps(const holder& by) { return !shared_holder(by).free() && shared_holder(by).get() == by; }
static_assert(keeps({0, hold::reserved}) && keeps({7, hold::claimed}) && keeps({no_item, hold::retired}));
static_assert(keeps({shared_holder::item_limit - 1, hold::retired}) && keeps({no_item, hold::reserved}));

TEST_CASE("holders survive being a word, at run time too", "[index]") {
  for (const hold state : {hold::reserved, hold::claimed, hold::retired})
    for (const std::uint64_t item : {std::uint64_t{0}, std::uint64_t{123'456'789'012}, no_item})
      CHECK(keeps({item, state}));
}
