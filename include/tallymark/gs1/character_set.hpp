// The character sets of GS1: which characters values may have.
#pragma once

#include <tallymark/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tallymark::gs1 {

/// A set of ASCII characters, in the order of their values. Keeps a view of `symbols`, which must outlive it.
class character_set {
 public:
  constexpr explicit character_set(std::string_view symbols) : symbols_(symbols) {
    for (const char c : symbols) bits_[static_cast<unsigned char>(c) / 64U] |= std::uint64_t{1} << (c % 64);
  }

  /// All characters, in the order of their values.
  [[nodiscard]] constexpr std::string_view symbols() const noexcept { return symbols_; }

  /// Whether a character is in the set. O(1).
  [[nodiscard]] constexpr bool contains(char c) const noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return (bits_[byte / 64U] >> (byte % 64U) & 1U) != 0;
  }

  /// The position of the first character that is not in the set, or npos. O(length).
  [[nodiscard]] constexpr std::size_t find_other(std::string_view text) const noexcept {
    for (std::size_t i = 0; i < text.size(); ++i)
      if (!contains(text[i])) return i;
    return text.npos;
  }

 private:
  std::string_view symbols_;
  std::array<std::uint64_t, 4> bits_{};
};

/// GS1 AI encodable character set 82 (GS1 Syntax Dictionary, lint_cset82): serials, lots and most other texts.
inline constexpr character_set cset82{
    R"(!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz)"};

/// GS1 AI encodable character set 39 (lint_cset39): component and part identifiers.
inline constexpr character_set cset39{"#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"};

/// GS1 AI encodable character set 32 (lint_csumalpha): check character pairs. Without 0, 1, I and O.
inline constexpr character_set cset32{"23456789ABCDEFGHJKLMNPQRSTUVWXYZ"};

/// Base 64 for URIs (RFC 4648, section 5), with the padding (lint_cset64): digital signatures.
inline constexpr character_set cset64{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="};

/// Decimal digits (lint_csetnumeric).
inline constexpr character_set cset_numeric{"0123456789"};

}  // namespace tallymark::gs1
