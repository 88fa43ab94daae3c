// The free serial numbers that an expression takes with `~`.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/ext/result.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/numbering.hpp>

namespace tallymark::detail {

// How many ordinals from `at` on are all named, or all not named. Precondition: the runs are sorted and do not overlap.
// O(log r).
constexpr stretch named_from(const std::vector<run>& named, const serial_number& at) {
  const auto after = std::upper_bound(named.begin(), named.end(), at, [](const serial_number& value, const run& next) {
    return value < serial_number{next.family, next.first};
  });
  if (after != named.begin()) {
    const run& before = *(after - 1);
    if (before.family == at.family && at.ordinal <= before.last()) return {true, before.last() - at.ordinal + 1};
  }
  const bool ahead = after != named.end() && after->family == at.family;
  return {false, ahead ? after->first - at.ordinal : max_ordinal};
}

// Adds the next n serial numbers that are free in the source and not named. On an error `out` has those that were
// found.
template <class Numbers, class Source>
[[nodiscard]] constexpr result<void> next_free(const Numbers& numbers, const Source& source,
                                               const std::vector<run>& named, std::uint64_t n, run_list& out) {
  std::string storage;
  const auto from = source.start(storage);
  if (!from) return unexpected(from.error());
  const auto occupancy = [&](const serial_number& at) {
    const stretch here = source.occupancy(at);
    if (here.taken) return here;
    const stretch among_named = named_from(named, at);
    return stretch{among_named.taken,
                   among_named.taken ? among_named.length : std::min(here.length, among_named.length)};
  };
  return numbers.take_free(*from, n, occupancy, out);
}

}  // namespace tallymark::detail
