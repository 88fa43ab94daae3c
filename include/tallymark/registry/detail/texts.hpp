// Many texts in one call of tallymark::registry. Included by registry/registry.hpp.
#pragma once

#include <tallymark/registry/registry.hpp>

namespace tallymark {

// In turn: nobody sees those that are given back when one cannot be taken.
template <class Policies, class Item>
bool registry<Policies, Item>::taken_in_turn(scope_state& scope, std::span<const std::string_view> texts,
                                             std::uint64_t first_item) {
  std::array<known, group> read;
  holder by{first_item, hold::claimed};
  for (std::size_t first = 0; first < texts.size(); first += group) {
    std::size_t n = 0, taken = 0;
    for (; n < std::min(group, texts.size() - first); ++n) {
      if (!scope.read(texts[first + n], read[n])) {
        const auto parsed = numbers_.parse(texts[first + n]);
        if (!parsed) break;
        read[n] = scope.entered(*parsed);
      }
      scope.prefetch(read[n]);
    }
    for (; taken < n; ++taken, by = by + 1)
      if (scope.claim(read[taken], by, [&] { return goes_on({read[taken].of(), read[taken].ordinal()}); })) break;
    if (taken == std::min(group, texts.size() - first)) continue;
    give_back(scope, texts.first(first + taken));
    return false;
  }
  return true;
}

template <class Policies, class Item>
void registry<Policies, Item>::give_back(scope_state& scope, std::span<const std::string_view> texts) {
  for (const std::string_view text : texts) {
    const auto one = numbers_.parse(text);
    scope.erase({one->family, one->ordinal, 1});
  }
}

template <class Policies, class Item>
bool registry<Policies, Item>::taken_together(const Item& where, scope_state& scope,
                                              std::span<const std::string_view> texts, std::uint64_t first_item) {
  const auto [answers, serials] = inspected(where, texts);
  return std::all_of(answers.begin(), answers.end(), [](const answer& one) { return one.free(); }) &&
         taken(scope, serials, first_item).empty();
}

// Also where a text names a serial number that an earlier text has.
template <class Policies, class Item>
std::pair<std::vector<answer>, run_list> registry<Policies, Item>::inspected(
    const Item& where, std::span<const std::string_view> texts) const {
  std::pair<std::vector<answer>, run_list> out;
  auto& [answers, serials] = out;
  std::vector<std::pair<serial_number, std::size_t>> read;
  answers.reserve(texts.size());
  read.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    answers.push_back(inspect(where, texts[i]));
    if (const auto parsed = numbers_.parse(texts[i])) {
      read.emplace_back(*parsed, i);
      serials.add(*parsed);
    }
  }
  std::sort(read.begin(), read.end());
  for (std::size_t i = 1; i < read.size(); ++i)
    if (read[i].first == read[i - 1].first && answers[read[i].second].free())
      answers[read[i].second].why = over(errc::named_twice, texts[read[i].second]);
  return out;
}

}  // namespace tallymark
