// Who holds a serial number, and how a container of held ordinals looks.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>

#include <tallymark/policy/numbering.hpp>

namespace tallymark {

/// The item of a serial number that was claimed for no item.
inline constexpr std::uint64_t no_item = std::numeric_limits<std::uint64_t>::max();

/// What a serial number that is not free is.
enum class hold : std::uint8_t {
  reserved,  ///< taken tentatively
  claimed,   ///< taken
  retired,   ///< taken for ever: its item was removed
};

/// Who holds a serial number: the id of a stock item, or `no_item`.
struct holder {
  std::uint64_t item = no_item;
  hold state = hold::claimed;

  /// The holder of the serial number `n` further on in a run: items of a run are consecutive.
  [[nodiscard]] constexpr holder operator+(std::uint64_t n) const noexcept {
    return {item == no_item ? no_item : item + n, state};
  }

  friend constexpr bool operator==(const holder&, const holder&) = default;
};

/// `length` consecutive ordinals from `first` on, and the holder of the first.
struct held_run {
  std::uint64_t first = 0;
  std::uint64_t length = 1;
  holder by{};

  /// The last ordinal.
  [[nodiscard]] constexpr std::uint64_t last() const noexcept { return first + (length - 1); }

  friend constexpr bool operator==(const held_run&, const held_run&) = default;
};

/// What an index policy names as `map`: the held ordinals of one family. It is neither copied nor moved.
///
/// * `find(ordinal)`: the holder, or none.
/// * `occupancy(ordinal)`: how far from there on all are taken, or all are free.
/// * `overlaps(first, length, visit)`: visits what is taken of these ordinals, in order, as held_run.
/// * `assign(run)`: these ordinals now belong to this holder, whatever they were.
/// * `erase(first, length)`: these ordinals are free now, whatever they were.
/// * `greatest()`: the greatest taken ordinal, or none. `empty()`: whether there is none.
template <class M>
concept ordinal_map = std::default_initializable<M> && requires(M& map, const M& seen, std::uint64_t n,
                                                                const held_run& run, void (*visit)(const held_run&)) {
  { seen.find(n) } -> std::same_as<std::optional<holder>>;
  { seen.occupancy(n) } -> std::same_as<stretch>;
  seen.overlaps(n, n, visit);
  map.assign(run);
  map.erase(n, n);
  { seen.greatest() } -> std::same_as<std::optional<std::uint64_t>>;
  { seen.empty() } -> std::same_as<bool>;
};

/// Fills the index slot: names as `map` the container for the held ordinals of one family.
template <class P>
concept index_policy = fills<P, index_slot> && ordinal_map<typename P::map>;

}  // namespace tallymark
