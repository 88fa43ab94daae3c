// What a check is: characters made from a text, that tell when it was misread.
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

/// A check: a stateless value. `symbols` are the characters that it knows, in the order of their values; `length` is
/// how many check characters it makes, 1 to 4; a call makes them for a payload. Errors: not_checkable at the first
/// character that is no symbol, and not_a_serial where the payload cannot have a check.
///
/// | optional constant | meaning | if missing |
/// | --- | --- | --- |
/// | `position` | where in the text the check characters begin | behind the payload |
/// | `payload` | how many characters each payload has | any number |
template <class C>
concept check_policy = std::default_initializable<C> && requires(const C check, std::string_view payload) {
  { C::symbols } -> std::convertible_to<std::string_view>;
  { C::length } -> std::convertible_to<std::size_t>;
  requires 1 <= C::length&& C::length <= 4;
  { check(payload) } -> std::same_as<result<check_characters>>;
};

/// A check that goes from symbol to symbol: what it remembers of the symbols so far is a number below `states`, `start`
/// before the first. `step` takes the next symbol by its value, which is its index in `symbols`, and how many payload
/// characters stand behind it; `finish` makes the check characters. So a payload that differs from another one at its
/// end only is checked from there on.
template <class C>
concept incremental_check =
    check_policy<C> && requires(const C check, unsigned state, unsigned value, std::size_t behind) {
      { C::states } -> std::convertible_to<unsigned>;
      { C::start } -> std::convertible_to<unsigned>;
      { check.step(state, value, behind) } -> std::same_as<unsigned>;
      { check.finish(state) } -> std::same_as<check_characters>;
    };

/// Where the check characters of a text of so many bytes begin; the text is not shorter than they are.
template <check_policy Check>
[[nodiscard]] constexpr std::size_t check_position(std::size_t text) noexcept {
  if constexpr (requires {
                  { Check::position } -> std::convertible_to<std::size_t>;
                })
    return std::min<std::size_t>(Check::position, text - Check::length);
  else
    return text - Check::length;
}

/// Checks a text that holds its check characters. Errors: those of the check, at their place in the text;
/// check_missing; wrong_check over the check characters, with the right ones. O(length).
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
    std::array<char, 256> payload{};  // without the check characters in its midst
    if (text.size() > payload.size()) return fail(errc::text_too_long, payload.size(), text.size() - payload.size());
    std::copy_n(text.begin(), at, payload.begin());
    const std::string_view behind = text.substr(at + Check::length);
    std::copy(behind.begin(), behind.end(), payload.begin() + at);
    auto right = check(std::string_view(payload.data(), at + behind.size()));
    if (!right && right.error().at >= at) return unexpected<failure>(shifted(right.error(), Check::length));
    return compare(right);
  } else {
    return compare(check(text.substr(0, at)));
  }
}

}  // namespace tallymark
