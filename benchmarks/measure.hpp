// How rows are named and timed.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <string>

namespace bench {

/// Seconds that a call takes.
template <class Work>
double seconds_of(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Registers a row whose time is that of one item. `once(state)` works on `items` of them and returns the seconds to
/// count, without those for setup, checks and teardown.
template <class Once>
benchmark::internal::Benchmark* add_row(const std::string& name, std::size_t items, Once once) {
  return benchmark::RegisterBenchmark(name.c_str(),
                                      [=](benchmark::State& state) {
                                        const auto batch = static_cast<benchmark::IterationCount>(items);
                                        while (state.KeepRunningBatch(batch)) state.SetIterationTime(once(state));
                                      })
      ->UseManualTime()
      ->Unit(benchmark::kNanosecond);
}

/// Reports that a competitor gave a wrong answer, unless `right`.
inline void check(benchmark::State& state, bool right, const char* what) {
  if (!right) state.SkipWithError(what);
}

}  // namespace bench
