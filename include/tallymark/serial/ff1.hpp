// A standard keyed permutation: NIST FF1 over AES. The only header that needs OpenSSL.
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

/// AES of single blocks (FIPS 197), with the key schedule computed once. Any number of threads may encrypt at once:
/// each takes the spare context, or makes a copy of its own. OpenSSL wipes the contexts. Throws std::bad_alloc if
/// OpenSSL has no memory, and ends the program if it has no AES: to continue would be to issue serial numbers that are
/// not scrambled.
class aes_blocks {
 public:
  explicit aes_blocks(const secret_key& key) : first_(new_context()) {
    const std::size_t size = key.bytes().size();
    const EVP_CIPHER* const cipher = size == 16   ? EVP_aes_128_ecb()
                                     : size == 24 ? EVP_aes_192_ecb()
                                                  : EVP_aes_256_ecb();
    if (EVP_EncryptInit_ex(first_.get(), cipher, nullptr, key.bytes().data(), nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(first_.get(), 0) != 1)
      std::terminate();
  }
  aes_blocks(const aes_blocks& other) : first_(copy_of(*other.first_)) {}
  aes_blocks& operator=(const aes_blocks& other) {
    if (this != &other) {
      first_ = copy_of(*other.first_);
      EVP_CIPHER_CTX_free(spare_.exchange(nullptr));
    }
    return *this;
  }
  ~aes_blocks() { EVP_CIPHER_CTX_free(spare_.load()); }

  /// Encrypts blocks of 16 bytes in place, independently, in one call of OpenSSL. O(bytes).
  void encrypt(std::span<unsigned char> blocks) const {
    EVP_CIPHER_CTX* mine = spare_.exchange(nullptr, std::memory_order_acquire);
    if (!mine) mine = copy_of(*first_).release();
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
  [[nodiscard]] static context new_context() {
    context fresh(EVP_CIPHER_CTX_new());
    if (!fresh) no_memory();
    return fresh;
  }
  [[nodiscard]] static context copy_of(const EVP_CIPHER_CTX& from) {
    context copy = new_context();
    if (EVP_CIPHER_CTX_copy(copy.get(), &from) != 1) no_memory();
    return copy;
  }

  context first_;  // used for copies only
  mutable std::atomic<EVP_CIPHER_CTX*> spare_ = nullptr;
};

// A word of a block, with the highest byte first.
inline std::uint64_t big_endian(std::uint64_t word) noexcept {
  if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap64(word);
  __asm__("" : "+r"(word));  // else loops are vectorized without an instruction for it, and take twice as long
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
    // P || Q without its last block, which holds the round and a half: this part is encrypted once.
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

  [[nodiscard]] halves encrypt(halves text) const {
    std::array<unsigned char, 16> block;
    for (unsigned round = 0; round < 10; ++round) {
      fill(block.data(), round, text.second);
      aes_.encrypt(block);
      text = {text.second, moved(text.first, block.data(), round)};
    }
    return text;
  }

  [[nodiscard]] halves decrypt(halves text) const {
    std::array<unsigned char, 16> block;
    for (unsigned round = 10; round-- > 0;) {
      fill(block.data(), round, text.first);
      aes_.encrypt(block);
      const std::uint64_t by = drawn(block.data(), round), size = round % 2 == 0 ? first_size : second_size;
      text = {text.second >= by ? text.second - by : text.second + (size - by), text.first};
    }
    return text;
  }

  static constexpr std::size_t group = 256;  // encrypted by one call: their blocks stay in the first-level cache

  /// Encrypts at most `group` texts in place.
  void encrypt(std::span<halves> batch) const {
    std::array<unsigned char, 16 * group> blocks;
    const std::span<unsigned char> used(blocks.data(), 16 * batch.size());
    for (unsigned round = 0; round < 10; round += 2) {
      for (std::size_t i = 0; i < batch.size(); ++i) fill(&blocks[16 * i], round, batch[i].second);
      aes_.encrypt(used);
      for (std::size_t i = 0; i < batch.size(); ++i) {  // the halves are not moved but change roles
        batch[i].first = moved<0>(batch[i].first, &blocks[16 * i]);
        fill(&blocks[16 * i], round + 1, batch[i].first);
      }
      aes_.encrypt(used);
      for (std::size_t i = 0; i < batch.size(); ++i) batch[i].second = moved<1>(batch[i].second, &blocks[16 * i]);
    }
  }

 private:
  // b and d of the standard
  static constexpr std::size_t half_bytes = (static_cast<std::size_t>(std::bit_width(second_size - 1)) + 7) / 8;
  static constexpr bool is_long = half_bytes > 4;  // 12 bytes are used, else 8

  // The last block of P || Q, combined with the chain value before it.
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
consteval bool assert_ff1() {
  static_assert(
      Domain.width > 0,
      "tallymark::ff1: the base does not have all the texts of a fixed number of symbols. Write a base with a "
      "width, of fewer than 2^64 texts, or use tallymark::feistel");
  static_assert(Domain.width == 0 || Domain.last >= ff1_least_texts - 1,
                "tallymark::ff1: the base has fewer than 1,000,000 texts, the minimum of the standard. Write "
                "a base with a greater width or more symbols, or use tallymark::feistel");
  return true;
}

}  // namespace detail

/// Permutation: NIST FF1 (SP 800-38G) over AES-128, AES-192 or AES-256, depending on the key's length, on the symbols
/// of the texts. The tweak is that of the standard. For bases of 1,000,000 to 2^64 - 1 texts that all have the same
/// number of symbols.
struct ff1 {
  template <permutation_domain Domain>
  class over;
};

/// FF1 over one domain. OpenSSL holds the key, and wipes it when this is destroyed. Throws std::bad_alloc if OpenSSL
/// has no memory for a context.
template <permutation_domain Domain>
class ff1::over {
  static_assert(detail::assert_ff1<Domain>());

  // a placeholder, so that one mistake gives one error
  static constexpr bool fits = Domain.width > 1 && Domain.last >= detail::ff1_least_texts - 1;
  using cipher = detail::ff1_halves<fits ? Domain.radix : 10, fits ? Domain.width : 6>;
  using halves = typename cipher::halves;

 public:
  /// With this key and tweak.
  explicit over(const secret_key& key, std::string_view tweak = {}) : cipher_(key, tweak) {}

  /// FF1.Encrypt of the text of an ordinal. O(1).
  [[nodiscard]] std::uint64_t permute(std::uint64_t v) const { return whole(cipher_.encrypt(parted(v))); }

  /// FF1.Decrypt: the ordinal that goes to v. O(1).
  [[nodiscard]] std::uint64_t invert(std::uint64_t v) const { return whole(cipher_.decrypt(parted(v))); }

  /// FF1.Encrypt of consecutive ordinals, with one call of OpenSSL for each round of up to 256 of them. O(their
  /// number).
  void permute(std::uint64_t first, std::span<std::uint64_t> out) const {
    std::array<halves, cipher::group> some;
    for (std::size_t written = 0; written < out.size();) {
      const std::size_t n = std::min(out.size() - written, some.size());
      halves at = parted(first + written);
      for (std::size_t i = 0; i < n; ++i) {
        some[i] = at;
        if (++at.second == cipher::second_size) at = {at.first + 1, 0};
      }
      cipher_.encrypt(std::span(some.data(), n));
      for (std::size_t i = 0; i < n; ++i) out[written + i] = whole(some[i]);
      written += n;
    }
  }

 private:
  [[nodiscard]] static halves parted(std::uint64_t v) { return {v / cipher::second_size, v % cipher::second_size}; }
  [[nodiscard]] static std::uint64_t whole(const halves& text) {
    return text.first * cipher::second_size + text.second;
  }

  cipher cipher_;
};

}  // namespace tallymark
