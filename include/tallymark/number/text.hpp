// The rule for every text that names something: serial numbers, batch codes, keys.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/detail/utf8.hpp>
#include <tallymark/ext/detail/words.hpp>

namespace tallymark {

/// The greatest length of a serial number or batch code in bytes, by default.
inline constexpr std::size_t max_text = 100;

namespace detail {

constexpr std::string_view without_blanks(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(blanks);
  return first == text.npos ? std::string_view{} : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

[[nodiscard]] constexpr result<void> check_bytes(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (length == 0) return fail(errc::not_utf8, i, 1);
    if (is_control(text, i)) return fail(errc::control_character, i, length);
    i += length;
  }
  return {};
}

}  // namespace detail

/// `text` without the blanks (space, tab, line ends, vertical tab, form feed) at both ends. O(blanks).
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
  const auto may_be_blank = [](char c) { return '\0' <= c && c <= ' '; };
  if (!text.empty() && !may_be_blank(text.front()) && !may_be_blank(text.back())) return text;  // the usual case
  return detail::without_blanks(text);
}

/// Checks a text that has no blanks at its ends: 1 to `limit` bytes of valid UTF-8 without control characters (C0,
/// DEL, C1). Errors: empty_text, text_too_long (at the first byte too many), not_utf8, control_character. O(limit).
[[nodiscard]] constexpr result<void> validate_text(std::string_view text, std::size_t limit = max_text) {
  if (text.empty()) return fail(errc::empty_text);
  if (text.size() > limit) return fail(errc::text_too_long, limit, text.size() - limit);
  if (detail::is_plain(text)) return {};  // the usual case
  return detail::check_bytes(text);
}

}  // namespace tallymark
