// Sources of free serial numbers, from which the `~` of an expression takes the next.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/ext/result.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/numbering.hpp>

namespace tallymark {

/// Knows which serial numbers are free. `start(storage)` is where the search for the next free one begins; its family
/// may look into `storage`. `occupancy(serial)` says how many ordinals from there on are all taken or all free.
template <class S>
concept serial_source = requires(const S source, std::string& storage, const serial_number& serial) {
  { source.start(storage) } -> std::same_as<result<serial_number>>;
  { source.occupancy(serial) } -> std::same_as<stretch>;
};

/// A source for use without a registry: everything is free but the latest serial number, and the search begins after
/// it. With a blank latest text, the search begins at the first serial number. Keeps a view of the latest text, which
/// must outlive it.
template <class Serial, class Increment>
class after_latest {
 public:
  constexpr explicit after_latest(const numbering<Serial, Increment>& numbers, std::string_view latest = {})
      : numbers_(numbers),
        known_(!trimmed(latest).empty()),
        latest_(known_ ? numbers_.parse(latest) : numbers_.first()) {}

  /// The serial number after the latest. Errors: those of parse for the latest text, no_counter, exhausted.
  [[nodiscard]] constexpr result<serial_number> start(std::string& storage) const {
    return known_ && latest_ ? numbers_.next(*latest_, storage) : latest_;
  }

  /// How many ordinals from `serial` on are all free, or all taken. O(1).
  [[nodiscard]] constexpr stretch occupancy(const serial_number& serial) const {
    constexpr stretch all_free{false, std::numeric_limits<std::uint64_t>::max()};
    if (!known_ || !latest_ || (*latest_).family != serial.family || (*latest_).ordinal < serial.ordinal)
      return all_free;
    const std::uint64_t before = (*latest_).ordinal - serial.ordinal;
    return before > 0 ? stretch{false, before} : stretch{true, 1};
  }

 private:
  [[no_unique_address]] numbering<Serial, Increment> numbers_;
  bool known_;
  result<serial_number> latest_;
};

}  // namespace tallymark
