// Snowflakes: a time, a worker and a sequence in one number.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <tallymark/calendar/unix_clock.hpp>
#include <tallymark/error.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/name.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/serial/clock_rule.hpp>
#include <tallymark/serial/detail/counter.hpp>
#include <tallymark/serial/detail/grouped_texts.hpp>

namespace tallymark {

/// Which of the two fields below the time has the higher bits.
enum class snowflake_order : std::uint8_t { worker_first, sequence_first };

/// The fields of a snowflake. The time has the highest bits. At most 64 bits in total, at most 24 of them for the
/// worker.
struct snowflake_layout {
  std::uint64_t epoch = 0;      ///< time 0, in milliseconds since 1970
  std::uint32_t unit = 1;       ///< milliseconds of a unit of time, at least 1
  std::uint8_t time_bits = 41;  ///< at least 1
  std::uint8_t worker_bits = 10;
  std::uint8_t sequence_bits = 12;  ///< at least 1
  snowflake_order order = snowflake_order::worker_first;

  friend constexpr bool operator==(const snowflake_layout&, const snowflake_layout&) = default;
};

/// Twitter's layout (twitter-archive/snowflake): 41 bits of milliseconds, 10 of the worker, 12 of the sequence.
inline constexpr snowflake_layout twitter_snowflake{.epoch = 1'288'834'974'657};
/// Discord's: 42 bits of milliseconds; the worker is 5 bits of its worker and 5 of its process; 12 bits of the
/// sequence.
inline constexpr snowflake_layout discord_snowflake{.epoch = 1'420'070'400'000, .time_bits = 42};
/// Sonyflake's: 39 bits of 10 ms since 2014-09-01, 8 of the sequence, and below them 16 of the machine.
inline constexpr snowflake_layout sonyflake{.epoch = 1'409'529'600'000,
                                            .unit = 10,
                                            .time_bits = 39,
                                            .worker_bits = 16,
                                            .sequence_bits = 8,
                                            .order = snowflake_order::sequence_first};
/// UidGenerator's: 28 bits of seconds, 22 of the worker, 13 of the sequence. 28 bits are eight and a half years: write
/// an epoch of your own, `uid_generator(1'767'225'600'000)` for 2026-01-01.
[[nodiscard]] constexpr snowflake_layout uid_generator(std::uint64_t epoch) {
  return {.epoch = epoch, .unit = 1000, .time_bits = 28, .worker_bits = 22, .sequence_bits = 13};
}

/// The fields of a snowflake.
struct snowflake_parts {
  std::uint64_t time = 0;  ///< milliseconds since 1970
  std::uint64_t worker = 0;
  std::uint64_t sequence = 0;

  friend constexpr bool operator==(const snowflake_parts&, const snowflake_parts&) = default;
};

namespace detail {

constexpr std::uint64_t lowest_bits(unsigned bits) {
  return bits >= 64 ? std::numeric_limits<std::uint64_t>::max() : (std::uint64_t{1} << bits) - 1;
}

constexpr bool fits_64_bits(const snowflake_layout& of) {
  return of.time_bits >= 1 && of.sequence_bits >= 1 && of.worker_bits <= 24 &&
         of.time_bits + of.worker_bits + of.sequence_bits <= 64;
}

constexpr bool fits_the_clock(const snowflake_layout& of) {
  return of.unit >= 1 &&
         lowest_bits(of.time_bits) < (std::numeric_limits<std::uint64_t>::max() - of.epoch) / std::max(of.unit, 1U);
}

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <snowflake_layout Layout>
consteval bool assert_snowflake() {
  static_assert(
      fits_64_bits(Layout),
      "tallymark::snowflake_serial: these bits are not a layout. Write at least 1 bit of time, 0 to 24 of the worker "
      "and at least 1 of the sequence, 64 at most in all");
  static_assert(
      !fits_64_bits(Layout) || fits_the_clock(Layout),
      "tallymark::snowflake_serial: the time does not fit into 64 bits of milliseconds. Write a unit of at least 1 "
      "millisecond, and fewer bits of time");
  return true;
}

// All numbers of three hexadecimal digits. The text and tail of a family point into them, since the digits of a
// snowflake do not show its worker.
inline constexpr auto three_digits = [] {
  std::array<char, 3 * 4096> digits{};
  for (std::size_t i = 0; i < 4096; ++i) put_symbols<4>(digits.data() + 3 * i, i, 3, lower_hexadecimal);
  return digits;
}();

}  // namespace detail

/// Serial policy: decimal numbers of a time, a worker and a sequence (twitter-archive/snowflake and its successors).
/// The family is the worker; the ordinal is the time and, in its lowest bits, the sequence: so the ids of a worker are
/// consecutive from one unit of time to the next, and sort by time.
///
/// `WhenBehind` decides what happens when the clock is earlier than the latest id of this worker, `WhenUsedUp` when the
/// sequence of the unit of time is used up: refuse_clock, wait_for_clock or run_ahead_of_clock. A run that is longer
/// than the rest of the sequence continues in the following units, whatever the rules.
template <snowflake_layout Layout = twitter_snowflake, class WhenBehind = run_ahead_of_clock,
          class WhenUsedUp = run_ahead_of_clock, class Clock = system_unix_clock>
class snowflake_serial {
  static_assert(detail::assert_snowflake<Layout>() && detail::assert_clock_rule<WhenBehind>() &&
                detail::assert_clock_rule<WhenUsedUp>() && detail::assert_unix_clock<Clock>());

  // a placeholder, so that one mistake gives one error
  static constexpr snowflake_layout layout_of_bits =
      detail::fits_64_bits(Layout) && detail::fits_the_clock(Layout) ? Layout : twitter_snowflake;
  using behind_type = detail::clock_rule_or_stand_in<WhenBehind>;
  using used_up_type = detail::clock_rule_or_stand_in<WhenUsedUp>;
  using clock_type = detail::unix_clock_or_stand_in<Clock>;

 public:
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  /// The greatest number of a worker.
  static constexpr std::uint64_t greatest_worker = detail::lowest_bits(layout_of_bits.worker_bits);

  /// For this worker. Precondition: worker <= greatest_worker; no two generators that issue at the same time have the
  /// same worker.
  constexpr explicit snowflake_serial(std::uint64_t worker, clock_type clock = clock_type{})
      : worker_(worker & greatest_worker), clock_(std::move(clock)) {
    TALLYMARK_ASSERT(worker <= greatest_worker, "the number of the worker has too many bits");
  }

  /// Reads a number of any worker. Errors: not_a_serial at the first byte that is not a digit, or over leading zeros;
  /// too_large over a number that has too many bits. O(length).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    const auto id = number::parse(text, 0);
    if (!id) return unexpected<failure>(id.error());
    return serial_of(*id);
  }

  /// Appends the number.
  constexpr void format(std::string& out, const serial_number& serial) const { number::format(out, number_of(serial)); }

  /// The greatest ordinal of a worker: all bits of the time and of the sequence.
  [[nodiscard]] static constexpr std::uint64_t last() {
    return std::min(detail::lowest_bits(layout_of_bits.time_bits + sequence_bits), max_ordinal);
  }

  /// The id at which issuing continues: the first one in the unit of the clock's time, or the one after the latest,
  /// whichever is later. A caller that already has a greater id of the family continues from that. Errors:
  /// clock_went_back by `WhenBehind`, and where the clock is before the epoch; exhausted by `WhenUsedUp`, and after the
  /// greatest time.
  [[nodiscard]] constexpr result<serial_number> issue(const serial_number* latest, std::string&) const {
    constexpr std::uint64_t greatest_time = detail::lowest_bits(layout_of_bits.time_bits);
    const std::uint64_t clock = clock_.milliseconds();
    if (clock < layout_of_bits.epoch) return fail(errc::clock_went_back);
    std::uint64_t now = units(clock);
    if (latest != nullptr && latest->family == family_of(worker_)) {
      const std::uint64_t before = latest->ordinal >> sequence_bits;
      const bool used_up = (latest->ordinal & greatest_sequence) == greatest_sequence;
      const std::uint64_t least = used_up ? before + 1 : before;
      if (least > greatest_time) return fail(errc::exhausted);
      if (now < least) {
        const auto at = now < before ? behind_type{}(milliseconds(least), clock_) : waited(milliseconds(least));
        if (!at) return unexpected<failure>(at.error());
        now = std::max(units(*at), least);
      }
      if (now == before) return serial_number{latest->family, latest->ordinal + 1};
    }
    if (now > greatest_time) return fail(errc::exhausted);
    return serial_number{family_of(worker_), now << sequence_bits};
  }

  /// The fields of an id.
  [[nodiscard]] static constexpr snowflake_parts parts(const serial_number& serial) {
    return {time_of(serial), worker_of(serial.family), serial.ordinal & greatest_sequence};
  }

  /// The fields of the id that a text spells. Errors: those of parse.
  [[nodiscard]] static constexpr result<snowflake_parts> decode(std::string_view text) {
    const auto id = number::parse(text, 0);
    if (!id) return unexpected<failure>(id.error());
    return parts(serial_of(*id));
  }

  /// The time in an id, in milliseconds since 1970.
  [[nodiscard]] static constexpr std::uint64_t time_of(const serial_number& serial) {
    return milliseconds(serial.ordinal >> sequence_bits);
  }

  /// The family of a worker. Precondition: worker <= greatest_worker.
  [[nodiscard]] static constexpr family family_of(std::uint64_t worker) {
    const auto digits = [](std::uint64_t value) {
      return std::string_view(detail::three_digits.data() + 3 * (value & 0xFFF), 3);
    };
    return {.text = digits(worker >> 12), .width = 0, .form = family::kind::counted, .tail = digits(worker)};
  }

 private:
  static constexpr bool worker_first = layout_of_bits.order == snowflake_order::worker_first;
  static constexpr unsigned sequence_bits = layout_of_bits.sequence_bits;
  static constexpr unsigned worker_shift = worker_first ? sequence_bits : 0;
  static constexpr unsigned sequence_shift = worker_first ? 0 : layout_of_bits.worker_bits;
  static constexpr unsigned time_shift = sequence_bits + layout_of_bits.worker_bits;
  static constexpr std::uint64_t greatest_sequence = detail::lowest_bits(sequence_bits);
  // without bits of the worker, the number is the ordinal
  static constexpr std::uint64_t greatest_number =
      layout_of_bits.worker_bits == 0 ? last() : detail::lowest_bits(layout_of_bits.time_bits + time_shift);
  using number = detail::counter<"0123456789", 0, greatest_number>;

  static constexpr std::uint64_t units(std::uint64_t milliseconds) {
    return (milliseconds - layout_of_bits.epoch) / layout_of_bits.unit;
  }
  static constexpr std::uint64_t milliseconds(std::uint64_t units) {
    return layout_of_bits.epoch + units * layout_of_bits.unit;
  }

  static constexpr std::uint64_t worker_of(const family& of) {
    return detail::read_hexadecimal(of.text) << 12 | detail::read_hexadecimal(of.tail);
  }

  static constexpr serial_number serial_of(std::uint64_t id) {
    const std::uint64_t sequence = id >> sequence_shift & greatest_sequence;
    return {family_of(id >> worker_shift & greatest_worker), id >> time_shift << sequence_bits | sequence};
  }

  static constexpr std::uint64_t number_of(const serial_number& serial) {
    return serial.ordinal >> sequence_bits << time_shift | worker_of(serial.family) << worker_shift |
           (serial.ordinal & greatest_sequence) << sequence_shift;
  }

  // a failure of this rule means that the sequence is used up, not that the clock went back
  [[nodiscard]] constexpr result<std::uint64_t> waited(std::uint64_t least) const {
    const auto at = used_up_type{}(least, clock_);
    return at ? at : result<std::uint64_t>(fail(errc::exhausted));
  }

  std::uint64_t worker_;
  [[no_unique_address]] clock_type clock_;
};

// The name leaves out the rules and the clock: they do not change which texts are read.
template <snowflake_layout Layout, class WhenBehind, class WhenUsedUp, class Clock>
struct policy_name_of<snowflake_serial<Layout, WhenBehind, WhenUsedUp, Clock>> {
  [[nodiscard]] static std::string get() {
    std::string name("snowflake_serial<");
    for (const std::uint64_t value : {Layout.epoch, std::uint64_t{Layout.unit}, std::uint64_t{Layout.time_bits},
                                      std::uint64_t{Layout.worker_bits}, std::uint64_t{Layout.sequence_bits}})
      name.append(std::to_string(value)).append(",");
    return name.append(std::to_string(static_cast<unsigned>(Layout.order))).append(">");
  }
};

}  // namespace tallymark
