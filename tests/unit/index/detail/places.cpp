#include <tallymark/index/detail/places.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <random>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

constexpr holder by(std::uint64_t item) { return {item, hold::claimed}; }

// random changes to a form that can hold all of them, beside one entry for each place
template <class Form, class Holder>
void changes_as_places_do(Form form, Holder holder_of) {
  std::array<std::optional<holder>, places> all{};
  std::mt19937_64 random(5);
  for (int i = 0; i < 400; ++i) {
    const std::uint64_t first = random() % places;
    const std::uint64_t length =
        random() % 2 == 0 ? 1 : 1 + random() % (i % 50 == 0 ? places - first : 1 + (places - first) / 20);
    if (random() % 3 == 0) {
      form.clear(first, length);
      for (std::uint64_t k = 0; k < length; ++k) all[first + k].reset();
    } else {
      const holder one = holder_of(first, random());
      REQUIRE(form.put(held_run{first, length, one}));
      for (std::uint64_t k = 0; k < length; ++k) all[first + k] = one + k;
    }
    std::optional<std::uint64_t> greatest;
    for (std::uint64_t at = 0, end = 0; at < places; ++at) {
      REQUIRE(form.find(at) == all[at]);
      if constexpr (requires { form.address(at); }) REQUIRE(form.address(at) != nullptr);
      if (all[at]) greatest = at;
      const stretch_of_places here = form.from(at);
      REQUIRE(here.by == all[at]);
      REQUIRE(here.end > at);
      if (end > at) REQUIRE(here.end == end);  // it ends where it ended for the place before
      end = here.end;
      if (end < places) {
        const bool goes_on = all[at] ? all[end] && all[at]->leads_to(*all[end], end - at) : !all[end];
        REQUIRE(!goes_on);
      }
    }
    if (greatest) REQUIRE(form.greatest() == *greatest);
  }
}

}  // namespace

TEST_CASE("short runs change as their places do", "[index]") {
  changes_as_places_do(short_runs(), [](std::uint64_t first, std::uint64_t any) {
    return any % 3 == 0 ? holder{} : any % 3 == 1 ? by(1000 + first) : holder{any, hold::retired};
  });
}

TEST_CASE("bits change as their places do", "[index]") {
  changes_as_places_do(place_bits_of_one({0, 1, {}}), [](std::uint64_t, std::uint64_t) { return holder{}; });
  changes_as_places_do(place_bits_of_one({7, 1, by(3)}),
                       [](std::uint64_t first, std::uint64_t) { return by(first - 4); });
}

TEST_CASE("words change as their places do", "[index]") {
  const auto some = [](std::uint64_t first, std::uint64_t any) {
    const auto state = static_cast<hold>(any % 3);
    return any % 5 == 0   ? holder{no_item, state}
           : any % 5 == 1 ? by(no_item - 2000 + first)
                          : holder{no_item - 1024 - any % 9, state};
  };
  changes_as_places_do(wide_words(), some);
  changes_as_places_do(narrow_words(no_item - 5000), some);
}

TEST_CASE("bits refuse what does not continue", "[index]") {
  place_bits_of_one bits({10, 1, by(100)});
  CHECK(bits.put({10, 5, by(100)}));
  CHECK(bits.put({0, 2, by(90)}));
  CHECK(!bits.put({20, 1, by(111)}));
  CHECK(!bits.put({20, 1, {110, hold::retired}}));
  CHECK(!bits.put({20, 1, {}}));
  CHECK(!bits.find(20));
  place_bits_of_one without_item({10, 1, {}});
  CHECK(without_item.put({3, 1000, {}}));
  CHECK(!without_item.put({1, 1, by(no_item - 9)}));
  CHECK(!without_item.put({2, 1, {no_item, hold::reserved}}));
}

TEST_CASE("narrow words refuse what is too far from their base", "[index]") {
  narrow_words words(1000);
  const std::uint64_t last = 1000 + narrow_words::item_limit - 1;
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

TEST_CASE("short runs take what is free", "[index]") {
  short_runs runs;
  CHECK(runs.take(10, by(1)));
  CHECK(!runs.take(10, by(2)));
  CHECK(runs.take(12, by(3)));
  CHECK(runs.size() == 2);
  CHECK(runs.continuous());
  CHECK(runs.take(11, by(2)));
  CHECK(runs.size() == 1);
  CHECK(runs.front() == held_run{10, 3, by(1)});
  CHECK(!runs.take(11, by(2)));
  CHECK(runs.take(9, by(5)));
  CHECK(runs.take(13, {}));
  CHECK(runs.size() == 3);
  CHECK(!runs.continuous());
  CHECK(runs.take(0, by(5)));
  CHECK(runs.take(1023, by(5)));
  CHECK(runs.greatest() == 1023);
}
