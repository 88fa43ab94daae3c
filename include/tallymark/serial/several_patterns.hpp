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

// One that does not issue every serial number.
template <class P>
concept selective_pattern = pattern<P> && requires(const P& one, const serial_number& serial) { one.accepts(serial); };

template <class First, class... Rest>
consteval bool none_collides() {
  if constexpr (sizeof...(Rest) == 0)
    return true;
  else
    return !(collide<First, Rest> || ...) && none_collides<Rest...>();
}

// A mistake is said in a function: a class with a failed assertion in it would be invalid and cause further errors.
template <class... Patterns>
consteval bool check_several() {
  constexpr bool are_patterns = (pattern<Patterns> && ...);
  static_assert(are_patterns,
                "tallymark::several_patterns: one of these is no pattern. Write pattern_serial<...> for each");
  if constexpr (are_patterns)
    static_assert(
        none_collides<Patterns...>(),
        "tallymark::several_patterns: two of these patterns can make the same text. Give them different prefixes "
        "or lengths");
  return true;
}

}  // namespace detail

/// Serial policy: serial numbers of the first pattern are issued, and those of the others are read: labels from before,
/// or of another plant. Patterns that can make the same text are refused when it is compiled.
template <class First, class... Others>
class several_patterns {
  static_assert(detail::check_several<First, Others...>());
  static constexpr std::size_t count = 1 + sizeof...(Others);
  // stand-ins, so that one mistake gives one error
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

  /// Reads a text by the pattern that it fits. Errors: those of the pattern that can read most of it. O(sum of theirs).
  [[nodiscard]] constexpr result<serial_number> parse(std::string_view text) const {
    result<serial_number> best = fail(errc::not_a_serial, 0, text.size());
    bool done = false;
    each([&](std::size_t i, const auto& one) {
      if (done) return;
      auto read = one.parse(text);
      if (read) {
        (*read).family.width = static_cast<std::uint8_t>(i);
        best = read;
        done = true;
      } else if (i == 0 || read.error().at > best.error().at) {
        best = read;
      }
    });
    return best;
  }

  /// Appends as the pattern of the family does.
  constexpr void format(std::string& out, const serial_number& serial) const {
    with(serial.family, [&](const auto& one, const family& of) { one.format(out, {of, serial.ordinal}); });
  }

  /// The first serial number of the first pattern, if it has neither dates nor members.
  [[nodiscard]] constexpr auto first() const
    requires requires(const first_pattern& one) { one.first(); }
  {
    return serial_number{{}, std::get<0>(patterns_).first()};
  }

  /// In the family of the first pattern, whatever was claimed in others.
  [[nodiscard]] constexpr result<serial_number> issue(const serial_number*, std::string&) const
    requires requires(const first_pattern& one) { one.first(); }
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
    std::uint64_t found = 0;
    with(of, [&](const auto& one, const family& own) { found = one.last(own); });
    return found;
  }

  /// How the pattern of a family spells it, or how long its texts are.
  [[nodiscard]] constexpr std::optional<serial_layout> layout(const family& of) const {
    std::optional<serial_layout> found;
    with(of, [&]<class One>(const One& one, const family& own) { found = serial_traits<One>::layout(one, own); });
    return found;
  }

  /// Whether the pattern of the family lets it be issued.
  [[nodiscard]] constexpr bool accepts(const serial_number& serial) const
    requires(detail::selective_pattern<First> || (detail::selective_pattern<Others> || ...))
  {
    bool accepted = true;
    with(serial.family, [&]<class One>(const One& one, const family& own) {
      accepted = serial_traits<One>::accepts(one, {own, serial.ordinal});
    });
    return accepted;
  }

  /// Writes as the pattern of the family does; see serial_traits::write.
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t n,
                       std::string_view separator) const {
    with(of, [&]<class One>(const One& one, const family& own) {
      serial_traits<One>::write(one, out, own, first, n, separator);
    });
  }

 private:
  template <class Visit>
  constexpr void each(Visit visit) const {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (visit(I, std::get<I>(patterns_)), ...);
    }(std::make_index_sequence<count>{});
  }
  // the pattern of a family, whose number is in place of the width
  template <class Visit>
  constexpr void with(family of, Visit visit) const {
    const std::size_t which = std::exchange(of.width, std::uint8_t{0});
    each([&](std::size_t i, const auto& one) {
      if (i == which) visit(one, of);
    });
  }

  [[no_unique_address]] std::tuple<or_stand_in<First>, or_stand_in<Others>...> patterns_{};
};

}  // namespace tallymark
