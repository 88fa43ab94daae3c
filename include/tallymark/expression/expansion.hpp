// The result of expanding an expression, and the concept of an expression dialect.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/expression/source.hpp>
#include <tallymark/number/run_list.hpp>

namespace tallymark {

/// The serial numbers that an expression names, or all its errors.
struct expansion {
  run_list serials{};             ///< in order of appearance; empty if there is an error
  std::vector<failure> errors{};  ///< sorted by position

  /// Whether there is no error.
  [[nodiscard]] constexpr explicit operator bool() const noexcept { return errors.empty(); }

  friend constexpr bool operator==(const expansion&, const expansion&) = default;
};

/// A way to read expressions: `expand(text, quantity, numbers, source)` reads `text`, which must name exactly
/// `quantity` serial numbers of `numbers`; `source` says which are free.
template <class D, class Numbers, class Source>
concept expression_dialect =
    serial_source<Source> && requires(const D dialect, std::string_view text, std::uint64_t quantity,
                                      const Numbers& numbers, const Source& source) {
      { dialect.expand(text, quantity, numbers, source) } -> std::same_as<expansion>;
    };

}  // namespace tallymark
