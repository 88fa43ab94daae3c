// Round trips: writes and parses many serial numbers of a scheme, or fewer in an unoptimised build.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/testing/laws.hpp>

#include "many.hpp"

/// Tries random ordinals of a family, and the least and the greatest. Returns the first text that does not parse back to
/// its ordinal, or is not followed by the next one.
template <class Policy>
std::optional<std::string> not_there_and_back(const Policy& policy, const tallymark::family& of,
                                              std::uint64_t least = 0, int times = many) {
  using traits = tallymark::serial_traits<Policy>;
  const std::uint64_t last = traits::last(policy, of);
  std::uint64_t state = 0x9E3779B97F4A7C15;
  std::string text, following;
  for (int i = 0; i < times; ++i) {
    state = state * 6364136223846793005 + 1442695040888963407;
    std::uint64_t ordinal = state ^ state >> 29;
    const std::uint64_t span = last - least;
    if (span != ~std::uint64_t{0}) ordinal = least + (ordinal >> (i % 64)) % (span + 1);
    if (i == 0) ordinal = least;
    if (i == 1) ordinal = last;
    if (!traits::accepts(policy, {of, ordinal})) continue;
    text.clear();
    traits::format(policy, text, {of, ordinal});
    if (traits::parse(policy, text) != tallymark::serial_number{of, ordinal}) return text;
    if (ordinal == last || !traits::accepts(policy, {of, ordinal + 1})) continue;
    following.clear();
    traits::format(policy, following, {of, ordinal + 1});
    const auto read = traits::parse(policy, following);
    if (!read || read->family != of || read->ordinal != ordinal + 1 || following == text) return following;
  }
  return std::nullopt;
}

/// The first error of writing in bulk, from ordinals at which the counter soon carries, and in many lengths.
template <class Policy>
std::optional<std::string> not_written_in_bulk(const Policy& policy, const tallymark::family& of,
                                               std::initializer_list<std::uint64_t> firsts) {
  const std::uint64_t last = tallymark::serial_traits<Policy>::last(policy, of);
  for (const std::uint64_t first : firsts)
    for (const std::uint64_t wanted : {1U, 2U, 9U, 100U, 1'000U, 5'000U})
      for (const std::string_view separator : {"", "\n", ", "}) {
        const std::uint64_t count = std::min<std::uint64_t>(wanted, last - first + 1);
        if (const auto broken = tallymark::testing::check_writing_laws(policy, {of, first}, count, separator))
          return broken->law + ": " + broken->seen;
      }
  return std::nullopt;
}
