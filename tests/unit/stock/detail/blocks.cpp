#include <tallymark/stock/detail/blocks.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <vector>

using namespace tallymark;
using detail::batch_book;
using detail::joined;
using block = detail::block<int>;
using block_map = detail::block_map<int>;

namespace {

block units(std::uint64_t count, std::uint64_t first_ordinal) {
  block made;
  made.count = count;
  made.serial = serial_number{{"SN-"}, first_ordinal};
  return made;
}
std::vector<items> shape(const block_map& blocks) {
  std::vector<items> out;
  for (const auto& [first, each] : blocks) out.emplace_back(first, each.count);
  return out;
}

}  // namespace

TEST_CASE("ids are given out without gaps, from 1 on", "[stock]") {
  block_map blocks;
  CHECK(!blocks.contains(1));
  CHECK(blocks.add(units(1, 7)) == items(1));
  CHECK(blocks.add(units(1'000'000, 8)) == items(2, 1'000'000));
  CHECK(blocks.next_id() == 1'000'002);
  CHECK(blocks.contains(1'000'001));
  CHECK(blocks.contains({1, 1'000'001}));
  CHECK(!blocks.contains({1, 1'000'002}));
  CHECK(!blocks.contains({2, ~std::uint64_t{0}}));
  CHECK(!blocks.contains({1, 0}));
  CHECK(!blocks.contains(0));
  CHECK(blocks.find(0) == blocks.end());
  CHECK(blocks.find(500)->first == 2);
  CHECK(blocks.find(1'000'002) == blocks.end());
  CHECK(shape(blocks).size() == 2);
}

TEST_CASE("there is room until the ids are used up", "[stock]") {
  block_map blocks;
  CHECK(blocks.has_room(1));
  CHECK(!blocks.has_room(no_item));
  blocks.add(units(no_item - 3, 0));
  CHECK(blocks.has_room(1));
  CHECK(!blocks.has_room(2));
}

TEST_CASE("items are cut out of their block, and the serial numbers with them", "[stock]") {
  block_map blocks;
  blocks.add(units(10, 100));
  std::vector<items> seen;
  blocks.cut_out({4, 2}, [&](const items& of, block& each) {
    seen.push_back(of);
    each.part = 7;
  });
  CHECK(seen == std::vector<items>{{4, 2}});
  CHECK(shape(blocks) == std::vector<items>{{1, 3}, {4, 2}, {6, 5}});
  CHECK(blocks.find(1)->second.serial->ordinal == 100);
  CHECK(blocks.find(5)->second.serial->ordinal == 103);
  CHECK(blocks.find(6)->second.serial->ordinal == 105);
  CHECK(blocks.find(5)->second.part == 7);
  CHECK(blocks.find(6)->second.part == 0);

  seen.clear();
  blocks.cut_out({2, 9}, [&](const items& of, block&) { seen.push_back(of); });
  CHECK(seen == std::vector<items>{{2, 2}, {4, 2}, {6, 5}});
  blocks.cut_out({1, 10}, [](const items&, block&) {});
  CHECK(shape(blocks) == std::vector<items>{1, {2, 2}, {4, 2}, {6, 5}});
}

TEST_CASE("blocks can be looked at without cutting them", "[stock]") {
  block_map blocks;
  blocks.add(units(10, 100));
  blocks.add(units(10, 200));
  std::vector<items> seen;
  blocks.look_at({5, 10}, [&](const items& of, const block&) { seen.push_back(of); });
  CHECK(seen == std::vector<items>{{5, 6}, {11, 4}});
  CHECK(shape(blocks).size() == 2);
}

TEST_CASE("the last ancestor is found, whatever is cut", "[stock]") {
  block_map blocks;
  for (item_id id = 1; id <= 20; ++id) {
    block made = units(10, id * 10);
    made.parent = id == 1 ? no_item : (id - 1) * 10;
    blocks.add(made);
  }
  CHECK(blocks.root(195) == 10);
  CHECK(blocks.root(9) == 9);
  blocks.cut_out({95, 2}, [](const items&, block&) {});
  CHECK(blocks.root(200) == 10);
  CHECK(blocks.root(95) == 10);
}

TEST_CASE("a child is alike, with a history of its own", "[stock]") {
  block box;
  box.part = 3;
  box.batch = 2;
  box.amount = 10;
  box.parent = 7;
  box.data = 5;
  box.changes = {1, 2, 3};
  const block child = box.child(9, 4, 17);
  CHECK(child.part == 3);
  CHECK(child.batch == 2);
  CHECK(child.amount == quantity(4));
  CHECK(child.parent == 9);
  CHECK(child.data == 5);
  CHECK(child.changes == std::vector<std::uint64_t>{17});
}

TEST_CASE("a batch code knows who ever carried it", "[stock]") {
  batch_book book;
  CHECK(book.find("B1") == detail::no_batch);
  const std::uint32_t number = book.carry("B1", {1, 3});
  CHECK(book.carry("B1", 4) == number);
  CHECK(book.carry("", 5) == detail::no_batch);
  book.carry(detail::no_batch, 6);
  book.carry(number, {9, 2});
  CHECK(book.carried(number) == std::vector<items>{{1, 4}, {9, 2}});
  for (int i = 0; i < 100; ++i) book.carry(std::to_string(i), 1);
  CHECK(book.code(number) == "B1");
  CHECK(book.find("B1") == number);
  CHECK(book.code(detail::no_batch).empty());
  CHECK(book.size() == 101);
}

TEST_CASE("ranges are joined where they touch", "[stock]") {
  CHECK(joined({}).empty());
  CHECK(joined({{5, 2}, {1, 2}, {3, 1}, {5, 1}, {9, 1}}) == std::vector<items>{{1, 3}, {5, 2}, {9, 1}});
  CHECK(joined({{1, 10}, {3, 2}}) == std::vector<items>{{1, 10}});
}
