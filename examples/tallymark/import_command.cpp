#include <chrono>
#include <filesystem>
#include <system_error>

#include <fmt/ranges.h>
#include <sqlite3.h>

#include <tallymark/journal/sqlite.hpp>
#include <tallymark/scope/unique.hpp>

#include "commands.hpp"
#include "database.hpp"
#include "file_source.hpp"
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

// Imports both files, and says what that came to.
template <class Stock>
int import_into(Stock& into, table& parts, table& stock, const file_source* from, const import_options& options,
                output& out) {
  const auto begin = std::chrono::steady_clock::now();
  progress shown;
  rejects refused(options.rejects, shown);
  if (!refused.open(stock, parts)) return tool::refused;
  importer<Stock> all(into, refused, shown);
  if (from) all.resume(*from);
  all.add_parts(parts);
  all.add_stock(stock);
  const import_totals totals = all.totals();
  bool complete = refused.close();
  for (const table* file : {&parts, &stock})
    if (!file->error().empty()) complete = complain({tool::refused, file->path() + ": " + file->error()}) == accepted;
  if (const std::string_view why = all.stopped(); !why.empty()) {
    const std::string so_far =
        totals.line > 0 ? fmt::format("All that was accepted up to line {} of {} is", totals.line, stock.path())
                        : fmt::format("Nothing more of {} is", stock.path());
    complete = complain({tool::refused, fmt::format("{}: {}\n{} in the database; the same command goes on from there",
                                                    options.db, why, so_far)}) == accepted;
  } else if (from && !from->unchanged()) {
    complete = complain({tool::refused, stock.path() + ": the file was changed while it was read"}) == accepted;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const bool durable = !options.db.empty();
  out.text += options.json ? as_json(totals, refused, durable) : as_table(totals, refused, durable, took.count());
  return complete && refused.count() == 0 ? accepted : tool::refused;
}

template <class Scope>
int import_into_memory(table& parts, table& stock, const import_options& options, output& out) {
  memory_stock<Scope> into;
  return import_into(into, parts, stock, nullptr, options, out);
}

template <class Scope>
int import_into_database(table& parts, table& stock, const sqlite_journal& journal, const import_options& options,
                         output& out) {
  durable_stock<Scope> into(typename durable_stock<Scope>::policies_type{journal});
  if (const auto opened = into.open(); !opened) return complain_about(options.db, opened.error().why.code);
  const auto from = file_source::of(options.stock);
  if (!from) return complain({usage, options.stock + ": " + from.error()});
  return import_into(into, parts, stock, &*from, options, out);
}

// Makes the database if there is none, and says which scope it has: the wanted one if it is new.
result<std::string, int> prepare(const sqlite_journal& journal, const import_options& options) {
  auto log = journal.open(member_names<part_data>, member_names<item_data>);
  if (!log) {
    complain_about(options.db, log.error().code);
    return unexpected<int>(log.error().code == errc::journal_unreadable ? usage : refused);
  }
  std::string scope = scope_of(log->handle());
  bool done = true;
  if (scope.empty()) {  // or another process makes it at this moment
    done = keep_scope(log->handle(), options.scope.empty() ? "part-tree" : options.scope);
    scope = scope_of(log->handle());
  }
  if (!done || !make_name_index(log->handle()))
    return unexpected<int>(complain_about(options.db, errc::journal_failed, sqlite3_errmsg(log->handle())));
  if (!options.scope.empty() && options.scope != scope)
    return unexpected<int>(complain(
        {usage, fmt::format("--scope: in {} serial numbers are unique within '{}', and that cannot be changed; leave "
                            "--scope out",
                            options.db, scope)}));
  return scope;
}

}  // namespace

int run_import(const import_options& options, output& out) {
  std::vector<column_choice> choices;
  for (const std::string& text : options.columns)
    if (const auto problem = read_choice(text, choices)) return complain(*problem);
  for (const std::string& input : {options.parts, options.stock, options.db})
    if (!options.rejects.empty() && !input.empty() && same_file(input, options.rejects))
      return complain({usage, "--rejects: " + input + " is being imported; it would be overwritten"});
  table parts("parts", options.parts, part_column::all), stock("stock", options.stock, stock_column::all);
  for (table* file : {&parts, &stock})
    if (const auto problem = file->open(choices)) return complain(*problem);
  for (const column_choice& choice : choices)
    if (!choice.found)
      return complain({usage, fmt::format("--column: no file has a column '{}'", shown(choice.header))});
  for (table* file : {&parts, &stock})
    if (const auto problem = file->bind()) return complain(*problem);
  if (options.db.empty()) {
    if (options.scope == "part") return import_into_memory<unique_per_part>(parts, stock, options, out);
    if (options.scope == "global") return import_into_memory<unique_globally>(parts, stock, options, out);
    return import_into_memory<unique_per_part_tree>(parts, stock, options, out);
  }
  const sqlite_journal journal(options.db);
  const auto scope = prepare(journal, options);
  if (!scope) return scope.error();
  if (*scope == "part") return import_into_database<unique_per_part>(parts, stock, journal, options, out);
  if (*scope == "global") return import_into_database<unique_globally>(parts, stock, journal, options, out);
  return import_into_database<unique_per_part_tree>(parts, stock, journal, options, out);
}

}  // namespace tallymark::tool
