// tallymark: serial numbers, batch codes and stock from the command line. docs/tool.md describes it.
#include <charconv>
#include <cstdint>
#include <exception>
#include <string>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>

#include <tallymark/version.hpp>

#include "commands.hpp"
#include "output.hpp"

namespace tallymark::tool {

namespace {

// The command line and its options.
class program {
 public:
  program() {
    app_.set_version_flag("--version", "tallymark " + std::string(version));
    app_.require_subcommand(1);
    app_.failure_message(CLI::FailureMessage::simple);
    add_next();
    add_generate();
    add_check();
    add_schemes();
    add_expand();
    add_batch();
    add_import();
    add_find();
    add_trace();
    add_history();
    add_serialize();
    add_split();
    add_merge();
    add_adjust();
    add_remove();
    add_serials();
    add_stats();
    add_tune();
  }

  // Runs the command that the arguments name. Returns the exit code.
  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      const auto rest = app_.remaining();
      if (error.get_exit_code() != 0 && app_.get_subcommands().empty() && !rest.empty())
        say("There is no command '{}'\nRun with --help for more information.\n", shown(rest.front()));
      else
        app_.exit(error);
      code_ = error.get_exit_code() == 0 ? accepted : usage;
    }
    return out_.finish(code_);
  }

 private:
  void add_next() {
    CLI::App& command = *app_.add_subcommand("next", "Print the next serial numbers, one per line.");
    add_text(command, "--latest", next_.latest, "TEXT", "The latest serial number; without it, start at the first.");
    add_count(command, "--count", next_.count, "How many; 1 by default.");
    command.final_callback([this] { code_ = run_next(next_, out_); });
  }

  void add_generate() {
    CLI::App& command = *app_.add_subcommand("generate", "Print many serial numbers of a scheme, as fast as possible.");
    add_text(command, "SCHEME", generate_.scheme, "", "The kind of serial number; `tallymark schemes` lists them.")
        ->required();
    add_count(command, "--count", generate_.count, "How many.")->required();
    add_text(command, "--start", generate_.start, "TEXT", "The first one, instead of the first of the scheme.");
    add_text(command, "--separator", generate_.separator, "TEXT",
             "The text between serial numbers: \\n (the default), ',', \\t, \\0, or nothing.");
    command.final_callback([this] { code_ = run_generate(generate_, out_); });
  }

  void add_check() {
    CLI::App& command = *app_.add_subcommand(
        "check", "Report whether a serial number is valid, with a correction; or audit a database.");
    CLI::Option* const scheme =
        add_text(command, "SCHEME", check_.scheme, "", "The kind of serial number; `tallymark schemes` lists them.");
    CLI::Option* const text =
        add_text(command, "TEXT", check_.text, "",
                 "The serial number with its check characters; - reads many from standard input, one per line.");
    CLI::Option* const db = add_text(command, "--db", check_.db, "FILE", "A database to audit instead, row by row.")
                                ->check(not_empty())
                                ->excludes(scheme)
                                ->excludes(text);
    command.add_flag("--json", check_.json,
                     "Print one JSON object for each text, with its parts; or one for the database.");
    command.final_callback([this, scheme, text, db] {
      for (const CLI::Option* const needed : {scheme, text})
        if (db->empty() && needed->empty()) throw CLI::RequiredError(needed->get_name());
      code_ = run_check(check_, out_);
    });
  }

  void add_schemes() {
    CLI::App& command = *app_.add_subcommand("schemes", "Print all schemes, with an example each.");
    CLI::Option* const json = command.add_flag("--json", schemes_.json, "Print one JSON array.");
    command.add_flag("--markdown", schemes_.markdown, "Print a table in Markdown, with links to the pages.")
        ->excludes(json);
    command.final_callback([this] { code_ = run_schemes(schemes_, out_); });
  }

  void add_expand() {
    CLI::App& command =
        *app_.add_subcommand("expand", "Print the serial numbers that an expression names, one per line.");
    add_count(command, "--quantity", expand_.quantity, "How many serial numbers the expression must name.")->required();
    add_text(command, "--latest", expand_.latest, "TEXT", "The latest serial number, after which ~ continues.");
    add_text(command, "--dialect", expand_.dialect, "NAME",
             "How the expression is read: strict (the default) or inventree.")
        ->check(CLI::IsMember({"strict", "inventree"}));
    add_text(command, "EXPRESSION", expand_.expression, "", "For example '1-5, ~+3'; - reads it from standard input.")
        ->required();
    command.final_callback([this] { code_ = run_expand(expand_, out_); });
  }

  void add_batch() {
    CLI::App& command = *app_.add_subcommand("batch", "Print one batch code.");
    add_text(command, "--template", batch_.pattern, "TEXT",
             "For example 'B{{ year }}-{{ part.ipn }}'; without it, the date.");
    add_text(command, "--at", batch_.at, "TIME", "The time to use instead of now, for example 2027-01-01T00:30.");
    add_list(command, "--set", batch_.set, "NAME=VALUE",
             "The value of a name in the template; can be given several times.");
    command.final_callback([this] { code_ = run_batch(batch_, out_); });
  }

  void add_import() {
    CLI::App& command =
        *app_.add_subcommand("import", "Import parts and stock items, and report the rows that are refused.");
    add_text(command, "--parts", import_.parts, "FILE", "Parts: part, name, ipn, variant_of, trackable.")->required();
    add_text(command, "--stock", import_.stock, "FILE",
             "Stock: item, part, quantity, serial, serials, batch, parent, expiry_date.")
        ->required();
    add_text(command, "--db", import_.db, "FILE",
             "The database to import into, created if it does not exist; without it, the import is only tried.");
    add_text(command, "--scope", import_.scope, "SCOPE",
             "Where serial numbers are unique: part-tree (the default), part or global. A database keeps its own.")
        ->check(CLI::IsMember({"part-tree", "part", "global"}));
    add_text(command, "--rejects", import_.rejects, "FILE",
             "The file for refused rows, which can be corrected and imported.");
    add_list(command, "--column", import_.columns, "NAME=HEADER",
             "What a column is called in the files; can be given several times.");
    add_count(command, "--threads", import_.threads,
              "How many threads to use at most: 2 (the default) read and import side by side, 1 does so in turn.");
    command.add_flag("--json", import_.json, "Print one JSON object instead of a table.");
    command.final_callback([this] { code_ = run_import(import_, out_); });
  }

  void add_find() {
    CLI::App& command = add_on_database("find", "Print the stock items that hold or held a serial number.", find_.db);
    add_text(command, "SERIAL", find_.serial, "", "The serial number.")->required();
    add_text(command, "--part", find_.part, "PART", "Only where it would clash with one of this part.");
    add_json(command, find_.json);
    command.final_callback([this] { code_ = run_find(find_, out_); });
  }

  void add_trace() {
    CLI::App& command = add_on_database("trace", "Print everything that ever carried a batch code.", trace_.db);
    add_text(command, "--batch", trace_.batch, "CODE", "The batch code.")->required();
    add_json(command, trace_.json);
    command.final_callback([this] { code_ = run_trace(trace_, out_); });
  }

  void add_history() {
    CLI::App& command = add_on_database("history", "Print everything that was done to a stock item.", history_.db);
    add_item(command, "ITEM", history_.item);
    add_json(command, history_.json);
    command.final_callback([this] { code_ = run_history(history_, out_); });
  }

  void add_serialize() {
    CLI::App& command =
        add_on_database("serialize", "Turn a quantity into units with serial numbers, and print them.", serialize_.db);
    add_item(command, "ITEM", serialize_.item);
    CLI::App& how = *command.add_option_group("which");
    add_count(how, "--count", serialize_.count, "How many, with the next serial numbers.");
    CLI::Option* const serials =
        add_text(how, "--serials", serialize_.serials, "EXPRESSION", "The serial numbers, for example '1-5, ~+3'.");
    how.require_option(1);
    add_count(command, "--quantity", serialize_.quantity,
              "How many serial numbers the expression must name; the whole quantity by default.")
        ->needs(serials);
    add_json(command, serialize_.json);
    command.final_callback([this] { code_ = run_serialize(serialize_, out_); });
  }

  void add_split() {
    CLI::App& command = add_on_database("split", "Move some of a quantity to a new stock item.", split_.db);
    add_item(command, "ITEM", split_.item);
    add_text(command, "QUANTITY", split_.quantity, "", "How much to move.")->required();
    add_json(command, split_.json);
    command.final_callback([this] { code_ = run_split(split_, out_); });
  }

  void add_merge() {
    CLI::App& command = add_on_database("merge", "Move the whole quantity of other stock items to one.", merge_.db);
    add_item(command, "INTO", merge_.into);
    add_text(command, "FROM", merge_.from, "", "The other stock items.")->required();
    add_json(command, merge_.json);
    command.final_callback([this] { code_ = run_merge(merge_, out_); });
  }

  void add_adjust() {
    CLI::App& command = add_on_database("adjust", "Change the quantity of a stock item.", adjust_.db);
    add_item(command, "ITEM", adjust_.item);
    CLI::App& how = *command.add_option_group("how");
    add_text(how, "--add", adjust_.add, "QUANTITY", "This quantity was added.");
    add_text(how, "--take", adjust_.take, "QUANTITY", "This quantity was taken away.");
    add_text(how, "--count", adjust_.count, "QUANTITY", "This quantity was counted.");
    how.require_option(1);
    add_json(command, adjust_.json);
    command.final_callback([this] { code_ = run_adjust(adjust_, out_); });
  }

  void add_remove() {
    CLI::App& command =
        add_on_database("remove", "Remove a stock item; its serial number stays taken for ever.", remove_.db);
    add_item(command, "ITEM", remove_.item);
    add_json(command, remove_.json);
    command.final_callback([this] { code_ = run_remove(remove_, out_); });
  }

  void add_serials() {
    CLI::App& command = add_on_database(
        "serials", "Print the units of a part and of its variants in the order of their serial numbers.", serials_.db);
    add_text(command, "PART", serials_.part, "", "The part.")->required();
    add_text(command, "--format", serials_.format, "FORMAT", "csv (the default) or json.")
        ->check(CLI::IsMember({"csv", "json"}));
    command.final_callback([this] { code_ = run_serials(serials_, out_); });
  }

  void add_stats() {
    CLI::App& command = add_on_database("stats", "Print the totals of a database.", stats_.db);
    add_json(command, stats_.json);
    command.final_callback([this] { code_ = run_stats(stats_, out_); });
  }

  void add_tune() {
    CLI::App& command =
        *app_.add_subcommand("tune", "Measure each index with your own serial numbers, and recommend one.");
    add_text(command, "--sample", tune_.sample, "FILE", "Serial numbers, one per line, in the order of their arrival.")
        ->required();
    add_text(command, "--column", tune_.column, "HEADER", "The column of serial numbers, if the file is CSV.");
    command.add_flag("--json", tune_.json, "Print one JSON object instead of a table.");
    command.final_callback([this] { code_ = run_tune(tune_, out_); });
  }

  // A command on a database.
  CLI::App& add_on_database(const std::string& name, const std::string& help, std::string& file) {
    CLI::App& command = *app_.add_subcommand(name, help);
    add_text(command, "--db", file, "FILE", "The database; `import --db` creates one.")->required()->check(not_empty());
    return command;
  }

  static void add_item(CLI::App& command, const std::string& name, std::string& value) {
    add_text(command, name, value, "", "A stock item: its id, 12 or '#12', or its name in the imported file.")
        ->required();
  }

  static void add_json(CLI::App& command, bool& json) {
    command.add_flag("--json", json, "Print JSON instead of a table.");
  }

  static CLI::Validator not_empty() {
    return {[](const std::string& text) { return text.empty() ? std::string("the name is empty") : std::string(); },
            ""};
  }

  template <class Text>
  static CLI::Option* add_text(CLI::App& command, const std::string& name, Text& value, const std::string& type,
                               const std::string& help) {
    return command.add_option(name, value, help)->type_name(type);
  }

  // An option that can be given several times, with one value each.
  static void add_list(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                       const std::string& type, const std::string& help) {
    add_text(command, name, values, type, help)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }

  // An option that takes a whole number from 1 on, written in digits only.
  static CLI::Option* add_count(CLI::App& command, const std::string& name, std::uint64_t& value,
                                const std::string& help) {
    const auto read = [&value, name](const std::string& text) {
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      if (error != std::errc{} || end != text.data() + text.size() || value == 0)
        throw CLI::ValidationError(name, "'" + shown(text) + "' is not a whole number from 1 to 18446744073709551615");
    };
    return command.add_option_function<std::string>(name, read, help)->type_name("N");
  }

  CLI::App app_{"Numbers stock: serial numbers, batch codes and stock items.", "tallymark"};
  next_options next_;
  generate_options generate_;
  check_options check_;
  schemes_options schemes_;
  expand_options expand_;
  batch_options batch_;
  import_options import_;
  find_options find_;
  trace_options trace_;
  history_options history_;
  serialize_options serialize_;
  split_options split_;
  merge_options merge_;
  adjust_options adjust_;
  remove_options remove_;
  serials_options serials_;
  stats_options stats_;
  tune_options tune_;
  output out_;
  int code_ = accepted;
};

}  // namespace

}  // namespace tallymark::tool

int main(int argc, char** argv) try {
  return tallymark::tool::program().run(argc, argv);
} catch (const std::exception& error) {
  tallymark::tool::say("tallymark: {}\n", error.what());
  return tallymark::tool::refused;
}
