// Suffixes that number the pieces of a split batch.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/fixed_string.hpp>

namespace tallymark {

/// Split numbers of a fixed number of symbols: `000` for an unsplit batch, then `001` and so on for its pieces, counted
/// in the order of the symbols. Three alphanumeric characters are the split number of the Single European Code for
/// tissues and cells (Directive 2006/86/EC, Annex VII).
template <std::size_t Length = 3, fixed_string Symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ">
struct split_suffix {
 private:
  static constexpr std::string_view symbols = Symbols.view();
  static constexpr bool good_length = 1 <= Length && Length <= 8;
  static constexpr bool good_symbols = [] {
    if (symbols.size() < 2 || symbols.size() > 64) return false;
    for (std::size_t i = 0; i < symbols.size(); ++i)
      if (symbols[i] <= ' ' || '~' < symbols[i] || symbols.find(symbols[i], i + 1) != symbols.npos) return false;
    return true;
  }();

 public:
  /// The number of symbols.
  static constexpr std::size_t length = Length;

  /// The largest piece number: 46,655 with three letters and digits.
  static constexpr std::uint64_t capacity = [] {
    std::uint64_t numbers = 1;
    for (std::size_t i = 0; i < Length && good_length && good_symbols; ++i) numbers *= symbols.size();
    return numbers - 1;
  }();

  /// The number of a piece, 0 if it was never split. Errors: not_a_batch, at the first byte that is not a symbol, or at
  /// the end of a text that is too short; text_too_long. O(length).
  [[nodiscard]] static constexpr result<std::uint64_t> parse(std::string_view text) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < Length; ++i) {
      if (i == text.size()) return fail(errc::not_a_batch, i);
      const std::size_t symbol = symbols.find(text[i]);
      if (symbol == symbols.npos) return fail(errc::not_a_batch, i, 1);
      number = number * symbols.size() + symbol;
    }
    if (text.size() > Length) return fail(errc::text_too_long, Length, text.size() - Length);
    return number;
  }

  /// Appends the suffix of a piece. Errors: sequence_exhausted beyond the capacity. O(length).
  [[nodiscard]] static constexpr result<void> append(std::string& out, std::uint64_t number) {
    char text[Length];
    if (const auto written = put(text, number); !written) return written;
    out.append(text, Length);
    return {};
  }

  /// Writes the suffix of a piece to exactly `length` bytes. Errors: sequence_exhausted beyond the capacity. O(length).
  [[nodiscard]] static constexpr result<void> put(char* out, std::uint64_t number) {
    if (number > capacity) return fail(errc::sequence_exhausted);
    for (std::size_t i = Length; i > 0; --i, number /= symbols.size()) out[i - 1] = symbols[number % symbols.size()];
    return {};
  }

 private:
  static_assert(good_length, "tallymark::split_suffix: a suffix has 1 to 8 symbols. Write split_suffix<3>");
  static_assert(good_symbols,
                "tallymark::split_suffix: the symbols are 2 to 64 different characters of printable ASCII without the "
                "blank. Leave them out for digits and letters, or write \"0123456789\"");
};

}  // namespace tallymark
