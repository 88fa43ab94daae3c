// concurrent/...: the same work done by one thread and by two.
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
    map.cvisit(text, [&](const auto& each) { sum.add(each.second); });
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

// Seconds from the moment when all threads are there until the last is done. work(thread) is done by each.
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
    for (std::thread& each : others) each.join();
  });
}

// Of what arrives, each thread claims every threads-th: they meet in the same neighbourhood all the time.
template <class Store>
double claim_all(benchmark::State& state, order arrival, std::size_t threads) {
  const sequence& arriving = arrivals(arrival);
  Store store(claims());
  std::array<std::size_t, 2> taken{};
  const double seconds = seconds_of_threads(threads, [&](std::size_t thread) {
    std::size_t count = 0;
    for (std::size_t i = thread; i < claims(); i += threads) count += store.claim(arriving.texts[i].view(), i);
    taken[thread] = count;
  });
  check(state, taken[0] + taken[1] == claims(), "not all were claimed");
  return seconds;
}

// Which of the arriving ones are asked for: half of them were claimed.
const std::vector<std::uint64_t>& asked_places() {
  static const std::vector<std::uint64_t> places = random_numbers(claims(), 2 * claims());
  return places;
}
const sequence& asked_texts() {
  static const sequence texts = [] {
    std::vector<std::uint32_t> numbers;
    for (const std::uint64_t at : asked_places()) numbers.push_back(arrivals(order::shuffled).ordinals[at]);
    return sequence(std::move(numbers));
  }();
  return texts;
}

// Claimed by one thread, in random order.
template <class Store>
struct filled {
  Store store{claims()};
  found right{};

  filled() {
    const sequence& arriving = arrivals(order::shuffled);
    for (std::size_t i = 0; i < claims(); ++i) store.claim(arriving.texts[i].view(), i);
    for (const std::uint64_t at : asked_places())
      if (at < claims()) right.add(at);
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
  check(state, sum == in.right, "the answers are wrong");
  return seconds;
}

template <class Store>
void add() {
  const auto in = std::make_shared<std::unique_ptr<const filled<Store>>>();
  for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
    const std::string end = std::string("/") + Store::name + "/" + std::to_string(threads);
    add_row("concurrent/claim" + end, claims(),
            [=](benchmark::State& state) { return claim_all<Store>(state, order::shuffled, threads); });
    add_row("concurrent/claim_in_order" + end, claims(),
            [=](benchmark::State& state) { return claim_all<Store>(state, order::in_order, threads); });
    add_row("concurrent/lookup" + end, claims(), [=](benchmark::State& state) {
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
