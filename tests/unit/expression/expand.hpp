// Expansions that are easy to write down and to read when they differ.
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

using texts = std::vector<std::string>;
using failures = std::vector<tallymark::failure>;

/// The serial numbers one by one.
template <class Numbers>
texts spelled(const Numbers& numbers, const tallymark::run_list& runs) {
  texts out;
  for (const tallymark::run& each : runs)
    for (std::uint64_t i = 0; i < each.length; ++i) out.push_back(numbers.text({each.family, each.first + i}));
  return out;
}

/// Shows how failures look, for INFO.
inline std::string explained(const failures& errors, std::string_view text) {
  std::string out;
  for (const tallymark::failure& why : errors) out += explain(why, text) + '\n';
  return out;
}

/// Whether the expression expands to these runs.
template <class Dialect>
constexpr bool names(Dialect dialect, std::string_view text, std::uint64_t quantity,
                     std::initializer_list<tallymark::run> expected, std::string_view latest = {}) {
  const auto got = dialect.expand(text, quantity, by_text, tallymark::after_latest(by_text, latest));
  return got && std::equal(got.serials.begin(), got.serials.end(), expected.begin(), expected.end());
}

/// Whether the expression is refused with exactly these errors.
template <class Dialect>
constexpr bool refuses(Dialect dialect, std::string_view text, std::uint64_t quantity,
                       std::initializer_list<tallymark::failure> expected, std::string_view latest = {}) {
  const auto got = dialect.expand(text, quantity, by_text, tallymark::after_latest(by_text, latest));
  return !got && got.serials.empty() &&
         std::equal(got.errors.begin(), got.errors.end(), expected.begin(), expected.end());
}
