#include <tallymark/stock/detail/block.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

using namespace tallymark;
using block = detail::block<int>;

namespace {

struct large {
  std::string name{"none"}, more{};
  bool operator==(const large&) const = default;
};

std::vector<std::uint64_t> changes(const block& of) {
  std::vector<std::uint64_t> out;
  of.changes.for_each([&](std::uint64_t number) { out.push_back(number); });
  return out;
}

}  // namespace

TEST_CASE("a child is alike, with a history of its own", "[stock]") {
  block box;
  box.part = 3;
  box.batch = 2;
  box.amount = 10;
  box.parent = 7;
  box.data = 5;
  for (std::uint64_t number = 1; number <= 3; ++number) box.note(number);
  const block child = box.child(9, 4, 17);
  CHECK(child.part == 3);
  CHECK(child.batch == 2);
  CHECK(child.amount == quantity(4));
  CHECK(child.parent == 9);
  CHECK(child.data == 5);
  CHECK(changes(child) == std::vector<std::uint64_t>{17});
  CHECK(changes(box) == std::vector<std::uint64_t>{1, 2, 3});
  CHECK(changes(block()).empty());
  block copy = box;
  copy.note(4);
  CHECK(changes(copy) == std::vector<std::uint64_t>{1, 2, 3, 4});
  CHECK(changes(box).size() == 3);
}

TEST_CASE("a serial number is kept as it was, in little space", "[stock]") {
  using detail::packed_serial;
  STATIC_REQUIRE(sizeof(packed_serial) <= 40);
  STATIC_REQUIRE(!packed_serial());
  STATIC_REQUIRE(packed_serial() == packed_serial(std::optional<serial_number>()));
  constexpr serial_number numbers[] = {{{"SN-"}, 7},
                                       {{"SN-", 4}, 7},
                                       {{"SN-", 4, family::kind::counted, "/2027"}, 7},
                                       {{"SN-", 4, family::kind::counted, "/2028"}, 7},
                                       {{"SN-", 4}, max_ordinal},
                                       {{}, 7},
                                       {family::literal("SN-"), 0}};
  for (const serial_number& one : numbers) {
    CHECK(bool(packed_serial(one)));
    CHECK(*packed_serial(one) == one);
    CHECK(packed_serial(one)->family == one.family);
    for (const serial_number& other : numbers) CHECK((packed_serial(one) == packed_serial(other)) == (one == other));
    CHECK(packed_serial(one) != packed_serial());
  }
  packed_serial one = numbers[2];
  one.advance(3);
  CHECK(*one == serial_number{numbers[2].family, 10});
}

TEST_CASE("large data take no space where they are as they are made", "[stock]") {
  using boxed = detail::boxed<large>;
  STATIC_REQUIRE(std::is_same_v<detail::stored_data<large>, boxed>);
  STATIC_REQUIRE(std::is_same_v<detail::stored_data<int>, int>);
  struct incomparable {
    std::string name{}, more{};
  };
  STATIC_REQUIRE(std::is_same_v<detail::stored_data<incomparable>, incomparable>);
  STATIC_REQUIRE(sizeof(item_id) + sizeof(detail::block<large, false>) <= 100);

  CHECK(boxed().plain());
  CHECK(boxed(large{}).plain());
  CHECK(static_cast<const large&>(boxed()).name == "none");
  boxed other = large{"bolt"};
  const boxed copy = other;
  CHECK(!copy.plain());
  CHECK(static_cast<const large&>(copy) == large{"bolt"});
  other = boxed();
  CHECK(other.plain());
  CHECK(static_cast<const large&>(copy) == large{"bolt"});
  other = copy;
  CHECK(static_cast<const large&>(other) == large{"bolt"});
}

TEST_CASE("where a journal has the history, blocks have none", "[stock]") {
  using journaled = detail::block<int, false>;
  journaled one{};
  one.note(7);
  CHECK(one.child(9, 4, 17).parent == 9);
  STATIC_REQUIRE(sizeof(journaled) < sizeof(block));
}
