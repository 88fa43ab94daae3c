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

// How many letters have to be added, taken away or replaced to make one word of the other.
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

// Without case and hyphens, as in `ISBN-13`.
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
  std::string near, all;
  const std::string word = plain(wanted);
  for (const scheme& one : schemes()) {
    if (const std::string name = plain(one.name); name == word) return fmt::format("did you mean '{}'?", one.name);
    if (similar(word, plain(one.name))) near.append(near.empty() ? "did you mean '" : "' or '").append(one.name);
    all.append(all.empty() ? "there are: " : ", ").append(one.name);
  }
  return near.empty() ? all : near + "'?";
}

}  // namespace

const scheme* find_scheme(std::string_view name) {
  const auto all = schemes();
  const auto found = std::find_if(all.begin(), all.end(), [&](const scheme& one) { return one.name == name; });
  if (found != all.end()) return &*found;
  say("tallymark: there is no scheme '{}'; {}\n", shown(name), hint(name));
  return nullptr;
}

std::string list_of_schemes() {
  std::size_t names = 0, examples = 0;
  for (const scheme& one : schemes()) {
    names = std::max(names, one.name.size());
    if (one.example.size() <= 38) examples = std::max(examples, one.example.size());  // longer ones stand out
  }
  std::string out;
  for (const scheme& one : schemes())
    fmt::format_to(std::back_inserter(out), "{:<{}}  {:<{}}  {}\n", one.name, names, one.example, examples, one.about);
  return out;
}

}  // namespace tallymark::tool
