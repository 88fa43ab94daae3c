// The free serial numbers that an expression takes with `~`.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/ext/result.hpp>
#include <tallymark/number/detail/stride_order.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/numbering.hpp>

namespace tallymark::detail {

// How many ordinals from `at` on, each N greater than the one before, are all named, or all not named. Precondition: the
// runs have positions of stride_order<N>, are sorted and do not overlap. O(log r).
template <std::uint64_t N>
constexpr stretch named_from(const std::vector<run>& named, const serial_number& at) {
  const std::uint64_t position = stride_order<N>::position(at.ordinal), room = stride_order<N>::room(position);
  const auto after = std::upper_bound(
      named.begin(), named.end(), serial_number{at.family, position},
      [](const serial_number& value, const run& next) { return value < serial_number{next.family, next.first}; });
  if (after != named.begin()) {
    const run& before = *(after - 1);
    if (before.family == at.family && position <= before.last()) return {true, before.last() - position + 1, N};
  }
  const bool ahead = after != named.end() && after->family == at.family;
  return {false, ahead ? std::min(room, after->first - position) : room, N};
}

// Adds the next n serial numbers that are free in the source and not named. On an error `out` has those that were
// found. The named runs have positions in place of ordinals.
template <class Numbers, class Source>
[[nodiscard]] constexpr result<void> next_free(const Numbers& numbers, const Source& source,
                                               const std::vector<run>& named, std::uint64_t n, run_list& out,
                                               std::uint64_t most_runs) {
  std::string storage;
  const auto from = source.start(storage);
  if (!from) return unexpected(from.error());
  const auto occupancy = [&](const serial_number& at) {
    constexpr std::uint64_t stride = Numbers::stride;
    const stretch here = source.occupancy(at).by(stride);
    if (here.taken) return here;
    const stretch among_named = named_from<stride>(named, at);
    return among_named.taken ? among_named : stretch{false, std::min(here.length, among_named.length), stride};
  };
  return numbers.take_free(*from, n, occupancy, out, most_runs);
}

}  // namespace tallymark::detail
