// Serial numbers of several patterns that cannot be mistaken for one another.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/serial/pattern.hpp>

namespace tallymark {

namespace detail {

template <class P>
concept pattern = requires { P::automaton.count; };

// A pattern that does not issue every serial number.
template <class P>
concept selective_pattern =
    pattern<P> && requires(const P& policy, const serial_number& serial) { policy.accepts(serial); };

template <class First, class... Rest>
consteval bool none_collides() {
  if constexpr (sizeof...(Rest) == 0)
    return true;
  else
    return !(collide<First, Rest> || ...) && none_collides<Rest...>();
}

// The assertions are in a function: in the class, a failed one would make it invalid and cause further errors.
template <class... Patterns>
consteval bool assert_several() {
  constexpr bool are_patterns = (pattern<Patterns> && ...);
  static_assert(are_patterns,
                "tallymark::several_patterns: one of these types is not a pattern. Write pattern_serial<...> for each");
  if constexpr (are_patterns)
    static_assert(
        none_collides<Patterns...>(),
        "tallymark::several_patterns: two of these patterns can produce the same text. Give them different prefixes "
        "or lengths");
  return true;
}

}  // namespace detail

/// Serial policy: issues serial numbers of the first pattern, and reads those of all patterns: older labels, or labels
/// of another plant. Patterns that can produce the same text are refused at compile time.
template <class First, class... Others>
class several_patterns {
  static_assert(detail::assert_several<First, Others...>());
  static constexpr std::size_t count = 1 + sizeof...(Others);
  // placeholders, so that one mistake gives one error
  template <class P>
  using or_stand_in = std::conditional_t<detail::pattern<P>, P, pattern_serial<"{counter}">>;
  using first_pattern = or_stand_in<First>;
  using first_traits = serial_traits<first_pattern>;

 public:
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;

  constexpr several_patterns() = default;
  /// With these patterns, whose clocks have state.
  constexpr explicit several_patterns(or_stand_in<First> first, or_stand_in<Others>... others)
      : patterns_(std::move(first), std::move(others)...) {}

  /// Reads a text by the pattern that it fits. Errors: those of the pattern that reads the most of it. Complexity: the
  /// sum of the patterns'.
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    result<serial_number> best = fail(errc::not_a_serial, 0, text.size());
    bool has_read = false;
    for_each([&](std::size_t i, const auto& policy) {
      if (has_read) return;
      auto read = policy.parse(text);
      if (read) {
        (*read).family.width = static_cast<std::uint8_t>(i);
        best = read;
        has_read = true;
      } else if (i == 0 || read.error().at > best.error().at) {
        best = read;
      }
    });
    return best;
  }

  /// Appends as the pattern of the family does.
  constexpr void format(std::string& out, const serial_number& serial) const {
    with(serial.family, [&](const auto& policy, const family& of) { policy.format(out, {of, serial.ordinal}); });
  }

  /// The first serial number of the first pattern, if it has neither dates nor members.
  [[nodiscard]] constexpr auto first() const
    requires requires(const first_pattern& policy) { policy.first(); }
  {
    return serial_number{{}, std::get<0>(patterns_).first()};
  }

  /// The first serial number of the first pattern, whatever was claimed in the others.
  [[nodiscard]] constexpr result<serial_number> issue(const serial_number*, std::string&) const
    requires requires(const first_pattern& policy) { policy.first(); }
  {
    return first();
  }
  /// As the first pattern does.
  template <class Record>
    requires(first_traits::template issues<Record>)
  [[nodiscard]] constexpr result<serial_number> issue(const Record& record, const serial_number* latest,
                                                      std::string& storage) const {
    return first_traits::issue(std::get<0>(patterns_), record, latest, storage);
  }

  /// The greatest ordinal of a family.
  [[nodiscard]] constexpr std::uint64_t last(const family& of) const {
    std::uint64_t answer = 0;
    with(of, [&](const auto& policy, const family& own) { answer = policy.last(own); });
    return answer;
  }

  /// The layout of the family's pattern.
  [[nodiscard]] constexpr std::optional<serial_layout> layout(const family& of) const {
    std::optional<serial_layout> answer;
    with(of, [&]<class Pattern>(const Pattern& policy, const family& own) {
      answer = serial_traits<Pattern>::layout(policy, own);
    });
    return answer;
  }

  /// Whether the pattern of the family accepts a serial number for issuing.
  [[nodiscard]] constexpr bool accepts(const serial_number& serial) const
    requires(detail::selective_pattern<First> || (detail::selective_pattern<Others> || ...))
  {
    bool accepted = true;
    with(serial.family, [&]<class Pattern>(const Pattern& policy, const family& own) {
      accepted = serial_traits<Pattern>::accepts(policy, {own, serial.ordinal});
    });
    return accepted;
  }

  /// Writes as the pattern of the family does; see serial_traits::write.
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t n,
                       std::string_view separator) const {
    with(of, [&]<class Pattern>(const Pattern& policy, const family& own) {
      serial_traits<Pattern>::write(policy, out, own, first, n, separator);
    });
  }

 private:
  template <class Visit>
  constexpr void for_each(Visit visit) const {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (visit(I, std::get<I>(patterns_)), ...);
    }(std::make_index_sequence<count>{});
  }
  // calls `visit` with the pattern of a family, whose index is stored in place of the width
  template <class Visit>
  constexpr void with(family of, Visit visit) const {
    const std::size_t which = std::exchange(of.width, std::uint8_t{0});
    for_each([&](std::size_t i, const auto& policy) {
      if (i == which) visit(policy, of);
    });
  }

  [[no_unique_address]] std::tuple<or_stand_in<First>, or_stand_in<Others>...> patterns_{};
};

}  // namespace tallymark
