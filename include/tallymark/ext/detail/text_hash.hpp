// A hash of texts that differs from process to process, so that a file of chosen texts cannot make a table slow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <string_view>
#include <utility>

namespace tallymark::detail {

/// The product of two numbers, its upper half folded onto its lower one (multiply and fold, as in wyhash and MUM-hash).
[[nodiscard]] constexpr std::uint64_t folded_product(std::uint64_t a, std::uint64_t b) noexcept {
#if defined(__SIZEOF_INT128__)
  __extension__ using wide = unsigned __int128;
  const wide product = static_cast<wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
#else
  const std::uint64_t low_a = a & 0xFFFF'FFFFU, high_a = a >> 32U, low_b = b & 0xFFFF'FFFFU, high_b = b >> 32U;
  const std::uint64_t middle = high_a * low_b + (low_a * low_b >> 32U);
  const std::uint64_t carried = (middle & 0xFFFF'FFFFU) + low_a * high_b;
  return a * b ^ (high_a * high_b + (middle >> 32U) + (carried >> 32U));
#endif
}

/// Two numbers that a writer of texts cannot know.
struct hash_seeds {
  std::uint64_t first, second;

  /// Those of this process: of the time, and of where the system has put the stack and the program.
  [[nodiscard]] static const hash_seeds& of_process() noexcept {
    static const hash_seeds seeds = drawn();
    return seeds;
  }

 private:
  [[nodiscard]] static hash_seeds drawn() noexcept {
    std::timespec now{};
    (void)std::timespec_get(&now, TIME_UTC);
    const auto time = static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(now.tv_nsec);
    const std::uint64_t first = folded_product(time ^ 0x9E37'79B9'7F4A'7C15U, address_of(&now) | 1U);
    const std::uint64_t second = folded_product(first ^ 0xD1B5'4A32'D192'ED03U, address_of(&of_process) | 1U);
    return {first | 1U, second | 1U};
  }
  template <class T>
  [[nodiscard]] static std::uint64_t address_of(T* of) noexcept {
    return reinterpret_cast<std::uintptr_t>(of);
  }
};

/// 64 mixed bits of a text and a number. O(length).
[[nodiscard]] inline std::uint64_t hash_of(std::string_view text, std::uint64_t with,
                                           const hash_seeds& seeds) noexcept {
  const auto load = [](const char* from, auto word) -> std::uint64_t {
    std::memcpy(&word, from, sizeof word);
    return word;
  };
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t mixed = seeds.second ^ with;
  for (; left > 16; at += 16, left -= 16)
    mixed = folded_product(load(at, std::uint64_t{}) ^ seeds.first, load(at + 8, std::uint64_t{}) ^ mixed);
  // the rest as two words, which may overlap
  std::uint64_t head = 0, tail = 0;
  if (left >= 8) {
    head = load(at, std::uint64_t{});
    tail = load(at + left - 8, std::uint64_t{});
  } else if (left >= 4) {
    head = load(at, std::uint32_t{});
    tail = load(at + left - 4, std::uint32_t{});
  } else if (left > 0) {
    const auto byte = [at](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    head = byte(0) << 16U | byte(left / 2) << 8U | byte(left - 1);
  }
  const std::uint64_t all = folded_product(head ^ seeds.first, tail ^ mixed);
  return folded_product(all ^ seeds.second, text.size() ^ seeds.first);
}

/// A transparent hash of texts: a table of strings can be searched with a view.
struct text_hash {
  using is_transparent = void;
  using is_avalanching = void;
  [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept {
    return static_cast<std::size_t>(hash_of(text, 0, hash_seeds::of_process()));
  }
};

}  // namespace tallymark::detail
