#include <iterator>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "schemes.hpp"

namespace tallymark::tool {

namespace {

std::string as_json() {
  auto all = nlohmann::ordered_json::array();
  for (const scheme& one : schemes())
    all.push_back({{"name", one.name},
                   {"about", one.about},
                   {"example", one.example},
                   {"standard", one.standard},
                   {"page", one.page},
                   {"last", one.last}});
  return all.dump(2) + '\n';
}

// The table in the README.
std::string as_markdown() {
  std::string out = "| scheme | what it is | example | standard |\n| --- | --- | --- | --- |\n";
  for (const scheme& one : schemes())
    fmt::format_to(std::back_inserter(out), "| [`{}`](docs/{}) | {} | `{}` | {} |\n", one.name, one.page, one.about,
                   one.example, one.standard);
  return out;
}

}  // namespace

int run_schemes(const schemes_options& options, output& out) {
  out.text += options.json ? as_json() : options.markdown ? as_markdown() : list_of_schemes();
  return accepted;
}

}  // namespace tallymark::tool
