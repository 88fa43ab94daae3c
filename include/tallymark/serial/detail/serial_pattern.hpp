// Patterns of serial numbers, read at compile time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/calendar/detail/calendar_field.hpp>
#include <tallymark/number/text.hpp>

namespace tallymark::detail {

enum class pattern_mistake : std::uint8_t {
  none,
  bad_text,
  unclosed,
  stray_brace,
  no_name,
  bad_width,
  narrow_width,
  wide_counter,
  bad_alphabet,
  no_counter,
  second_counter,
  second_check,
  unknown_check,
  unknown_checked,
  week_without_iso_year,
  mixed_years,
};

enum class piece_kind : std::uint8_t { literal, counter, calendar, member, check };

// The checks that patterns know by name.
enum class named_check : std::uint8_t {
  none,
  luhn,
  damm,
  verhoeff,
  gs1_mod10,
  gs1_pair,
  mod11_2,
  mod37_2,
  mod97_10,
  mod11_10,
  mod37_36,
  code39,
};
inline constexpr std::array<std::string_view, 11> check_names{"luhn",     "damm",     "verhoeff", "gs1_mod10",
                                                              "gs1_pair", "mod11_2",  "mod37_2",  "mod97_10",
                                                              "mod11_10", "mod37_36", "code39"};

constexpr named_check check_named(std::string_view name) {
  const auto* found = std::find(check_names.begin(), check_names.end(), name);
  return found == check_names.end() ? named_check::none : static_cast<named_check>(found - check_names.begin() + 1);
}

// The characters that a check can be made of.
constexpr std::string_view characters_of(named_check check) {
  constexpr std::string_view all = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
  switch (check) {
    case named_check::none: return {};
    case named_check::gs1_pair: return "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    case named_check::mod11_2: return "0123456789X";
    case named_check::mod37_2: return all;
    case named_check::mod37_36: return all.substr(0, 36);
    case named_check::code39: return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
    default: return all.substr(0, 10);
  }
}

// A stretch of the pattern: text as it stands, or a field.
struct serial_piece {
  piece_kind kind = piece_kind::literal;
  std::size_t at = 0;  // the text, or the name
  std::size_t length = 0;
  std::size_t end = 0;     // after its closing brace
  std::size_t width = 0;   // symbols that it has, 0 if they are free
  bool grows = false;      // more symbols than `width` when it needs them
  calendar_field field{};  // of calendar
  bool checked = false;    // the check is over this
};

// The pieces of a pattern of N bytes, or what is wrong with it and where.
template <std::size_t N>
struct parsed_serial_pattern {
  std::array<serial_piece, N + 1> pieces{};
  std::size_t count = 0;
  std::array<char, 96> symbols{};  // of the counter
  std::size_t base = 0;
  named_check check{};
  pattern_mistake error{};
  std::size_t wrong_at = 0, wrong_length = 0;  // a name that is unknown

  constexpr explicit parsed_serial_pattern(std::string_view text) {
    if (text.empty() || trimmed(text) != text || !check_text(text, text.size())) refuse(pattern_mistake::bad_text);
    for (std::size_t at = 0; at < text.size() && error == none;) at = read(text, at);
    if (error == none && base == 0) refuse(pattern_mistake::no_counter);
    if (error == none) look_at_years();
    if (error == none) mark_checked(text);
  }

  [[nodiscard]] constexpr bool has(piece_kind kind) const {
    return std::any_of(pieces.begin(), pieces.begin() + count, [&](const auto& one) { return one.kind == kind; });
  }

 private:
  static constexpr auto none = pattern_mistake::none;

  constexpr std::size_t read(std::string_view text, std::size_t at) {
    const std::size_t brace = std::min(text.find_first_of("{}", at), text.size());
    if (brace > at) return add_literal(at, brace - at, brace);
    if (at + 1 < text.size() && text[at + 1] == text[at]) return add_literal(at, 1, at + 2);
    if (text[at] == '}') return refuse(pattern_mistake::stray_brace);
    const std::size_t close = text.find_first_of("{}", at + 1);
    if (close == text.npos || text[close] == '{') return refuse(pattern_mistake::unclosed);
    read_field(text, at + 1, close);
    return close + 1;
  }

  constexpr std::size_t add_literal(std::size_t at, std::size_t length, std::size_t end) {
    pieces[count++] = {.kind = piece_kind::literal, .at = at, .length = length, .end = end, .width = length};
    return end;
  }

  constexpr void read_field(std::string_view text, std::size_t at, std::size_t close) {
    const std::string_view inner = text.substr(at, close - at);
    const std::size_t colon = std::min(inner.find(':'), inner.size());
    const std::string_view name = inner.substr(0, colon);
    const std::string_view format = colon < inner.size() ? inner.substr(colon + 1) : std::string_view{};
    serial_piece piece{.kind = piece_kind::member, .at = at, .length = colon, .end = close + 1};
    piece.field = calendar_field_named(name);
    if (name.empty()) {
      refuse(pattern_mistake::no_name);
    } else if (name == "counter") {
      piece.kind = piece_kind::counter;
      read_counter(piece, format, at + colon + 1);
    } else if (name == "check") {
      piece.kind = piece_kind::check;
      read_check(format, at + colon + 1);
    } else {
      if (piece.field != calendar_field::none) piece.kind = piece_kind::calendar;
      const std::string_view rest = read_width(piece, format);
      if (colon < inner.size() && (piece.width == 0 || !rest.empty())) refuse(pattern_mistake::bad_width);
      if (piece.kind == piece_kind::calendar) {
        const std::size_t digits = info_of(piece.field).digits;
        if (piece.width != 0 && piece.width < digits) refuse(pattern_mistake::narrow_width);
        if (info_of(piece.field).fixed && piece.width == 0) piece.width = digits;
      }
    }
    pieces[count++] = piece;
  }

  // `06`: a zero and a width. What follows.
  constexpr std::string_view read_width(serial_piece& piece, std::string_view format) {
    std::size_t digits = 0;
    while (digits < format.size() && '0' <= format[digits] && format[digits] <= '9') ++digits;
    const bool fits = digits >= 2 && digits <= 4 && format[0] == '0';
    for (std::size_t i = 0; fits && i < digits; ++i)
      piece.width = piece.width * 10 + static_cast<std::size_t>(format[i] - '0');
    if ((digits > 0 && piece.width == 0) || piece.width > max_text) refuse(pattern_mistake::bad_width);
    return format.substr(digits);
  }

  // `06`, `06+`, `06/16`, `06+[0-9A-F]`
  constexpr void read_counter(serial_piece& piece, std::string_view format, std::size_t at) {
    if (base != 0) return static_cast<void>(refuse(pattern_mistake::second_counter));
    std::string_view rest = read_width(piece, format);
    piece.grows = piece.width == 0;
    if (!rest.empty() && rest[0] == '+' && piece.width > 0) {
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
      refuse(pattern_mistake::bad_width, at, format.size());
    if (error == none && base < 2) refuse(pattern_mistake::bad_alphabet);
    if (piece.width > 64) refuse(pattern_mistake::wide_counter);
  }

  constexpr void read_base(std::string_view digits) {
    std::size_t wanted = 0;
    for (const char c : digits)
      wanted = '0' <= c && c <= '9' && wanted < 100 ? wanted * 10 + static_cast<std::size_t>(c - '0') : 1000;
    if (wanted < 2 || wanted > 36) return static_cast<void>(refuse(pattern_mistake::bad_alphabet));
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
    if (first > last) refuse(pattern_mistake::bad_alphabet);
    for (int c = first; c <= last; ++c) {
      const char symbol = static_cast<char>(c);
      const bool known = std::find(symbols.begin(), symbols.begin() + base, symbol) != symbols.begin() + base;
      if (known || symbol < '!' || '~' < symbol) return static_cast<void>(refuse(pattern_mistake::bad_alphabet));
      symbols[base++] = symbol;
    }
  }

  // `luhn`, `luhn(counter)`, `luhn(year,counter)`; what stands in the brackets is looked for when all is read
  constexpr void read_check(std::string_view format, std::size_t at) {
    if (check != named_check::none) return static_cast<void>(refuse(pattern_mistake::second_check));
    const std::size_t open = std::min(format.find('('), format.size());
    check = check_named(format.substr(0, open));
    if (check == named_check::none) refuse(pattern_mistake::unknown_check, at, open);
    if (open == format.size()) return;
    if (format.back() != ')') return static_cast<void>(refuse(pattern_mistake::unclosed));
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
        serial_piece& one = pieces[i];
        if (one.kind == piece_kind::literal || one.kind == piece_kind::check) continue;
        if (text.substr(one.at, one.length) != text.substr(at, comma - at)) continue;
        one.checked = found = true;
      }
      if (!found) return static_cast<void>(refuse(pattern_mistake::unknown_checked, at, comma - at));
      at = comma + 1;
    }
  }

  constexpr void look_at_years() {
    const auto names = [&](calendar_field field) {
      return std::any_of(pieces.begin(), pieces.begin() + count, [&](const auto& one) { return one.field == field; });
    };
    using enum calendar_field;
    const bool calendar = names(year) || names(yy) || names(y), iso = names(iso_year) || names(iso_yy) || names(iso_y);
    if (names(iso_week) && !iso) refuse(pattern_mistake::week_without_iso_year);
    if (iso && !calendar && (names(month) || names(day) || names(day_of_year))) refuse(pattern_mistake::mixed_years);
  }

  constexpr std::size_t refuse(pattern_mistake why, std::size_t at = 0, std::size_t length = 0) {
    if (error == none) {
      error = why;
      wrong_at = at;
      wrong_length = length;
    }
    return max_text;
  }

  std::size_t over_at_ = 0, over_length_ = 0;
};

}  // namespace tallymark::detail
