#include "csv_writer.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <csv.h>

namespace tallymark::tool {

namespace {

constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }

// digits, optionally followed by a point and more digits
bool is_number(std::string_view text) {
  const auto skip_digits = [&] {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const bool any = end != text.begin();
    text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    return any;
  };
  if (!skip_digits()) return false;
  if (!text.starts_with('.')) return text.empty();
  text.remove_prefix(1);
  return skip_digits() && text.empty();
}

// a formula, or one with apostrophes in front
bool is_escapable(std::string_view text) {
  return is_formula(text.substr(std::min(text.find_first_not_of('\''), text.size())));
}

}  // namespace

bool is_formula(std::string_view cell) {
  const std::size_t at = std::min(cell.find_first_not_of(' '), cell.size());
  switch (at < cell.size() ? cell[at] : 'a') {
    case '=':
    case '@':
    case '\t':
    case '\r':
    case '\n': return true;
    case '+':
    case '-': return !is_number(cell.substr(at + 1));
    default: return false;
  }
}

void append_cell(std::string& out, std::string_view text) {
  const bool escaped = is_escapable(text);
  const bool blank_end = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!blank_end && text.find_first_of("\",;\t\r\n") == text.npos) {
    if (escaped) out += '\'';
    out.append(text);
    return;
  }
  const std::size_t begin = out.size();
  out.resize(begin + 2 * text.size() + 2);
  out.resize(begin + csv_write(out.data() + begin, out.size() - begin, text.data(), text.size()));
  if (escaped) out.insert(begin + 1, 1, '\'');
}

void append_row(std::string& out, std::span<const std::string_view> cells) {
  for (bool first = true; const std::string_view cell : cells) {
    if (!std::exchange(first, false)) out += ',';
    append_cell(out, cell);
  }
  out += '\n';
}

std::string_view cell_text(std::string_view cell) {
  return cell.starts_with('\'') && is_escapable(cell) ? cell.substr(1) : cell;
}

}  // namespace tallymark::tool
