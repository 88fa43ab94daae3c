// lookup/... and memory/...: the cost of finding the owners of serial numbers, in time and memory.
#include <malloc.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/number/run_list.hpp>
#include <tallymark/registry/registry.hpp>

#include "../examples/tallymark/heap.hpp"
#include "data.hpp"
#include "measure.hpp"
#include "stores.hpp"

namespace {

using namespace bench;
using tallymark::tool::heap_in_use;

// Roaring calls malloc itself, which the counting operator new does not see.
std::size_t malloc_bytes() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

template <class Store>
struct filled {
  std::size_t before = knows_items<Store> ? heap_in_use() : malloc_bytes();
  Store store{size()};
  bool complete;
  double bytes_per_serial;

  explicit filled(order arrival) {
    complete = store.claim(arrivals(arrival)) == size();
    if constexpr (requires { store.finish(); }) store.finish();
    const std::size_t after = knows_items<Store> ? heap_in_use() : malloc_bytes();
    bytes_per_serial = static_cast<double>(after - before) / static_cast<double>(size());
  }
};

// Kept for the next repetition.
template <class Store>
const filled<Store>& filled_in(order arrival) {
  static std::array<std::unique_ptr<const filled<Store>>, 2> stores;
  auto& store = stores[static_cast<std::size_t>(arrival)];
  (void)arrivals(arrival);  // not part of the memory
  if (!store) store = std::make_unique<const filled<Store>>(arrival);
  return *store;
}

template <class Store>
using find_function = found (Store::*)(const sequence&) const;

template <class Store>
void add_lookups(const std::string& competitor, find_function<Store> find) {
  for (const order arrival : {order::in_order, order::shuffled})
    add_row(std::string("lookup/text_") + names_of_orders[static_cast<int>(arrival)] + "_claims/" + competitor,
            questions().count(), [=](benchmark::State& state) {
              const filled<Store>& in = filled_in<Store>(arrival);
              const found expected_sum =
                  expected(knows_items<Store> ? arrival : order::in_order);  // which answers with the number itself
              found sum;
              const double seconds = seconds_of([&] { sum = (in.store.*find)(questions()); });
              check(state, in.complete && sum == expected_sum, "the answers are wrong");
              return seconds;
            });
}

template <class Store>
void add_memory() {
  for (const order arrival : {order::in_order, order::shuffled})
    add_row(std::string("memory/") + names_of_orders[static_cast<int>(arrival)] + "/" + Store::name, 1,
            [=](benchmark::State& state) {
              const filled<Store>& in = filled_in<Store>(arrival);
              check(state, in.complete, "not all were claimed");
              state.counters["bytes_per_serial"] = in.bytes_per_serial;
              return 1e-9;  // only the counter matters
            })
        ->Iterations(1)
        ->Repetitions(1);
}

// ---- growth: a thousand runs whose items are not consecutive --------------------------------------------------------

struct growth {
  static constexpr std::uint64_t runs = 1'000,
                                 first = 1'000'000'000;  // ten digits, so that all texts have the same length
  static constexpr std::size_t length = 13, asked = 1'000'000;

  tallymark::registry<plain> registry{};
  std::vector<char> texts{};
  std::uint64_t items = 0;
  bool complete = true;

  explicit growth(std::uint64_t serials) {
    const std::uint64_t run_length = serials / runs;
    const auto family = registry.numbers().parse("SN-1000000000")->family;
    for (std::uint64_t i = 0; i < runs; ++i) {
      tallymark::run_list run;
      run.add(tallymark::run{family, first + i * run_length, run_length});
      complete &= registry.claim({}, run, item_of(i, run_length)).has_value();
    }
    texts.reserve(asked * length + 1);
    for (const std::uint64_t number : random_numbers(std::min(asked, size()), serials)) {
      const std::string text = "SN-" + std::to_string(first + number);
      texts.insert(texts.end(), text.begin(), text.end());
      items += item_of(number / run_length, run_length) + number % run_length;
    }
  }
  [[nodiscard]] static std::uint64_t item_of(std::uint64_t run, std::uint64_t run_length) {
    return (runs - run) * (run_length + 1);
  }
  [[nodiscard]] std::size_t count() const { return texts.size() / length; }

  [[nodiscard]] found find() const {
    found sum;
    for (std::size_t i = 0; i < texts.size(); i += length)
      if (const auto by = registry.find({}, std::string_view(texts.data() + i, length))) sum.add(by->item);
    return sum;
  }
};

void add_growth() {
  for (std::uint64_t serials = 100'000; serials <= 1'000'000'000; serials *= 10) {
    const auto cached = std::make_shared<std::unique_ptr<const growth>>();
    add_row("lookup/growth/tallymark/" + std::to_string(serials), std::min(growth::asked, size()),
            [=](benchmark::State& state) {
              if (!*cached) *cached = std::make_unique<const growth>(serials);
              const growth& in = **cached;
              found sum;
              const double seconds = seconds_of([&] { sum = in.find(); });
              check(state, in.complete && sum == found{in.count(), in.items}, "the answers are wrong");
              return seconds;
            });
  }
}

const bool registered = [] {
  for_each_store([]<class Store> {
    add_lookups<Store>(Store::name, &Store::find);
    add_memory<Store>();
  });
  add_lookups<tallymark_store>("tallymark_bulk", &tallymark_store::find_bulk);
  add_lookups<array_store>("array_bulk", &array_store::find_bulk);
  add_lookups<array_store>("array_call", &array_store::find_call);
  add_growth();
  return true;
}();

}  // namespace
