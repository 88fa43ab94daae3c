// The rule for every text that names something: serial numbers, batch codes, keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/error.hpp>

namespace tallymark {

/// The most bytes that a serial number or batch code has by default.
inline constexpr std::size_t max_text = 100;

/// `text` without the blanks (space, tab, line ends) at both ends. O(blanks).
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(blanks);
  return first == text.npos ? std::string_view{} : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

namespace detail {

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
    return in(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && in(2, 0x80, 0xBF) && in(3, 0x80, 0xBF) ? 4 : 0;
  return 0;
}

}  // namespace detail

/// Checks a text that has no blanks at its ends: 1 to `limit` bytes of valid UTF-8 without control characters (C0, DEL, C1).
/// Errors: empty_text, text_too_long (at the first byte too many), not_utf8, control_character. O(limit).
[[nodiscard]] constexpr result<void> check_text(std::string_view text, std::size_t limit = max_text) {
  if (text.empty()) return fail(errc::empty_text);
  if (text.size() > limit) return fail(errc::text_too_long, limit, text.size() - limit);
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = detail::utf8_length(text, i);
    if (length == 0) return fail(errc::not_utf8, i, 1);
    const unsigned byte = detail::byte_at(text, i);
    const bool c1 = byte == 0xC2 && detail::byte_at(text, i + 1) < 0xA0;
    if (byte < 0x20 || byte == 0x7F || c1) return fail(errc::control_character, i, length);
    i += length;
  }
  return {};
}

}  // namespace tallymark
