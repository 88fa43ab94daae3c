// EUI-48 and EUI-64: the addresses of network devices.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/detail/grouped_texts.hpp>

namespace tallymark {

/// The separators between the digits: `00-16-3E-..`, `00:16:3E:..`, `0016.3E00.0000`, `00163E000000`.
enum class eui_style : std::uint8_t { hyphens, colons, dots, bare };

/// A block of addresses: those that begin with these bits. IEEE assigns blocks of 24 bits (MA-L), 28 (MA-M) and 36
/// (MA-S).
struct eui_block {
  std::uint64_t prefix = 0;
  std::uint8_t bits = 0;  ///< whole hexadecimal digits; 0 for all addresses

  friend constexpr bool operator==(const eui_block&, const eui_block&) = default;
};

/// How addresses are written, and the block that they are from.
struct eui_format {
  eui_style style = eui_style::hyphens;
  bool small_letters = false;
  eui_block block{};

  friend constexpr bool operator==(const eui_format&, const eui_format&) = default;
};

namespace detail {

constexpr bool is_block(const eui_block& block, unsigned digits) {
  return block.bits % 4 == 0 && block.bits < 4 * digits && block.prefix >> block.bits == 0;
}

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <unsigned Digits, eui_format Format>
consteval bool assert_eui() {
  static_assert(
      is_block(Format.block, Digits),
      "tallymark::eui_block: this is not a block of addresses. Write a prefix that fits its bits, and bits that are "
      "whole hexadecimal digits and less than the address has, such as eui_block{0x00163E, 24}");
  return true;
}

}  // namespace detail

/// Serial policy: addresses of `Digits` hexadecimal digits (IEEE 802: EUI-48 has 12, EUI-64 has 16), written in one
/// style, and read in each of the four styles and in either case. The ordinal is the whole address. With a block: only
/// the addresses in it.
///
/// In the first octet, the bit 0x01 means a group address, and 0x02 one that is administered locally.
template <unsigned Digits, eui_format Format>
struct basic_eui_serial {
  static_assert(detail::assert_eui<Digits, Format>());

  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;
  static constexpr bool normalises = true;

  /// Reads an address. Errors: not_a_serial at the first byte that is not allowed at its position, at the end of a text
  /// that is too short, or over surplus bytes; at the first digit that differs from the block's, with the right one;
  /// too_large over the address of 64 ones. O(1).
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view text) const {
    const auto separates = [&](std::size_t at, std::string_view which) {
      return at < text.size() && which.find(text[at]) != which.npos;
    };
    const std::size_t group = separates(2, "-:") ? 2 : separates(4, ".") ? 4 : Digits;
    std::uint64_t value = 0;
    std::size_t at = 0;
    for (std::size_t digit = 0; digit < Digits; ++digit, ++at) {
      if (digit > 0 && digit % group == 0) {
        if (at < text.size() && text[at] != text[group]) return fail(errc::not_a_serial, at, 1, text.substr(group, 1));
        ++at;
      }
      if (at >= text.size()) return fail(errc::not_a_serial, text.size());
      const unsigned nibble = detail::hexadecimal_value(text[at]);
      if (nibble == 16) return fail(errc::not_a_serial, at, 1);
      if (digit < block_digits)
        if (const std::size_t right = block.prefix >> 4 * (block_digits - 1 - digit) & 0xF; nibble != right)
          return fail(errc::not_a_serial, at, 1, symbols.substr(right, 1));
      value = value << 4 | nibble;
    }
    if (at < text.size()) return fail(errc::not_a_serial, at, text.size() - at);
    if (value > max_ordinal) return fail(errc::too_large, 0, text.size());
    return value;
  }

  /// Appends an address.
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    char text[length];
    spell(text, ordinal);
    out.append(text, length);
  }

  /// The first address of the block; without a block, 1.
  [[nodiscard]] static constexpr std::uint64_t first() { return block.bits > 0 ? block.prefix << free_bits : 1; }

  /// The last address of the block; without a block, the greatest address, but at most `max_ordinal`.
  [[nodiscard]] static constexpr std::uint64_t last() {
    return std::min(block.prefix << (free_bits % 64) | std::numeric_limits<std::uint64_t>::max() >> (64 - free_bits),
                    max_ordinal);
  }

  /// The bytes of a text.
  [[nodiscard]] static constexpr std::size_t text_length(const family&) { return length; }

  /// Writes the texts of `count` ordinals, each followed by the separator. O(bytes).
  constexpr void write(char* out, const family&, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    detail::write_grouped(out, first, count, separator, length, symbols, group_digits,
                          [](char* text, std::uint64_t ordinal) { spell(text, ordinal); });
  }

  /// Whether an address is that of a group: the bit 0x01 of its first octet.
  [[nodiscard]] static constexpr bool is_group(std::uint64_t ordinal) { return (ordinal >> (4 * Digits - 8) & 1) != 0; }
  /// Whether an address is administered locally: the bit 0x02 of its first octet.
  [[nodiscard]] static constexpr bool is_local(std::uint64_t ordinal) { return (ordinal >> (4 * Digits - 8) & 2) != 0; }

 private:
  static constexpr eui_block block = detail::is_block(Format.block, Digits) ? Format.block : eui_block{};
  static constexpr std::size_t block_digits = block.bits / 4U;
  static constexpr unsigned free_bits = 4 * Digits - block.bits;
  static constexpr std::string_view symbols =
      Format.small_letters ? detail::lower_hexadecimal : detail::upper_hexadecimal;
  static constexpr std::uint8_t group_digits = Format.style == eui_style::bare   ? Digits
                                               : Format.style == eui_style::dots ? 4
                                                                                 : 2;
  static constexpr std::size_t length = Digits + Digits / group_digits - 1;

  static constexpr void spell(char* out, std::uint64_t ordinal) {
    constexpr char separator = Format.style == eui_style::dots ? '.' : Format.style == eui_style::colons ? ':' : '-';
    for (unsigned left = Digits; left > 0;) {
      left -= group_digits;
      out = detail::put_symbols<4>(out, ordinal >> (4 * left), group_digits, symbols);
      if (left > 0) *out++ = separator;
    }
  }
};

/// Serial policy: EUI-48, also called MAC addresses.
template <eui_format Format = eui_format{}>
using eui48_serial = basic_eui_serial<12, Format>;

/// Serial policy: EUI-64. The address of 64 one bits, which no device has, is too_large.
template <eui_format Format = eui_format{}>
using eui64_serial = basic_eui_serial<16, Format>;

/// The modified EUI-64 of an EUI-48: FF-FE inserted in the middle, and the bit 0x02 of the first octet inverted (RFC
/// 4291, appendix A). Precondition: eui48 < 2^48. O(1).
[[nodiscard]] constexpr std::uint64_t modified_eui64(std::uint64_t eui48) {
  return ((eui48 >> 24 & 0xFFFFFF) << 40 | std::uint64_t{0xFFFE} << 24 | (eui48 & 0xFFFFFF)) ^ std::uint64_t{2} << 56;
}

/// The EUI-48 from which a modified EUI-64 was made; std::nullopt if FF-FE is not in its middle. O(1).
[[nodiscard]] constexpr std::optional<std::uint64_t> eui48_of_modified(std::uint64_t eui64) {
  if ((eui64 >> 24 & 0xFFFF) != 0xFFFE) return std::nullopt;
  return ((eui64 ^ std::uint64_t{2} << 56) >> 40) << 24 | (eui64 & 0xFFFFFF);
}

}  // namespace tallymark
