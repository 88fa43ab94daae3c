// A fast keyed permutation of any number of ordinals: a Feistel network of our own.
#pragma once

#include <tallymark/config.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include <tallymark/serial/detail/sip_hash.hpp>
#include <tallymark/serial/permutation.hpp>
#include <tallymark/serial/secret_key.hpp>

namespace tallymark {

namespace detail {

// The two halves of a number: 0 <= number / lower < upper, and 0 <= number % lower < lower. Both are at most 2^32.
struct feistel_halves {
  std::uint64_t upper, lower;
};

// Halves with as few surplus pairs as possible: none for a power of two, otherwise fewer than the square root of the
// size.
constexpr feistel_halves halves_of(std::uint64_t last) {
  const std::uint64_t size = last + 1;
  if (std::has_single_bit(size)) {
    const int bits = std::countr_zero(size);
    return {std::uint64_t{1} << (bits - bits / 2), std::uint64_t{1} << (bits / 2)};
  }
  // the greatest number whose square is at most `last`; root + 1 is the square root of the size, rounded up
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 31; bit != 0; bit >>= 1)
    if ((root | bit) <= last / (root | bit)) root |= bit;
  return {size / (root + 1) + (size % (root + 1) != 0 ? 1U : 0U), root + 1};
}

}  // namespace detail

/// Permutation of any 2 to 2^64 - 1 ordinals: a generalised Feistel network over two halves in mixed radix, with cycle
/// walking over the few surplus pairs (Black and Rogaway, Ciphers with Arbitrary Finite Domains, 2002). Fast, but not a
/// standard. It hides the order and number of issued serial numbers from people who see some of the texts; it does not
/// withstand a cryptanalyst: use ff1 for that.
struct feistel {
  static constexpr unsigned rounds = 10;

  template <permutation_domain Domain>
  class over;
};

/// The permutation over one domain. Holds the round keys, and wipes them on destruction.
template <permutation_domain Domain>
class feistel::over {
  static constexpr std::uint64_t last = Domain.last;
  static constexpr detail::feistel_halves halves = detail::halves_of(last);
  // halves of whole bits: the same network in fewer instructions
  static constexpr bool of_bits =
      std::has_single_bit(halves.upper) && std::has_single_bit(halves.lower) && halves.lower > 1;
  static constexpr int upper_bits = std::countr_zero(halves.upper), lower_bits = std::countr_zero(halves.lower);
  static constexpr bool walks = last / halves.lower + 1 != halves.upper || last % halves.lower + 1 != halves.lower;

 public:
  /// With this key; the same key with another tweak is another permutation.
  constexpr explicit over(const secret_key& key, std::string_view tweak = {}) {
    detail::secret<std::array<std::uint64_t, 4>> words;
    for (std::size_t i = 0; i < key.bytes().size(); ++i)
      words.value[i / 8] |= std::uint64_t{key.bytes()[i]} << (8 * (i % 8));
    for (std::uint64_t i = 0; i < rounds; ++i) {
      // two hashes, one for each half of a key of 256 bits; the length of the key distinguishes it from a shorter key
      // padded with zeros
      const std::uint64_t mixed = hash(words.value[0], words.value[1], key.bytes().size() * 256 + i, tweak) ^
                                  hash(words.value[2], words.value[3], key.bytes().size() * 256 + 128 + i, tweak);
      keys_.value[2 * i] = static_cast<std::uint32_t>(mixed);
      keys_.value[2 * i + 1] = static_cast<std::uint32_t>(mixed >> 32);
    }
  }

  /// Where an ordinal goes. O(1) expected.
  [[nodiscard]] constexpr std::uint64_t permute(std::uint64_t v) const noexcept {
    do v = forth(v);
    while (walks && v > last);
    return v;
  }

  /// The ordinal that goes to v. O(1) expected.
  [[nodiscard]] constexpr std::uint64_t invert(std::uint64_t v) const noexcept {
    do v = back(v);
    while (walks && v > last);
    return v;
  }

  /// Where each of consecutive ordinals goes. O(their number).
  constexpr void permute(std::uint64_t first, std::span<std::uint64_t> out) const noexcept {
    std::size_t written = 0;
    if (!std::is_constant_evaluated()) written = of_bits ? permute_blocks(first, out) : permute_groups(first, out);
    for (; written < out.size(); ++written) out[written] = permute(first + written);
  }

 private:
  using lanes_of_16 [[gnu::vector_size(16)]] = std::uint32_t;
  using lanes_of_32 [[gnu::vector_size(32)]] = std::uint32_t;

  [[nodiscard]] static constexpr std::uint64_t hash(std::uint64_t key_low, std::uint64_t key_high, std::uint64_t number,
                                                    std::string_view tweak) {
    detail::sip_hash hasher(key_low, key_high);
    hasher.add_word(number);
    hasher.add_word(last);
    for (const char c : tweak) hasher.add(static_cast<std::uint8_t>(c));
    return hasher.finish();
  }

  // The round function: two keys added, two multiplications, and the upper half of the first product shifted down
  // between them. Only the high bits of the result are good, and only those are used. The multipliers are those of
  // MurmurHash3's fmix32 (Appleby, public domain).
  template <class Word>
  [[gnu::always_inline]] static constexpr void mix(Word& word, std::uint32_t first, std::uint32_t second) noexcept {
    word = (word + first) * 0x85ebca6bU;
    word ^= word >> 15;
    word = (word + second) * 0xc2b2ae35U;
  }

  // a number below Size, computed from the other half
  template <std::uint64_t Size>
  [[nodiscard]] static constexpr std::uint64_t drawn(std::uint64_t from, std::uint32_t first,
                                                     std::uint32_t second) noexcept {
    auto word = static_cast<std::uint32_t>(from);
    mix(word, first, second);
    return word * Size >> 32;
  }
  template <std::uint64_t Size>
  [[nodiscard]] constexpr std::uint64_t drawn(std::uint64_t from, unsigned round) const noexcept {
    return drawn<Size>(from, keys_.value[2 * round], keys_.value[2 * round + 1]);
  }

  // adds such a number to a half, modulo Size
  template <std::uint64_t Size>
  [[gnu::always_inline]] static constexpr void add_drawn(std::uint64_t& to, std::uint64_t from, std::uint32_t first,
                                                         std::uint32_t second) noexcept {
    to += drawn<Size>(from, first, second);
    to -= Size & (0 - std::uint64_t{to >= Size});  // a branch would be mispredicted every other time
  }

  [[nodiscard]] constexpr std::uint64_t forth(std::uint64_t v) const noexcept {
    std::uint64_t upper = v / halves.lower, lower = v % halves.lower;
    for (unsigned round = 0; round < rounds; round += 2) {
      add_drawn<halves.upper>(upper, lower, keys_.value[2 * round], keys_.value[2 * round + 1]);
      add_drawn<halves.lower>(lower, upper, keys_.value[2 * round + 2], keys_.value[2 * round + 3]);
    }
    return upper * halves.lower + lower;
  }

  [[nodiscard]] constexpr std::uint64_t back(std::uint64_t v) const noexcept {
    std::uint64_t upper = v / halves.lower, lower = v % halves.lower;
    for (unsigned round = rounds; round > 0; round -= 2) {
      lower -= drawn<halves.lower>(upper, round - 1);
      lower += lower >= halves.lower ? halves.lower : 0;
      upper -= drawn<halves.upper>(lower, round - 2);
      upper += upper >= halves.upper ? halves.upper : 0;
    }
    return upper * halves.lower + lower;
  }

  // ---- many at once: the same in vector registers ------------------------------------------------------

  // Halves of mixed radix: several independent numbers at a time. Returns how many were permuted.
  std::size_t permute_groups(std::uint64_t first, std::span<std::uint64_t> out) const noexcept {
    constexpr std::size_t group = 8;
    const auto keys = keys_.value;
    std::uint64_t above = first / halves.lower, below = first % halves.lower;
    std::size_t written = 0;
    for (; written + group <= out.size(); written += group) {
      std::uint64_t upper[group], lower[group];
      for (std::size_t i = 0; i < group; ++i) {
        upper[i] = above, lower[i] = below;
        if (++below == halves.lower) ++above, below = 0;
      }
      for (unsigned round = 0; round < rounds; round += 2) {
        for (std::size_t i = 0; i < group; ++i)
          add_drawn<halves.upper>(upper[i], lower[i], keys[2 * round], keys[2 * round + 1]);
        for (std::size_t i = 0; i < group; ++i)
          add_drawn<halves.lower>(lower[i], upper[i], keys[2 * round + 2], keys[2 * round + 3]);
      }
      for (std::size_t i = 0; i < group; ++i) {
        const std::uint64_t v = upper[i] * halves.lower + lower[i];
        out[written + i] = walks && v > last ? permute(v) : v;
      }
    }
    return written;
  }

  // Halves of whole bits. Returns how many were permuted: all but the last incomplete block.
  std::size_t permute_blocks(std::uint64_t first, std::span<std::uint64_t> out) const noexcept {
#if defined(__x86_64__) || defined(__i386__)
    if (__builtin_cpu_supports("avx2")) return permute_with_avx2(first, out);
#endif
    return permute_lanes<lanes_of_16>(first, out);
  }

#if defined(__x86_64__) || defined(__i386__)
  [[gnu::target("avx2")]] std::size_t permute_with_avx2(std::uint64_t first,
                                                        std::span<std::uint64_t> out) const noexcept {
    return permute_lanes<lanes_of_32>(first, out);
  }
#endif

  template <class Lanes>
  [[gnu::always_inline]] std::size_t permute_lanes(std::uint64_t first, std::span<std::uint64_t> out) const noexcept {
    constexpr std::size_t lanes = sizeof(Lanes) / sizeof(std::uint32_t), block = 2 * lanes;
    const auto keys = keys_.value;  // a copy, or they would be read again after each store
    Lanes counts;
    for (std::size_t i = 0; i < lanes; ++i) counts[i] = static_cast<std::uint32_t>(i);
    std::size_t written = 0;
    for (; written + block <= out.size(); written += block, first += block) {
      const auto base = static_cast<std::uint32_t>(first & (halves.lower - 1));
      const Lanes above = Lanes{} + static_cast<std::uint32_t>(first >> lower_bits), below = counts + base;
      Lanes upper[2] = {above, above};
      Lanes lower[2] = {below, below + static_cast<std::uint32_t>(lanes)};
      if (base + block > halves.lower)  // the lower half wraps around in this block
        for (std::size_t i = 0; i < block; ++i) {
          upper[i / lanes][i % lanes] = static_cast<std::uint32_t>((first + i) >> lower_bits);
          lower[i / lanes][i % lanes] = static_cast<std::uint32_t>((first + i) & (halves.lower - 1));
        }
      for (unsigned round = 0; round < rounds; round += 2) {
        add_drawn_bits<upper_bits>(upper, lower, keys[2 * round], keys[2 * round + 1]);
        add_drawn_bits<lower_bits>(lower, upper, keys[2 * round + 2], keys[2 * round + 3]);
      }
      std::uint32_t uppers[block], lowers[block];
      std::memcpy(uppers, upper, sizeof upper);
      std::memcpy(lowers, lower, sizeof lower);
      for (std::size_t i = 0; i < block; ++i) {
        out[written + i] = (std::uint64_t{uppers[i]} << lower_bits) | lowers[i];
        if constexpr (walks)
          if (out[written + i] > last) out[written + i] = permute(out[written + i]);
      }
    }
    return written;
  }

  template <int Bits, class Lanes>
  [[gnu::always_inline]] static void add_drawn_bits(Lanes (&to)[2], const Lanes (&from)[2], std::uint32_t first,
                                                    std::uint32_t second) noexcept {
    Lanes drawn[2] = {from[0], from[1]};
    for (int i = 0; i < 2; ++i) {
      mix(drawn[i], first, second);
      to[i] += drawn[i] >> (32 - Bits);
      if constexpr (Bits < 32) to[i] &= (std::uint32_t{1} << Bits) - 1;
    }
  }

  detail::secret<std::array<std::uint32_t, 2 * rounds>> keys_{};
};

}  // namespace tallymark
