// The keyed permutation of a standard: NIST FF1 over AES. The one header that needs OpenSSL.
#pragma once

#include <tallymark/config.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <span>
#include <string_view>

#include <tallymark/serial/permutation.hpp>
#include <tallymark/serial/secret_key.hpp>

namespace tallymark {

namespace detail {

/// AES of single blocks (FIPS 197), with the key schedule made once. Any number of threads may encrypt at once: each
/// takes a context out of the one slot, or makes itself a copy. OpenSSL wipes the contexts. Throws std::bad_alloc
/// where OpenSSL has no memory, and ends the program where it has no AES: to go on would be to issue what is not
/// scrambled.
class aes_blocks {
 public:
  explicit aes_blocks(const secret_key& key) : first_(made()) {
    const std::size_t size = key.bytes().size();
    const EVP_CIPHER* const cipher = size == 16   ? EVP_aes_128_ecb()
                                     : size == 24 ? EVP_aes_192_ecb()
                                                  : EVP_aes_256_ecb();
    if (EVP_EncryptInit_ex(first_.get(), cipher, nullptr, key.bytes().data(), nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(first_.get(), 0) != 1)
      std::terminate();
  }
  aes_blocks(const aes_blocks& other) : first_(copied(*other.first_)) {}
  aes_blocks& operator=(const aes_blocks& other) {
    if (this != &other) {
      first_ = copied(*other.first_);
      EVP_CIPHER_CTX_free(spare_.exchange(nullptr));
    }
    return *this;
  }
  ~aes_blocks() { EVP_CIPHER_CTX_free(spare_.load()); }

  /// Encrypts blocks of 16 bytes in place, each for itself, in one call of OpenSSL. O(bytes).
  void encrypt(std::span<unsigned char> blocks) const {
    EVP_CIPHER_CTX* mine = spare_.exchange(nullptr, std::memory_order_acquire);
    if (!mine) mine = copied(*first_).release();
    int written = 0;
    const int size = static_cast<int>(blocks.size());
    if (EVP_EncryptUpdate(mine, blocks.data(), &written, blocks.data(), size) != 1 || written != size) std::terminate();
    EVP_CIPHER_CTX_free(spare_.exchange(mine, std::memory_order_acq_rel));
  }

 private:
  struct release {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };
  using context = std::unique_ptr<EVP_CIPHER_CTX, release>;

  [[noreturn]] static void no_memory() {
#ifdef __cpp_exceptions
    throw std::bad_alloc();
#else
    std::abort();
#endif
  }
  [[nodiscard]] static context made() {
    context fresh(EVP_CIPHER_CTX_new());
    if (!fresh) no_memory();
    return fresh;
  }
  [[nodiscard]] static context copied(const EVP_CIPHER_CTX& from) {
    context copy = made();
    if (EVP_CIPHER_CTX_copy(copy.get(), &from) != 1) no_memory();
    return copy;
  }

  context first_;  // never used but to be copied
  mutable std::atomic<EVP_CIPHER_CTX*> spare_ = nullptr;
};

// The two words of a block, of which the highest byte comes first.
inline std::uint64_t big_endian(std::uint64_t word) noexcept {
  if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap64(word);
  __asm__("" : "+r"(word));  // or loops are vectorized where there is no instruction for it, and take twice as long
  return word;
}
inline std::uint64_t load_big_word(const unsigned char* from) noexcept {
  std::uint64_t word;
  std::memcpy(&word, from, sizeof word);
  return big_endian(word);
}
inline void store_big_word(unsigned char* to, std::uint64_t word) noexcept {
  word = big_endian(word);
  std::memcpy(to, &word, sizeof word);
}

/// FF1.Encrypt and FF1.Decrypt (NIST SP 800-38G) of numeral strings of Width symbols in base
/// Radix, each as the numbers of its two halves. Precondition: Radix^(Width - Width/2) <= 2^63.
template <unsigned Radix, unsigned Width>
class ff1_halves {
  static constexpr std::uint64_t power(unsigned exponent) {
    std::uint64_t value = 1;
    for (; exponent > 0; --exponent) value *= Radix;
    return value;
  }

 public:
  static constexpr std::uint64_t first_size = power(Width / 2), second_size = power(Width - Width / 2);

  struct halves {
    std::uint64_t first, second;
    friend bool operator==(const halves&, const halves&) = default;
  };

  ff1_halves(const secret_key& key, std::string_view tweak) : aes_(key) {
    // P, and of P || Q everything before the last block, in which the round and a half stand: that is encrypted once.
    const std::size_t zeros = (16 - (tweak.size() + half_bytes + 1) % 16) % 16;
    secret<std::array<unsigned char, 16>> chain;
    auto& block = chain.value;
    block = {1,
             2,
             1,
             0,
             static_cast<unsigned char>(Radix >> 8),
             static_cast<unsigned char>(Radix & 0xFF),
             10,
             static_cast<unsigned char>(Width / 2 % 256),
             0,
             0,
             static_cast<unsigned char>(Width >> 8),
             static_cast<unsigned char>(Width & 0xFF)};
    for (std::size_t i = 0; i < 4; ++i) block[12 + i] = static_cast<unsigned char>(tweak.size() >> (24 - 8 * i));
    aes_.encrypt(block);
    const std::size_t size = tweak.size() + zeros + 1 + half_bytes;  // of Q
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0 && i % 16 == 0) aes_.encrypt(block);
      if (i < tweak.size()) block[i % 16] ^= static_cast<unsigned char>(tweak[i]);
    }
    start_.value = {load_big_word(block.data()), load_big_word(block.data() + 8)};
  }

  [[nodiscard]] halves encrypt(halves of) const {
    std::array<unsigned char, 16> block;
    for (unsigned round = 0; round < 10; ++round) {
      fill(block.data(), round, of.second);
      aes_.encrypt(block);
      of = {of.second, moved(of.first, block.data(), round)};
    }
    return of;
  }

  [[nodiscard]] halves decrypt(halves of) const {
    std::array<unsigned char, 16> block;
    for (unsigned round = 10; round-- > 0;) {
      fill(block.data(), round, of.first);
      aes_.encrypt(block);
      const std::uint64_t by = drawn(block.data(), round), size = round % 2 == 0 ? first_size : second_size;
      of = {of.second >= by ? of.second - by : of.second + (size - by), of.first};
    }
    return of;
  }

  static constexpr std::size_t group = 256;  // so many are encrypted by one call: their blocks stay in the first cache

  /// Encrypts at most `group` of them.
  void encrypt(std::span<halves> all) const {
    std::array<unsigned char, 16 * group> blocks;
    const std::span<unsigned char> used(blocks.data(), 16 * all.size());
    for (unsigned round = 0; round < 10; round += 2) {
      for (std::size_t i = 0; i < all.size(); ++i) fill(&blocks[16 * i], round, all[i].second);
      aes_.encrypt(used);
      for (std::size_t i = 0; i < all.size(); ++i) {  // the halves stay in their places, and change roles
        all[i].first = moved<0>(all[i].first, &blocks[16 * i]);
        fill(&blocks[16 * i], round + 1, all[i].first);
      }
      aes_.encrypt(used);
      for (std::size_t i = 0; i < all.size(); ++i) all[i].second = moved<1>(all[i].second, &blocks[16 * i]);
    }
  }

 private:
  // b and d of the standard
  static constexpr std::size_t half_bytes = (static_cast<std::size_t>(std::bit_width(second_size - 1)) + 7) / 8;
  static constexpr bool is_long = half_bytes > 4;  // 12 bytes are drawn, else 8

  // The last block of P || Q, with what goes before it.
  void fill(unsigned char* block, unsigned round, std::uint64_t half) const {
    store_big_word(block, start_.value[0] ^ (half_bytes == 8 ? round : 0));
    store_big_word(block + 8,
                   start_.value[1] ^ (half_bytes == 8 ? 0 : std::uint64_t{round} << (8 * (half_bytes % 8))) ^ half);
  }

  // y of the standard, modulo the size of the half that it is added to
  template <unsigned Odd>
  [[nodiscard]] static std::uint64_t drawn(const unsigned char* block) {
    constexpr std::uint64_t size = Odd == 0 ? first_size : second_size;
    const std::uint64_t high = load_big_word(block);
    if constexpr (is_long) {
      __extension__ using wide = unsigned __int128;
      return static_cast<std::uint64_t>((wide{high} << 32 | load_big_word(block + 8) >> 32) % size);
    } else {
      return high % size;
    }
  }
  [[nodiscard]] static std::uint64_t drawn(const unsigned char* block, unsigned round) {
    return round % 2 == 0 ? drawn<0>(block) : drawn<1>(block);
  }

  template <unsigned Odd>
  [[nodiscard]] static std::uint64_t moved(std::uint64_t half, const unsigned char* block) {
    constexpr std::uint64_t size = Odd == 0 ? first_size : second_size;
    const std::uint64_t sum = half + drawn<Odd>(block);
    if constexpr (std::has_single_bit(size)) return sum & (size - 1);
    return sum - (size & (0 - std::uint64_t{sum >= size}));  // a branch would be mispredicted every other time
  }
  [[nodiscard]] static std::uint64_t moved(std::uint64_t half, const unsigned char* block, unsigned round) {
    return round % 2 == 0 ? moved<0>(half, block) : moved<1>(half, block);
  }

  aes_blocks aes_;
  secret<std::array<std::uint64_t, 2>> start_{};
};

/// The fewest texts that FF1 may be used for: NIST SP 800-38G Rev. 1 (draft).
inline constexpr std::uint64_t ff1_least_texts = 1'000'000;

template <permutation_domain Domain>
consteval bool check_ff1() {
  static_assert(
      Domain.width > 0,
      "tallymark::ff1: the base does not have all the texts of a fixed number of symbols. Write a base with a "
      "width, of less than 2^64 texts, or take tallymark::feistel");
  static_assert(
      Domain.width == 0 || Domain.last >= ff1_least_texts - 1,
      "tallymark::ff1: the base has less than 1,000,000 texts, which is the least that the standard allows. Write "
      "a base with a greater width or more symbols, or take tallymark::feistel");
  return true;
}

}  // namespace detail

/// Permutation: NIST FF1 (SP 800-38G) over AES-128, AES-192 or AES-256, as long as the key is, on the symbols of the
/// texts. The tweak is that of the standard. For bases whose texts all have the same number of symbols, and of which
/// there are 1,000,000 to 2^64 - 1.
struct ff1 {
  template <permutation_domain Domain>
  class over;
};

/// FF1 over one domain. OpenSSL holds the key, and wipes it when this is destroyed. Throws std::bad_alloc where
/// OpenSSL has no memory for a context.
template <permutation_domain Domain>
class ff1::over {
  static_assert(detail::check_ff1<Domain>());

  // a stand-in, so that one mistake gives one error
  static constexpr bool fits = Domain.width > 1 && Domain.last >= detail::ff1_least_texts - 1;
  using cipher = detail::ff1_halves<fits ? Domain.radix : 10, fits ? Domain.width : 6>;
  using halves = typename cipher::halves;

 public:
  /// With this key and tweak.
  explicit over(const secret_key& key, std::string_view tweak = {}) : cipher_(key, tweak) {}

  /// FF1.Encrypt of the text of an ordinal. O(1).
  [[nodiscard]] std::uint64_t permute(std::uint64_t v) const { return whole(cipher_.encrypt(parted(v))); }

  /// FF1.Decrypt. O(1).
  [[nodiscard]] std::uint64_t invert(std::uint64_t v) const { return whole(cipher_.decrypt(parted(v))); }

  /// FF1.Encrypt of consecutive ordinals, with a call of OpenSSL for each round of many of them. O(their number).
  void permute(std::uint64_t first, std::span<std::uint64_t> out) const {
    std::array<halves, cipher::group> some;
    for (std::size_t done = 0; done < out.size();) {
      const std::size_t n = std::min(out.size() - done, some.size());
      halves at = parted(first + done);
      for (std::size_t i = 0; i < n; ++i) {
        some[i] = at;
        if (++at.second == cipher::second_size) at = {at.first + 1, 0};
      }
      cipher_.encrypt(std::span(some.data(), n));
      for (std::size_t i = 0; i < n; ++i) out[done + i] = whole(some[i]);
      done += n;
    }
  }

 private:
  [[nodiscard]] static halves parted(std::uint64_t v) { return {v / cipher::second_size, v % cipher::second_size}; }
  [[nodiscard]] static std::uint64_t whole(const halves& of) { return of.first * cipher::second_size + of.second; }

  cipher cipher_;
};

}  // namespace tallymark
