// Reads the common texts of one family in a few instructions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <tallymark/ext/detail/words.hpp>
#include <tallymark/number/detail/decimal.hpp>

namespace tallymark::detail {

/// What the first digit of a counter must be.
enum class first_digit : std::uint8_t { any, zero, not_zero_unless_alone };

/// Reads texts of 8 to 16 bytes, or to 24 with at most 18 digits, that are a prefix of at most 7 bytes and decimal digits:
/// `width` of them, or any number of them if that is 0. Its answers are right, but it does not recognise all texts of its
/// family.
///
/// The first and the last eight bytes are each compared as one word: the bytes of the prefix must be equal, and the
/// upper half of every other byte must be that of a digit, even after 6 is added.
class family_reader {
 public:
  /// Recognises no text.
  constexpr family_reader() = default;
  constexpr family_reader(std::string_view prefix, std::size_t width, first_digit rule, std::size_t longest = 16) {
    if (prefix.size() > 7 || width > 16) return;
    fixed_ = prefix.size();
    width_ = width;
    longest_ = longest;
    not_zero_ = rule == first_digit::not_zero_unless_alone;
    for (std::size_t i = 0; i < 8; ++i) {
      const bool is_digit = i > fixed_ || (i == fixed_ && rule != first_digit::zero);
      const auto byte = [i](unsigned value) { return std::uint64_t{value} << (8 * i); };
      expected_ |= byte(i < fixed_ ? static_cast<unsigned char>(prefix[i]) : '0');
      six_ |= byte(is_digit ? 0x06 : 0);
      must_be_zero_ |= byte(is_digit ? 0xF0 : 0xFF);
    }
  }

  /// The ordinal of a text, if it is known to be of the family.
  // Whether it is inlined must not depend on how many callers there are: it is half of the time of a claim or a lookup.
  [[nodiscard, gnu::always_inline]] constexpr std::optional<std::uint64_t> operator()(
      std::string_view text) const noexcept {
    const std::size_t digits = text.size() - fixed_;
    if (text.size() - 8 > 8) return text.size() - 8 > longest_ - 8 ? std::nullopt : longer(text);
    if (width_ != 0 ? digits != width_ : digits > 16) return std::nullopt;
    const std::uint64_t head = load_word(text.data()) ^ expected_;
    std::uint64_t tail = load_word(text.data() + text.size() - 8) ^ eight_of('0');
    if (digits < 8) tail &= ~std::uint64_t{0} << (64 - 8 * digits);  // without what is before the digits
    const std::uint64_t wrong =
        (((head + six_) | head) & must_be_zero_) | (((tail + eight_of(0x06)) | tail) & eight_of(0xF0));
    if (wrong != 0) return std::nullopt;
    if (not_zero_ && digits > 1 && (head >> (8 * fixed_) & 0xFF) == 0) return std::nullopt;
    const std::uint64_t low = value_of_word(tail);
    if (digits <= 8) return low;
    const std::uint64_t before = head << (8 * (16 - text.size()));
    return low + (digits == 9 ? before >> 56 : value_of_word(before)) * 100'000'000;
  }

 private:
  // The same for 17 to 24 bytes: three words.
  [[nodiscard, gnu::noinline]] constexpr std::optional<std::uint64_t> longer(std::string_view text) const noexcept {
    const std::size_t digits = text.size() - fixed_;
    if (width_ != 0 ? digits != width_ : digits > 18) return std::nullopt;
    const std::uint64_t head = load_word(text.data()) ^ expected_;
    std::uint64_t middle = load_word(text.data() + text.size() - 16) ^ eight_of('0');
    const std::uint64_t tail = load_word(text.data() + text.size() - 8) ^ eight_of('0');
    if (digits < 16) middle &= ~std::uint64_t{0} << (64 - 8 * (digits - 8));
    const std::uint64_t wrong =
        (((head + six_) | head) & must_be_zero_) |
        (((middle + eight_of(0x06)) | middle | (tail + eight_of(0x06)) | tail) & eight_of(0xF0));
    if (wrong != 0) return std::nullopt;
    if (not_zero_ && (head >> (8 * fixed_) & 0xFF) == 0) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t at = fixed_; at + 16 < text.size(); ++at) value = value * 10 + (head >> (8 * at) & 0xFF);
    return (value * 100'000'000 + value_of_word(middle)) * 100'000'000 + value_of_word(tail);
  }

  std::uint64_t expected_ = 0, six_ = 0, must_be_zero_ = 0;  // of the first eight bytes
  std::size_t fixed_ = 0, width_ = 255, longest_ = 16;       // the default width is longer than any text
  bool not_zero_ = false;
};

}  // namespace tallymark::detail
