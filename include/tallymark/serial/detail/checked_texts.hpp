// Consecutive texts with check characters, written in bulk.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/check_filler.hpp>
#include <tallymark/number/detail/counted_texts.hpp>
#include <tallymark/number/layout.hpp>

namespace tallymark::detail {

/// Writes the texts of `count` ordinals, at least one, at a distance of `stride` bytes. `texts(out, first, count)`
/// writes them with placeholders for the check characters, and `checks` fills these in from the byte `check_at` on.
/// O(bytes).
template <check_policy Check, class Texts>
constexpr void write_checked(char* out, std::uint64_t first, std::uint64_t count, std::size_t stride,
                             std::size_t check_at, check_filler<Check> checks, const Texts& texts) {
  constexpr std::size_t cached =
      64 * 1024;  // bytes: check characters are filled in before the texts have left the cache
  checks.start(first, count);
  while (count > 0) {
    const std::uint64_t some = std::min<std::uint64_t>(count, std::max<std::size_t>(cached / stride, 1));
    texts(out, first, some);
    checks.write(out + check_at, stride, some);
    out += static_cast<std::size_t>(some) * stride;
    first += some;
    count -= some;
  }
}

/// The same for texts of a layout with a placeholder for the check; `before` and `after` are the parts of the payload
/// before and after the counter.
template <check_policy Check>
constexpr void write_checked(char* out, std::uint64_t first, std::uint64_t count, std::string_view separator,
                             const serial_layout& spelled, std::size_t check_at, std::string_view before,
                             std::string_view after) {
  const unsigned symbols = spelled.counter_length(first);
  const std::size_t stride = spelled.length(symbols) + separator.size();
  write_checked<Check>(out, first, count, stride, check_at, {before, spelled.symbols, symbols, after},
                       [&](char* to, std::uint64_t begin, std::uint64_t some) {
                         counted_texts(spelled, separator, symbols).write(to, begin, some);
                       });
}

}  // namespace tallymark::detail
