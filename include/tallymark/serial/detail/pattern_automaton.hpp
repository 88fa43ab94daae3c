// Whether a pattern can be read in two ways, and whether two patterns can produce the same text: decided at compile
// time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/number/text.hpp>

namespace tallymark::detail {

/// A set of bytes.
class byte_set {
 public:
  constexpr byte_set() = default;
  constexpr explicit byte_set(std::string_view bytes) {
    for (const char c : bytes) add(static_cast<unsigned char>(c), static_cast<unsigned char>(c));
  }
  constexpr byte_set& add(unsigned first, unsigned last) {
    for (unsigned c = first; c <= last; ++c) bits_[c / 64] |= std::uint64_t{1} << (c % 64);
    return *this;
  }
  [[nodiscard]] constexpr bool meets(const byte_set& other) const {
    return ((bits_[0] & other.bits_[0]) | (bits_[1] & other.bits_[1]) | (bits_[2] & other.bits_[2]) |
            (bits_[3] & other.bits_[3])) != 0;
  }

 private:
  std::array<std::uint64_t, 4> bits_{};
};

/// A step of a pattern matches one byte of a set. It may be repeated; with `skip` > 0, `skip` steps from this one on
/// may be left out. `role` is what the byte is read as.
struct automaton_step {
  byte_set bytes{};
  bool repeats = false;
  std::uint8_t skip = 0;
  std::uint8_t role = 0;
};

/// A chain of steps that ends after the last one.
struct automaton {
  static constexpr std::size_t most = 400;
  std::array<automaton_step, most> steps{};
  std::size_t count = 0;

  constexpr void add(const automaton_step& step) {
    if (count < most) steps[count++] = step;
  }
};

/// Whether both automata match some common text; `with_other_roles` requires that a byte of it has different roles. It
/// searches all pairs of steps. O(A * B).
template <std::size_t A, std::size_t B>
[[nodiscard]] constexpr bool have_common_text(const automaton& a, const automaton& b, bool with_other_roles) {
  std::array<std::uint8_t, (A + 1) * (B + 1)> seen{};  // bit 0: reached with equal roles; bit 1: with different ones
  std::array<std::uint32_t, 2 * (A + 1) * (B + 1)> pending{};
  std::size_t waiting = 0;
  const auto reach = [&](std::size_t i, std::size_t j, bool other) {
    std::uint8_t& at = seen[i * (B + 1) + j];
    const auto bit = static_cast<std::uint8_t>(other ? 2 : 1);
    if ((at & bit) != 0) return;
    at |= bit;
    pending[waiting++] = static_cast<std::uint32_t>(2 * (i * (B + 1) + j) + (other ? 1 : 0));
  };
  reach(0, 0, false);
  while (waiting > 0) {
    const std::uint32_t state = pending[--waiting];
    const bool other = state % 2 != 0;
    const std::size_t i = state / 2 / (B + 1), j = state / 2 % (B + 1);
    if (i == A && j == B && (other || !with_other_roles)) return true;
    if (i < A && a.steps[i].skip > 0) reach(i + a.steps[i].skip, j, other);
    if (j < B && b.steps[j].skip > 0) reach(i, j + b.steps[j].skip, other);
    if (i == A || j == B || !a.steps[i].bytes.meets(b.steps[j].bytes)) continue;
    const bool differ = other || (with_other_roles && a.steps[i].role != b.steps[j].role);
    reach(i + 1, j + 1, differ);
    if (a.steps[i].repeats) reach(i, j + 1, differ);
    if (b.steps[j].repeats) reach(i + 1, j, differ);
    if (a.steps[i].repeats && b.steps[j].repeats) reach(i, j, differ);
  }
  return false;
}

}  // namespace tallymark::detail
