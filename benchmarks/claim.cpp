// claim/...: runs of any length, and 10 million texts that arrive one by one.
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include <tallymark/increment/step.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/registry/registry.hpp>

#include "../examples/tallymark/heap.hpp"
#include "data.hpp"
#include "measure.hpp"
#include "stores.hpp"

namespace {

using namespace bench;
using tallymark::tool::heap_in_use;

// ---- runs -----------------------------------------------------------------------------------------------------------

constexpr std::uint64_t claims = 1'000;  // of runs that are not adjacent, in one registry

// A registry that knows the scope and the family, and claims the i-th run. The family has two runs from the start: the
// second one creates its container.
template <std::uint64_t Step>
struct runs_claimed {
  static constexpr std::uint64_t first = 5;
  tallymark::registry<tallymark::policies<plain, tallymark::step<Step>>> registry{};
  tallymark::family family;

  runs_claimed() : family(registry.interned(registry.scope({}), registry.claim({}, "SN-1")->family)) {
    (void)registry.claim({}, "SN-3");
  }

  [[nodiscard]] bool claim(std::uint64_t length, std::uint64_t i) {
    tallymark::run_list runs;
    runs.add(tallymark::run{family, first_of(length, i), length, Step});
    return registry.claim({}, runs, i * length).has_value();
  }
  [[nodiscard]] static std::uint64_t first_of(std::uint64_t length, std::uint64_t i) {
    return first + i * (length + 1) * Step;
  }
};

template <std::uint64_t Step>
double claim_runs(benchmark::State& state, std::uint64_t length) {
  runs_claimed<Step> fixture;
  std::uint64_t claimed = 0;
  const double seconds = seconds_of([&] {
    for (std::uint64_t i = 0; i < claims; ++i) claimed += fixture.claim(length, i);
  });
  const std::uint64_t last_ordinal = fixture.first_of(length, claims - 1) + (length - 1) * Step;
  const auto last = fixture.registry.find({}, "SN-" + std::to_string(last_ordinal));
  check(state, claimed == claims && last && last->item == claims * length - 1, "the runs were not claimed");
  return seconds;
}

double insert_run(benchmark::State& state, std::uint64_t length) {
  boost::unordered_flat_set<std::uint64_t> set;
  set.reserve(length);
  const double seconds = seconds_of([&] {
    for (std::uint64_t n = 3; n < 3 + length; ++n) set.insert(n);
  });
  check(state, set.size() == length && set.contains(length + 2), "the numbers were not inserted");
  return seconds;
}

void add_runs() {
  constexpr std::uint64_t million = 1'000'000;
  for (std::uint64_t length = 1'000; length <= 1'000 * million; length *= 10) {
    add_row("claim/run/tallymark/" + std::to_string(length), claims,
            [=](benchmark::State& state) { return claim_runs<1>(state, length); });
    add_row("claim/step10/tallymark/" + std::to_string(length), claims,
            [=](benchmark::State& state) { return claim_runs<10>(state, length); });
    if (length <= std::min<std::uint64_t>(size(), 10 * million))
      add_row("claim/run/flat_set_integer/" + std::to_string(length), 1,
              [=](benchmark::State& state) { return insert_run(state, length); });
  }
  for (std::uint64_t length = 1'000; length <= 1'000 * million; length *= 1'000)
    add_row("memory/run/tallymark/" + std::to_string(length), 1,
            [=](benchmark::State& state) {
              runs_claimed<1> fixture;
              const std::size_t before = heap_in_use();
              const double seconds =
                  seconds_of([&] { check(state, fixture.claim(length, 0), "the run was not claimed"); });
              state.counters["bytes"] = static_cast<double>(heap_in_use() - before);
              return seconds;
            })
        ->Iterations(1)
        ->Repetitions(1);
}

// ---- one by one -----------------------------------------------------------------------------------------------------

template <class Store>
using claim_function = std::size_t (Store::*)(const sequence&);

template <class Store>
void add_singles(const std::string& competitor, claim_function<Store> claim) {
  for (const order arrival : {order::in_order, order::shuffled})
    add_row(std::string("claim/single_") + names_of_orders[static_cast<int>(arrival)] + "/" + competitor, size(),
            [=](benchmark::State& state) {
              const sequence& arriving = arrivals(arrival);
              Store store(arriving.count());
              std::size_t claimed = 0;
              const double seconds = seconds_of([&] { claimed = (store.*claim)(arriving); });
              check(state, claimed == arriving.count(), "not all were claimed");
              return seconds;
            });
}

const bool registered = [] {
  add_runs();
  for_each_store([]<class Store> { add_singles<Store>(Store::name, &Store::claim); });
  add_singles<tallymark_store>("tallymark_bulk", &tallymark_store::claim_bulk);
  return true;
}();

}  // namespace
