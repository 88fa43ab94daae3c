// Sources of random bits: the system, or fixed bits for tests.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <random>
#include <type_traits>

namespace tallymark {

/// A source of random bits: each call of `bits` returns 64 of them.
template <class R>
concept random_source = requires(const R source) {
  { source.bits() } -> std::same_as<std::uint64_t>;
};

/// The bits of `std::random_device`: on the usual platforms, unpredictable bits from the operating system or the
/// processor. If a system has no random bits, the exception of `std::random_device` propagates to the caller.
struct system_random_source {
  [[nodiscard]] std::uint64_t bits() const {
    std::random_device device;
    static_assert(std::random_device::max() >= 0xFFFF'FFFFU && std::random_device::min() == 0);
    const std::uint64_t upper = device() & 0xFFFF'FFFFU;
    return upper << 32 | (device() & 0xFFFF'FFFFU);
  }
};

/// Always the same bits: for tests.
struct fixed_random_source {
  std::uint64_t value = 0;

  [[nodiscard]] constexpr std::uint64_t bits() const { return value; }
};

namespace detail {

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <class T>
consteval bool assert_random_source() {
  static_assert(random_source<T>,
                "tallymark::random_source: this type does not make random bits. Give it the member "
                "'std::uint64_t bits() const'");
  return true;
}

// the given source, or a placeholder, so that one mistake gives one error
template <class T>
using random_source_or_stand_in = std::conditional_t<random_source<T>, T, fixed_random_source>;

}  // namespace detail

}  // namespace tallymark
