// What a check is: characters computed from a text, which show that it was misread.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
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

/// A check: a stateless value. `symbols` are the characters that a payload may have, in the order of their values;
/// `length` is the number of check characters, 1 to 4; a call computes them for a payload. Errors: not_checkable at the
/// first character that is not a symbol, and not_a_serial where the payload is too long or too short for the check.
///
/// | optional constant | meaning | if missing |
/// | --- | --- | --- |
/// | `position` | the byte of the text at which the check characters begin | after the payload |
/// | `payload` | the number of characters that every payload has | any number |
template <class C>
concept check_policy = std::default_initializable<C> && requires(const C check, std::string_view payload) {
  { C::symbols } -> std::convertible_to<std::string_view>;
  { C::length } -> std::convertible_to<std::size_t>;
  requires 1 <= C::length&& C::length <= 4;
  { check(payload) } -> std::same_as<result<check_characters>>;
};

/// A check that takes a payload symbol by symbol. Its state is a number below `states`, and `start` before the first
/// symbol. `step` takes the value of the next symbol, which is its index in `symbols`, and the number of payload
/// characters after it; `finish` returns the check characters. For payloads that differ only at their ends, the common
/// beginning is read once.
template <class C>
concept incremental_check =
    check_policy<C> && requires(const C check, unsigned state, unsigned value, std::size_t remaining) {
      { C::states } -> std::convertible_to<unsigned>;
      { C::start } -> std::convertible_to<unsigned>;
      { check.step(state, value, remaining) } -> std::same_as<unsigned>;
      { check.finish(state) } -> std::same_as<check_characters>;
    };

/// The byte at which the check characters begin in a text of `size` bytes. Precondition: size >= Check::length. O(1).
template <check_policy Check>
[[nodiscard]] constexpr std::size_t check_position(std::size_t size) noexcept {
  if constexpr (requires {
                  { Check::position } -> std::convertible_to<std::size_t>;
                })
    return std::min<std::size_t>(Check::position, size - Check::length);
  else
    return size - Check::length;
}

/// Compares the check characters in a text with those of its payload. Errors: those of the check, at their position in
/// the text; check_missing at the end of a text that is shorter than its check characters; wrong_check over the check
/// characters, with the right ones; text_too_long from byte 256 on, for a check with a `position`. O(length).
template <check_policy Check>
[[nodiscard]] constexpr result<void> verify(const Check& check, std::string_view text) {
  if (text.size() < Check::length) return fail(errc::check_missing, text.size());
  const std::size_t at = check_position<Check>(text.size());
  const auto compare = [&](const result<check_characters>& right) -> result<void> {
    if (!right) return unexpected<failure>(right.error());
    if ((*right).view() == text.substr(at, Check::length)) return {};
    return fail(errc::wrong_check, at, Check::length, (*right).view());
  };
  if constexpr (requires { Check::position; }) {
    std::array<char, 256> payload{};  // the text without its check characters
    if (text.size() > payload.size()) return fail(errc::text_too_long, payload.size(), text.size() - payload.size());
    std::copy_n(text.begin(), at, payload.begin());
    const std::string_view rest = text.substr(at + Check::length);
    std::copy(rest.begin(), rest.end(), payload.begin() + at);
    auto right = check(std::string_view(payload.data(), at + rest.size()));
    if (!right && right.error().at >= at) return unexpected<failure>(shifted(right.error(), Check::length));
    return compare(right);
  } else {
    return compare(check(text.substr(0, at)));
  }
}

}  // namespace tallymark
