// SipHash-2-4: a keyed hash of short texts, from which round keys are derived.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace tallymark::detail {

/// SipHash-2-4 (Aumasson, Bernstein: SipHash: a fast short-input PRF, 2012), fed byte by byte. The key is two words
/// with the lowest byte first.
class sip_hash {
 public:
  constexpr sip_hash(std::uint64_t key_low, std::uint64_t key_high)
      : a_(key_low ^ 0x736f6d6570736575),
        b_(key_high ^ 0x646f72616e646f6d),
        c_(key_low ^ 0x6c7967656e657261),
        d_(key_high ^ 0x7465646279746573) {}

  /// Adds a byte of the message. O(1).
  constexpr void add(std::uint8_t byte) {
    word_ |= std::uint64_t{byte} << (8 * (size_++ % 8));
    if (size_ % 8 == 0) take_word();
  }
  /// Adds eight bytes, the lowest first. O(1).
  constexpr void add_word(std::uint64_t word) {
    for (int i = 0; i < 8; ++i) add(static_cast<std::uint8_t>(word >> (8 * i)));
  }

  /// The hash of the message. Nothing can be added after it.
  [[nodiscard]] constexpr std::uint64_t finish() {
    word_ |= static_cast<std::uint64_t>(size_) << 56;
    take_word();
    c_ ^= 0xff;
    for (int i = 0; i < 4; ++i) mix();
    return a_ ^ b_ ^ c_ ^ d_;
  }

 private:
  constexpr void take_word() {
    d_ ^= word_;
    mix();
    mix();
    a_ ^= word_;
    word_ = 0;
  }
  constexpr void mix() {
    a_ += b_, b_ = std::rotl(b_, 13) ^ a_, a_ = std::rotl(a_, 32);
    c_ += d_, d_ = std::rotl(d_, 16) ^ c_;
    a_ += d_, d_ = std::rotl(d_, 21) ^ a_;
    c_ += b_, b_ = std::rotl(b_, 17) ^ c_, c_ = std::rotl(c_, 32);
  }

  std::uint64_t a_, b_, c_, d_;
  std::uint64_t word_ = 0;  // bytes not yet mixed in
  std::size_t size_ = 0;
};

}  // namespace tallymark::detail
