// Where the characters of a UTF-8 text begin and end.
#pragma once

#include <cstddef>
#include <string_view>

namespace tallymark::detail {

constexpr unsigned byte_at(std::string_view text, std::size_t i) noexcept {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

// Bytes of the well-formed UTF-8 sequence at i, or 0 (table 3-7 of the Unicode standard, chapter 3.9).
constexpr std::size_t utf8_length(std::string_view text, std::size_t i) noexcept {
  const auto in = [&](std::size_t k, unsigned low, unsigned high) {
    const unsigned b = byte_at(text, i + k);
    return low <= b && b <= high;
  };
  const unsigned lead = byte_at(text, i);
  if (lead < 0x80) return 1;
  if (0xC2 <= lead && lead <= 0xDF) return in(1, 0x80, 0xBF) ? 2 : 0;
  if (0xE0 <= lead && lead <= 0xEF)
    return in(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && in(2, 0x80, 0xBF) ? 3 : 0;
  if (0xF0 <= lead && lead <= 0xF4)
    return in(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && in(2, 0x80, 0xBF) && in(3, 0x80, 0xBF) ? 4
                                                                                                                   : 0;
  return 0;
}

// Whether a control character begins at i: C0, DEL or C1.
constexpr bool is_control(std::string_view text, std::size_t i) noexcept {
  const unsigned byte = byte_at(text, i), after = byte_at(text, i + 1);
  return byte < 0x20 || byte == 0x7F || (byte == 0xC2 && 0x80 <= after && after < 0xA0);
}

}  // namespace tallymark::detail
