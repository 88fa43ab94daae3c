#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <vector>

using namespace tallymark;

static_assert(concurrent_ordinal_map<concurrent_map> && index_policy<concurrent_index>);

namespace {

constexpr holder claimed(std::uint64_t item) { return {item, hold::claimed}; }

// without the lock as far as that goes
std::optional<holder> claim(concurrent_map& map, std::uint64_t ordinal, const holder& by, bool unlocked = true) {
  const claim_attempt done = unlocked ? map.try_claim(ordinal, by) : claim_attempt{};
  return done.decided ? done.met : map.claim(ordinal, by);
}

std::vector<held_run> all(const concurrent_map& map) {
  std::vector<held_run> runs;
  map.overlaps(0, max_ordinal + 1, [&](const held_run& run) {
    if (!runs.empty() && runs.back().last() + 1 == run.first && runs.back().by + runs.back().length == run.by)
      runs.back().length += run.length;
    else
      runs.push_back(run);
  });
  return runs;
}

}  // namespace

TEST_CASE("a claim without the lock needs a chunk", "[index]") {
  concurrent_map map;
  CHECK(map.try_claim(7, claimed(1)) == claim_attempt{false, {}});
  CHECK(map.empty());
  CHECK(map.claim(7, claimed(1)) == std::nullopt);
  CHECK(map.claim(7, claimed(2)) == claimed(1));
  CHECK(map.try_claim(8, claimed(2)) == claim_attempt{true, {}});
  CHECK(map.try_claim(8, claimed(3)) == claim_attempt{true, claimed(2)});
  CHECK(all(map) == std::vector<held_run>{{7, 2, claimed(1)}});
}

TEST_CASE("closed ordinals are free, and cannot be claimed", "[index]") {
  concurrent_map map;
  (void)map.claim(1000, claimed(1));
  CHECK_FALSE(map.close(900, 200));
  CHECK_FALSE(map.close(0, 2000));
  CHECK(map.close(1001, 2000));
  CHECK(map.find(1001) == std::nullopt);
  CHECK(map.try_claim(1001, claimed(2)) == claim_attempt{false, {}});
  map.open(1001, 2000);
  CHECK(map.try_claim(1001, claimed(2)) == claim_attempt{true, {}});
  CHECK(all(map) == std::vector<held_run>{{1000, 2, claimed(1)}});
  CHECK(map.close(1002, 10));
  map.assign({1002, 10, {no_item, hold::reserved}});
  CHECK(map.find(1011) == holder{no_item, hold::reserved});
}

TEST_CASE("runs cover whole chunks, and chunks are cut out of them", "[index]") {
  concurrent_map map;
  const std::uint64_t last = max_ordinal;
  map.assign({0, last + 1, claimed(no_item)});
  CHECK(map.find(last) == claimed(no_item));
  CHECK(map.greatest() == last);
  CHECK(map.occupancy(last).length == 1);
  map.erase(1'000'000, last - 1'000'000 + 1);
  CHECK(map.greatest() == 999'999);
  map.erase(0, last + 1);
  CHECK(map.empty());
  CHECK_FALSE(map.occupancy(0).taken);

  map.assign({0, 1'000'000'000, claimed(0)});
  map.erase(1'000'000, 1'000'000);
  CHECK(map.find(999'999) == claimed(999'999));
  CHECK(map.find(1'000'000) == std::nullopt);
  CHECK(map.find(1'999'999) == std::nullopt);
  CHECK(map.find(2'000'000) == claimed(2'000'000));
  map.assign({5000, 1, {5000, hold::retired}});
  CHECK(map.find(4999) == claimed(4999));
  CHECK(map.find(5000) == holder{5000, hold::retired});
  CHECK(map.find(5001) == claimed(5001));
  CHECK(all(map) == std::vector<held_run>{{0, 5000, claimed(0)},
                                          {5000, 1, {5000, hold::retired}},
                                          {5001, 994'999, claimed(5001)},
                                          {2'000'000, 998'000'000, claimed(2'000'000)}});
}

TEST_CASE("any changes leave what a map with one entry for each ordinal has", "[index]") {
  // ordinals in a few chunks at both ends of all ordinals
  std::mt19937_64 random(20261123);
  const auto any = [&](std::uint64_t below) { return random() % below; };
  for (int round = 0; round < 60; ++round) {
    concurrent_map map;
    std::map<std::uint64_t, holder> slow;
    const std::uint64_t base = round % 3 == 0 ? max_ordinal - 2047 : any(3) * 1000;
    for (int step = 0; step < 120; ++step) {
      const std::uint64_t at = any(2048), longest = any(4) == 0 ? 2048 : any(4) == 0 ? 4 : 600;
      const std::uint64_t length = std::min(1 + any(longest), 2048 - at), first = base + at;
      const holder by{any(3) == 0 ? no_item : any(2) * 7 + at, static_cast<hold>(any(3))};
      const auto free = [&] {
        const auto from = slow.lower_bound(first);
        return from == slow.end() || from->first > first + (length - 1);
      };
      switch (any(5)) {
        case 0:
        case 1:
          map.assign({first, length, by});
          for (std::uint64_t i = 0; i < length; ++i) slow[first + i] = by + i;
          break;
        case 2:
          map.erase(first, length);
          for (std::uint64_t i = 0; i < length; ++i) slow.erase(first + i);
          break;
        case 3: {
          const auto met = claim(map, first, by, any(2) == 0);
          const auto held = slow.find(first);
          if (held != slow.end()) {
            CHECK(met == held->second);
          } else {
            slow[first] = by;
          }
          break;
        }
        case 4: {
          const bool closed = map.close(first, length);
          CHECK(closed == free());
          if (closed && any(2) == 0) {
            map.assign({first, length, by});
            for (std::uint64_t i = 0; i < length; ++i) slow[first + i] = by + i;
          } else if (closed) {
            map.open(first, length);
          }
          break;
        }
      }
      for (int i = 0; i < 20; ++i) {
        const std::uint64_t ask = base + any(2048);
        const auto held = slow.find(ask);
        CHECK(map.find(ask) == (held == slow.end() ? std::nullopt : std::optional(held->second)));
        const stretch here = map.occupancy(ask);
        CHECK(here.taken == (held != slow.end()));
        CHECK(here.length >= 1);
        const auto other = here.taken ? held : slow.lower_bound(ask);
        if (!here.taken && other != slow.end()) CHECK(here.length <= other->first - ask);
        if (!here.taken) CHECK(here.length - 1 <= max_ordinal - ask);
        if (here.taken) CHECK(slow.contains(ask + here.length - 1));
      }
      CHECK(map.empty() == slow.empty());
      CHECK(map.greatest() == (slow.empty() ? std::nullopt : std::optional(slow.rbegin()->first)));
    }
    std::map<std::uint64_t, holder> seen;
    for (const held_run& run : all(map))
      for (std::uint64_t i = 0; i < run.length; ++i) seen[run.first + i] = run.by + i;
    CHECK(seen == slow);
  }
}

TEST_CASE("of those who claim the same ordinals, each gets what the other does not", "[index]") {
  concurrent_map map;
  std::mutex lock;
  constexpr std::uint64_t ordinals = 20'000;
  std::vector<std::uint64_t> won(4);
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < won.size(); ++t)
    threads.emplace_back([&, t] {
      for (std::uint64_t i = 0; i < ordinals; ++i) {
        const std::uint64_t ordinal = t % 2 == 0 ? i : ordinals - 1 - i;
        claim_attempt done = map.try_claim(ordinal, claimed(t));
        if (!done.decided) {
          const std::lock_guard guard(lock);
          done.met = map.claim(ordinal, claimed(t));
        }
        won[t] += !done.met;
      }
    });
  for (std::thread& each : threads) each.join();
  CHECK(won[0] + won[1] + won[2] + won[3] == ordinals);
  std::vector<std::uint64_t> held(4);
  for (std::uint64_t i = 0; i < ordinals; ++i) ++held[map.find(i)->item];
  CHECK(held == won);
}

TEST_CASE("who looks finds a run while it is cut and replaced", "[index]") {
  concurrent_map map;
  constexpr std::uint64_t chunks = 64, size = 256 * chunks;
  map.assign({0, size, claimed(0)});
  std::atomic<bool> done = false;
  std::atomic<std::uint64_t> lost = 0, wrong = 0;
  const auto look = [&] {
    std::mt19937_64 random(7);
    while (!done) {
      const std::uint64_t at = random() % size;
      const auto by = map.find(at);
      lost += !by;
      wrong += by && by->item != at;
    }
  };
  std::thread one(look), two(look);
  std::mt19937_64 random(8);
  for (int i = 0; i < 3000; ++i) {  // the state changes, who holds it does not
    const std::uint64_t from = random() % chunks, to = from + 1 + random() % (chunks - from);
    const std::uint64_t first = from * 256 + (i % 8 == 0 && from < 4 ? random() % 256 : 0);
    map.assign({first, to * 256 - first, {first, static_cast<hold>(random() % 3)}});
  }
  done = true;
  one.join();
  two.join();
  CHECK(lost == 0);
  CHECK(wrong == 0);
}
