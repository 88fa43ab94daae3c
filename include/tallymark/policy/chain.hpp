// A chain of validators: rules for serial numbers or batch codes, asked in order.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>

namespace tallymark {

/// What a validator says about a text that it does not refuse: `none` leaves it to the next validators, `yes` ends the
/// chain.
enum class opinion : std::uint8_t { none, yes };

/// A rule: called with a text, it returns an opinion, or the failure for which it refuses the text.
template <class V>
concept validator = requires(const V rule, std::string_view text) {
  { rule(text) } -> std::same_as<result<opinion>>;
};

namespace detail {

// The assertion is in a function: in the class, it would make the class invalid and cause further errors.
template <class... Validators>
consteval bool assert_chain() {
  static_assert(
      (validator<Validators> && ...),
      "tallymark::chain: this type is not a validator. Give it the member "
      "'result<opinion> operator()(std::string_view) const'; a refusal is 'return fail(errc::refused_by_rule)'");
  return true;
}

}  // namespace detail

/// Validators in order. The first that refuses or says yes decides; a text that no validator decides on is accepted. A
/// yes only ends the chain: other checks still apply, such as whether a serial number is free.
template <class... Validators>
class chain {
  static_assert(detail::assert_chain<Validators...>());

 public:
  /// With validators that need no value.
  constexpr chain()
    requires(!std::is_pointer_v<Validators> && ...)
  = default;

  /// With these validators; `chain rules(f, g)` takes functions and lambdas.
  constexpr explicit chain(Validators... validators)
    requires(sizeof...(Validators) > 0)
      : validators_(std::move(validators)...) {}

  /// Asks the validators. Errors: that of the validator that refuses, with its position. Complexity: theirs.
  [[nodiscard]] constexpr result<void> operator()(std::string_view text) const {
    return ask(text, std::index_sequence_for<Validators...>{});
  }

 private:
  template <std::size_t... I>
  [[nodiscard]] constexpr result<void> ask([[maybe_unused]] std::string_view text, std::index_sequence<I...>) const {
    std::optional<failure> refusal;
    if constexpr ((validator<Validators> && ...))
      static_cast<void>((decides(std::get<I>(validators_), text, refusal) || ...));
    if (refusal) return unexpected<failure>(*refusal);
    return {};
  }

  template <class V>
  [[nodiscard]] static constexpr bool decides(const V& rule, std::string_view text, std::optional<failure>& refusal) {
    const result<opinion> said = rule(text);
    if (!said) refusal = said.error();
    return !said || *said == opinion::yes;
  }

  [[no_unique_address]] std::tuple<Validators...> validators_;
};

}  // namespace tallymark
