// Counting by a plain function on text.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/policy/slots.hpp>

namespace tallymark {

namespace detail {

template <class F>
concept follows_text = requires(const F& function, std::string_view latest) {
  { function(latest) } -> std::convertible_to<std::optional<std::string>>;
};

// A mistake is said in a function: a class with a failed assertion in it would be invalid and cause further errors.
template <class F>
consteval bool check_custom() {
  static_assert(follows_text<F>,
                "tallymark::custom: this function cannot be asked what follows a text. Write a function "
                "'std::optional<std::string> following(std::string_view latest)'");
  return true;
}

}  // namespace detail

/// Increment policy: what follows a text is what `Function(text)` answers, an `std::optional<std::string>` or
/// something that converts to it. None, or the same text again, means that nothing follows. Counting asks the function
/// for each serial number.
template <auto Function>
struct custom {
  static_assert(detail::check_custom<decltype(Function)>());

  using policy_slot = increment_slot;

  /// The text that follows. O(what the function does).
  [[nodiscard]] constexpr std::optional<std::string> next([[maybe_unused]] std::string_view latest) const {
    if constexpr (detail::follows_text<decltype(Function)>)
      return Function(latest);
    else
      return std::nullopt;
  }
};

}  // namespace tallymark
