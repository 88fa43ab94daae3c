#include <tallymark/index/detail/packed_places.hpp>

#include <catch2/catch_test_macros.hpp>

#include <support/changes_of_places.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

using namespace tallymark;
using namespace tallymark::detail;
using tallymark::testing::changes_as_places_do;
using tallymark::testing::holder_near_last;

namespace {

constexpr holder by(std::uint64_t item) { return {item, hold::claimed}; }

using narrow_places = packed_places<narrow_code>;

}  // namespace

static_assert(bits_set(0) == 0 && bits_set(1) == 1 && bits_set(std::uint64_t{1} << 63) == 1);
static_assert(bits_set(~std::uint64_t{0}) == 64 && bits_set(0x8000'0000'0001'0F0F) == 10);
static_assert(place_groups::of(0, 1).bits() == 1 && place_groups::of(63, 2).bits() == 3);
static_assert(place_groups::of(0, places).bits() == 0xFFFF && place_groups::of(1023, 1).bits() == 0x8000);
static_assert(place_groups(0b1011).before(0) == 0 && place_groups(0b1011).before(3) == 2);
static_assert(place_groups(0b1011).has(3) && !place_groups(0b1011).has(2) && place_groups(0b1011).size() == 3);
static_assert(place_groups(1).with(place_groups(4)).bits() == 5);

TEST_CASE("packed places change as their places do", "[index]") {
  for (const place_groups groups : {place_groups(), place_groups(0xFFFF), place_groups(0x0810)}) {
    changes_as_places_do(packed_places<wide_code>({}, groups, 0), holder_near_last);
    changes_as_places_do(narrow_places(narrow_code(no_item - 5000), groups, 10), holder_near_last);
  }
}

TEST_CASE("packed places refuse what is too far from their base", "[index]") {
  narrow_places all(narrow_code(1000), place_groups(), 0);
  CHECK(all.put({70, 2, by(1000)}));
  CHECK(!all.put({71, 1, by(999)}));
  CHECK(!all.put({71, 2, by(1000 + narrow_code::item_limit - 1)}));
  CHECK(all.find(71) == by(1001));
  CHECK(!all.find(72));
  CHECK(all.put({71, 2, {}}));
  CHECK(all.find(72) == holder{});
}

TEST_CASE("a packed place is taken without memory where there is room", "[index]") {
  narrow_places all(narrow_code(0), place_groups(0b101), 3);
  CHECK(all.left() == 3);
  CHECK(all.take(130, by(5)));
  CHECK(!all.take(130, by(6)));
  CHECK(!all.take(64, by(6)));  // its group is not there
  CHECK(!all.take(131, by(std::uint64_t{1} << 40)));
  CHECK(all.take(0, by(7)));
  CHECK(all.take(191, {}));
  CHECK(all.left() == 0);
  CHECK(!all.take(63, by(8)));  // no room for its word
  CHECK(all.count() == 3);
  CHECK(all.greatest() == 191);
  CHECK(all.find(0) == by(7));
  CHECK(all.find(130) == by(5));
  CHECK(all.find(191) == holder{});

  CHECK(all.make_room({63, 2, by(8)}));
  CHECK(all.left() >= 2);
  const void* const block = all.block();
  CHECK(all.put({63, 2, by(8)}));
  CHECK(all.block() == block);
  std::vector<std::optional<holder>> found;
  for (const std::uint64_t at : {0U, 1U, 63U, 64U, 65U, 130U, 191U, 1000U}) found.push_back(all.find(at));
  CHECK(found == std::vector<std::optional<holder>>{by(7), {}, by(8), by(9), {}, by(5), holder{}, {}});
  all.clear(1, 190);
  CHECK(all.count() == 2);
  CHECK(all.greatest() == 191);
  all.clear(191, 800);
  CHECK(all.greatest() == 0);
}
