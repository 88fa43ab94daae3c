#include <tallymark/stock/detail/blocks.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include <support/failing_memory.hpp>

using namespace tallymark;
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
items add(block_map& to, block added) {
  to.reserve(1);
  return to.append(std::move(added));
}
template <class Visit>
void cut_out(block_map& in, items which, Visit&& visit) {
  in.cut(which.last() + 1);
  in.cut(which.first);
  in.change(which, visit);
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
  CHECK(add(blocks, units(1, 7)) == items(1));
  CHECK(add(blocks, units(1'000'000, 8)) == items(2, 1'000'000));
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
  add(blocks, units(no_item - 3, 0));
  CHECK(blocks.has_room(1));
  CHECK(!blocks.has_room(2));
}

TEST_CASE("items are cut out of their block, and the serial numbers with them", "[stock]") {
  block_map blocks;
  add(blocks, units(10, 100));
  std::vector<items> seen;
  cut_out(blocks, {4, 2}, [&](const items& of, block& each) {
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
  cut_out(blocks, {2, 9}, [&](const items& of, block&) { seen.push_back(of); });
  CHECK(seen == std::vector<items>{{2, 2}, {4, 2}, {6, 5}});
  cut_out(blocks, {1, 10}, [](const items&, block&) {});
  CHECK(shape(blocks) == std::vector<items>{1, {2, 2}, {4, 2}, {6, 5}});
}

TEST_CASE("blocks can be looked at without cutting them", "[stock]") {
  block_map blocks;
  add(blocks, units(10, 100));
  add(blocks, units(10, 200));
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
    add(blocks, made);
  }
  CHECK(blocks.root(195) == 10);
  CHECK(blocks.root(9) == 9);
  cut_out(blocks, {95, 2}, [](const items&, block&) {});
  CHECK(blocks.root(200) == 10);
  CHECK(blocks.root(95) == 10);
}

TEST_CASE("blocks that are cut anywhere are those of a list with one line for each item", "[stock]") {
  std::mt19937_64 random(20);
  for (int round = 0; round < 20; ++round) {
    CAPTURE(round);
    block_map blocks;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> slow(1);  // ordinal and part, by id
    std::vector<bool> begins(1);                                   // a block, by id
    for (int i = 0; i < 300; ++i) {
      const std::uint64_t count = random() % 8 == 0 ? 1 + random() % 50 : 1;
      REQUIRE(add(blocks, units(count, slow.size() * 10)) == items(slow.size(), count));
      for (std::uint64_t k = 0, first = slow.size() * 10; k < count; ++k) slow.emplace_back(first + k, 0);
      begins.resize(slow.size());
      begins[slow.size() - count] = true;
      for (std::uint64_t cuts = random() % 3; cuts > 0; --cuts) {
        const item_id first = 1 + random() % (slow.size() - 1);
        const items which{first, 1 + random() % std::min<std::uint64_t>(slow.size() - first, 30)};
        item_id next = which.first;
        cut_out(blocks, which, [&](const items& of, block& each) {
          CHECK(of.first == next);
          CHECK(of.count == each.count);
          next += of.count;
          ++each.part;
        });
        CHECK(next == which.last() + 1);
        begins[which.first] = true;
        if (which.last() + 1 < slow.size()) begins[which.last() + 1] = true;
        for (item_id id = which.first; id <= which.last(); ++id) ++slow[id].second;
      }
    }
    std::vector<items> expected;
    for (item_id id = 1; id < slow.size(); ++id) {
      if (begins[id])
        expected.emplace_back(id);
      else
        ++expected.back().count;
      const auto at = blocks.find(id);
      REQUIRE(at != blocks.end());
      CHECK(at->first == expected.back().first);
      CHECK(at->second.part == slow[id].second);
      CHECK(at->second.serial->ordinal + (id - at->first) == slow[id].first);
    }
    CHECK(expected.size() > 300);
    CHECK(shape(blocks) == expected);
    std::vector<items> seen;
    const items all{1, slow.size() - 1};
    blocks.look_at(all, [&](const items& of, const block&) { seen.push_back(of); });
    CHECK(seen == expected);
  }
}

TEST_CASE("the last ancestor is found in chains that are cut while they are looked through", "[stock]") {
  block_map blocks;
  for (item_id id = 1; id <= 500; ++id) {
    block made = units(3, id * 10);
    made.parent = id % 100 == 1 ? no_item : (id - 1) * 3 - 1;
    add(blocks, made);
  }
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const item_id id = 1 + random() % 1500;
    const item_id block_of = (id - 1) / 3, root = block_of - block_of % 100;
    const item_id found = blocks.root(id);
    // an item without a parent is its own root
    if (block_of == root)
      CHECK(found == id);
    else
      CHECK((found - 1) / 3 == root);
    if (i % 3 == 0) cut_out(blocks, {1 + random() % 1499, 2}, [](const items&, block&) {});
  }
}

TEST_CASE("a cut that is taken back leaves the blocks as they were", "[stock]") {
  std::mt19937_64 random(11);
  block_map blocks;
  for (std::uint64_t i = 0; i < 70; ++i) add(blocks, units(1 + random() % 40, i * 100));
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    const std::vector<items> before = shape(blocks);
    std::vector<item_id> cuts;
    for (int i = 0; i < 150; ++i)
      if (const item_id id = 1 + random() % (blocks.next_id() - 1); blocks.cut(id)) cuts.push_back(id);
    CHECK(shape(blocks).size() == before.size() + cuts.size());
    for (; !cuts.empty(); cuts.pop_back()) blocks.join(cuts.back());
    REQUIRE(shape(blocks) == before);
    for (item_id id = 1; id < blocks.next_id(); ++id) {
      const auto found = blocks.find(id);
      REQUIRE((found->first <= id && id < found->first + found->second.count));
    }
    for (int i = 0; i < 3; ++i) blocks.cut(1 + random() % (blocks.next_id() - 1));
    add(blocks, units(3, 10'000));
  }
}

TEST_CASE("with room for them, blocks are appended without memory", "[stock]") {
  block_map blocks;
  for (const std::size_t count : {1U, 1U, 2U, 100U, 64U, 3U, 500U, 1U}) {
    blocks.reserve(count);
    const testing::failing_memory none(1);
    for (std::size_t i = 0; i < count; ++i) blocks.append(units(2, 7));
    CHECK(!none.failed());
  }
  CHECK(shape(blocks).size() == 672);
}

TEST_CASE("ranges are joined where they touch", "[stock]") {
  CHECK(joined({}).empty());
  CHECK(joined({{5, 2}, {1, 2}, {3, 1}, {5, 1}, {9, 1}}) == std::vector<items>{{1, 3}, {5, 2}, {9, 1}});
  CHECK(joined({{1, 10}, {3, 2}}) == std::vector<items>{{1, 10}});
}
