// An order of the ordinals in which those of a run with a stride follow each other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <tallymark/number/run_list.hpp>
#include <tallymark/number/serial_number.hpp>

namespace tallymark::detail {

/// Whether two of these sorted runs of stride 1 share a serial number. O(r).
[[nodiscard]] constexpr bool overlap(const std::vector<run>& sorted) {
  return std::adjacent_find(sorted.begin(), sorted.end(), [](const run& lower, const run& higher) {
           return lower.family == higher.family && higher.first <= lower.last();
         }) != sorted.end();
}

/// How many runs of stride `n`, or single ordinals, a run of any stride is.
[[nodiscard]] constexpr std::uint64_t pieces_of(std::uint64_t length, std::uint64_t stride, std::uint64_t n) noexcept {
  if (stride == n) return 1;  // the usual case, without a division
  return n % stride == 0 ? std::min(length, n / stride) : length;
}

/// Whether an ordinal is one of a run of ordinals with a stride.
[[nodiscard]] constexpr bool lies_in(std::uint64_t ordinal, std::uint64_t first, std::uint64_t length,
                                     std::uint64_t stride) noexcept {
  return ordinal >= first && (ordinal - first) % stride == 0 && (ordinal - first) / stride < length;
}

/// The ordinals up to max_ordinal by their remainder when divided by N, then by size: a run of stride N is one stretch of
/// positions. With N = 1 a position is the ordinal itself. All is O(1) where nothing else is said.
template <std::uint64_t N>
struct stride_order {
  static_assert(N > 0);
  static constexpr std::uint64_t positions = max_ordinal + 1;  ///< how many there are

  [[nodiscard]] static constexpr std::uint64_t position(std::uint64_t ordinal) noexcept {
    if constexpr (N == 1)
      return ordinal;
    else
      return begin_of(ordinal % N) + ordinal / N;
  }
  [[nodiscard]] static constexpr std::uint64_t ordinal(std::uint64_t position) noexcept {
    if constexpr (N == 1) {
      return position;
    } else {
      const std::uint64_t rest = remainder_at(position);
      return (position - begin_of(rest)) * N + rest;
    }
  }
  /// How many positions from this one on have ordinals with the same remainder.
  [[nodiscard]] static constexpr std::uint64_t room(std::uint64_t position) noexcept {
    if constexpr (N == 1)
      return positions - position;
    else
      return begin_of(remainder_at(position) + 1) - position;
  }

  /// Calls `piece(first, length)` for runs of stride N that are this run together, until it returns false; whether it
  /// never did. The ordinal of a piece that comes `i` places after the first of it comes `i * pieces` places later in the
  /// run too. O(pieces).
  template <class Piece>
  static constexpr bool for_each_piece(std::uint64_t first, std::uint64_t length, std::uint64_t stride, Piece piece) {
    const std::uint64_t pieces = pieces_of(length, stride, N);
    if (pieces == 1) return piece(first, length);
    for (std::uint64_t i = 0; i < pieces; ++i)
      if (!piece(first + i * stride, (length - i - 1) / pieces + 1)) return false;
    return true;
  }

  /// Adds the pieces of a run with positions in place of ordinals, each of them one run of stride 1. O(pieces).
  static constexpr void add_pieces(std::vector<run>& to, const run& of) {
    (void)for_each_piece(of.first, of.length, of.stride, [&](std::uint64_t first, std::uint64_t length) {
      to.push_back({of.family, position(first), length});
      return true;
    });
  }
  /// All runs of a list, with positions in place of ordinals, sorted. O(p log p) for p pieces.
  [[nodiscard]] static constexpr std::vector<run> sorted(const run_list& of) {
    std::vector<run> out;
    out.reserve(of.size());
    for (const run& each : of) add_pieces(out, each);
    std::sort(out.begin(), out.end());
    return out;
  }
  /// The run that has ordinals in place of positions. Precondition: it lies within one remainder.
  [[nodiscard]] static constexpr run with_ordinals(const run& of) noexcept {
    return {of.family, ordinal(of.first), of.length, of.length == 1 ? 1 : N};
  }

 private:
  static constexpr std::uint64_t shorter = positions / N, longer = positions % N;  // the first remainders have one more

  // where the ordinals of a remainder begin
  [[nodiscard]] static constexpr std::uint64_t begin_of(std::uint64_t remainder) noexcept {
    return remainder * shorter + std::min(remainder, longer);
  }
  [[nodiscard]] static constexpr std::uint64_t remainder_at(std::uint64_t position) noexcept {
    constexpr std::uint64_t in_longer = longer * (shorter + 1);
    return position < in_longer ? position / (shorter + 1) : longer + (position - in_longer) / shorter;
  }
};

/// The same serial numbers in the same order, as runs of one stride. O(serial numbers) in runs of other strides.
[[nodiscard]] constexpr run_list with_stride(const run_list& of, std::uint64_t stride) {
  run_list out;
  for (const run& each : of)
    if (each.length == 1 || each.stride == stride)
      out.add(each, stride);
    else
      for (std::uint64_t i = 0; i < each.length; ++i) out.add(serial_number{each.family, each.at(i)}, stride);
  return out;
}
/// How many runs of one stride these are at most.
[[nodiscard]] constexpr std::uint64_t runs_of_stride(const run_list& of, std::uint64_t stride) noexcept {
  std::uint64_t sum = 0;
  for (const run& each : of) {
    const std::uint64_t more = each.stride == stride ? 1 : each.length;
    sum = more > max_ordinal - sum ? max_ordinal : sum + more;
  }
  return sum;
}

}  // namespace tallymark::detail
