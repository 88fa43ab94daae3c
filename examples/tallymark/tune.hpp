// What an index costs with a user's own serial numbers.
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

/// Nanoseconds for one serial number, and bytes of a registry that has claimed all.
struct index_figures {
  std::vector<double> claim{}, find{}, find_shuffled{}, find_bulk{}, find_bulk_shuffled{};
  std::size_t bytes = 0;
  bool right = true;  ///< whether everything that was claimed has been found
};

/// Different serial numbers, as they come and in another order.
struct orders {
  std::span<const std::string_view> sample, shuffled;
};

/// Measures an index once more: the `pass`th time. Other indices are measured between the passes, so that what disturbs
/// the machine for a while disturbs all of them.
template <class Index>
void measure(const orders& texts, std::size_t pass, index_figures& into) {
  using registry = tallymark::registry<policies<unique_globally, Index>>;
  using clock = std::chrono::steady_clock;
  constexpr std::size_t at_once = 1024, most_in_a_round = 1 << 18;
  constexpr auto enough = std::chrono::milliseconds(10);

  // once at least, and for 10 ms; what is done in a round tells its nanoseconds
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

  std::unique_ptr<registry> all;
  repeat(into.claim, [&] {
    all.reset();
    const std::size_t before = heap_in_use();
    all = std::make_unique<registry>();
    const double took = nanoseconds(texts.sample.size(), [&] {
      std::uint64_t item = 0;
      for (const std::string_view text : texts.sample) into.right = all->claim({}, text, item++) && into.right;
    });
    into.bytes = heap_in_use() - before;
    return took;
  });

  // each round looks at the next part of the texts, so that none is still in a cache because of the round before
  std::size_t turn = pass;
  const auto part_of = [&](std::span<const std::string_view> order) {
    const std::size_t size = std::min(order.size(), most_in_a_round);
    return order.subspan(turn++ % (order.size() / size) * size, size);
  };
  const auto singly = [&](std::span<const std::string_view> order) {
    const auto part = part_of(order);
    std::size_t found = 0;
    const double took = nanoseconds(part.size(), [&] {
      for (const std::string_view text : part) found += all->find({}, text).has_value() ? 1U : 0U;
    });
    into.right = found == part.size() && into.right;
    return took;
  };
  std::array<std::optional<holder>, at_once> answers{};
  const auto in_bulk = [&](std::span<const std::string_view> order) {
    const auto part = part_of(order);
    std::size_t found = 0;
    const double took = nanoseconds(part.size(), [&] {
      for (std::size_t at = 0; at < part.size(); at += at_once) {
        const auto some = part.subspan(at, std::min(at_once, part.size() - at));
        const auto out = std::span(answers).first(some.size());
        all->find({}, some, out);
        for (const auto& by : out) found += by.has_value() ? 1U : 0U;
      }
    });
    into.right = found == part.size() && into.right;
    return took;
  };
  repeat(into.find, [&] { return singly(texts.sample); });
  repeat(into.find_shuffled, [&] { return singly(texts.shuffled); });
  repeat(into.find_bulk, [&] { return in_bulk(texts.sample); });
  repeat(into.find_bulk_shuffled, [&] { return in_bulk(texts.shuffled); });
}

}  // namespace tallymark::tool
