#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "output.hpp"
#include "schemes.hpp"

namespace tallymark::tool {

namespace {

// The Levenshtein distance: insertions, deletions and replacements that turn one word into the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j)
      diagonal = std::exchange(row[j + 1], std::min({row[j] + 1, row[j + 1] + 1, diagonal + (a[i] == b[j] ? 0U : 1U)}));
  }
  return row[b.size()];
}

// In lower case and without separators: `ISBN-13` becomes `isbn13`.
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 100))
    if (c != '-' && c != '_' && c != ' ') out += 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool similar(std::string_view wanted, std::string_view name) {
  const bool swapped =
      wanted.size() == name.size() && std::is_permutation(wanted.begin(), wanted.end(), name.begin(), name.end());
  return swapped || (!wanted.empty() && name.starts_with(wanted)) || wanted.starts_with(name) ||
         distance(wanted, name) <= (name.size() > 4 ? 2U : 1U);
}

std::string hint(std::string_view wanted) {
  std::string suggestion, all;
  const std::string word = plain(wanted);
  for (const scheme& candidate : schemes()) {
    if (const std::string name = plain(candidate.name); name == word)
      return fmt::format("did you mean '{}'?", candidate.name);
    if (similar(word, plain(candidate.name)))
      suggestion.append(suggestion.empty() ? "did you mean '" : "' or '").append(candidate.name);
    all.append(all.empty() ? "there are: " : ", ").append(candidate.name);
  }
  return suggestion.empty() ? all : suggestion + "'?";
}

}  // namespace

const scheme* find_scheme(std::string_view name) {
  const auto all = schemes();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const scheme& candidate) { return candidate.name == name; });
  if (found != all.end()) return &*found;
  say("tallymark: there is no scheme '{}'; {}\n", shown(name), hint(name));
  return nullptr;
}

std::string list_of_schemes() {
  std::size_t names = 0, examples = 0;
  for (const scheme& candidate : schemes()) {
    names = std::max(names, candidate.name.size());
    if (candidate.example.size() <= 38)
      examples = std::max(examples, candidate.example.size());  // longer ones stick out
  }
  std::string out;
  for (const scheme& candidate : schemes())
    fmt::format_to(std::back_inserter(out), "{:<{}}  {:<{}}  {}\n", candidate.name, names, candidate.example, examples,
                   candidate.about);
  return out;
}

}  // namespace tallymark::tool
