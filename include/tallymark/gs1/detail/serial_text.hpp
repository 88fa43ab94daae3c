// The rule of AI 21 and AI 10: 1 to 20 characters of set 82.
#pragma once

#include <cstddef>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/gs1/character_set.hpp>

namespace tallymark::gs1::detail {

inline constexpr std::size_t longest_serial = 20;

/// Errors: empty_text; text_too_long over the bytes after the 20th; wrong_character at the first that is not of the
/// set.
[[nodiscard]] constexpr result<void> validate_serial_text(std::string_view text) {
  if (text.empty()) return fail(errc::empty_text);
  if (text.size() > longest_serial) return fail(errc::text_too_long, longest_serial, text.size() - longest_serial);
  if (const auto other = cset82.find_other(text); other != text.npos) return fail(errc::wrong_character, other, 1);
  return {};
}

}  // namespace tallymark::gs1::detail
