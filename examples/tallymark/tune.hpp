// Measures the cost of an index with a user's own serial numbers.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <tallymark/registry/registry.hpp>
#include <tallymark/scope/unique.hpp>

#include "heap.hpp"

namespace tallymark::tool {

/// Nanoseconds per serial number, and the bytes of a registry that has claimed all of them.
struct index_figures {
  std::vector<double> claim{}, find{}, find_shuffled{}, find_bulk{}, find_bulk_shuffled{};
  std::size_t bytes = 0;
  bool right = true;  ///< whether all claimed serial numbers were found
};

/// The same distinct serial numbers in two orders.
struct orders {
  std::span<const std::string_view> sample, shuffled;
};

/// Measures an index in pass number `pass`. The indices take turns, so that a disturbance of the machine affects all of
/// them.
template <class Index>
void measure(const orders& texts, std::size_t pass, index_figures& into) {
  using registry = tallymark::registry<policies<unique_globally, Index>>;
  using clock = std::chrono::steady_clock;
  constexpr std::size_t at_once = 1024, most_in_a_round = 1 << 18;
  constexpr auto enough = std::chrono::milliseconds(10);

  // for 10 ms, at least once; `round` returns its nanoseconds per serial number
  const auto repeat = [&](std::vector<double>& figures, auto&& round) {
    const auto end = clock::now() + enough;
    do figures.push_back(round());
    while (clock::now() < end);
  };
  const auto nanoseconds = [](std::size_t count, auto&& work) {
    const auto begin = clock::now();
    work();
    return std::chrono::duration<double, std::nano>(clock::now() - begin).count() / static_cast<double>(count);
  };

  std::unique_ptr<registry> claimed;
  repeat(into.claim, [&] {
    claimed.reset();
    const std::size_t before = heap_in_use();
    claimed = std::make_unique<registry>();
    const double elapsed = nanoseconds(texts.sample.size(), [&] {
      std::uint64_t item = 0;
      for (const std::string_view text : texts.sample) into.right = claimed->claim({}, text, item++) && into.right;
    });
    into.bytes = heap_in_use() - before;
    return elapsed;
  });

  // each round reads the next part of the texts, so that none is in a cache because of the round before
  std::size_t turn = pass;
  const auto part_of = [&](std::span<const std::string_view> order) {
    const std::size_t size = std::min(order.size(), most_in_a_round);
    return order.subspan(turn++ % (order.size() / size) * size, size);
  };
  const auto singly = [&](std::span<const std::string_view> order) {
    const auto part = part_of(order);
    std::size_t found = 0;
    const double elapsed = nanoseconds(part.size(), [&] {
      for (const std::string_view text : part) found += claimed->find({}, text).has_value() ? 1U : 0U;
    });
    into.right = found == part.size() && into.right;
    return elapsed;
  };
  std::array<std::optional<holder>, at_once> answers{};
  const auto in_bulk = [&](std::span<const std::string_view> order) {
    const auto part = part_of(order);
    std::size_t found = 0;
    const double elapsed = nanoseconds(part.size(), [&] {
      for (std::size_t at = 0; at < part.size(); at += at_once) {
        const auto chunk = part.subspan(at, std::min(at_once, part.size() - at));
        const auto found_holders = std::span(answers).first(chunk.size());
        claimed->find({}, chunk, found_holders);
        for (const auto& holder : found_holders) found += holder.has_value() ? 1U : 0U;
      }
    });
    into.right = found == part.size() && into.right;
    return elapsed;
  };
  repeat(into.find, [&] { return singly(texts.sample); });
  repeat(into.find_shuffled, [&] { return singly(texts.shuffled); });
  repeat(into.find_bulk, [&] { return in_bulk(texts.sample); });
  repeat(into.find_bulk_shuffled, [&] { return in_bulk(texts.shuffled); });
}

}  // namespace tallymark::tool
