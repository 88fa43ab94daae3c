// index/...: compares the indices on several kinds of serial numbers, in otherwise identical registries.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/scope/unique.hpp>

#include "../examples/tallymark/heap.hpp"
#include "data.hpp"
#include "measure.hpp"

namespace {

using namespace bench;
using tallymark::tool::heap_in_use;

constexpr std::size_t digits = 18;

std::size_t count() { return std::max<std::size_t>(size() / 20, 1'000); }

// A distribution of serial numbers. The i-th to arrive belongs to item i.
struct spread {
  std::string name{};
  std::vector<char> texts{};  // contiguous

  spread(std::string label, const std::vector<std::uint64_t>& numbers) : name(std::move(label)) {
    texts.reserve(numbers.size() * digits);
    for (const std::uint64_t number : numbers) {
      const std::string text = std::to_string(number);
      texts.insert(texts.end(), digits - text.size(), '0');
      texts.insert(texts.end(), text.begin(), text.end());
    }
  }
  [[nodiscard]] std::string_view text(std::size_t i) const { return {texts.data() + i * digits, digits}; }
};

std::vector<std::uint64_t> numbers(order arrival, std::uint64_t distance) {
  std::vector<std::uint64_t> out;
  for (const std::uint32_t number : arrivals(arrival).ordinals)
    if (number < count()) out.push_back(number * distance);
  return out;
}

using make = spread (*)();
constexpr make spreads[] = {
    [] { return spread("in_order", numbers(order::in_order, 1)); },
    [] { return spread("shuffled", numbers(order::shuffled, 1)); },
    [] { return spread("every_10th", numbers(order::shuffled, 10)); },
    [] { return spread("every_1000th", numbers(order::shuffled, 1'000)); },
    [] { return spread("far_apart", numbers(order::shuffled, 10'000'019)); },
};
constexpr const char* names[] = {"in_order", "shuffled", "every_10th", "every_1000th", "far_apart"};

const spread& data(std::size_t i) {
  static std::array<std::unique_ptr<const spread>, std::size(spreads)> created;
  if (!created[i]) created[i] = std::make_unique<const spread>(spreads[i]());
  return *created[i];
}
const std::vector<std::uint64_t>& lookups() {
  static const auto asked = random_numbers(count(), count());
  return asked;
}

template <class Index>
struct policies_with : tallymark::policies<tallymark::unique_globally, Index> {};

// Claims all, then looks all of them up. Nothing is kept for the next row, since some take gigabytes.
template <class Index>
double claim_and_find(benchmark::State& state, const spread& data) {
  const std::size_t before = heap_in_use();
  tallymark::registry<policies_with<Index>> registry;
  std::size_t claimed = 0, failures = 0;
  const double seconds = seconds_of([&] {
    for (std::size_t i = 0; i < count(); ++i) claimed += registry.claim({}, data.text(i), i).has_value();
  });
  state.counters["bytes_per_serial"] = static_cast<double>(heap_in_use() - before) / static_cast<double>(count());
  const double finding = seconds_of([&] {
    for (const std::uint64_t at : lookups()) {
      const auto by = registry.find({}, data.text(at));
      failures += !by || by->item != at;
    }
  });
  state.counters["ns_per_lookup"] = finding * 1e9 / static_cast<double>(count());
  check(state, claimed == count() && failures == 0, "not all were claimed, or found");
  return seconds;
}

template <class Index>
void add(const std::string& name) {
  for (std::size_t i = 0; i < std::size(spreads); ++i)
    add_row(std::string("index/") + names[i] + "/" + name, count(),
            [=](benchmark::State& state) { return claim_and_find<Index>(state, data(i)); })
        ->Iterations(static_cast<benchmark::IterationCount>(count()))
        ->Repetitions(3);
}

const bool registered = [] {
  add<tallymark::dense_index>("dense");
  add<tallymark::hashed_index>("hashed");
  add<tallymark::concurrent_index>("concurrent");
  add<tallymark::run_index>("run");
  return true;
}();

}  // namespace
