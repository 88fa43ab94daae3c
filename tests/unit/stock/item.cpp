#include <tallymark/stock/item.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>

using namespace tallymark;

static_assert(items(7).first == 7 && items(7).last() == 7 && items(7).count == 1);
static_assert(items(7, 3).last() == 9 && items(1, quantity::max_whole).last() == quantity::max_whole);
static_assert(items(1) < items(1, 2) && items(1, 2) < items(2));
static_assert(std::is_convertible_v<item_id, items>);
static_assert(items{}.first == no_item);

TEST_CASE("an item is serialized if it has a serial number", "[stock]") {
  const std::string key = "motor";
  const int data = 0;
  item<std::string, int> box{.part = key, .data = data};
  CHECK(!box.serialized());
  box.serial = "SN-1";
  CHECK(box.serialized());
}

TEST_CASE("refusals and entries of history are values", "[stock]") {
  CHECK(refusal{{errc::zero_quantity}, "quantity"} == refusal{{errc::zero_quantity}, "quantity"});
  CHECK(refusal{{errc::zero_quantity}, "quantity"} != refusal{{errc::zero_quantity}, "serial"});
  entry one{.number = 3, .what = change::removed, .subject = 7};
  const entry other = one;
  CHECK(one == other);
  one.after = "B-7";
  CHECK(one != other);
}
