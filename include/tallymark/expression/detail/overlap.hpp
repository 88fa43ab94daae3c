// Runs that share serial numbers: found by sorting, never serial by serial.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <tallymark/number/detail/stride_order.hpp>
#include <tallymark/number/serial_number.hpp>

namespace tallymark::detail {

// The positions of the runs that share a serial number with a run before them, in ascending order. Precondition: they have
// stride 1. O(r log r).
//
// The ends of all runs cut the ordinals into pieces. The runs are painted in order; a piece that is already painted
// belongs to an earlier run. `next` leads from a painted piece past the painted ones after it, so each is painted once.
constexpr std::vector<std::size_t> named_before(const std::vector<run>& runs) {
  std::vector<serial_number> cuts;
  cuts.reserve(2 * runs.size());
  for (const run& part : runs) {
    cuts.push_back({part.family, part.first});
    cuts.push_back({part.family, part.last() + 1});
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  const auto piece_of = [&](const family& key, std::uint64_t ordinal) {
    return static_cast<std::size_t>(std::lower_bound(cuts.begin(), cuts.end(), serial_number{key, ordinal}) -
                                    cuts.begin());
  };

  std::vector<std::size_t> next;
  next.reserve(cuts.size());
  for (std::size_t i = 0; i < cuts.size(); ++i) next.push_back(i);
  const auto unpainted = [&](std::size_t i) {
    while (next[i] != i) i = next[i] = next[next[i]];
    return i;
  };

  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::size_t end = piece_of(runs[i].family, runs[i].last() + 1);
    bool before = false;
    for (std::size_t at = piece_of(runs[i].family, runs[i].first); at < end; ++at) {
      const std::size_t free = unpainted(at);
      before = before || free != at;
      at = free;
      if (at < end) next[at] = at + 1;
    }
    if (before) found.push_back(i);
  }
  return found;
}

}  // namespace tallymark::detail
