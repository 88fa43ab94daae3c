// Random values of application identifiers, and random lists of them.
#pragma once

#include <tallymark/gs1/element_list.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

namespace test_gs1 {

/// A small random number generator, the same on all machines.
struct random {
  std::uint64_t state;
  std::uint64_t below(std::uint64_t n) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33U) % n;
  }
};

/// A random value that the AI accepts; empty if none is found in 200 attempts.
inline std::string value_of(const tallymark::gs1::application_identifier& ai, random& numbers) {
  using namespace tallymark;
  const auto row = *std::find_if(
      gs1::detail::ai_table.begin(), gs1::detail::ai_table.end(),
      [&](const auto& candidate) { return candidate.first <= ai.number() && ai.number() <= candidate.last; });
  for (int attempt = 0; attempt < 200; ++attempt) {
    std::string value;
    for (auto form = row.form; !form.empty();) {
      const auto part = gs1::detail::next_component(form);
      if (part.optional && numbers.below(2) == 0) break;
      const auto symbols = gs1::detail::characters_of(part.kind).symbols();
      const auto length = part.least + numbers.below(part.most - part.least + 1);
      std::string piece;
      while (piece.size() < length) piece += symbols[numbers.below(symbols.size())];
      for (const char rule : part.rules) {
        if (rule == 'g')
          piece.replace(0, std::min<std::size_t>(4, piece.size()), "0614", std::min<std::size_t>(4, piece.size()));
        if (rule == '%') std::replace(piece.begin(), piece.end(), '%', '(');
        if (rule == 'd' || rule == 'e') piece.replace(2, 2, "0" + std::to_string(1 + numbers.below(9)));
        if (rule == 'c')
          piece.back() = (*gs1_mod10{}(std::string_view(piece).substr(0, piece.size() - 1))).characters[0];
        if (rule == 'a' && piece.size() > 2) {
          const std::string_view payload = std::string_view(piece).substr(0, piece.size() - 2);
          const std::string pair((*gs1_pair{}(payload)).view());
          piece.replace(piece.size() - 2, 2, pair);
        }
      }
      // the prefix has changed the payload of a pair
      if (part.rules.find('a') != part.rules.npos && part.rules.find('g') != part.rules.npos && piece.size() > 6) {
        const std::string pair((*gs1_pair{}(std::string_view(piece).substr(0, piece.size() - 2))).view());
        piece.replace(piece.size() - 2, 2, pair);
      }
      value += piece;
    }
    if (ai.check(value)) return value;
  }
  return {};
}

/// Random elements, which need not go together.
inline tallymark::gs1::element_list list_of(random& numbers) {
  tallymark::gs1::element_list list;
  const auto wanted = 1 + numbers.below(6);
  while (list.size() < wanted) {
    const auto& row = tallymark::gs1::detail::ai_table[numbers.below(tallymark::gs1::detail::ai_table.size())];
    const auto ai = tallymark::gs1::application_identifier::find(row.first);
    const std::string value = value_of(*ai, numbers);
    if (!value.empty()) (void)list.add(row.first, value);
  }
  return list;
}

}  // namespace test_gs1
