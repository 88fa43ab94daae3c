// Short notations for expansions, and readable output if they differ.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/expression/expansion.hpp>
#include <tallymark/expression/source.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>

inline constexpr tallymark::numbering<tallymark::text_serial<>, tallymark::step<1>> by_text;

using text_list = std::vector<std::string>;
using failures = std::vector<tallymark::failure>;

/// The texts of all serial numbers.
template <class Numbers>
text_list spelled(const Numbers& numbers, const tallymark::run_list& runs) {
  text_list out;
  for (const tallymark::run& piece : runs)
    for (std::uint64_t i = 0; i < piece.length; ++i) out.push_back(numbers.text({piece.family, piece.at(i)}));
  return out;
}

/// The failures with their caret lines, for INFO.
inline std::string explained(const failures& errors, std::string_view text) {
  std::string out;
  for (const tallymark::failure& why : errors) out += explain(why, text) + '\n';
  return out;
}

/// Whether the expression expands to these runs.
template <class Dialect>
constexpr bool names(Dialect dialect, std::string_view text, std::uint64_t quantity,
                     std::initializer_list<tallymark::run> expected, std::string_view latest = {}) {
  const auto expanded = dialect.expand(text, quantity, by_text, tallymark::after_latest(by_text, latest));
  return expanded && std::equal(expanded.serials.begin(), expanded.serials.end(), expected.begin(), expected.end());
}

/// Whether the expression is refused with exactly these errors.
template <class Dialect>
constexpr bool refuses(Dialect dialect, std::string_view text, std::uint64_t quantity,
                       std::initializer_list<tallymark::failure> expected, std::string_view latest = {}) {
  const auto expanded = dialect.expand(text, quantity, by_text, tallymark::after_latest(by_text, latest));
  return !expanded && expanded.serials.empty() &&
         std::equal(expanded.errors.begin(), expanded.errors.end(), expected.begin(), expected.end());
}
