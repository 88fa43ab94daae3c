// Who holds a serial number, and what a container of held ordinals must provide.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>

namespace tallymark {

/// The ordinal asked about and those after it, each `stride` greater than the one before, `length` in all, are all taken
/// or all free.
struct stretch {
  bool taken = false;
  std::uint64_t length = 1;
  std::uint64_t stride = 1;

  /// The same as far as it says something of every n-th ordinal.
  [[nodiscard]] constexpr stretch by(std::uint64_t n) const noexcept {
    if (stride == n) return *this;
    return {taken, n % stride == 0 ? (length - 1) / (n / stride) + 1 : 1, n};
  }
};

/// The item of a serial number that was claimed for no item.
inline constexpr std::uint64_t no_item = std::numeric_limits<std::uint64_t>::max();

/// The state of a serial number that is not free.
enum class hold : std::uint8_t {
  reserved,  ///< taken tentatively
  claimed,   ///< taken
  retired,   ///< taken for ever; its item was removed
};

/// Who holds a serial number: the id of a stock item, or `no_item`.
struct holder {
  std::uint64_t item = no_item;
  hold state = hold::claimed;

  /// The holder of the serial number n places later in a run: the items of a run are consecutive.
  [[nodiscard]] constexpr holder operator+(std::uint64_t n) const noexcept {
    return {item == no_item ? no_item : item + n, state};
  }

  /// Whether `next` can be the holder n places later in the same run. A run with items never reaches `no_item`.
  [[nodiscard]] constexpr bool leads_to(const holder& next, std::uint64_t n) const noexcept {
    return *this + n == next && (item == no_item) == (next.item == no_item);
  }

  friend constexpr bool operator==(const holder&, const holder&) = default;
};

/// `length` ordinals from `first` on, each `stride` greater than the one before, and the holder of the first. An index
/// gets and gives runs of stride 1 alone: a registry that counts by another step puts the ordinals in an order in which
/// its runs are that.
struct held_run {
  std::uint64_t first = 0;
  std::uint64_t length = 1;
  holder by{};
  std::uint64_t stride = 1;

  /// The ordinal n places after the first.
  [[nodiscard]] constexpr std::uint64_t at(std::uint64_t n) const noexcept { return first + n * stride; }
  /// The last ordinal.
  [[nodiscard]] constexpr std::uint64_t last() const noexcept { return at(length - 1); }

  friend constexpr bool operator==(const held_run&, const held_run&) = default;
};

/// What an index policy names as `map`: the held ordinals of one family. It is neither copied nor moved.
///
/// * `find(ordinal)`: the holder, or none.
/// * `occupancy(ordinal)`: how far from there on all are taken, or all are free.
/// * `overlaps(first, length, visit)`: visits what is taken of these ordinals, in order, as held_run.
/// * `assign(run)`: gives these ordinals to this holder, whether they were free or taken.
/// * `erase(first, length)`: frees these ordinals, whether they were free or taken.
/// * `greatest()`: the greatest taken ordinal, or none. `empty()`: whether no ordinal is taken.
///
/// A change is all or nothing: if it throws, because memory runs out, nothing has changed. `find`, `occupancy`, `greatest`
/// and `empty` need no memory and do not throw.
///
/// For optional members see index_traits.
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

/// Uniform access to the optional members of an ordinal_map.
///
/// | optional member | meaning | if missing |
/// | --- | --- | --- |
/// | `claim(ordinal, by)` | takes a free ordinal; else changes nothing, returns the holder | find, assign |
/// | `prefetch(ordinal)` | prefetches the memory that find and claim will need | nothing |
template <ordinal_map M>
struct index_traits {
  [[gnu::always_inline]] static constexpr std::optional<holder> claim(M& map, std::uint64_t ordinal, holder by) {
    if constexpr (requires {
                    { map.claim(ordinal, by) } -> std::same_as<std::optional<holder>>;
                  }) {
      return map.claim(ordinal, by);
    } else {
      std::optional<holder> held = map.find(ordinal);
      if (!held) map.assign({ordinal, 1, by});
      return held;
    }
  }

  static constexpr void prefetch(const M& map, std::uint64_t ordinal) {
    if constexpr (requires { map.prefetch(ordinal); }) map.prefetch(ordinal);
  }
};

/// The outcome of a claim that does not wait.
struct claim_attempt {
  bool decided = false;         ///< if not, the claim needs the lock
  std::optional<holder> met{};  ///< who holds the ordinal; none if the claim took it

  friend constexpr bool operator==(const claim_attempt&, const claim_attempt&) = default;
};

/// An ordinal_map that any number of threads may use at once. All members except these two are called under a lock,
/// one call at a time:
///
/// * `find(ordinal)`: never waits.
/// * `try_claim(ordinal, by)`: as `claim` below, or not decided if that needs the lock.
///
/// Under the lock, while others may `try_claim`:
///
/// * `claim(ordinal, by)`: takes the ordinal if it is free, else changes nothing and returns its holder.
/// * `close(first, length)`: prevents claims of these ordinals, which are not closed, until `assign` or `open`, and
///   returns true; if one of them is taken, does nothing and returns false. For `find`, closed ordinals are free.
/// * `open(first, length)`: undoes `close`.
template <class M>
concept concurrent_ordinal_map = ordinal_map<M> && requires(M& map, std::uint64_t n, const holder& by) {
  { map.try_claim(n, by) } -> std::same_as<claim_attempt>;
  { map.claim(n, by) } -> std::same_as<std::optional<holder>>;
  { map.close(n, n) } -> std::same_as<bool>;
  map.open(n, n);
};

}  // namespace tallymark
