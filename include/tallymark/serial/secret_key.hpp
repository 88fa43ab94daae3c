// A secret key as a value that is wiped when it is destroyed.
#pragma once

#include <tallymark/config.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include <tallymark/error.hpp>
#include <tallymark/ext/detail/symbols.hpp>

namespace tallymark {

namespace detail {

/// Overwrites memory with zeros, in a way that the compiler does not remove although the memory is not read again.
/// O(bytes).
inline void wipe(void* memory, std::size_t bytes) noexcept {
  volatile unsigned char* const begin = static_cast<volatile unsigned char*>(memory);
  for (std::size_t i = 0; i < bytes; ++i) begin[i] = 0;
#if defined(__GNUC__)
  __asm__ __volatile__("" : : "r"(memory) : "memory");
#endif
}

/// A value that is wiped when it is destroyed, as is each copy.
template <class T>
  requires std::is_trivially_copyable_v<T>
struct secret {
  T value{};

  constexpr secret() = default;
  constexpr explicit secret(const T& from) : value(from) {}
  constexpr secret(const secret&) = default;
  constexpr secret& operator=(const secret&) = default;
  constexpr ~secret() {
    if (!std::is_constant_evaluated()) wipe(&value, sizeof value);
  }
};

}  // namespace detail

/// A secret of 128, 192 or 256 bits. It is a run-time value, never part of a type. Wiped on destruction, as is each
/// copy; what a compiler leaves in registers and on the stack is not wiped. There is no default key.
class secret_key {
 public:
  static constexpr std::size_t longest = 32;  ///< bytes

  /// The key of these bytes: 16, 24 or 32.
  template <std::size_t N>
    requires(N == 16 || N == 24 || N == 32)
  constexpr explicit secret_key(const std::array<std::uint8_t, N>& from) : size_(N) {
    for (std::size_t i = 0; i < N; ++i) bytes_.value[i] = from[i];
  }

  /// Reads a key from 32, 48 or 64 hexadecimal digits in either case, as in a settings file. Errors: bad_key over a
  /// text of another length, or at the first byte that is not a hexadecimal digit. O(1).
  [[nodiscard]] static result<secret_key> from_hex(std::string_view text) {
    secret_key key;
    if (text.size() != 32 && text.size() != 48 && text.size() != 64) return fail(errc::bad_key, 0, text.size());
    key.size_ = text.size() / 2;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const unsigned digit = detail::hexadecimal_value(text[i]);
      if (digit > 15) return fail(errc::bad_key, i, 1);
      std::uint8_t& byte = key.bytes_.value[i / 2];
      byte = static_cast<std::uint8_t>(unsigned{byte} << 4U | digit);
    }
    return key;
  }

  /// The bytes, owned by the key: 16, 24 or 32.
  [[nodiscard]] constexpr std::span<const std::uint8_t> bytes() const noexcept { return {bytes_.value.data(), size_}; }

 private:
  constexpr secret_key() = default;

  detail::secret<std::array<std::uint8_t, longest>> bytes_{};
  std::size_t size_ = 0;
};

}  // namespace tallymark
