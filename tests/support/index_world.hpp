// Compares a container of held ordinals with one entry per ordinal, under random changes.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/testing/model.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace tallymark::testing {

/// The kinds of items: consecutive ones, no item, items in a small range, any, or those near the greatest.
enum class items : std::uint8_t { in_order, no_holder, near, any, last };

/// `size` ordinals from `begin` on, a map and a slow map of them, with random changes to both.
template <class Map>
class index_world {
 public:
  using ordinals = std::vector<std::uint64_t>;

  index_world(std::uint64_t seed, std::uint64_t begin, std::uint64_t size)
      : random_(seed), begin_(begin), size_(size) {}

  /// Makes `changes` random changes, one in `erasing` of which frees. Runs have up to `longest` ordinals.
  void change(int changes, std::vector<items> kinds, std::uint64_t longest, std::uint64_t erasing) {
    for (int i = 0; i < changes; ++i) {
      const std::uint64_t first = any();
      const std::uint64_t length = below(2) == 0 ? 1 : 1 + below(std::min(longest, begin_ + size_ - first));
      const holder by = holder_of(kinds[below(kinds.size())], first);
      if (below(erasing) == 0) {
        map.erase(first, length);
        slow.erase(first, length);
      } else if (below(8) == 0) {
        map.assign({first, length, by});
        slow.assign({first, length, by});
      } else if (below(4) == 0) {
        claim_many(length, by);
      } else {
        claim(first, by);
      }
      if (i % 64 == 0) check();
    }
    check();
  }

  void claim(std::uint64_t ordinal, const holder& by) {
    const auto held = slow.find(ordinal);
    REQUIRE(index_traits<Map>::claim(map, ordinal, by) == held);
    if (!held) slow.assign({ordinal, 1, by});
  }

  void claim_many(std::size_t count, const holder& first) {
    ordinals asked(count);
    for (std::uint64_t& value : asked) value = any();
    std::size_t taken = 0;
    for (; taken < count && !slow.find(asked[taken]); ++taken) slow.assign({asked[taken], 1, first + taken});
    for (std::size_t i = 0; i < count; ++i) {
      index_traits<Map>::prefetch(map, asked[i]);
      const auto met = index_traits<Map>::claim(map, asked[i], first + i);
      REQUIRE(met.has_value() == (i == taken));
      if (met) return;
    }
  }

  /// Compares everything that can be asked.
  void check() {
    REQUIRE(map.empty() == slow.empty());
    REQUIRE(map.greatest() == slow.greatest());
    std::vector<held_run> actual, expected;
    slow.overlaps(0, max_ordinal + 1, [&](const held_run& held) { expected.push_back(held); });
    const auto collect = [&](const held_run& part) {
      for (std::uint64_t k = 0; k < part.length; ++k) actual.push_back({part.first + k, 1, part.by + k});
    };
    map.overlaps(0, max_ordinal + 1, collect);
    REQUIRE(actual == expected);
    const std::uint64_t first = any(), length = 1 + below(begin_ + size_ - first);
    actual.clear();
    map.overlaps(first, length, collect);
    std::erase_if(expected, [&](const held_run& held) { return held.first - first >= length; });
    REQUIRE(actual == expected);

    ordinals asked(below(100));
    for (std::uint64_t& ordinal : asked) ordinal = any();
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const auto by = slow.find(asked[i]);
      index_traits<Map>::prefetch(map, asked[i]);
      REQUIRE(map.find(asked[i]) == by);
      const stretch occupied = map.occupancy(asked[i]);
      REQUIRE(occupied.taken == by.has_value());
      REQUIRE(occupied.length >= 1);
      REQUIRE(occupied.length <= most(asked[i], by.has_value()));
    }
  }

  Map map{};
  slow_map slow{};

 private:
  [[nodiscard]] std::uint64_t below(std::uint64_t n) { return random_() % n; }
  [[nodiscard]] std::uint64_t any() { return begin_ + below(size_); }

  [[nodiscard]] holder holder_of(items kind, std::uint64_t ordinal) {
    const auto state = below(16) == 0 ? hold::retired : below(16) == 0 ? hold::reserved : hold::claimed;
    switch (kind) {
      case items::in_order: return {ordinal - begin_ + 7, hold::claimed};
      case items::no_holder: return {no_item, hold::claimed};
      case items::near: return {1'000'000 + below(1000), state};
      case items::any: return {random_(), state};
      case items::last: return {no_item - below(12), state};
    }
    return {};
  }

  // the number of ordinals from here on that are equally taken or free
  [[nodiscard]] std::uint64_t most(std::uint64_t ordinal, bool taken) const {
    if (!taken) return slow.occupancy(ordinal).length;
    std::uint64_t length = 1;
    while (slow.find(ordinal + length)) ++length;
    return length;
  }

  std::mt19937_64 random_;
  std::uint64_t begin_, size_;
};

/// Compares at both ends and in the middle, with items of all kinds, so that a container takes all its forms.
template <class Map>
void changes_as_the_slow_one_does(int changes = 600) {
  using enum items;
  const std::array<std::vector<items>, 8> mixtures{{{in_order},
                                                    {no_holder},
                                                    {near},
                                                    {any},
                                                    {last},
                                                    {in_order, in_order, in_order, near},
                                                    {in_order, no_holder},
                                                    {near, near, near, any, no_holder, last}}};
  std::uint64_t seed = 1;
  for (const std::uint64_t begin : {std::uint64_t{0}, (std::uint64_t{1} << 40) - 700, max_ordinal - 2499})
    for (const auto& mixture : mixtures) {
      index_world<Map> world(seed++, begin, 2500);
      world.change(changes, mixture, 100, 20);  // fills it
      world.change(changes / 2, mixture, 2500, 8);
      world.change(changes, mixture, 20, 2);  // empties it
      world.change(changes, mixture, 100, 1000);
    }
}

/// Compares huge runs with those of another map that is known to be right.
template <class Map, class Right>
void changes_as(int changes = 2000) {
  std::mt19937_64 random(7);
  Map map;
  Right right;
  const auto ordinal = [&]() -> std::uint64_t {
    const std::uint64_t near = random() % 64;
    switch (random() % 4) {
      case 0: return near * 1000;
      case 1: return max_ordinal - near * 500;
      default: return (near << 50) + random() % 3;
    }
  };
  const auto runs = [](const auto& container, std::uint64_t first, std::uint64_t length) {
    std::vector<held_run> out;
    container.overlaps(first, length, [&](const held_run& run) {
      if (!out.empty() && out.back().last() + 1 == run.first && out.back().by.leads_to(run.by, out.back().length))
        out.back().length += run.length;
      else
        out.push_back(run);
    });
    return out;
  };
  for (int i = 0; i < changes; ++i) {
    std::uint64_t first = ordinal(), last = random() % 3 == 0 ? first : ordinal();
    if (last < first) std::swap(first, last);
    const std::uint64_t length = last - first + 1;
    const holder by{random() % 4 == 0 ? no_item : first + random() % 2,
                    random() % 4 == 0 ? hold::retired : hold::claimed};
    if (random() % 3 == 0) {
      map.erase(first, length);
      right.erase(first, length);
    } else {
      map.assign({first, length, by});
      right.assign({first, length, by});
    }
    REQUIRE(map.greatest() == right.greatest());
    REQUIRE(map.empty() == right.empty());
    REQUIRE(runs(map, 0, max_ordinal + 1) == runs(right, 0, max_ordinal + 1));
    const std::uint64_t begin = ordinal(), n = 1 + random() % (max_ordinal - begin + 1);
    REQUIRE(runs(map, begin, n) == runs(right, begin, n));
    REQUIRE(map.find(begin) == right.find(begin));
    REQUIRE(map.occupancy(begin).taken == right.occupancy(begin).taken);
    // takes a step per run, not per ordinal
    std::uint64_t at = begin;
    for (int steps = 0; at <= max_ordinal && map.occupancy(at).taken == map.occupancy(begin).taken; ++steps) {
      REQUIRE(steps < 1000);
      at += map.occupancy(at).length;
    }
    std::uint64_t end = begin;
    while (end <= max_ordinal && right.occupancy(end).taken == right.occupancy(begin).taken)
      end += right.occupancy(end).length;
    REQUIRE(at == end);
  }
}

}  // namespace tallymark::testing
