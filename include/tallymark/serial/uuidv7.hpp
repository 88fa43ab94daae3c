// UUIDs of version 7: the time in milliseconds, and random bits that are incremented.
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
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/name.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/clock_rule.hpp>
#include <tallymark/serial/detail/grouped_texts.hpp>
#include <tallymark/serial/detail/time_ordered.hpp>
#include <tallymark/serial/random_source.hpp>

namespace tallymark {

/// Serial policy: UUIDs of version 7 (RFC 9562, 5.7) in 36 characters, in lower case. The family is the first 18
/// characters: the time, the version and `rand_a`; the ordinal is the 62 bits of `rand_b`.
///
/// Issuing follows RFC 9562, 6.2, with the random bits as the counter (method 2): new ones in a later millisecond, the
/// next greater UUID within the same one. Beyond the greatest `rand_b` the counter carries into `rand_a`, and beyond
/// that into the time, which then runs ahead of the clock. `WhenBehind` decides what happens when the clock is earlier
/// than the latest UUID.
template <class WhenBehind = run_ahead_of_clock, class Clock = system_unix_clock, class Random = system_random_source>
class uuidv7_serial {
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

  constexpr uuidv7_serial() = default;

  /// With this clock and these random bits.
  constexpr explicit uuidv7_serial(clock_type clock, random_type random = random_type{})
      : clock_(std::move(clock)), random_(std::move(random)) {}

  /// Reads 36 characters. Errors: not_a_serial at the first byte that is not allowed at its position, at the end of a
  /// text that is too short, or over surplus bytes; in particular at the digit of another version or variant.
  /// not_canonical at a capital letter, with the small one. O(1).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    for (std::size_t i = 0; i < std::min(text.size(), length); ++i) {
      const char c = text[i];
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (c != '-') return fail(errc::not_a_serial, i, 1, "-");
        continue;
      }
      const unsigned digit = detail::hexadecimal_value(c);
      if (digit == 16) return fail(errc::not_a_serial, i, 1);
      if (i == 14 && digit != 7) return fail(errc::not_a_serial, i, 1, "7");
      if (i == 19 && digit >> 2 != 2) return fail(errc::not_a_serial, i, 1);
      if (c != detail::lower_hexadecimal[digit])
        return fail(errc::not_canonical, i, 1, detail::lower_hexadecimal.substr(digit, 1));
    }
    if (text.size() < length) return fail(errc::not_a_serial, text.size());
    if (text.size() > length) return fail(errc::not_a_serial, length, text.size() - length);
    return serial_number{{text.substr(0, fixed)}, detail::read_hexadecimal(text.substr(fixed)) & last()};
  }

  /// Appends 36 characters.
  constexpr void format(std::string& out, const serial_number& serial) const {
    char text[length];
    spell(text, serial.family, serial.ordinal);
    out.append(text, length);
  }

  /// The greatest ordinal: 2^62 - 1.
  [[nodiscard]] static constexpr std::uint64_t last() { return (std::uint64_t{1} << 62) - 1; }

  /// 36.
  [[nodiscard]] static constexpr std::size_t text_length(const family&) { return length; }

  /// Writes the texts of `count` ordinals, each followed by the separator. O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    detail::write_grouped(out, first, count, separator, length, detail::lower_hexadecimal, 12,
                          [&](char* text, std::uint64_t ordinal) { spell(text, of, ordinal); });
  }

  /// The family after one whose ordinals are used up: `rand_a` + 1, and after the greatest the next millisecond, as RFC
  /// 9562, 6.2 permits for a counter that is used up. std::nullopt after the last millisecond of 48 bits.
  [[nodiscard]] constexpr std::optional<serial_number> carry(const family& full, std::string& storage) const {
    const std::uint64_t time = time_of({full, 0}), upper = detail::read_hexadecimal(full.text.substr(15));
    if (upper < 0xFFF) return make(time, upper + 1, 0, storage);
    if (time < greatest_time) return make(time + 1, 0, 0, storage);
    return std::nullopt;
  }

  /// The UUID at which issuing continues: greater than the latest. Errors: those of the rule for the clock; exhausted
  /// after the greatest time.
  [[nodiscard]] constexpr result<serial_number> issue(const serial_number* latest, std::string& storage) const {
    return detail::issue_in_order(*this, rule_type{}, clock_, latest, storage,
                                  [this](std::uint64_t now, std::string& text) {
                                    const std::uint64_t upper = random_.bits() & 0xFFF;
                                    return make(now, upper, random_.bits() & last(), text);
                                  });
  }

  /// The time in a UUID, in milliseconds since 1970.
  [[nodiscard]] static constexpr std::uint64_t time_of(const serial_number& serial) {
    return detail::read_hexadecimal(serial.family.text.substr(0, 13));
  }

 private:
  static constexpr std::size_t length = 36, fixed = 18;

  static constexpr void spell(char* out, const family& of, std::uint64_t ordinal) {
    std::copy_n(of.text.data(), std::min(of.text.size(), fixed), out);
    out[fixed] = '-';
    detail::put_symbols<4>(out + 19, ordinal >> 48 | 0x8000, 4, detail::lower_hexadecimal);
    out[23] = '-';
    detail::put_symbols<4>(out + 24, ordinal, 12, detail::lower_hexadecimal);
  }

  // the family's text goes to `storage`
  static constexpr serial_number make(std::uint64_t time, std::uint64_t upper, std::uint64_t lower,
                                      std::string& storage) {
    char text[fixed];
    detail::put_symbols<4>(text, time >> 16, 8, detail::lower_hexadecimal);
    text[8] = '-';
    detail::put_symbols<4>(text + 9, time, 4, detail::lower_hexadecimal);
    text[13] = '-';
    detail::put_symbols<4>(text + 14, upper | 0x7000, 4, detail::lower_hexadecimal);
    storage.assign(text, fixed);
    return {{storage}, lower};
  }

  [[no_unique_address]] clock_type clock_{};
  [[no_unique_address]] random_type random_{};
};

// The name leaves out the rule, the clock and the random bits: they do not change which texts are read.
template <class WhenBehind, class Clock, class Random>
struct policy_name_of<uuidv7_serial<WhenBehind, Clock, Random>> {
  [[nodiscard]] static std::string get() { return "uuidv7_serial"; }
};

}  // namespace tallymark
