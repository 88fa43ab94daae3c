// A registry with concurrent_index in several threads: nothing is claimed twice, nothing is lost.
#include <catch2/catch_test_macros.hpp>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/registry/registry.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace tallymark;

namespace {

using shared_registry = registry<policies<concurrent_index>>;
const part_ref<> motor{"motor"};

// The amount of work for each thread. It grows with TALLYMARK_OPERATIONS, but one operation here is worth many there.
std::uint64_t amount() {
  const char* value = std::getenv("TALLYMARK_OPERATIONS");
  return value ? std::max<std::uint64_t>(std::strtoull(value, nullptr, 10) / 100, 100) : 20'000;
}

std::string serial(std::uint64_t n) { return "SN-" + std::to_string(n); }

// Runs work(0), work(1) and so on at the same time.
template <class Work>
void together(std::size_t threads, Work work) {
  std::atomic<std::size_t> waiting = threads;
  std::vector<std::thread> workers;
  for (std::size_t t = 0; t < threads; ++t)
    workers.emplace_back([&, t] {
      for (--waiting; waiting > 0;) std::this_thread::yield();
      work(t);
    });
  for (std::thread& worker : workers) worker.join();
}

// The holder of each serial number of a part. Fails if one is listed twice.
std::map<std::string, holder> everything(const shared_registry& serials, const part_ref<>& where = motor) {
  std::map<std::string, holder> holders;
  serials.for_each(where, [&](const family& of, const held_run& held) {
    for (std::uint64_t i = 0; i < held.length; ++i) {
      const bool is_new = holders.emplace(serials.numbers().text({of, held.first + i}), held.by + i).second;
      if (!is_new) FAIL("listed twice");
    }
  });
  return holders;
}

}  // namespace

TEST_CASE("exactly one of several claims of a serial number wins", "[threads]") {
  shared_registry serials;
  const std::uint64_t n = amount();
  std::vector<std::vector<std::uint64_t>> won(4);
  std::atomic<std::uint64_t> not_found = 0;
  together(4, [&](std::size_t t) {
    std::mt19937_64 random(t);
    for (std::uint64_t i = 0; i < n; ++i) {
      const std::uint64_t at = t % 2 == 0 ? i : random() % n;
      const auto claimed = serials.claim(motor, serial(at), t);
      if (claimed)
        won[t].push_back(at);
      else if (claimed.error().code != errc::already_taken)
        ++not_found;
      const auto by = serials.find(motor, serial(at));
      if (!by || (claimed && by->item != t)) ++not_found;
    }
  });
  CHECK(not_found == 0);
  const auto holders = everything(serials);
  std::size_t sum = 0;
  for (std::size_t t = 0; t < won.size(); ++t) {
    sum += won[t].size();
    CHECK(
        std::all_of(won[t].begin(), won[t].end(), [&](std::uint64_t at) { return holders.at(serial(at)).item == t; }));
  }
  CHECK(sum == holders.size());
  CHECK(holders.size() == n);
}

TEST_CASE("reservations overlap neither each other nor concurrent claims", "[threads]") {
  shared_registry serials;
  const std::uint64_t n = amount() / 20;
  std::vector<std::vector<std::string>> obtained(4);
  std::atomic<std::uint64_t> failed = 0;
  together(4, [&](std::size_t t) {
    std::mt19937_64 random(t);
    for (std::uint64_t i = 0; i < n; ++i) {
      if (t == 0) {  // claims labels just ahead of what is issued
        const auto next = serials.next(motor);
        if (next && serials.claim(motor, *next, 7)) obtained[t].push_back(*next);
        continue;
      }
      auto reservation = serials.reserve(motor, 1 + random() % 300);
      if (!reservation) {
        ++failed;
        continue;
      }
      if (random() % 4 == 0) continue;  // dropped
      reservation->commit(t);
      for (const run& piece : reservation->serials())
        for (std::uint64_t k = 0; k < piece.length; ++k)
          obtained[t].push_back(serials.numbers().text({piece.family, piece.at(k)}));
    }
  });
  CHECK(failed == 0);
  std::set<std::string> distinct;
  std::size_t sum = 0;
  for (const auto& texts : obtained) {
    sum += texts.size();
    distinct.insert(texts.begin(), texts.end());
  }
  CHECK(distinct.size() == sum);
  const auto held = everything(serials);
  CHECK(held.size() == sum);
  CHECK(std::all_of(distinct.begin(), distinct.end(), [&](const std::string& text) { return held.contains(text); }));
}

TEST_CASE("bulk claims take all or nothing", "[threads]") {
  shared_registry serials;
  const std::uint64_t n = amount() / 50;
  std::atomic<std::uint64_t> odd_refusals = 0, taken = 0;
  together(4, [&](std::size_t t) {
    std::mt19937_64 random(t);
    for (std::uint64_t i = 0; i < n; ++i) {
      const std::uint64_t first = random() % 100'000, length = 1 + random() % 700;
      if (t == 0) {
        if (serials.claim(motor, serial(first), 5)) ++taken;
      } else if (t == 1) {
        std::vector<std::string> spellings;
        for (std::uint64_t k = 0; k < 20; ++k) spellings.push_back(serial(first + 3 * k));
        const std::vector<std::string_view> texts(spellings.begin(), spellings.end());
        const auto claimed = serials.claim(motor, texts, 5);
        if (claimed) taken += texts.size();
        if (!claimed &&
            std::all_of(claimed.error().begin(), claimed.error().end(), [](const answer& a) { return a.free(); }))
          ++odd_refusals;
      } else {
        run_list requested;
        requested.add(run{{"SN-"}, first, length});
        requested.add(run{{"SN-"}, first + 2000, length});
        const auto claimed = serials.claim(motor, requested, 5);
        if (claimed) taken += 2 * length;
        if (!claimed && claimed.error().empty()) ++odd_refusals;
      }
    }
  });
  CHECK(odd_refusals == 0);
  CHECK(everything(serials).size() == taken);
}

TEST_CASE("lookups are right while other threads claim, release and retire", "[threads]") {
  shared_registry serials;
  run_list fixed;
  fixed.add(run{{"SN-"}, 0, 1000});
  REQUIRE(serials.claim(motor, fixed, 0));
  const std::uint64_t n = amount() / 5;
  std::atomic<bool> finished = false;
  std::atomic<std::uint64_t> errors = 0;
  together(4, [&](std::size_t t) {
    std::mt19937_64 random(t);
    if (t < 2) {
      while (!finished) {
        const std::uint64_t at = random() % 1000;
        const auto by = serials.find(motor, serial(at));
        if (!by || by->item != at) ++errors;
        std::vector<std::string> spellings;
        for (std::uint64_t k = 0; k < 8; ++k) spellings.push_back(serial(random() % 1000));
        const std::vector<std::string_view> texts(spellings.begin(), spellings.end());
        std::vector<std::optional<holder>> out(texts.size());
        serials.find(motor, texts, out);
        for (std::size_t k = 0; k < out.size(); ++k)
          if (!out[k] || serial(out[k]->item) != spellings[k]) ++errors;
        const std::string other = "B-" + std::to_string(random() % 5000);
        if (const auto seen = serials.inspect(motor, other); !seen.free() && !seen.taken()) ++errors;
      }
      return;
    }
    for (std::uint64_t i = 0; i < n; ++i) {
      const std::string text = "B-" + std::to_string(random() % 5000);
      if (serials.claim(motor, text, t)) {
        if (!serials.release(motor, text)) ++errors;  // only the claiming thread releases it
      }
      if (i % 16 == 0 && !serials.retire(motor, serial(random() % 1000))) ++errors;
      if (i % 64 == 0) {  // a new family in a new scope
        const std::string part = "part " + std::to_string(i);
        if (!serials.claim(part_ref<>(part), "N" + std::to_string(t) + "-" + std::to_string(i), t)) ++errors;
      }
    }
    finished = true;
  });
  CHECK(errors == 0);
  CHECK(everything(serials).size() == 1000);
}

TEST_CASE("a family stays active while it holds a serial number", "[threads]") {
  std::uint64_t errors = 0;
  for (std::uint64_t round = 0; round < amount() / 100; ++round) {
    shared_registry serials;
    together(2, [&](std::size_t t) {
      for (int i = 0; i < 20; ++i) {
        const std::string text = "SN-" + std::to_string(2 * i + int(t));
        (void)serials.claim(motor, text, t);
        if (t == 0 || i < 19) (void)serials.release(motor, text);
      }
    });
    // all are released, except the last one of the second thread
    if (serials.latest(motor) != "SN-39" || serials.next(motor) != "SN-40") ++errors;
  }
  CHECK(errors == 0);
}
