// For programs that prefer exceptions: the only header that throws.
#pragma once

#include <tallymark/config.hpp>

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>

namespace tallymark {

/// A failure as an exception. `what()` is the message of its code.
class error : public std::runtime_error {
 public:
  explicit error(const failure& why) : std::runtime_error(std::string(message(why.code))), why_(why) {}

  /// What is wrong, and where in the text.
  [[nodiscard]] const failure& why() const noexcept { return why_; }

 private:
  failure why_;
};

#ifdef __cpp_exceptions
/// The value of a result, or throws tallymark::error. Of a refusal it throws the failure in it; of the conflicts of a
/// bulk call, the reason of the first. Keep the result to see the rest. O(1).
/// `auto serial = or_throw(registry.claim("motor", text));`
template <class T, class Error>
T or_throw(expected<T, Error> outcome) {
  if (!outcome) {
    if constexpr (std::is_same_v<Error, failure>)
      throw error(outcome.error());
    else if constexpr (requires { outcome.error().why.code; })
      throw error(outcome.error().why);
    else
      throw error(failure{outcome.error().front().why, 0, 0});
  }
  if constexpr (!std::is_void_v<T>) return std::move(*outcome);
}
#endif

}  // namespace tallymark
