// A registry with concurrent_index, used by several threads at once: nothing is taken twice, nothing is lost.
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

// How much each thread does. For longer runs it grows with TALLYMARK_OPERATIONS, but an operation is many here.
std::uint64_t amount() {
  const char* given = std::getenv("TALLYMARK_OPERATIONS");
  return given ? std::max<std::uint64_t>(std::strtoull(given, nullptr, 10) / 100, 100) : 20'000;
}

std::string serial(std::uint64_t n) { return "SN-" + std::to_string(n); }

// Runs work(0), work(1), … at the same time.
template <class Work>
void together(std::size_t threads, Work work) {
  std::atomic<std::size_t> waiting = threads;
  std::vector<std::thread> all;
  for (std::size_t t = 0; t < threads; ++t)
    all.emplace_back([&, t] {
      for (--waiting; waiting > 0;) std::this_thread::yield();
      work(t);
    });
  for (std::thread& each : all) each.join();
}

// Who holds each serial number of a part, and that none is listed twice.
std::map<std::string, holder> everything(const shared_registry& serials, const part_ref<>& where = motor) {
  std::map<std::string, holder> all;
  serials.for_each(where, [&](const family& of, const held_run& each) {
    for (std::uint64_t i = 0; i < each.length; ++i) {
      const bool is_new = all.emplace(serials.numbers().text({of, each.first + i}), each.by + i).second;
      if (!is_new) FAIL("listed twice");
    }
  });
  return all;
}

}  // namespace

TEST_CASE("of claims of the same serial number exactly one wins", "[threads]") {
  shared_registry serials;
  const std::uint64_t n = amount();
  std::vector<std::vector<std::uint64_t>> won(4);
  std::atomic<std::uint64_t> not_found = 0;
  together(4, [&](std::size_t t) {
    std::mt19937_64 random(t);
    for (std::uint64_t i = 0; i < n; ++i) {
      const std::uint64_t at = t % 2 == 0 ? i : random() % n;
      const auto done = serials.claim(motor, serial(at), t);
      if (done)
        won[t].push_back(at);
      else if (done.error().code != errc::already_taken)
        ++not_found;
      const auto by = serials.find(motor, serial(at));
      if (!by || (done && by->item != t)) ++not_found;
    }
  });
  CHECK(not_found == 0);
  const auto all = everything(serials);
  std::size_t sum = 0;
  for (std::size_t t = 0; t < won.size(); ++t) {
    sum += won[t].size();
    CHECK(std::all_of(won[t].begin(), won[t].end(), [&](std::uint64_t at) { return all.at(serial(at)).item == t; }));
  }
  CHECK(sum == all.size());
  CHECK(all.size() == n);
}

TEST_CASE("reservations never overlap each other, nor claims made meanwhile", "[threads]") {
  shared_registry serials;
  const std::uint64_t n = amount() / 20;
  std::vector<std::vector<std::string>> got(4);
  std::atomic<std::uint64_t> failed = 0;
  together(4, [&](std::size_t t) {
    std::mt19937_64 random(t);
    for (std::uint64_t i = 0; i < n; ++i) {
      if (t == 0) {  // scans labels just ahead of what is issued
        const auto next = serials.next(motor);
        if (next && serials.claim(motor, *next, 7)) got[t].push_back(*next);
        continue;
      }
      auto mine = serials.reserve(motor, 1 + random() % 300);
      if (!mine) {
        ++failed;
        continue;
      }
      if (random() % 4 == 0) continue;  // given back
      mine->commit(t);
      for (const run& each : mine->serials())
        for (std::uint64_t k = 0; k < each.length; ++k)
          got[t].push_back(serials.numbers().text({each.family, each.first + k}));
    }
  });
  CHECK(failed == 0);
  std::set<std::string> all;
  std::size_t sum = 0;
  for (const auto& each : got) {
    sum += each.size();
    all.insert(each.begin(), each.end());
  }
  CHECK(all.size() == sum);
  const auto held = everything(serials);
  CHECK(held.size() == sum);
  CHECK(std::all_of(all.begin(), all.end(), [&](const std::string& text) { return held.contains(text); }));
}

TEST_CASE("claims of many are all or nothing", "[threads]") {
  shared_registry serials;
  const std::uint64_t n = amount() / 50;
  std::atomic<std::uint64_t> odd_refusals = 0, taken = 0;
  together(4, [&](std::size_t t) {
    std::mt19937_64 random(t);
    for (std::uint64_t i = 0; i < n; ++i) {
      const std::uint64_t first = random() % 100'000, many = 1 + random() % 700;
      if (t == 0) {
        if (serials.claim(motor, serial(first), 5)) ++taken;
      } else if (t == 1) {
        std::vector<std::string> kept;
        for (std::uint64_t k = 0; k < 20; ++k) kept.push_back(serial(first + 3 * k));
        const std::vector<std::string_view> texts(kept.begin(), kept.end());
        const auto done = serials.claim(motor, texts, 5);
        if (done) taken += texts.size();
        if (!done && std::all_of(done.error().begin(), done.error().end(), [](const answer& a) { return a.free(); }))
          ++odd_refusals;
      } else {
        run_list wanted;
        wanted.add(run{{"SN-"}, first, many});
        wanted.add(run{{"SN-"}, first + 2000, many});
        const auto done = serials.claim(motor, wanted, 5);
        if (done) taken += 2 * many;
        if (!done && done.error().empty()) ++odd_refusals;
      }
    }
  });
  CHECK(odd_refusals == 0);
  CHECK(everything(serials).size() == taken);
}

TEST_CASE("lookups see what is there while others claim, release and retire", "[threads]") {
  shared_registry serials;
  run_list fixed;
  fixed.add(run{{"SN-"}, 0, 1000});
  REQUIRE(serials.claim(motor, fixed, 0));
  const std::uint64_t n = amount() / 5;
  std::atomic<bool> done = false;
  std::atomic<std::uint64_t> wrong = 0;
  together(4, [&](std::size_t t) {
    std::mt19937_64 random(t);
    if (t < 2) {
      while (!done) {
        const std::uint64_t at = random() % 1000;
        const auto by = serials.find(motor, serial(at));
        if (!by || by->item != at) ++wrong;
        std::vector<std::string> kept;
        for (std::uint64_t k = 0; k < 8; ++k) kept.push_back(serial(random() % 1000));
        const std::vector<std::string_view> texts(kept.begin(), kept.end());
        std::vector<std::optional<holder>> out(texts.size());
        serials.find(motor, texts, out);
        for (std::size_t k = 0; k < out.size(); ++k)
          if (!out[k] || serial(out[k]->item) != kept[k]) ++wrong;
        const std::string other = "B-" + std::to_string(random() % 5000);
        if (const auto seen = serials.inspect(motor, other); !seen.free() && !seen.taken()) ++wrong;
      }
      return;
    }
    for (std::uint64_t i = 0; i < n; ++i) {
      const std::string text = "B-" + std::to_string(random() % 5000);
      if (serials.claim(motor, text, t)) {
        if (!serials.release(motor, text)) ++wrong;  // no other thread releases what this one holds
      }
      if (i % 16 == 0 && !serials.retire(motor, serial(random() % 1000))) ++wrong;
      if (i % 64 == 0) {  // a family and a scope that are new
        const std::string part = "part " + std::to_string(i);
        if (!serials.claim(part_ref<>(part), "N" + std::to_string(t) + "-" + std::to_string(i), t)) ++wrong;
      }
    }
    done = true;
  });
  CHECK(wrong == 0);
  CHECK(everything(serials).size() == 1000);
}

TEST_CASE("a family leads the sequence while it holds something", "[threads]") {
  std::uint64_t wrong = 0;
  for (std::uint64_t round = 0; round < amount() / 100; ++round) {
    shared_registry serials;
    together(2, [&](std::size_t t) {
      for (int i = 0; i < 20; ++i) {
        const std::string text = "SN-" + std::to_string(2 * i + int(t));
        (void)serials.claim(motor, text, t);
        if (t == 0 || i < 19) (void)serials.release(motor, text);
      }
    });
    // all are released but the last one of the second thread
    if (serials.latest(motor) != "SN-39" || serials.next(motor) != "SN-40") ++wrong;
  }
  CHECK(wrong == 0);
}
