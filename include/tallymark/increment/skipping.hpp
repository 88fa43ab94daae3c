// Counting that leaves some ordinals out.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark {

namespace detail {

template <class F>
concept asks_ordinals = std::predicate<const F&, std::uint64_t>;

// The assertions are in a function: a class with a failed assertion would be invalid and cause further errors.
template <class F, class Base>
consteval bool assert_skipping() {
  static_assert(
      asks_ordinals<F>,
      "tallymark::skipping: this cannot be asked about an ordinal. Write a function 'bool left_out(std::uint64_t)'");
  static_assert(
      ordinal_increment_policy<Base>,
      "tallymark::skipping: the second type does not count on ordinals. Write an increment policy with the member "
      "'std::optional<std::uint64_t> next(std::uint64_t) const'");
  return true;
}

}  // namespace detail

/// Increment policy: counts as Base does and skips the ordinals for which `LeftOut` returns true. `LeftOut` is a
/// constexpr function, lambda or function object without state that takes the ordinal: `skipping<has_a_four>`. After a
/// million skipped in a row nothing follows.
template <auto LeftOut, class Base = step<1>>
class skipping {
  static_assert(detail::assert_skipping<decltype(LeftOut), Base>());

  // placeholders, so that one mistake gives one error
  using base = std::conditional_t<ordinal_increment_policy<Base>, Base, step<1>>;
  using steps = increment_traits<base>;

 public:
  using policy_slot = increment_slot;
  static constexpr std::uint64_t stride = steps::stride;  ///< that of Base

  /// Default-constructs Base.
  constexpr skipping()
    requires std::default_initializable<base>
  = default;

  /// Uses this policy as Base.
  constexpr explicit skipping(base counts) : base_(std::move(counts)) {}

  /// The first after v that is not left out. O(left out).
  [[nodiscard]] constexpr std::optional<std::uint64_t> next(std::uint64_t v) const {
    return settle(steps::next(base_, v));
  }

  /// Whether neither LeftOut nor Base skips v.
  [[nodiscard]] constexpr bool accepts(std::uint64_t v) const { return !left_out(v) && steps::accepts(base_, v); }

  /// How many of v, v + stride, v + 2 stride, … follow each other. O(n).
  [[nodiscard]] constexpr std::uint64_t consecutive(std::uint64_t v, std::uint64_t n) const {
    n = steps::consecutive(base_, v, n);
    for (std::uint64_t i = 1; i < n; ++i)
      if (left_out(v + i * stride)) return i;
    return n;
  }

  /// The first that is at least `bound`, of v and those after it. O(left out), and what Base needs.
  [[nodiscard]] constexpr std::optional<std::uint64_t> from(std::uint64_t v, std::uint64_t bound) const {
    if (bound <= v) return v;
    return settle(steps::from(base_, v, bound));
  }

 private:
  static constexpr int most_left_out = 1'000'000;

  [[nodiscard]] static constexpr bool left_out(std::uint64_t v) {
    if constexpr (detail::asks_ordinals<decltype(LeftOut)>)
      return LeftOut(v);
    else
      return false;
  }

  [[nodiscard]] constexpr std::optional<std::uint64_t> settle(std::optional<std::uint64_t> at) const {
    for (int i = 0; at && left_out(*at); ++i) at = i < most_left_out ? steps::next(base_, *at) : std::nullopt;
    return at;
  }

  [[no_unique_address]] base base_{};
};

}  // namespace tallymark
