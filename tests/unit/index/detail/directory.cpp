#include <tallymark/index/detail/directory.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include <tallymark/ext/detail/prefetch.hpp>

using namespace tallymark;

namespace {

struct both {
  std::map<std::uint64_t, detail::chunk> all{};
  detail::directory directory{};

  void add(std::uint64_t number) {
    directory.make_room(number, all);
    REQUIRE(directory.find(number) == nullptr);
    directory.set(number, &all[number]);
  }
  void remove(std::uint64_t number) {
    directory.erase(number);
    all.erase(number);
  }
  detail::chunk* of(std::uint64_t number) {
    const auto at = all.find(number);
    return at == all.end() ? nullptr : &at->second;
  }
  void check() {
    for (auto& [number, value] : all) {
      REQUIRE(directory.find(number) == &value);
      REQUIRE(directory.find(number + 1) == of(number + 1));
      REQUIRE(directory.find(number - 1) == of(number - 1));
    }
  }
};

}  // namespace

TEST_CASE("an empty directory knows no chunk", "[index]") {
  const detail::directory directory;
  CHECK(directory.empty());
  CHECK(directory.find(0) == nullptr);
  CHECK(directory.find(std::uint64_t{1} << 54) == nullptr);
}

TEST_CASE("chunks are found wherever they are and whenever they came", "[index]") {
  constexpr std::uint64_t last = (std::uint64_t{1} << 54) - 1;
  const auto close = [](std::uint64_t begin, std::uint64_t step) {
    std::vector<std::uint64_t> out;
    for (std::uint64_t i = 0; i < 600; ++i) out.push_back(begin + i * step);
    return out;
  };
  std::vector<std::uint64_t> two = close(0, 2), mixed = close(last - 1200, 1), apart = close(7, 1'000'003);
  mixed.insert(mixed.end(), apart.begin(), apart.end());
  two.insert(two.end(), apart.begin(), apart.end());
  std::mt19937_64 random(3);
  for (auto numbers : {close(0, 1), close(last - 599, 1), close(1000, 3), close(5, 5), mixed, two, apart})
    for (const bool in_order : {true, false}) {
      if (!in_order) std::shuffle(numbers.begin(), numbers.end(), random);
      both chunks;
      std::size_t n = 0;
      for (const std::uint64_t number : numbers) {
        if (chunks.of(number)) continue;
        chunks.add(number);
        CHECK(!chunks.directory.empty());
        if (n++ % 50 == 0) chunks.check();
      }
      chunks.check();
      for (std::size_t i = 0; i < numbers.size(); i += 2)
        if (chunks.of(numbers[i])) chunks.remove(numbers[i]);
      chunks.check();
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        CHECK(chunks.directory.find(numbers[i]) == chunks.of(numbers[i]));
        if (!chunks.of(numbers[i])) chunks.add(numbers[i]);
      }
      chunks.check();
    }
}

TEST_CASE("room for a chunk that never came is no chunk", "[index]") {
  both chunks;
  chunks.directory.make_room(5, chunks.all);
  CHECK(chunks.directory.find(5) == nullptr);
  chunks.add(5);
  chunks.check();
}

TEST_CASE("what was claimed through the array counts when the array grows", "[index]") {
  both chunks;
  const auto by = [](std::uint64_t item) { return holder{item, hold::claimed}; };
  const auto fill = [&](std::uint64_t number) {  // with words
    chunks.add(number);
    for (std::uint64_t at = 0; at < 300; ++at) chunks.all[number].take(at, by(1000 - 3 * at));
    chunks.directory.open(number);
  };
  std::uint64_t number = 0;
  while (!chunks.directory.near(0)) fill(number++);
  REQUIRE(chunks.directory.near(0)->is_open());
  for (std::uint64_t at = 300; at < 500; ++at) CHECK(chunks.directory.near(0)->take(at, by(at)));
  CHECK(!chunks.directory.near(0)->take(499, by(1)));
  for (const auto* before = chunks.directory.near(0); before == chunks.directory.near(0);) fill(number++);
  CHECK(chunks.all[0].count() == 500);
  CHECK(chunks.directory.near(0)->take(500, by(5)));
  chunks.directory.close(0);
  CHECK(!chunks.directory.near(0)->is_open());
  CHECK(!chunks.directory.near(0)->take(501, by(5)));
  CHECK(chunks.all[0].count() == 501);
  chunks.directory.close(0);
  CHECK(chunks.all[0].count() == 501);
}

TEST_CASE("there is a way to chunks outside of the array too", "[index]") {
  both chunks;
  const auto by = [](std::uint64_t item) { return holder{item, hold::claimed}; };
  constexpr std::uint64_t apart = 1'000'003;
  chunks.add(0);
  for (std::uint64_t at = 0; at < 20; ++at) chunks.all[0].take(at, by(1000 - 3 * at));
  CHECK(!chunks.directory.near(0));
  CHECK(!chunks.directory.way(apart));
  CHECK(!chunks.directory.way(0)->is_open());
  chunks.directory.open(0);
  REQUIRE(chunks.directory.way(0)->is_open());
  CHECK(chunks.directory.way(0)->find(19) == by(1000 - 57));
  CHECK(!chunks.directory.way(0)->find(20));
  CHECK(chunks.directory.way(0)->take(20, by(3)));
  CHECK(!chunks.directory.way(0)->take(20, by(4)));
  for (std::uint64_t i = 1; i < 100; ++i) chunks.add(i * apart);  // the table grows, and is made anew
  CHECK(chunks.directory.way(0)->find(20) == by(3));
  chunks.directory.close(0);
  CHECK(chunks.all[0].count() == 21);
  chunks.check();
}

TEST_CASE("memory may be asked for wherever a chunk could be", "[index]") {
  both chunks;
  CHECK(!chunks.directory.all_near());
  std::uint64_t number = 0;
  while (!chunks.directory.near(0)) chunks.add(number++);
  while (!chunks.directory.all_near()) chunks.add(number++);
  CHECK(&chunks.directory.near_or_first(3) == chunks.directory.near(3));
  CHECK(&chunks.directory.near_or_first(1'000'000) == &chunks.directory.near_or_first(2'000'000));
  detail::prefetch(chunks.directory.near_or_first(1'000'000).address(5));
  detail::prefetch(detail::shortcut().address(1023));
  chunks.add(1'000'000);
  CHECK(!chunks.directory.all_near());
}
