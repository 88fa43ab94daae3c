// Counters written in the symbols of any alphabet, with a fixed prefix before them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/detail/symbols.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/detail/decimal.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/number/text.hpp>

namespace tallymark::detail {

// Whether this can be the prefix of serial numbers: a text that loses nothing at its beginning when blanks are dropped.
constexpr bool is_prefix(std::string_view text) {
  return text.empty() || (text.front() != ' ' && validate_text(text, text.size()));
}

/// Base N for N symbols, of which the first is zero. Width 0: no leading zeros. Otherwise: exactly Width symbols. The
/// greatest value is Limit, or the greatest one of the width if that is less.
template <fixed_string Symbols, unsigned Width, std::uint64_t Limit = max_ordinal>
class counter {
  static constexpr std::uint64_t base = std::max<std::size_t>(Symbols.size(), 2);

  // the greatest value of this number of symbols
  static constexpr std::uint64_t most(unsigned symbols) {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < symbols; ++i) {
      if (value > (Limit - std::min(base - 1, Limit)) / base) return Limit;
      value = value * base + (base - 1);
    }
    return std::min(value, Limit);
  }

  static constexpr unsigned length_of(std::uint64_t value) {
    unsigned symbols = 1;
    while ((value /= base) > 0) ++symbols;
    return symbols;
  }

  static constexpr unsigned safe_length() {
    unsigned symbols = 0;
    for (std::uint64_t value = 0; base - 1 <= last && value < last && value <= (last - (base - 1)) / base; ++symbols)
      value = value * base + (base - 1);
    return symbols;
  }

 public:
  /// The greatest value.
  static constexpr std::uint64_t last = Width == 0 ? Limit : most(Width);

  /// The number of symbols of the greatest value.
  static constexpr unsigned longest = Width == 0 ? length_of(Limit) : Width;

  /// Reads the counter that begins at `at` and ends with the text. Errors: not_a_serial at the first byte that is not a
  /// symbol, at leading zeros, or where the counter is missing; wrong_width; too_large.
  [[nodiscard]] static constexpr result<std::uint64_t> parse(std::string_view text, std::size_t at) {
    const std::size_t symbols = text.size() - at;
    if constexpr (is_decimal)  // the fast path: digits, all valid
      if (Width > 0 ? symbols == Width : 0 < symbols && (text[at] != zero || symbols == 1))
        if (const auto digits = read_digits_at_end(text.substr(at)); digits.count == symbols && symbols <= always_fit)
          return digits.value;
    std::uint64_t value = 0;
    bool fits = true;
    for (std::size_t i = at; i < text.size(); ++i) {
      const std::uint64_t digit = values[static_cast<unsigned char>(text[i])];
      if (digit == no_symbol) return fail(errc::not_a_serial, i, 1);
      if (i - at >= always_fit) fits = fits && digit <= last && value <= (last - digit) / base;
      value = value * base + digit;
    }
    if (Width > 0 && symbols != Width) return fail(errc::wrong_width, at, symbols);
    if (symbols == 0) return fail(errc::not_a_serial, at, 0);
    if (Width == 0 && symbols > 1 && text[at] == zero)
      return fail(errc::not_a_serial, at, std::min(text.find_first_not_of(zero, at), text.size() - 1) - at);
    if (!fits) return fail(errc::too_large, at, symbols);
    return value;
  }

  /// Appends the symbols of a value. Precondition: value <= last.
  static constexpr void format(std::string& out, std::uint64_t value) {
    char symbols[64];
    char* begin = symbols + sizeof symbols;
    do *--begin = Symbols.value[value % base];
    while ((value /= base) != 0);
    const auto length = static_cast<std::size_t>(symbols + sizeof symbols - begin);
    if (length < Width) out.append(Width - length, zero);
    out.append(begin, length);
  }

  /// The layout of the counter after a prefix.
  [[nodiscard]] static constexpr serial_layout layout(std::string_view prefix) {
    return {.prefix = prefix, .symbols = Symbols.view(), .width = Width, .suffix = {}};
  }

 private:
  static constexpr char zero = Symbols.value[0];
  static constexpr bool is_decimal = Symbols.view() == "0123456789";
  static constexpr auto values = values_of(Symbols.view());
  static constexpr unsigned always_fit = safe_length();  // this number of symbols never exceeds `last`
};

/// Where the counter begins, or not_a_serial over the bytes in place of the prefix.
template <fixed_string Prefix>
[[nodiscard]] constexpr result<std::size_t> skip_prefix(std::string_view text) {
  if (!text.starts_with(Prefix.view())) return fail(errc::not_a_serial, 0, std::min(Prefix.size(), text.size()));
  return Prefix.size();
}

}  // namespace tallymark::detail
