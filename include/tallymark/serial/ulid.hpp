// ULIDs: the time in milliseconds, and random bits that are incremented.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tallymark/calendar/unix_clock.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/name.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/clock_rule.hpp>
#include <tallymark/serial/detail/crockford.hpp>
#include <tallymark/serial/detail/grouped_texts.hpp>
#include <tallymark/serial/detail/time_ordered.hpp>
#include <tallymark/serial/random_source.hpp>

namespace tallymark {

/// Serial policy: ULIDs (the specification github.com/ulid/spec) in 26 symbols of Crockford's base 32, in capital
/// letters: 48 bits of time and 80 random bits. The family is the first 14 symbols: the time and the four upper random
/// ones; the ordinal is the 60 bits of the lower twelve.
///
/// Issuing is monotonic: new random bits in a later millisecond, the random bits + 1 within the same one. When all 80
/// bits are used up, nothing can be issued in that millisecond. `WhenBehind` decides what happens when the clock is
/// earlier than the latest ULID.
template <class WhenBehind = run_ahead_of_clock, class Clock = system_unix_clock, class Random = system_random_source>
class ulid_serial {
  static_assert(detail::assert_clock_rule<WhenBehind>() && detail::assert_unix_clock<Clock>() &&
                detail::assert_random_source<Random>());
  using rule_type = detail::clock_rule_or_stand_in<WhenBehind>;
  using clock_type = detail::unix_clock_or_stand_in<Clock>;
  using random_type = detail::random_source_or_stand_in<Random>;

 public:
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  /// The greatest time: 48 bits of milliseconds since 1970.
  static constexpr std::uint64_t greatest_time = (std::uint64_t{1} << 48) - 1;

  constexpr ulid_serial() = default;

  /// With this clock and these random bits.
  constexpr explicit ulid_serial(clock_type clock, random_type random = random_type{})
      : clock_(std::move(clock)), random_(std::move(random)) {}

  /// Reads 26 symbols. Errors: not_a_serial at the first byte that is not a symbol, at the end of a text that is too
  /// short, or over surplus bytes; too_large at a first symbol beyond 7; not_canonical at a small letter, or at an I, L
  /// or O, with the right symbol. O(1).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    std::uint64_t ordinal = 0;
    for (std::size_t i = 0; i < std::min(text.size(), length); ++i) {
      const std::uint8_t value = detail::crockford_values[static_cast<unsigned char>(text[i])];
      if (value == detail::no_symbol) return fail(errc::not_a_serial, i, 1);
      if (i == 0 && value > 7) return fail(errc::too_large, 0, 1);
      if (text[i] != symbols[value]) return fail(errc::not_canonical, i, 1, symbols.substr(value, 1));
      ordinal = ordinal << 5 | value;
    }
    if (text.size() < length) return fail(errc::not_a_serial, text.size());
    if (text.size() > length) return fail(errc::not_a_serial, length, text.size() - length);
    return serial_number{{text.substr(0, fixed)}, ordinal & last()};
  }

  /// Appends 26 symbols.
  constexpr void format(std::string& out, const serial_number& serial) const {
    char lower[length - fixed];
    detail::put_symbols<5>(lower, serial.ordinal, sizeof lower, symbols);
    out.append(serial.family.text).append(lower, sizeof lower);
  }

  /// The layout: the family's text and twelve symbols.
  [[nodiscard]] constexpr serial_layout layout(const family& of) const {
    return {.prefix = of.text, .symbols = symbols, .width = length - fixed, .suffix = {}};
  }

  /// The greatest ordinal: 2^60 - 1.
  [[nodiscard]] static constexpr std::uint64_t last() { return (std::uint64_t{1} << 60) - 1; }

  /// The family after one whose ordinals are used up: its four random symbols + 1. std::nullopt after the greatest of
  /// them.
  [[nodiscard]] constexpr std::optional<serial_number> carry(const family& full, std::string& storage) const {
    std::uint64_t upper = 0;
    for (const char c : full.text.substr(times))
      upper = upper << 5 | detail::crockford_values[static_cast<unsigned char>(c)];
    if (upper == most_upper) return std::nullopt;
    return make(time_of({full, 0}), upper + 1, 0, storage);
  }

  /// The ULID at which issuing continues: greater than the latest. Errors: those of the rule for the clock; exhausted
  /// when the random bits of the millisecond are used up, and after the greatest time.
  [[nodiscard]] constexpr result<serial_number> issue(const serial_number* latest, std::string& storage) const {
    return detail::issue_in_order(*this, rule_type{}, clock_, latest, storage,
                                  [this](std::uint64_t now, std::string& text) {
                                    const std::uint64_t upper = random_.bits() & most_upper;
                                    return make(now, upper, random_.bits() & last(), text);
                                  });
  }

  /// The time in a ULID, in milliseconds since 1970.
  [[nodiscard]] static constexpr std::uint64_t time_of(const serial_number& serial) {
    std::uint64_t time = 0;
    for (const char c : serial.family.text.substr(0, times))
      time = time << 5 | detail::crockford_values[static_cast<unsigned char>(c)];
    return time;
  }

 private:
  static constexpr std::string_view symbols = detail::crockford_symbols;
  static constexpr std::size_t length = 26, fixed = 14, times = 10;
  static constexpr std::uint64_t most_upper = (1U << 20) - 1;

  // the family's text goes to `storage`
  static constexpr serial_number make(std::uint64_t time, std::uint64_t upper, std::uint64_t lower,
                                      std::string& storage) {
    char text[fixed];
    detail::put_symbols<5>(detail::put_symbols<5>(text, time, times, symbols), upper, fixed - times, symbols);
    storage.assign(text, fixed);
    return {{storage}, lower};
  }

  [[no_unique_address]] clock_type clock_{};
  [[no_unique_address]] random_type random_{};
};

// The name leaves out the rule, the clock and the random bits: they do not change which texts are read.
template <class WhenBehind, class Clock, class Random>
struct policy_name_of<ulid_serial<WhenBehind, Clock, Random>> {
  [[nodiscard]] static std::string get() { return "ulid_serial"; }
};

}  // namespace tallymark
