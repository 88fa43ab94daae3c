// Text read eight bytes at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tallymark::detail {

/// The same byte eight times.
constexpr std::uint64_t eight_of(unsigned char byte) noexcept { return byte * std::uint64_t{0x0101010101010101}; }

/// As many bytes as a number has, the first the lowest.
template <class Number>
constexpr Number load_as(const char* from) noexcept {
  Number number = 0;
  if (std::is_constant_evaluated() || std::endian::native != std::endian::little)
    for (std::size_t i = 0; i < sizeof number; ++i) number |= Number{static_cast<unsigned char>(from[i])} << (8 * i);
  else
    std::memcpy(&number, from, sizeof number);
  return number;
}
/// Eight bytes as a number, the first the lowest; and four.
constexpr std::uint64_t load_word(const char* from) noexcept { return load_as<std::uint64_t>(from); }
constexpr std::uint64_t load_half(const char* from) noexcept { return load_as<std::uint32_t>(from); }

/// Whether each byte is ASCII and no control character: 0x20 to 0x7E.
constexpr bool is_plain_word(std::uint64_t word) noexcept {
  // The lowest byte that is not plain always shows: nothing below it has carried or borrowed.
  return ((word | (word - eight_of(0x20)) | (word + eight_of(0x01))) & eight_of(0x80)) == 0;
}

/// The same for a text.
constexpr bool is_plain(std::string_view text) noexcept {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8)
    if (!is_plain_word(load_word(text.data() + at))) return false;
  if (at == text.size()) return true;
  if (text.size() >= 8) return is_plain_word(load_word(text.data() + text.size() - 8));
  bool plain = true;
  for (; at < text.size(); ++at) plain = plain && ' ' <= text[at] && text[at] <= '~';
  return plain;
}

/// a == b, without a call where they are short.
constexpr bool same_text(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (std::is_constant_evaluated() || size > 16) return a == b;
  const auto ends = [size](const char* text, auto half) {  // the halves may overlap
    auto last = half;
    std::memcpy(&half, text, sizeof half);
    std::memcpy(&last, text + size - sizeof last, sizeof last);
    return std::pair(half, last);
  };
  if (size >= 8) return ends(a.data(), std::uint64_t{}) == ends(b.data(), std::uint64_t{});
  if (size >= 4) return ends(a.data(), std::uint32_t{}) == ends(b.data(), std::uint32_t{});
  if (size >= 2) return ends(a.data(), std::uint16_t{}) == ends(b.data(), std::uint16_t{});
  return size == 0 || a[0] == b[0];
}

}  // namespace tallymark::detail
