// How much of a part there is: an exact decimal.
#pragma once

#include <tallymark/config.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/number/text.hpp>

namespace tallymark {

/// A quantity from 0 to 10^13 with five decimal places, in the unit of its part. Exact: no floating point.
class quantity {
 public:
  static constexpr std::int64_t scale = 100'000;                  ///< steps in 1
  static constexpr std::uint64_t max_whole = 10'000'000'000'000;  ///< 10^13

  constexpr quantity() = default;
  /// A whole quantity. Precondition: at most 10^13.
  constexpr quantity(std::uint64_t whole)
      : steps_(whole <= max_whole ? static_cast<std::int64_t>(whole) * scale : max_steps) {
    TALLYMARK_ASSERT(whole <= max_whole, "a quantity is at most 10^13");
  }

  /// Reads `12`, `0.5`, `37.4904`. Blanks at both ends are dropped; zeros after the fifth decimal place are. Errors:
  /// empty_text, negative, not_a_number (at the first byte that does not belong), too_many_decimals,
  /// quantity_too_large. O(length).
  [[nodiscard]] static constexpr result<quantity> parse(std::string_view text);

  /// The quantity of so many steps of 0.00001. Errors: negative, quantity_too_large.
  [[nodiscard]] static constexpr result<quantity> from_steps(std::int64_t steps) {
    if (steps < 0) return fail(errc::negative);
    if (steps > max_steps) return fail(errc::quantity_too_large);
    return of_steps(steps);
  }

  /// So many times this quantity, or quantity_too_large.
  [[nodiscard]] constexpr result<quantity> times(std::uint64_t count) const {
    if (steps_ == 0) return *this;
    if (count > static_cast<std::uint64_t>(max_steps / steps_)) return fail(errc::quantity_too_large);
    return of_steps(steps_ * static_cast<std::int64_t>(count));
  }

  /// The quantity in steps of 0.00001.
  [[nodiscard]] constexpr std::int64_t steps() const noexcept { return steps_; }
  [[nodiscard]] constexpr bool is_zero() const noexcept { return steps_ == 0; }
  /// The quantity as a whole number, if it is one.
  [[nodiscard]] constexpr std::optional<std::uint64_t> whole() const noexcept {
    if (steps_ % scale != 0) return std::nullopt;
    return static_cast<std::uint64_t>(steps_ / scale);
  }

  /// The sum, or quantity_too_large.
  [[nodiscard]] constexpr result<quantity> plus(quantity other) const {
    if (other.steps_ > max_steps - steps_) return fail(errc::quantity_too_large);
    return of_steps(steps_ + other.steps_);
  }
  /// The difference, or not_enough.
  [[nodiscard]] constexpr result<quantity> minus(quantity other) const {
    if (other.steps_ > steps_) return fail(errc::not_enough);
    return of_steps(steps_ - other.steps_);
  }

  /// Appends the shortest spelling: `12`, `0.5`.
  constexpr void append(std::string& out) const {
    char digits[24];
    char* at = digits + sizeof digits;
    std::int64_t rest = steps_;
    bool shown = false;  // trailing zeros of the decimals are not
    for (int place = 0; place < 5; ++place, rest /= 10) {
      shown = shown || rest % 10 != 0;
      if (shown) *--at = static_cast<char>('0' + rest % 10);
    }
    if (shown) *--at = '.';
    do *--at = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) != 0);
    out.append(at, static_cast<std::size_t>(digits + sizeof digits - at));
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

  [[nodiscard]] static constexpr quantity of_steps(std::int64_t steps) {
    quantity made;
    made.steps_ = steps;
    return made;
  }

  std::int64_t steps_ = 0;
};

constexpr result<quantity> quantity::parse(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (inner.empty()) return fail(errc::empty_text, 0, text.size());
  const auto offset = static_cast<std::size_t>(inner.data() - text.data());
  const auto digit = [&](std::size_t i) { return i < inner.size() && '0' <= inner[i] && inner[i] <= '9'; };
  if (inner[0] == '-' && digit(1)) return fail(errc::negative, offset, inner.size());

  std::int64_t value = 0;
  std::size_t i = 0;
  for (; digit(i); ++i) {
    value = value * 10 + (inner[i] - '0');
    if (value > static_cast<std::int64_t>(max_whole)) return fail(errc::quantity_too_large, offset, inner.size());
  }
  bool complete = i > 0;
  value *= scale;
  if (complete && i < inner.size() && inner[i] == '.') {
    complete = digit(++i);
    std::int64_t place = scale / 10;
    for (; digit(i); ++i, place /= 10) {
      if (place == 0 && inner[i] != '0') return fail(errc::too_many_decimals, offset, inner.size());
      value += place * (inner[i] - '0');
    }
  }
  if (!complete || i < inner.size()) return fail(errc::not_a_number, offset + i, i < inner.size() ? 1 : 0);
  if (value > max_steps) return fail(errc::quantity_too_large, offset, inner.size());
  return of_steps(value);
}

}  // namespace tallymark
