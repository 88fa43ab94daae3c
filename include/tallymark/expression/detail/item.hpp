// Finds the items of an expression and splits them. All parts are views into its text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include <tallymark/ext/detail/digits.hpp>

namespace tallymark::detail {

inline constexpr std::size_t nowhere = std::string_view::npos;

constexpr bool is_line_end(char c) noexcept { return c == '\n' || c == '\r'; }
constexpr bool is_blank(char c) noexcept { return c == ' ' || ('\t' <= c && c <= '\r'); }

// Without the blanks at both ends; unlike `trimmed` it keeps its position when nothing is left.
constexpr std::string_view stripped(std::string_view text) noexcept {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

constexpr bool is_quoted(std::string_view text) noexcept { return !text.empty() && text.front() == '"'; }

// One past the closing quote of the quoted text that begins at `open`. A line end closes nothing: the result is then
// `nowhere`.
constexpr std::size_t quote_end(std::string_view text, std::size_t open) noexcept {
  for (std::size_t at = open + 1; at < text.size() && !is_line_end(text[at]); ++at) {
    if (text[at] != '"') continue;
    if (at + 1 == text.size() || text[at + 1] != '"') return at + 1;
    ++at;
  }
  return nowhere;
}

struct scanned_item {
  std::string_view text;             // stripped
  std::size_t end = 0;               // position of the separator, or the end of the text
  std::size_t open_quote = nowhere;  // a quote that is never closed
};

// The item that begins at `begin`. A quote opens a quoted text where an operand can begin; elsewhere it is an ordinary
// character. An open quote ends with its line, so that errors after it are found too.
template <class Separates>
constexpr scanned_item scan_item(std::string_view text, std::size_t begin, const Separates& separates) {
  scanned_item found;
  bool operand = true;
  std::size_t at = begin;
  while (at < text.size() && !separates(at)) {
    if (text[at] == '"' && operand) {
      const std::size_t end = quote_end(text, at);
      if (end == nowhere) {
        found.open_quote = at;
        while (at < text.size() && !is_line_end(text[at])) ++at;
        break;
      }
      at = end;
      operand = false;
      continue;
    }
    if (!is_blank(text[at])) operand = text[at] == '-' || text[at] == '+';
    ++at;
  }
  found.text = stripped(text.substr(begin, at - begin));
  found.end = at;
  return found;
}

// `left sign right`; the sign is 0 if there is only a left side. After a quoted left side it may be any character.
struct operation {
  std::string_view left{};
  char sign = 0;
  std::string_view right{};
};

constexpr operation split_at(std::string_view item, std::size_t at) noexcept {
  if (at >= item.size()) return {item};
  return {stripped(item.substr(0, at)), item[at], stripped(item.substr(at + 1))};
}

// For an item that begins with a quoted text.
constexpr operation split_after_quote(std::string_view item) noexcept {
  std::size_t at = quote_end(item, 0);
  while (at < item.size() && is_blank(item[at])) ++at;
  return split_at(item, at);
}

// A count of decimal digits, with single underscores between them if the dialect allows it. Saturates at 2^64 - 1.
constexpr std::optional<std::uint64_t> read_count(std::string_view text, bool underscores) noexcept {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t n = 0;
  bool after_digit = false;
  for (const char c : text) {
    if (is_digit(c)) {
      const std::uint64_t digit = digit_value(c);
      n = n > (most - digit) / 10 ? most : n * 10 + digit;
      after_digit = true;
    } else if (c == '_' && underscores && after_digit) {
      after_digit = false;
    } else {
      return std::nullopt;
    }
  }
  return after_digit ? std::optional(n) : std::nullopt;
}

}  // namespace tallymark::detail
