// What a check is: characters made from a text, that tell when it was misread.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tallymark/error.hpp>

namespace tallymark {

/// Check characters: at most four.
struct check_characters {
  std::array<char, 4> characters{};
  std::uint8_t size = 0;

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {characters.data(), size}; }

  friend constexpr bool operator==(const check_characters&, const check_characters&) = default;
};

/// A check: a stateless value. `symbols` are the characters that it knows, in the order of their values; `length` is how many
/// check characters it makes, 1 to 4; a call makes them for a payload. Errors: not_checkable at the first character that is
/// no symbol, and not_a_serial where the payload cannot have a check.
template <class C>
concept check_policy = std::default_initializable<C> && requires(const C check, std::string_view payload) {
  { C::symbols } -> std::convertible_to<std::string_view>;
  { C::length } -> std::convertible_to<std::size_t>;
  { check(payload) } -> std::same_as<result<check_characters>>;
};

/// Checks a text that ends with its check characters. Errors: those of the check; check_missing; wrong_check over the check
/// characters, with the right ones. O(length).
template <check_policy Check>
[[nodiscard]] constexpr result<void> verify(const Check& check, std::string_view text) {
  if (text.size() < Check::length) return fail(errc::check_missing, text.size());
  const std::size_t payload = text.size() - Check::length;
  const auto right = check(text.substr(0, payload));
  if (!right) return unexpected<failure>(right.error());
  if ((*right).view() != text.substr(payload)) return fail(errc::wrong_check, payload, Check::length, (*right).view());
  return {};
}

}  // namespace tallymark
