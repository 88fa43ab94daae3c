#include <tallymark/index/detail/place_words.hpp>

#include <catch2/catch_test_macros.hpp>

#include <support/changes_of_places.hpp>

#include <cstdint>
#include <limits>

using namespace tallymark;
using namespace tallymark::detail;
using tallymark::testing::changes_as_places_do;
using tallymark::testing::holder_near_last;

namespace {

constexpr holder by(std::uint64_t item) { return {item, hold::claimed}; }

}  // namespace

TEST_CASE("a word is a holder", "[index]") {
  constexpr std::uint64_t last = narrow_code::item_limit - 1;
  for (const hold state : {hold::reserved, hold::claimed, hold::retired})
    for (const std::uint64_t item : {std::uint64_t{0}, std::uint64_t{1}, last, no_item}) {
      for (const std::uint64_t base : {std::uint64_t{0}, std::uint64_t{77}, no_item - 1 - last}) {
        const holder held = holder{item == no_item ? no_item : base + item, state};
        const narrow_code code(base);
        REQUIRE(code.fits(held));
        CHECK(code.word_of(held) != 0);
        CHECK(code.holder_of(code.word_of(held)) == held);
      }
      const holder held{item == no_item ? no_item : no_item - 1 - item, state};
      CHECK(wide_code::holder_of(wide_code::word_of(held)) == held);
    }
  CHECK(!narrow_code(1000).fits(by(999)));
  CHECK(!narrow_code(1000).fits(by(1001 + last)));
}

TEST_CASE("words change as their places do", "[index]") {
  changes_as_places_do(narrow_words(narrow_code(no_item - 5000)), holder_near_last);
}

TEST_CASE("narrow words refuse what is too far from their base", "[index]") {
  narrow_words words(narrow_code(1000));
  const std::uint64_t last = 1000 + narrow_code::item_limit - 1;
  CHECK(words.put({0, 1, by(1000)}));
  CHECK(words.put({1, 2, by(last - 1)}));
  CHECK(words.find(2) == by(last));
  CHECK(!words.put({2, 1, by(last + 1)}));
  CHECK(!words.put({2, 2, by(last)}));
  CHECK(!words.put({2, 1, by(999)}));
  CHECK(!words.put({2, 2, by(999)}));
  CHECK(words.find(2) == by(last));
  CHECK(words.put({2, 2, {}}));
  CHECK(words.find(3) == holder{});
}

TEST_CASE("a place is taken once", "[index]") {
  const narrow_words words(narrow_code(1000));
  CHECK(words.take(5, by(1007)));
  CHECK(!words.take(5, by(1008)));
  CHECK(!words.take(6, by(999)));
  CHECK(words.find(5) == by(1007));
  CHECK(!words.find(6));
}
