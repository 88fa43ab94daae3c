#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
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

bool similar(std::string_view wanted, std::string_view name) {
  return (!wanted.empty() && name.starts_with(wanted)) || wanted.starts_with(name) ||
         distance(wanted.substr(0, 100), name) <= (name.size() > 4 ? 2U : 1U);
}

std::string hint(std::string_view wanted) {
  std::string near, all;
  for (const scheme& one : schemes()) {
    if (similar(wanted, one.name)) near.append(near.empty() ? "did you mean '" : "' or '").append(one.name);
    all.append(all.empty() ? "there are: " : ", ").append(one.name);
  }
  return near.empty() ? all : near + "'?";
}

// `\n`, `\r`, `\t`, `\0` and `\\` are what they are in most languages. None if something else follows a backslash.
std::optional<std::string> unescaped(std::string_view text) {
  constexpr std::string_view names = "nrt0\\", meanings("\n\r\t\0\\", 5);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    const std::size_t which = ++i < text.size() ? names.find(text[i]) : names.npos;
    if (which == names.npos) return std::nullopt;
    out += meanings[which];
  }
  return out;
}

}  // namespace

int run_generate(generate_options options, output& out) {
  const scheme* const found = find_scheme(options.scheme);
  if (!found) {
    say("tallymark: there is no scheme '{}'; {}\n", shown(options.scheme), hint(options.scheme));
    return usage;
  }
  const auto separator = unescaped(options.separator);
  if (!separator) {
    say("tallymark: --separator: '{}': after a backslash comes n, r, t, 0 or another backslash\n",
        shown(options.separator));
    return usage;
  }
  options.separator = *separator;
  return found->generate(options, out);
}

}  // namespace tallymark::tool
