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
  if (options.threads > 1) stock.read_ahead();
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
  if (const auto opened = into.open(); !opened) {
    complain_about(options.db, opened.error().why.code);
    return opened.error().why.code == errc::journal_unreadable ? usage : refused;
  }
  if (!make_name_index(into.journal().handle()))
    return complain_about(options.db, errc::journal_failed, sqlite3_errmsg(into.journal().handle()));
  const auto from = file_source::of(options.stock);
  if (!from) return complain({usage, options.stock + ": " + from.error()});
  return import_into(into, parts, stock, &*from, options, out);
}

// The scope of the database, or the wanted one if it is new, by the name of its policy.
result<std::string, int> scope_of(const sqlite_journal& journal, const import_options& options) {
  const auto policy_of = [](std::string_view scope) {
    if (scope == "part") return policy_name<unique_per_part>();
    if (scope == "global") return policy_name<unique_globally>();
    return policy_name<unique_per_part_tree>();
  };
  const auto wrote = journal.written_by();
  if (!wrote && wrote.error().code != errc::journal_missing) {
    complain_about(options.db, wrote.error().code);
    return unexpected<int>(wrote.error().code == errc::journal_unreadable ? usage : refused);
  }
  if (!wrote || wrote->scope.empty()) return policy_of(options.scope);
  if (const auto code = complain_about_policies(options.db, *wrote)) return unexpected<int>(*code);
  if (options.scope.empty() || policy_of(options.scope) == wrote->scope) return wrote->scope;
  std::string_view given = "part-tree";
  for (const std::string_view each : {"part", "global"})
    if (policy_of(each) == wrote->scope) given = each;
  return unexpected<int>(complain(
      {usage, fmt::format("--scope: in {} serial numbers are unique within '{}', and that cannot be changed; leave "
                          "--scope out",
                          options.db, given)}));
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
  const sqlite_journal journal(options.db, {.threads = options.threads});
  const auto scope = scope_of(journal, options);
  if (!scope) return scope.error();
  return *with_scope(*scope, [&]<class Scope>(std::type_identity<Scope>) {
    return import_into_database<Scope>(parts, stock, journal, options, out);
  });
}

}  // namespace tallymark::tool
