// expand/range: `1-1000000` into runs, at the same cost for every length, and into text.
#include <cstdint>
#include <string>
#include <vector>

#include <tallymark/expression/strict.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/registry/serial_range.hpp>

#include "measure.hpp"
#include "stores.hpp"

namespace {

using namespace bench;

void add_range(std::uint64_t length) {
  const std::string text = "1-" + std::to_string(length), size = "/" + std::to_string(length);
  benchmark::RegisterBenchmark(("expand/range/tallymark_runs" + size).c_str(), [=](benchmark::State& state) {
    const tallymark::registry<plain> registry;
    const auto free = registry.next_of({});
    for (auto _ : state) {
      const auto expanded = tallymark::strict_expression{}.expand(text, length, registry.numbers(), free);
      if (expanded.serials.serials() != length) return state.SkipWithError("the range was not read");
      benchmark::DoNotOptimize(&expanded);
    }
  });
  benchmark::RegisterBenchmark(("expand/range/tallymark_text" + size).c_str(), [=](benchmark::State& state) {
    const tallymark::registry<plain> registry;
    const auto free = registry.next_of({});
    std::vector<char> out(length * 8);
    std::size_t bytes = 0;
    for (auto _ : state) {
      const auto expanded = tallymark::strict_expression{}.expand(text, length, registry.numbers(), free);
      const auto written =
          tallymark::serial_range(registry.numbers().serial_policy, expanded.serials).write_to(out, "\n");
      if (written.serials != length) return state.SkipWithError("the texts were not written");
      bytes = written.bytes;
      benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes));
  });
}

const bool registered = [] {
  for (std::uint64_t length = 1'000; length <= 1'000'000; length *= 10) add_range(length);
  return true;
}();

}  // namespace
