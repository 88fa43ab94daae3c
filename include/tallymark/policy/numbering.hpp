// A serial policy and an increment policy together: reads, writes and counts serial numbers, in runs.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tallymark/number/detail/stride_order.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark {

/// How many runs a call makes at most, if its caller does not say.
inline constexpr std::uint64_t default_most_runs = 1'000'000;

/// Serial numbers of one policy set. A function that may have to make the text of a family takes `storage` for it; the
/// result may be a view of `storage` or of its argument.
template <serial_policy Serial, increment_policy Increment>
struct numbering {
  using serial = Serial;
  using increment = Increment;

  /// By how much the increment mostly counts on: what follows so is one run.
  static constexpr std::uint64_t stride = [] {
    if constexpr (ordinal_increment_policy<Increment>)
      return increment_traits<Increment>::stride;
    else
      return std::uint64_t{1};
  }();

  [[no_unique_address]] Serial serial_policy{};
  [[no_unique_address]] Increment increment_policy{};

  /// Reads a serial number; see serial_traits::parse.
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    return traits::parse(serial_policy, text);
  }

  /// The same to look it up, faster; see serial_traits::parse_to_find.
  [[nodiscard]] constexpr std::optional<serial_number> parse_to_find(std::string_view text) const {
    return traits::parse_to_find(serial_policy, text);
  }

  /// A reader that parses common texts of one family faster than parse; see serial_traits::reader.
  [[nodiscard]] constexpr auto reader(const family& of) const { return traits::reader(serial_policy, of); }

  /// Appends the spelling of a serial number.
  constexpr void format(std::string& out, const serial_number& value) const {
    traits::format(serial_policy, out, value);
  }

  /// The spelling of a serial number.
  [[nodiscard]] constexpr std::string text(const serial_number& value) const {
    std::string out;
    format(out, value);
    return out;
  }

  /// The greatest ordinal of a family.
  [[nodiscard]] constexpr std::uint64_t last(const family& of) const { return traits::last(serial_policy, of); }

  /// The serial number of a text and those that follow it by counting ordinals, n in all: labels in a row, whatever the
  /// increment would leave out. Errors: those of parse; zero_quantity; too_large beyond the family, no_counter without
  /// a counter.
  [[nodiscard]] result<run_list> run(std::string_view text, std::uint64_t n) const {
    const auto first = parse(text);
    if (!first) return unexpected(first.error());
    if (n == 0) return fail(errc::zero_quantity);
    if (n - 1 > end_of(first->family) - first->ordinal)
      return fail(first->family.counts() ? errc::too_large : errc::no_counter, 0, text.size());
    run_list out;
    out.add(tallymark::run{first->family, first->ordinal, n});
    return out;
  }

  /// Whether these are serial numbers, in the one way in which there are any: both ends are read from their own texts,
  /// and all between lie in the family. Two formats and two parses, whatever the length.
  [[nodiscard]] constexpr bool canonical(const tallymark::run& serials) const {
    if (!within_family(serials)) return false;
    return canonical(serial_number{serials.family, serials.first}) &&
           (serials.length == 1 || canonical(serial_number{serials.family, serials.last()}));
  }
  [[nodiscard]] constexpr bool canonical(const serial_number& value) const {
    const std::string spelled = text(value);
    const auto parsed = parse(spelled);
    return parsed && *parsed == value;
  }
  /// Whether a run is not empty, and its ordinals are not beyond the last of its family.
  [[nodiscard]] constexpr bool within_family(const tallymark::run& serials) const {
    const std::uint64_t end = end_of(serials.family);
    if (serials.length == 0 || serials.stride == 0 || serials.first > end) return false;
    const std::uint64_t room = end - serials.first;
    return serials.length - 1 <= (serials.stride == 1 ? room : room / serials.stride);
  }

  /// The serial number that an empty scope begins with: the policy's first that the increment and the rules of the
  /// serial policy accept. Errors: no_counter if the policy has no first, exhausted.
  [[nodiscard]] constexpr result<serial_number> first() const {
    const auto begin = traits::first(serial_policy);
    if (!begin) return fail(errc::no_counter);
    return accepted_from(*begin);
  }

  /// This serial number if the increment and the rules of the serial policy accept it, else the next one of its
  /// family that they accept. Errors: exhausted.
  [[nodiscard]] constexpr result<serial_number> accepted_from(const serial_number& begin) const {
    if constexpr (on_ordinals)
      if (begin.family.counts() && (begin.ordinal > last(begin.family) || !accepts(begin))) {
        std::string storage;
        const auto following = landed(begin, storage);
        if (!following || following->family != begin.family) return fail(errc::exhausted);
        return serial_number{begin.family, following->ordinal};
      }
    return begin;
  }

  /// The serial number that follows. Errors: no_counter; exhausted, also if a million in a row are refused; and those
  /// of parsing the text that a text increment returns.
  [[nodiscard]] constexpr result<serial_number> next(const serial_number& after, std::string& storage) const {
    if constexpr (on_ordinals) {
      if (!after.family.counts()) return fail(errc::no_counter);
      const auto following = increment_traits<Increment>::next(increment_policy, after.ordinal);
      if (!following) return fail(errc::exhausted);
      return landed({after.family, *following}, storage);
    } else {
      const std::string before = text(after);
      auto following = increment_policy.next(std::string_view(before));
      if (!following || *following == before) return fail(after.family.counts() ? errc::exhausted : errc::no_counter);
      storage = std::move(*following);
      return parse(storage);
    }
  }

  /// How many of `from` and the ordinals after it, each `stride` greater than the one before, follow each other: 1 to n,
  /// and never beyond the family.
  [[nodiscard]] constexpr std::uint64_t consecutive(const serial_number& from, std::uint64_t n) const {
    if constexpr (on_ordinals) {
      const std::uint64_t end = end_of(from.family);
      if (from.ordinal >= end) return 1;
      const std::uint64_t room = (end - from.ordinal) / stride;
      n = increment_traits<Increment>::consecutive(increment_policy, from.ordinal, room < n ? room + 1 : n);
      if constexpr (traits::has_rules)
        for (std::uint64_t i = 1; i < n; ++i)
          if (!traits::accepts(serial_policy, {from.family, from.ordinal + i * stride})) return i;
      return n;
    } else {
      return 1;
    }
  }

  /// Adds the serial number `from` and its successors to `out`, n in all and each only once. With an increment that
  /// has `consecutive` this is O(runs). Errors: those of next; exhausted when the sequence returns to where it was, and
  /// `out` then holds what was found so far; too_many_runs if it is more than `most_runs`, of which no memory was used.
  [[nodiscard]] constexpr result<void> take(const serial_number& from, std::uint64_t n, run_list& out,
                                            std::uint64_t most_runs = default_most_runs) const {
    return take_free(from, n, [n](const serial_number&) { return stretch{false, n, stride}; }, out, most_runs);
  }

  /// Adds n free serial numbers to `out`: `from`, if it is free, and those that follow, each only once.
  /// `occupancy(serial)` returns a stretch. Ends when the sequence returns to where it was, so it always ends.
  /// Errors: those of take.
  template <class Occupancy>
  [[nodiscard]] constexpr result<void> take_free(const serial_number& from, std::uint64_t n, const Occupancy& occupancy,
                                                 run_list& out, std::uint64_t most_runs = default_most_runs) const {
    if (n > most_runs)
      if (counted_runs runs(most_runs); is_too_many(search(from, n, occupancy, runs))) return fail(errc::too_many_runs);
    kept_runs found(most_runs);
    const auto ascends = search(from, n, occupancy, found);
    if (is_too_many(ascends)) return fail(errc::too_many_runs);
    const bool twice = ascends && !*ascends && detail::overlap(order::sorted(found.runs));
    add(std::move(found.runs), out);
    if (!ascends) return unexpected(ascends.error());
    if (twice) return fail(errc::exhausted);
    return {};
  }

  /// Counts from a to b and adds all of these, both ends included, to `out`, but at most `most`: a caller that wants n
  /// of them asks for n + 1, and sees if there are too many. Errors: range_backwards if both are of one family and b is
  /// less than a; not_a_group if counting from a does not reach b; too_many_runs as take. On an error `out` is unchanged.
  /// O(runs) where take is.
  [[nodiscard]] constexpr result<void> range(const serial_number& a, const serial_number& b, std::uint64_t most,
                                             run_list& out, std::uint64_t most_runs = default_most_runs) const {
    if (most > most_runs)
      if (counted_runs runs(most_runs); is_too_many(walk(a, b, most, runs))) return fail(errc::too_many_runs);
    kept_runs found(most_runs);
    const auto walked = walk(a, b, most, found);
    if (walked) add(std::move(found.runs), out);
    return walked;
  }

 private:
  using traits = serial_traits<Serial>;
  static constexpr bool on_ordinals = ordinal_increment_policy<Increment>;
  static constexpr int most_left_out = 1'000'000;

  using order = detail::stride_order<stride>;

  // Runs that were found, up to a limit.
  struct kept_runs {
    constexpr explicit kept_runs(std::uint64_t at_most) : most(at_most) {}
    [[nodiscard]] constexpr bool add(const tallymark::run& found) {
      runs.add(found, stride);
      return runs.size() <= most;
    }
    [[nodiscard]] constexpr bool empty() const noexcept { return runs.empty(); }
    [[nodiscard]] constexpr const tallymark::run& last() const noexcept { return runs[runs.size() - 1]; }

    std::uint64_t most;
    run_list runs{};
  };
  // Only counts them.
  struct counted_runs {
    constexpr explicit counted_runs(std::uint64_t at_most) : most(at_most) {}
    [[nodiscard]] constexpr bool add(const tallymark::run& found) {
      latest.add(found, stride);
      if (latest.size() == 1) return most > 0;
      run_list only;
      only.add(latest[1]);
      latest = std::move(only);
      return ++count < most;
    }
    [[nodiscard]] constexpr bool empty() const noexcept { return latest.empty(); }
    [[nodiscard]] constexpr const tallymark::run& last() const noexcept { return latest[0]; }

    std::uint64_t most;
    run_list latest{};
    std::uint64_t count = 0;  // before the latest
  };
  template <class T>
  [[nodiscard]] static constexpr bool is_too_many(const result<T>& answer) {
    return !answer && answer.error().code == errc::too_many_runs;
  }

  // the last ordinal, also of a family that does not count
  [[nodiscard]] constexpr std::uint64_t end_of(const family& of) const { return of.counts() ? last(of) : 0; }

  static constexpr void add(run_list&& found, run_list& out) {
    if (out.empty())
      out = std::move(found);
    else
      out.append(found, stride);
  }

  // Brent's cycle detection, for sequences whose cycle does not include their beginning
  class cycle_detector {
   public:
    constexpr explicit cycle_detector(const serial_number& begin) { note(begin); }
    cycle_detector(const cycle_detector&) = delete;
    cycle_detector& operator=(const cycle_detector&) = delete;

    [[nodiscard]] constexpr bool operator()(const serial_number& here) {
      if (here == mark_) return true;
      if (++turns_ == power_) {
        power_ *= 2;
        turns_ = 0;
        note(here);
      }
      return false;
    }

   private:
    constexpr void note(const serial_number& here) {
      text_.assign(here.family.text).append(here.family.tail);
      mark_ = here;
      mark_.family.text = std::string_view(text_).substr(0, here.family.text.size());
      mark_.family.tail = std::string_view(text_).substr(here.family.text.size());
    }

    std::string text_;
    serial_number mark_;
    std::uint64_t turns_ = 0, power_ = 1;
  };

  // whether what it adds ascends
  template <class Occupancy, class Found>
  [[nodiscard]] constexpr result<bool> search(const serial_number& origin, std::uint64_t n, const Occupancy& occupancy,
                                              Found& found) const {
    std::string storage;
    cycle_detector repeats(origin);
    bool ascends = true;
    for (serial_number from = origin; n > 0;) {
      stretch here = occupancy(std::as_const(from)).by(stride);
      here.length = std::min(here.length, (max_ordinal - std::min(from.ordinal, max_ordinal)) / stride + 1);
      // a wrapped sequence must not jump over its origin
      if (from.family == origin.family && from.ordinal < origin.ordinal)
        here.length = std::min(here.length, (origin.ordinal - from.ordinal - 1) / stride + 1);
      if (!here.taken) {
        here.length = consecutive(from, std::min(here.length, n));
        if (!found.empty()) {
          const tallymark::run& before = found.last();
          ascends = ascends && serial_number{before.family, before.last()} < from;
        }
        if (!found.add(tallymark::run{from.family, from.ordinal, here.length, stride}))
          return fail(errc::too_many_runs);
        n -= here.length;
        if (n == 0) break;
      }
      const auto following = beyond(from, here.length, storage);
      if (!following) return unexpected(following.error());
      from = *following;
      if (from == origin || repeats(from)) return fail(errc::exhausted);
    }
    return ascends;
  }

  template <class Found>
  [[nodiscard]] constexpr result<void> walk(const serial_number& a, const serial_number& b, std::uint64_t most,
                                            Found& found) const {
    const bool same_family = a.family == b.family;
    if (same_family && b.ordinal < a.ordinal) return fail(errc::range_backwards);
    const bool ahead = same_family || carries_to(a.family, b);
    if (on_ordinals && !ahead) return fail(errc::not_a_group);
    std::string storage;
    cycle_detector repeats(a);
    serial_number from = a;
    for (std::uint64_t room = most; room > 0;) {
      const bool last_family = from.family == b.family && from.ordinal <= b.ordinal;
      const std::uint64_t to_b = last_family ? (b.ordinal - from.ordinal) / stride : room;
      const std::uint64_t length = consecutive(from, to_b < room ? to_b + 1 : room);
      if (!found.add(tallymark::run{from.family, from.ordinal, length, stride})) return fail(errc::too_many_runs);
      room -= length;
      from.ordinal += (length - 1) * stride;
      if (from == b) return {};
      const auto following = next(from, storage);
      if (!following) return fail(errc::not_a_group);
      from = *following;
      const tallymark::run& before = found.last();
      const bool down = on_ordinals && from.family == before.family && from.ordinal <= before.last();
      const bool past = ahead && from.family == b.family && from.ordinal > b.ordinal;
      if (down || past || repeats(from)) return fail(errc::not_a_group);
    }
    if (!ahead) return fail(errc::not_a_group);
    return {};
  }

  // whether this serial number can be issued
  [[nodiscard]] constexpr bool accepts(const serial_number& one) const {
    return increment_traits<Increment>::accepts(increment_policy, one.ordinal) && traits::accepts(serial_policy, one);
  }

  // the first of `at` and its successors that can be issued; the ordinal of `at` may lie beyond its family
  [[nodiscard]] constexpr result<serial_number> landed(serial_number at, std::string& storage) const {
    for (int left_out = 0; left_out <= most_left_out; ++left_out) {
      if (const std::uint64_t end = last(at.family); at.ordinal > end) {
        const std::uint64_t excess = at.ordinal - end - 1;
        const auto carried = traits::carry(serial_policy, at.family, storage);
        if (!carried || excess > max_ordinal - carried->ordinal) return fail(errc::exhausted);
        at = {carried->family, carried->ordinal + excess};
      } else if (accepts(at)) {
        return at;
      } else {
        const auto following = increment_traits<Increment>::next(increment_policy, at.ordinal);
        if (!following) return fail(errc::exhausted);
        at.ordinal = *following;
      }
    }
    return fail(errc::exhausted);
  }

  // the first serial number that follows `from` and is not among the `length` ordinals from there on, by the stride
  [[nodiscard]] constexpr result<serial_number> beyond(const serial_number& from, std::uint64_t length,
                                                       std::string& storage) const {
    if constexpr (on_ordinals) {
      if (from.family.counts() && length > 1) {
        const std::uint64_t last = from.ordinal + (length - 1) * stride;
        const auto following = increment_traits<Increment>::from(increment_policy, from.ordinal, last + 1);
        if (!following) return fail(errc::exhausted);
        return landed({from.family, *following}, storage);
      }
    }
    return next(from, storage);
  }

  // whether b lies in a family that `from` carries over to; four families of 10^18 ordinals are more than enough
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
