// GTIN, SSCC and GLN: identification keys with their check digit verified.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/gs1/character_set.hpp>

namespace tallymark::gs1 {

/// A GS1 identification key: `Digits` digits, the last of which is the check digit (mod 10). Texts of the `Shorter`
/// lengths are read too, and kept with leading zeros. A default-constructed key is all zeros and means "no key".
/// Source: GS1 General Specifications.
template <std::size_t Digits, std::size_t... Shorter>
class key {
  static_assert(Digits <= 19, "the digits must fit 64 bits");

 public:
  constexpr key() { text_.fill('0'); }

  /// Reads a key. Errors: empty_text; wrong_character at the first that is not a digit; wrong_width over all of it;
  /// wrong_check at the last digit, with the expected one. O(digits).
  [[nodiscard]] static constexpr result<key> parse(std::string_view text) {
    if (text.empty()) return fail(errc::empty_text);
    if (const auto at = cset_numeric.find_other(text); at != text.npos) return fail(errc::wrong_character, at, 1);
    if (text.size() != Digits && ((text.size() != Shorter) && ...)) return fail(errc::wrong_width, 0, text.size());
    if (const auto checked = verify(gs1_mod10{}, text); !checked) return unexpected<failure>(checked.error());
    return key(text);
  }

  /// Makes a key from its digits without the check digit. Errors: those of parse except wrong_check. O(digits).
  [[nodiscard]] static constexpr result<key> make(std::string_view payload) {
    if (payload.empty()) return fail(errc::empty_text);
    if (const auto at = cset_numeric.find_other(payload); at != payload.npos) return fail(errc::wrong_character, at, 1);
    if (payload.size() + 1 != Digits && ((payload.size() + 1 != Shorter) && ...))
      return fail(errc::wrong_width, 0, payload.size());
    key completed;
    std::copy(payload.begin(), payload.end(), completed.text_.end() - 1 - static_cast<std::ptrdiff_t>(payload.size()));
    const auto check = gs1_mod10{}(payload);
    if (!check) return unexpected<failure>(check.error());
    completed.text_.back() = (*check).characters[0];
    return completed;
  }

  /// All digits.
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {text_.data(), Digits}; }

  /// The digits as a number. O(digits).
  [[nodiscard]] constexpr std::uint64_t number() const noexcept { return tallymark::detail::number_of_digits(view()); }

  friend constexpr bool operator==(const key&, const key&) = default;
  friend constexpr auto operator<=>(const key& a, const key& b) { return a.view() <=> b.view(); }

  /// For hash tables that look for this function, such as those of a registry. O(digits).
  friend constexpr std::size_t hash_value(const key& value) noexcept {
    return static_cast<std::size_t>(value.number());
  }

 private:
  constexpr explicit key(std::string_view text) : key() {
    std::copy(text.begin(), text.end(), text_.end() - static_cast<std::ptrdiff_t>(text.size()));
  }

  std::array<char, Digits> text_;
};

/// Global Trade Item Number: GTIN-8, GTIN-12, GTIN-13 and GTIN-14 are read, and kept as 14 digits.
using gtin = key<14, 13, 12, 8>;

/// Serial Shipping Container Code: 18 digits.
using sscc = key<18>;

/// Global Location Number: 13 digits.
using gln = key<13>;

}  // namespace tallymark::gs1
