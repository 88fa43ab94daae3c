// A serial policy and an increment policy together: serial numbers read, written and counted on, in runs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tallymark/policy/run_list.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark {

/// This many ordinals, from the one asked about on, are all taken or all free.
struct stretch {
  bool taken = false;
  std::uint64_t length = 1;
};

/// Serial numbers of one policy set. A function that makes a family text of its own takes `storage` for it; the value that
/// comes back may look into `storage` or into its argument, whichever still fits.
template <serial_policy Serial, increment_policy Increment>
struct numbering {
  using serial = Serial;
  using increment = Increment;

  [[no_unique_address]] Serial serial_policy{};
  [[no_unique_address]] Increment increment_policy{};

  /// Reads a serial number; see serial_traits::parse.
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const { return traits::parse(serial_policy, text); }

  /// Appends the spelling of a serial number.
  constexpr void format(std::string& out, const serial_number& value) const { traits::format(serial_policy, out, value); }

  /// The spelling of a serial number.
  [[nodiscard]] constexpr std::string text(const serial_number& value) const {
    std::string out;
    format(out, value);
    return out;
  }

  /// The greatest ordinal of a family.
  [[nodiscard]] constexpr std::uint64_t last(const family& of) const {
    return std::min(traits::last(serial_policy, of), max_ordinal);
  }

  /// The serial number that an empty scope begins with: the policy's first that the increment accepts.
  [[nodiscard]] constexpr result<serial_number> first() const {
    auto begin = traits::first(serial_policy);
    if (!begin) return fail(errc::no_counter);
    if constexpr (on_ordinals) {
      using steps = increment_traits<Increment>;
      if (!steps::accepts(increment_policy, begin->ordinal)) {
        const auto following = steps::next(increment_policy, begin->ordinal);
        if (!following || *following > last(begin->family)) return fail(errc::exhausted);
        begin->ordinal = *following;
      }
    }
    return *begin;
  }

  /// The serial number that follows. Errors: no_counter, exhausted, and what the serial policy says of a text that a text
  /// increment made.
  [[nodiscard]] constexpr result<serial_number> next(const serial_number& after, std::string& storage) const {
    if constexpr (on_ordinals) {
      if (!after.family.counts()) return fail(errc::no_counter);
      const auto following = increment_traits<Increment>::next(increment_policy, after.ordinal);
      if (!following) return fail(errc::exhausted);
      return within(after, *following, storage);
    } else {
      const std::string before = text(after);
      auto following = increment_policy.next(std::string_view(before));
      if (!following || *following == before) return fail(after.family.counts() ? errc::exhausted : errc::no_counter);
      storage = std::move(*following);
      return parse(storage);
    }
  }

  /// How many of `from` and the ordinals after it follow each other: 1 to n, and never beyond the family.
  [[nodiscard]] constexpr std::uint64_t consecutive(const serial_number& from, std::uint64_t n) const {
    if constexpr (on_ordinals) {
      if (!from.family.counts()) return 1;
      const std::uint64_t room = last(from.family) - from.ordinal;
      return increment_traits<Increment>::consecutive(increment_policy, from.ordinal, room < n ? room + 1 : n);
    } else {
      return 1;
    }
  }

  /// Adds the serial number `from` and its successors to `out`, n in all. With an increment that says how far it counts by
  /// one this is O(runs). Errors: those of next; `out` then holds those that there are.
  [[nodiscard]] constexpr result<void> take(serial_number from, std::uint64_t n, run_list& out) const {
    std::string storage;
    while (n > 0) {
      const std::uint64_t length = consecutive(from, n);
      out.add(run{from.family, from.ordinal, length});
      n -= length;
      if (n == 0) break;
      from.ordinal += length - 1;
      const auto following = next(from, storage);
      if (!following) return unexpected(following.error());
      from = *following;
    }
    return {};
  }

  /// Adds n free serial numbers to `out`: `from`, if it is free, and those that follow. `occupancy(serial)` answers with a
  /// stretch. Ends when the sequence comes back to where it was, so it always ends. Errors: those of next.
  template <class Occupancy>
  [[nodiscard]] constexpr result<void> take_free(serial_number from, std::uint64_t n, const Occupancy& occupancy,
                                                 run_list& out) const {
    const serial_number origin = from;
    serial_number mark = from;  // Brent's cycle detection, for increments that break their law
    std::string storage, mark_text;
    for (std::uint64_t turns = 1, power = 1; n > 0; ++turns) {
      stretch here = occupancy(std::as_const(from));
      if (from.family == origin.family && from.ordinal < origin.ordinal)  // a wrapped sequence must not jump over its origin
        here.length = std::min(here.length, origin.ordinal - from.ordinal);
      if (!here.taken) {
        here.length = consecutive(from, std::min(here.length, n));
        out.add(run{from.family, from.ordinal, here.length});
        n -= here.length;
        if (n == 0) break;
      }
      const auto following = beyond(from, here.length, storage);
      if (!following) return unexpected(following.error());
      from = *following;
      if (from == origin || from == mark) return fail(errc::exhausted);
      if (turns == power) {
        power *= 2;
        turns = 0;
        mark_text.assign(from.family.text);
        mark = {from.family, from.ordinal};
        mark.family.text = mark_text;
      }
    }
    return {};
  }

  /// Counts from a to b and adds what lies between, both included, to `out`, but at most `most`: so whoever wants n of them
  /// asks for n + 1 and sees that there are too many. Errors: range_backwards if both are of one family and b is less than a;
  /// not_a_group if counting from a does not reach b. On an error `out` is as it was. O(runs) where take is.
  [[nodiscard]] constexpr result<void> range(const serial_number& a, const serial_number& b, std::uint64_t most,
                                             run_list& out) const {
    const bool same_family = a.family == b.family;
    if (same_family && b.ordinal < a.ordinal) return fail(errc::range_backwards);
    const bool ahead = same_family || carries_to(a.family, b);
    if (on_ordinals && !ahead) return fail(errc::not_a_group);
    run_list found;
    std::string storage;
    for (serial_number from = a; found.serials() < most;) {
      const std::uint64_t room = most - found.serials();
      const bool last_family = from.family == b.family && from.ordinal <= b.ordinal;
      const std::uint64_t to_b = last_family ? b.ordinal - from.ordinal : room;
      const std::uint64_t length = consecutive(from, to_b < room ? to_b + 1 : room);
      found.add(run{from.family, from.ordinal, length});
      from.ordinal += length - 1;
      if (from == b) {
        out += found;
        return {};
      }
      const auto following = next(from, storage);
      if (!following) return fail(errc::not_a_group);
      from = *following;
      if (on_ordinals && from.family == b.family && from.ordinal > b.ordinal) return fail(errc::not_a_group);
    }
    if (!ahead) return fail(errc::not_a_group);
    out += found;
    return {};
  }

 private:
  using traits = serial_traits<Serial>;
  static constexpr bool on_ordinals = ordinal_increment_policy<Increment>;

  // the serial number of `of.family` with this ordinal, or where it lands in the family that follows
  [[nodiscard]] constexpr result<serial_number> within(const serial_number& of, std::uint64_t ordinal,
                                                       std::string& storage) const {
    const std::uint64_t end = last(of.family);
    if (ordinal <= end) return serial_number{of.family, ordinal};
    const std::uint64_t excess = ordinal - end - 1;
    auto carried = traits::carry(serial_policy, of.family, storage);
    if (!carried || excess > last(carried->family) - carried->ordinal) return fail(errc::exhausted);
    carried->ordinal += excess;
    using steps = increment_traits<Increment>;
    if (steps::accepts(increment_policy, carried->ordinal)) return *carried;
    const auto following = steps::next(increment_policy, carried->ordinal);
    if (!following || *following > last(carried->family)) return fail(errc::exhausted);
    return serial_number{carried->family, *following};
  }

  // the first serial number that follows `from` and is not among the `length` ordinals from there on
  [[nodiscard]] constexpr result<serial_number> beyond(serial_number from, std::uint64_t length, std::string& storage) const {
    if constexpr (on_ordinals) {
      if (from.family.counts() && length > 1) {
        const auto following = increment_traits<Increment>::from(increment_policy, from.ordinal, from.ordinal + length);
        if (!following) return fail(errc::exhausted);
        return within(from, *following, storage);
      }
    }
    return next(from, storage);
  }

  // whether b lies in a family that `from` carries over to; longer chains than this do not occur between texts of 100 bytes
  [[nodiscard]] constexpr bool carries_to(family from, const serial_number& b) const {
    std::string storage;
    for (int hops = 0; hops < 4; ++hops) {
      const auto carried = traits::carry(serial_policy, from, storage);
      if (!carried) return false;
      if (carried->family == b.family) return carried->ordinal <= b.ordinal;
      from = carried->family;
    }
    return false;
  }
};

}  // namespace tallymark
