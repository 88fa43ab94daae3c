#include <iterator>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "schemes.hpp"

namespace tallymark::tool {

namespace {

std::string as_json() {
  auto entries = nlohmann::ordered_json::array();
  for (const scheme& entry : schemes())
    entries.push_back({{"name", entry.name},
                       {"about", entry.about},
                       {"example", entry.example},
                       {"standard", entry.standard},
                       {"page", entry.page},
                       {"last", entry.last}});
  return entries.dump(2) + '\n';
}

// The table in the README.
std::string as_markdown() {
  std::string out = "| scheme | what it is | example | standard |\n| --- | --- | --- | --- |\n";
  for (const scheme& entry : schemes())
    fmt::format_to(std::back_inserter(out), "| [`{}`](docs/{}) | {} | `{}` | {} |\n", entry.name, entry.page,
                   entry.about, entry.example, entry.standard);
  return out;
}

}  // namespace

int run_schemes(const schemes_options& options, output& out) {
  out.text += options.json ? as_json() : options.markdown ? as_markdown() : list_of_schemes();
  return accepted;
}

}  // namespace tallymark::tool
