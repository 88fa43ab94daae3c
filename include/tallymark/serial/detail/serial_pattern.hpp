// Reads a pattern of serial numbers at compile time: the counter and the check, and the common fields.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/pattern/detail/calendar_field.hpp>
#include <tallymark/pattern/detail/pattern_parser.hpp>
#include <tallymark/serial/detail/named_check.hpp>

namespace tallymark::detail {

// The pieces of a pattern of N bytes, or its first mistake and the position of that.
template <std::size_t N>
struct parsed_serial_pattern : parsed_pattern<N> {
  using parsed_pattern<N>::pieces;
  using parsed_pattern<N>::count;
  using parsed_pattern<N>::error;
  std::array<char, 96> symbols{};  // of the counter
  std::size_t base = 0;
  named_check check{};

  constexpr explicit parsed_serial_pattern(std::string_view text) {
    if (text.empty() || trimmed(text) != text || !validate_text(text, text.size())) refuse(pattern_mistake::bad_text);
    this->read_pieces(text, 0, [this](pattern_piece& piece, std::string_view name, std::string_view from_colon) {
      read_field(piece, name, from_colon);
    });
    if (base == 0) refuse(pattern_mistake::no_counter);
    if (error == pattern_mistake::none) mark_checked(text);
  }

 private:
  using parsed_pattern<N>::refuse;

  constexpr void read_field(pattern_piece& piece, std::string_view name, std::string_view from_colon) {
    const std::string_view format = from_colon.substr(from_colon.empty() ? 0 : 1);
    const std::size_t format_at = piece.at + name.size() + 1;
    if (name == "counter") {
      piece.kind = piece_kind::counter;
      read_counter(piece, format);
    } else if (name == "check") {
      piece.kind = piece_kind::check;
      read_check(format, format_at);
    } else {
      const calendar_field field = calendar_field_named(name);
      if (field != calendar_field::none && field != calendar_field::date) {
        piece.kind = piece_kind::calendar;
        piece.field = field;
      }
      this->read_width(piece, from_colon);
    }
  }

  // `06`, `06+`, `06/16`, `06+[0-9A-F]`
  constexpr void read_counter(pattern_piece& piece, std::string_view format) {
    if (base != 0) return refuse(pattern_mistake::second_counter);
    const pattern_width read = read_pattern_width(format);
    std::string_view rest = format.substr(read.length);
    piece.width = read.width;
    piece.grows = piece.width == 0;
    if (read.length > 0 && read.width == 0) refuse(pattern_mistake::bad_width);
    if (rest.starts_with('+') && piece.width > 0) {
      piece.grows = true;
      rest.remove_prefix(1);
    }
    if (rest.empty())
      add_symbols('0', '9');
    else if (rest[0] == '/')
      read_base(rest.substr(1));
    else if (rest.size() > 2 && rest[0] == '[' && rest.back() == ']')
      read_alphabet(rest.substr(1, rest.size() - 2));
    else
      refuse(pattern_mistake::bad_width);
    if (base < 2) refuse(pattern_mistake::bad_alphabet);
    if (piece.width > 64) refuse(pattern_mistake::wide_counter);
  }

  constexpr void read_base(std::string_view digits) {
    std::size_t wanted = 0;
    for (const char c : digits) wanted = is_digit(c) && wanted < 100 ? wanted * 10 + digit_value(c) : 1000;
    if (wanted < 2 || wanted > 36) return refuse(pattern_mistake::bad_alphabet);
    add_symbols('0', static_cast<char>('0' + std::min<std::size_t>(wanted, 10) - 1));
    if (wanted > 10) add_symbols('A', static_cast<char>('A' + (wanted - 11)));
  }

  constexpr void read_alphabet(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool range = i + 2 < text.size() && text[i + 1] == '-';
      add_symbols(text[i], range ? text[i + 2] : text[i]);
      if (range) i += 2;
    }
  }

  constexpr void add_symbols(char first, char last) {
    if (first > last) return refuse(pattern_mistake::bad_alphabet);
    for (int c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c) {
      const char symbol = static_cast<char>(c);
      const bool known = std::find(symbols.begin(), symbols.begin() + base, symbol) != symbols.begin() + base;
      if (known || symbol < '!' || '~' < symbol) return refuse(pattern_mistake::bad_alphabet);
      symbols[base++] = symbol;
    }
  }

  // `luhn`, `luhn(counter)`, `luhn(year,counter)`; the names in the brackets are looked up after the whole pattern has
  // been read
  constexpr void read_check(std::string_view format, std::size_t at) {
    if (check != named_check::none) return refuse(pattern_mistake::second_check);
    const std::size_t open = std::min(format.find('('), format.size());
    check = check_named(format.substr(0, open));
    if (check == named_check::none) refuse(pattern_mistake::unknown_check, at, open);
    if (open == format.size()) return;
    if (format.back() != ')') return refuse(pattern_mistake::unclosed);
    over_at_ = at + open + 1;
    over_length_ = format.size() - open - 2;
  }

  constexpr void mark_checked(std::string_view text) {
    if (check == named_check::none) return;
    if (over_at_ == 0) {
      for (std::size_t i = 0; i < count; ++i) pieces[i].checked = pieces[i].kind != piece_kind::check;
      return;
    }
    for (std::size_t at = over_at_, end = over_at_ + over_length_; at <= end;) {
      const std::size_t comma = std::min(text.find(',', at), end);
      bool found = false;
      for (std::size_t i = 0; i < count; ++i) {
        pattern_piece& element = pieces[i];
        if (element.kind == piece_kind::literal || element.kind == piece_kind::check) continue;
        if (text.substr(element.at, element.length) != text.substr(at, comma - at)) continue;
        element.checked = found = true;
      }
      if (!found) return refuse(pattern_mistake::unknown_checked, at, comma - at);
      at = comma + 1;
    }
  }

  std::size_t over_at_ = 0, over_length_ = 0;
};

// The pattern, read only once for the messages and for the shape.
template <fixed_string Pattern>
inline constexpr parsed_serial_pattern<Pattern.size()> parsed_serial{Pattern.view()};

}  // namespace tallymark::detail
