// How much of a part there is: an exact decimal.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <tallymark/error.hpp>
#include <tallymark/ext/detail/digits.hpp>
#include <tallymark/number/text.hpp>

namespace tallymark {

namespace detail {

// Not constexpr: a call in a constant expression is an error of the compiler, which shows this name.
inline void a_quantity_is_at_least_0_and_at_most_10_to_the_13() {}

template <class T>
concept character = std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t> ||
                    std::same_as<T, char16_t> || std::same_as<T, char32_t>;

}  // namespace detail

/// A quantity from 0 to 10^13 with five decimal places, in the unit of its part. Exact: no floating point.
///
/// A whole number from outside that range (`int n = -5; quantity amount = n;`) is kept with its sign and is not valid():
/// each operation that gets it refuses it, with negative or quantity_too_large.
class quantity {
 public:
  static constexpr std::int64_t scale = 100'000;                  ///< steps in 1
  static constexpr std::uint64_t max_whole = 10'000'000'000'000;  ///< 10^13

  constexpr quantity() = default;

  /// A whole number, kept with its sign. A constant expression that is out of range does not compile.
  template <std::integral Number>
  constexpr quantity(Number whole) : steps_(steps_of(whole)) {
    static_assert(!std::same_as<Number, bool> && !detail::character<Number>,
                  "tallymark::quantity: a bool or a character is not a quantity. Write a number: 5, not '5'");
    if (std::is_constant_evaluated() && !valid()) detail::a_quantity_is_at_least_0_and_at_most_10_to_the_13();
  }

  /// Floating-point numbers are not exact: refused by the compiler.
  template <std::floating_point Number>
  constexpr quantity(Number) {
    static_assert(sizeof(Number) == 0,
                  "tallymark::quantity: a floating-point number is not exact. Write a decimal as 12.5_qty (using "
                  "namespace tallymark::literals), or read it with quantity::parse(\"12.5\")");
  }

  /// A whole number. Errors: negative, quantity_too_large.
  template <std::integral Number>
  [[nodiscard]] static constexpr result<quantity> from_whole(Number whole) {
    return of_steps(steps_of(whole)).validated();
  }

  /// Reads `12`, `0.5`, `37.4904`. Blanks at both ends and zeros after the fifth decimal place are dropped. Errors:
  /// empty_text, negative, not_a_number (at the first byte that does not belong), too_many_decimals,
  /// quantity_too_large. O(length).
  [[nodiscard]] static constexpr result<quantity> parse(std::string_view text);

  /// A number of steps of 0.00001. Errors: negative, quantity_too_large.
  [[nodiscard]] static constexpr result<quantity> from_steps(std::int64_t steps) { return of_steps(steps).validated(); }

  /// Whether this is from 0 to 10^13. Only a quantity made of a whole number can be anything else.
  [[nodiscard]] constexpr bool valid() const noexcept { return 0 <= steps_ && steps_ <= max_steps; }
  /// This quantity. Errors: negative, quantity_too_large.
  [[nodiscard]] constexpr result<quantity> validated() const {
    if (steps_ < 0) return fail(errc::negative);
    if (steps_ > max_steps) return fail(errc::quantity_too_large);
    return *this;
  }

  /// `count` times this quantity. Errors: quantity_too_large; those of validated().
  [[nodiscard]] constexpr result<quantity> times(std::uint64_t count) const {
    if (steps_ == 0 || !valid()) return validated();
    if (count > static_cast<std::uint64_t>(max_steps / steps_)) return fail(errc::quantity_too_large);
    return of_steps(steps_ * static_cast<std::int64_t>(count));
  }

  /// The quantity in steps of 0.00001.
  [[nodiscard]] constexpr std::int64_t steps() const noexcept { return steps_; }
  [[nodiscard]] constexpr bool is_zero() const noexcept { return steps_ == 0; }
  /// The quantity as a whole number, if it is one.
  [[nodiscard]] constexpr std::optional<std::uint64_t> whole() const noexcept {
    if (steps_ % scale != 0 || !valid()) return std::nullopt;
    return static_cast<std::uint64_t>(steps_ / scale);
  }

  /// The sum. Errors: quantity_too_large; those of validated(), of either.
  [[nodiscard]] constexpr result<quantity> plus(quantity other) const {
    if (!valid()) return validated();
    if (!other.valid()) return other.validated();
    return of_steps(steps_ + other.steps_).validated();
  }
  /// The difference. Errors: not_enough; those of validated(), of either.
  [[nodiscard]] constexpr result<quantity> minus(quantity other) const {
    if (!valid()) return validated();
    if (!other.valid()) return other.validated();
    if (other.steps_ > steps_) return fail(errc::not_enough);
    return of_steps(steps_ - other.steps_);
  }

  /// Appends the shortest spelling: `12`, `0.5`.
  constexpr void append(std::string& out) const {
    const auto unsigned_steps = static_cast<std::uint64_t>(steps_);
    const std::uint64_t size = steps_ < 0 ? 0 - unsigned_steps : unsigned_steps;
    if (steps_ < 0) out += '-';
    out += detail::decimal_text(size / scale).view();
    if (size % scale == 0) return;
    char decimals[5];
    char* end = detail::put_digits(decimals, sizeof decimals, size % scale);
    while (end[-1] == '0') --end;
    out += '.';
    out.append(decimals, end);
  }
  /// The shortest spelling.
  [[nodiscard]] constexpr std::string text() const {
    std::string out;
    append(out);
    return out;
  }

  friend constexpr bool operator==(quantity, quantity) = default;
  friend constexpr std::strong_ordering operator<=>(quantity, quantity) = default;

 private:
  // the sum of two fits into 64 bits
  static constexpr std::int64_t max_steps = static_cast<std::int64_t>(max_whole) * scale;

  // the greatest whole number whose steps fit into 64 bits; greater ones are kept as this one
  static constexpr std::int64_t most_kept = std::numeric_limits<std::int64_t>::max() / scale;

  template <class Number>
  [[nodiscard]] static constexpr std::int64_t steps_of(Number whole) {
    if constexpr (std::numeric_limits<Number>::is_signed)
      if (whole < 0) return (whole < -most_kept ? -most_kept : static_cast<std::int64_t>(whole)) * scale;
    constexpr auto most = static_cast<std::uint64_t>(most_kept);
    const std::uint64_t kept = std::min(static_cast<std::uint64_t>(whole), most);
    return static_cast<std::int64_t>(kept) * scale;
  }

  [[nodiscard]] static constexpr quantity of_steps(std::int64_t steps) {
    quantity out;
    out.steps_ = steps;
    return out;
  }

  std::int64_t steps_ = 0;
};

constexpr result<quantity> quantity::parse(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (inner.empty()) return fail(errc::empty_text, 0, text.size());
  const auto offset = static_cast<std::size_t>(inner.data() - text.data());
  const auto digit = [&](std::size_t i) { return i < inner.size() && detail::is_digit(inner[i]); };
  if (inner[0] == '-' && digit(1)) return fail(errc::negative, offset, inner.size());

  std::int64_t value = 0;
  std::size_t i = 0;
  for (; digit(i); ++i) {
    value = value * 10 + detail::digit_value(inner[i]);
    if (value > static_cast<std::int64_t>(max_whole)) return fail(errc::quantity_too_large, offset, inner.size());
  }
  bool complete = i > 0;
  value *= scale;
  if (complete && i < inner.size() && inner[i] == '.') {
    complete = digit(++i);
    std::int64_t place = scale / 10;
    for (; digit(i); ++i, place /= 10) {
      if (place == 0 && inner[i] != '0') return fail(errc::too_many_decimals, offset, inner.size());
      value += place * detail::digit_value(inner[i]);
    }
  }
  if (!complete || i < inner.size()) return fail(errc::not_a_number, offset + i, i < inner.size() ? 1 : 0);
  if (value > max_steps) return fail(errc::quantity_too_large, offset, inner.size());
  return of_steps(value);
}

/// Appends the shortest spelling.
constexpr void append_text(std::string& out, quantity amount) { amount.append(out); }

namespace detail {

// What a program's own number says: `12.5`, `1'000`. As parse, and no zero before other digits, which is octal.
template <char... Symbols>
[[nodiscard]] consteval result<quantity> read_literal() {
  constexpr char symbols[] = {Symbols...};
  char digits[sizeof symbols] = {};
  std::size_t length = 0;
  for (const char symbol : symbols)
    if (symbol != '\'') digits[length++] = symbol;
  const std::string_view text(digits, length);
  const bool octal = text.size() > 1 && text.starts_with('0') && text[1] != '.';
  return octal ? fail(errc::not_a_number) : quantity::parse(text);
}

}  // namespace detail

inline namespace literals {

/// A quantity that the compiler checks: `12.5_qty`, `500_qty`.
template <char... Symbols>
consteval quantity operator""_qty() {
  constexpr auto read = detail::read_literal<Symbols...>();
  constexpr errc why = read ? errc{} : read.error().code;
  static_assert(why != errc::too_many_decimals,
                "tallymark::quantity: this literal has more than five decimal places. Write at most five");
  static_assert(why != errc::quantity_too_large,
                "tallymark::quantity: this literal is too large. Write at most 10'000'000'000'000");
  static_assert(why != errc::not_a_number,
                "tallymark::quantity: this literal is not a decimal number. Write digits, and a point only between two "
                "of them: 12.5_qty");
  return read.value_or(quantity{});
}

}  // namespace literals

}  // namespace tallymark
