// concurrent/...: the same work in one thread and in two.
#include <array>
#include <barrier>
#include <boost/unordered/concurrent_flat_map.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/registry/registry.hpp>

#include "data.hpp"
#include "measure.hpp"
#include "stores.hpp"

namespace {

using namespace bench;

// ---- competitors ----------------------------------------------------------------------------------------------------

struct tallymark_shared {
  static constexpr const char* name = "tallymark";
  struct policies : tallymark::policies<tallymark::unique_globally, tallymark::concurrent_index> {};
  tallymark::registry<policies> registry{};

  explicit tallymark_shared(std::size_t) {}
  bool claim(std::string_view text, std::uint64_t item) { return registry.claim({}, text, item).has_value(); }
  void find(std::string_view text, found& sum) const {
    if (const auto by = registry.find({}, text)) sum.add(by->item);
  }
};

struct concurrent_flat_map_shared {
  static constexpr const char* name = "concurrent_flat_map";
  boost::concurrent_flat_map<std::string, std::uint64_t, text_hash, std::equal_to<>> map{};

  explicit concurrent_flat_map_shared(std::size_t count) { map.reserve(count); }
  bool claim(std::string_view text, std::uint64_t item) { return map.try_emplace(std::string(text), item); }
  void find(std::string_view text, found& sum) const {
    map.cvisit(text, [&](const auto& entry) { sum.add(entry.second); });
  }
};

struct mutex_flat_map_shared {
  static constexpr const char* name = "mutex_flat_map";
  mutable std::mutex mutex{};
  flat_map_string map{};

  explicit mutex_flat_map_shared(std::size_t count) { map.reserve(count); }
  bool claim(std::string_view text, std::uint64_t item) {
    const std::lock_guard lock(mutex);
    return map.try_emplace(text, item).second;
  }
  void find(std::string_view text, found& sum) const {
    const std::lock_guard lock(mutex);
    if (const auto at = map.find(text); at != map.end()) sum.add(at->second);
  }
};

// ---- the work -------------------------------------------------------------------------------------------------------

std::size_t claims() { return size() * 2 / 5; }

// Seconds from the moment when all threads have started until the last one ends. Each thread calls work(thread).
template <class Work>
double seconds_of_threads(std::size_t threads, Work work) {
  std::barrier start(static_cast<std::ptrdiff_t>(threads));
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i)
    others.emplace_back([&, i] {
      start.arrive_and_wait();
      work(i);
    });
  start.arrive_and_wait();
  return seconds_of([&] {
    work(0);
    for (std::thread& thread : others) thread.join();
  });
}

// Thread i claims the serial numbers i, i + threads, i + 2 * threads and so on: the threads always work on neighbours.
template <class Store>
double claim_all(benchmark::State& state, order arrival, std::size_t threads) {
  const sequence& arriving = arrivals(arrival);
  Store store(claims());
  std::array<std::size_t, 2> claimed{};
  const double seconds = seconds_of_threads(threads, [&](std::size_t thread) {
    std::size_t count = 0;
    for (std::size_t i = thread; i < claims(); i += threads) count += store.claim(arriving.texts[i].view(), i);
    claimed[thread] = count;
  });
  check(state, claimed[0] + claimed[1] == claims(), "not all were claimed");
  return seconds;
}

// The arrivals to look up: half of them were claimed.
const std::vector<std::uint64_t>& asked_positions() {
  static const std::vector<std::uint64_t> positions = random_numbers(claims(), 2 * claims());
  return positions;
}
const sequence& asked_texts() {
  static const sequence texts = [] {
    std::vector<std::uint32_t> numbers;
    for (const std::uint64_t at : asked_positions()) numbers.push_back(arrivals(order::shuffled).ordinals[at]);
    return sequence(std::move(numbers));
  }();
  return texts;
}

// A store in which one thread has claimed serial numbers in random order.
template <class Store>
struct filled {
  Store store{claims()};
  found expected{};

  filled() {
    const sequence& arriving = arrivals(order::shuffled);
    for (std::size_t i = 0; i < claims(); ++i) store.claim(arriving.texts[i].view(), i);
    for (const std::uint64_t at : asked_positions())
      if (at < claims()) expected.add(at);
  }
};

template <class Store>
double find_all(benchmark::State& state, const filled<Store>& in, std::size_t threads) {
  const sequence& asked = asked_texts();
  std::array<found, 2> sums{};
  const double seconds = seconds_of_threads(threads, [&](std::size_t thread) {
    found sum;
    for (std::size_t i = thread; i < asked.count(); i += threads) in.store.find(asked.texts[i].view(), sum);
    sums[thread] = sum;
  });
  const found sum{sums[0].hits + sums[1].hits, sums[0].items + sums[1].items};
  check(state, sum == in.expected, "the answers are wrong");
  return seconds;
}

template <class Store>
void add() {
  const auto in = std::make_shared<std::unique_ptr<const filled<Store>>>();
  for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
    const std::string suffix = std::string("/") + Store::name + "/" + std::to_string(threads);
    add_row("concurrent/claim" + suffix, claims(),
            [=](benchmark::State& state) { return claim_all<Store>(state, order::shuffled, threads); });
    add_row("concurrent/claim_in_order" + suffix, claims(),
            [=](benchmark::State& state) { return claim_all<Store>(state, order::in_order, threads); });
    add_row("concurrent/lookup" + suffix, claims(), [=](benchmark::State& state) {
      if (!*in) *in = std::make_unique<const filled<Store>>();
      return find_all(state, **in, threads);
    });
  }
}

const bool registered = [] {
  add<tallymark_shared>();
  add<concurrent_flat_map_shared>();
  add<mutex_flat_map_shared>();
  return true;
}();

}  // namespace
