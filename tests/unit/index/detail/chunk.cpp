#include <tallymark/index/detail/chunk.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

using namespace tallymark;
using detail::chunk;
using detail::places;
using detail::shortcut;

namespace {

// by the short way, if there is one
bool take_word(chunk& in, std::uint64_t at, holder by) {
  shortcut way(&in);
  const bool taken = way.take(at, by);
  way.close();
  return taken;
}

constexpr holder by(std::uint64_t item) { return {item, hold::claimed}; }

std::vector<held_run> runs_of(const chunk& of, std::uint64_t first = 0, std::uint64_t length = places) {
  std::vector<held_run> out;
  of.overlaps(first, length, 5000, [&](const held_run& run) { out.push_back(run); });
  return out;
}

// takes each third place, for the item that `item_of(place)` tells; checks all of them
template <class ItemOf>
void take_thirds(chunk& in, ItemOf item_of) {
  for (std::uint64_t at = 1; at < places; at += 3) {
    REQUIRE((take_word(in, at, by(item_of(at))) || in.take(at, by(item_of(at)))));
    REQUIRE(!take_word(in, at, by(1)));
    REQUIRE(!in.take(at, by(1)));
    REQUIRE(in.count() == at / 3 + 1);
    REQUIRE(in.greatest() == at);
  }
  for (std::uint64_t at = 0; at < places; ++at)
    REQUIRE(in.find(at) == (at % 3 == 1 ? std::optional(by(item_of(at))) : std::nullopt));
}

}  // namespace

TEST_CASE("an empty chunk holds nothing", "[index]") {
  chunk one;
  CHECK(one.count() == 0);
  CHECK(!one.full());
  CHECK(!one.uniform());
  CHECK(!one.find(0));
  CHECK(!take_word(one, 0, by(1)));
  CHECK(one.occupancy(3).length == places - 3);
}

TEST_CASE("a chunk keeps any items, whatever was there before", "[index]") {
  constexpr std::uint64_t half = std::uint64_t{1} << 63;
  for (int before = 0; before < 4; ++before) {
    const auto fresh = [&](chunk& in) {
      if (before == 1) take_thirds(in, [](std::uint64_t at) { return at; });
      if (before == 2) take_thirds(in, [](std::uint64_t at) { return at * at; });
      if (before == 3) take_thirds(in, [](std::uint64_t at) { return at << 40; });
      in.erase(0, places);
      CHECK(in.count() == 0);
    };
    const auto kept = [&](auto item_of) {
      chunk in;
      fresh(in);
      take_thirds(in, item_of);
    };
    kept([](std::uint64_t at) { return at; });
    kept([](std::uint64_t at) { return at + no_item - 2000; });
    kept([](std::uint64_t) { return no_item; });
    kept([](std::uint64_t at) { return at * at; });
    kept([](std::uint64_t at) { return at * at - 500'000; });
    kept([](std::uint64_t at) { return at == 700 ? no_item : at % 7; });
    kept([](std::uint64_t at) { return at > 600 ? at << 20 : at * 2; });
    kept([](std::uint64_t at) { return at > 600 ? 0 - (at << 20) : at * 2; });
    kept([](std::uint64_t at) { return at > 600 ? half + at : at * 2; });
    kept([](std::uint64_t at) { return at * 0x9e37'79b9'7f4a'7c15U >> (at % 2); });
  }
}

TEST_CASE("a run whose end is too far from the first item is kept", "[index]") {
  // half the way round, where the end is before the first item; and just too far for words
  for (const std::uint64_t item : {(std::uint64_t{1} << 63) - 1, detail::narrow_code::item_limit - 1}) {
    chunk one;
    one.assign({0, 2, by(0)});
    one.assign({2, 2, by(item)});
    for (std::uint64_t at = 5; at < 200; at += 2) one.assign({at, 1, by(at % 3)});
    CHECK(one.find(2) == by(item));
    CHECK(one.find(3) == by(item + 1));
    CHECK(one.count() == 102);
  }
}

TEST_CASE("a full chunk whose holders continue one another is uniform", "[index]") {
  for (const std::uint64_t step : {0U, 1U, 2U}) {
    chunk one;
    for (std::uint64_t i = 0; i < places; ++i) {
      CHECK(!one.full());
      const std::uint64_t at = i * 37 % places;
      if (!take_word(one, at, by(9 + at * step))) REQUIRE(one.take(at, by(9 + at * step)));
    }
    CHECK(one.full());
    CHECK(one.uniform() == (step == 1 ? std::optional(by(9)) : std::nullopt));
    CHECK(one.occupancy(0).taken);
    CHECK(one.occupancy(0).length == places);
    CHECK(one.occupancy(1000).length == 24);
    one.assign({0, places, {}});
    CHECK(one.uniform() == holder{});
    one.assign({1023, 1, {no_item, hold::retired}});
    CHECK(one.full());
    CHECK(!one.uniform());
    one.erase(1023, 1);
    CHECK(!one.full());
    CHECK(one.count() == 1023);
  }
}

TEST_CASE("the last free place is not taken in the quick way", "[index]") {
  chunk one;
  for (std::uint64_t at = 0; at < places - 1; ++at) one.assign({at, 1, by(at / 2)});
  CHECK(!take_word(one, 1023, by(1)));
  one.erase(5, 1);
  CHECK(take_word(one, 1023, by(1)));
  CHECK(!take_word(one, 5, by(std::uint64_t{1} << 32)));
  CHECK(one.take(5, by(std::uint64_t{1} << 32)));
  CHECK(one.full());
}

TEST_CASE("what is taken of a chunk is visited in runs", "[index]") {
  chunk one;
  one.assign({10, 5, by(1)});
  one.assign({15, 5, by(1)});
  one.assign({12, 1, {7, hold::retired}});
  CHECK(one.count() == 10);
  CHECK(runs_of(one) ==
        std::vector<held_run>{{5010, 2, by(1)}, {5012, 1, {7, hold::retired}}, {5013, 2, by(4)}, {5015, 5, by(1)}});
  CHECK(runs_of(one, 11, 3) ==
        std::vector<held_run>{{5011, 1, by(2)}, {5012, 1, {7, hold::retired}}, {5013, 1, by(4)}});
  CHECK(runs_of(one, 20, 100).empty());
  CHECK(one.occupancy(9).length == 1);
  CHECK(one.occupancy(10).length == 10);
  CHECK(one.greatest() == 19);
}

TEST_CASE("a chunk has the form that is small for it", "[index]") {
  const auto filled = [](std::uint64_t count, std::uint64_t step, std::uint64_t length) {
    auto one = std::make_unique<chunk>();
    for (std::uint64_t i = 0; i < count; ++i) one->assign({i * step, length, by(900 - 3 * i)});
    return one;
  };
  CHECK(!filled(8, 3, 1)->packed());  // short runs
  CHECK(filled(9, 3, 1)->packed());
  CHECK(filled(12, 60, 2)->packed());
  CHECK(!filled(16, 60, 10)->packed());
  CHECK(!filled(16, 60, 10)->words());
  CHECK(filled(17, 60, 5)->packed());
  CHECK(filled(chunk::most_packed, 3, 1)->packed());
  CHECK(filled(chunk::most_packed + 1, 3, 1)->words());
  CHECK(filled(17, 60, 10)->words());

  auto bits = filled(300, 3, 1);
  bits->erase(0, places);
  CHECK(bits->words());  // which stay
  CHECK(bits->count() == 0);
}

TEST_CASE("a run that makes packed places too many gives each a word", "[index]") {
  for (const bool with_room : {false, true}) {
    chunk one;
    for (std::uint64_t i = 0; i < 80; ++i) one.assign({i * 2, 1, by(1000 - i)});
    REQUIRE(one.packed());
    const held_run more{150, 60, {7, hold::retired}};
    if (with_room) one.make_room(more);
    one.assign(more);
    CHECK(one.words());
    CHECK(one.count() == 75 + 60);
    CHECK(one.find(148) == by(1000 - 74));
    CHECK(!one.find(149));
    CHECK(one.find(150) == more.by);
    CHECK(one.find(209) == more.by + 59);
    CHECK(!one.find(210));
  }
}

TEST_CASE("packed places are taken in the quick way up to their number", "[index]") {
  chunk one;
  for (std::uint64_t at = 0; at < places; at += 64) one.assign({at, 1, by(5 * at)});
  std::size_t quick = 0;
  for (std::uint64_t at = 1; at < places && one.count() < chunk::most_packed; at += 3) {
    const std::uint64_t place = at * 7 % places;
    const bool is_free = !one.find(place);
    if (take_word(one, place, by(at)))
      ++quick;
    else
      CHECK(one.take(place, by(at)) == is_free);
    CHECK(one.find(place) == (is_free ? by(at) : *one.find(place)));
  }
  CHECK(quick > 50);
  REQUIRE(one.packed());
  REQUIRE(one.count() == chunk::most_packed);
  CHECK(!take_word(one, 1021, by(3)));
  CHECK(one.packed()->count() == chunk::most_packed);
}
