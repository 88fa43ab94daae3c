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

// The assertions are in a function: a class with a failed assertion would be invalid and cause further errors.
template <class F>
consteval bool assert_custom() {
  static_assert(follows_text<F>,
                "tallymark::custom: this function cannot be asked what follows a text. Write a function "
                "'std::optional<std::string> following(std::string_view latest)'");
  return true;
}

}  // namespace detail

/// Increment policy: the text that follows is what `Function(text)` returns, a `std::optional<std::string>` or
/// something that converts to it. An empty result, or the same text, means that nothing follows. Counting calls the
/// function once for each serial number.
template <auto Function>
struct custom {
  static_assert(detail::assert_custom<decltype(Function)>());

  using policy_slot = increment_slot;

  /// The text that follows. The complexity is that of the function.
  [[nodiscard]] constexpr std::optional<std::string> next([[maybe_unused]] std::string_view latest) const {
    if constexpr (detail::follows_text<decltype(Function)>)
      return Function(latest);
    else
      return std::nullopt;
  }
};

}  // namespace tallymark
