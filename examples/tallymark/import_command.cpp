#include <chrono>
#include <filesystem>
#include <system_error>

#include <fmt/ranges.h>

#include <tallymark/scope/unique.hpp>

#include "commands.hpp"
#include "importer.hpp"
#include "progress.hpp"
#include "rejects.hpp"
#include "report.hpp"

namespace tallymark::tool {

namespace {

int complain(const file_problem& problem) {
  say("tallymark: {}\n", problem.text);
  return problem.code;
}

bool is_column(std::span<const known_column> all, std::string_view name) {
  return std::any_of(all.begin(), all.end(), [&](const known_column& one) { return one.name == name; });
}

// `name=HEADER`, `parts.name=HEADER` or `stock.name=HEADER`
std::optional<file_problem> read_choice(std::string_view text, std::vector<column_choice>& out) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals + 1 == text.size())
    return file_problem{usage, fmt::format("--column: '{}' is not of the form name=HEADER", shown(text))};
  column_choice choice{{}, std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
  for (const std::string_view file : {"parts", "stock"})
    if (choice.name.starts_with(std::string(file) + '.')) {
      choice.file = file;
      choice.name.erase(0, file.size() + 1);
    }
  const bool known = (choice.file != "stock" && is_column(part_column::all, choice.name)) ||
                     (choice.file != "parts" && is_column(stock_column::all, choice.name));
  if (!known) {
    std::vector<std::string_view> names;
    for (const auto& one : part_column::all) names.push_back(one.name);
    for (const auto& one : stock_column::all)
      if (!is_column(part_column::all, one.name)) names.push_back(one.name);
    return file_problem{usage, fmt::format("--column: there is no column '{}'; there are: {}",
                                           shown(text.substr(0, equals)), fmt::join(names, ", "))};
  }
  out.push_back(std::move(choice));
  return std::nullopt;
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code none;
  return a == b || std::filesystem::equivalent(a, b, none);
}

template <class Scope>
int import_into(table& parts, table& stock, const import_options& options, output& out) {
  const auto begin = std::chrono::steady_clock::now();
  progress shown;
  rejects refused(options.rejects, shown);
  if (!refused.open(stock, parts)) return tool::refused;
  importer<Scope> all(refused, shown);
  all.add_parts(parts);
  all.add_stock(stock);
  bool complete = refused.close();
  for (const table* file : {&parts, &stock})
    if (!file->error().empty()) complete = complain({tool::refused, file->path() + ": " + file->error()}) == accepted;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const import_totals totals = all.totals();
  out.text += options.json ? as_json(totals, refused) : as_table(totals, refused, took.count());
  return complete && refused.count() == 0 ? accepted : tool::refused;
}

}  // namespace

int run_import(const import_options& options, output& out) {
  std::vector<column_choice> choices;
  for (const std::string& text : options.columns)
    if (const auto problem = read_choice(text, choices)) return complain(*problem);
  for (const std::string& input : {options.parts, options.stock})
    if (!options.rejects.empty() && same_file(input, options.rejects))
      return complain({usage, "--rejects: " + input + " is being imported; it would be overwritten"});
  table parts("parts", options.parts, part_column::all), stock("stock", options.stock, stock_column::all);
  for (table* file : {&parts, &stock})
    if (const auto problem = file->open(choices)) return complain(*problem);
  for (const column_choice& choice : choices)
    if (!choice.found)
      return complain({usage, fmt::format("--column: no file has a column '{}'", shown(choice.header))});
  for (table* file : {&parts, &stock})
    if (const auto problem = file->bind()) return complain(*problem);
  if (options.scope == "part") return import_into<unique_per_part>(parts, stock, options, out);
  if (options.scope == "global") return import_into<unique_globally>(parts, stock, options, out);
  return import_into<unique_per_part_tree>(parts, stock, options, out);
}

}  // namespace tallymark::tool
