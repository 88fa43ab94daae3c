// The options of each command of the tool, and the function that runs it. Each returns the exit code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "output.hpp"
#include "table.hpp"

namespace tallymark::tool {

struct next_options {
  std::string latest{};
  std::uint64_t count = 1;
};
int run_next(const next_options& options, output& out);

struct expand_options {
  std::string expression{};  ///< `-` reads it from standard input
  std::uint64_t quantity = 0;
  std::string latest{};
  std::string dialect = "strict";  ///< or `inventree`
};
int run_expand(const expand_options& options, output& out);

struct batch_options {
  std::optional<std::string> pattern{};  ///< a template; without it, the date
  std::optional<std::string> at{};       ///< without it, now
  std::vector<std::string> set{};        ///< name=value
};
int run_batch(const batch_options& options, output& out);

struct generate_options {
  std::string scheme{};
  std::uint64_t count = 0;
  std::optional<std::string> start{};  ///< without it, the first of the scheme
  std::string separator = "\\n";       ///< with escapes
};
int run_generate(const generate_options& options, output& out);

struct check_options {
  std::string scheme{};
  std::string text{};  ///< `-` reads texts from standard input, one per line
  std::string db{};    ///< if not empty, this database is audited, and nothing else
  bool json = false;
};
int run_check(const check_options& options, output& out);

struct schemes_options {
  bool json = false;
  bool markdown = false;
};
int run_schemes(const schemes_options& options, output& out);

struct tune_options {
  std::string sample{};
  std::optional<std::string> column{};  ///< if given, the sample is CSV and this is a header
  bool json = false;
};
int run_tune(const tune_options& options, output& out);

struct import_options {
  std::string parts{};
  std::string stock{};
  std::string db{};     ///< empty: in memory only
  std::string scope{};  ///< empty: the scope of the database, or part-tree if it is new
  std::string rejects{};
  bool json = false;
  std::vector<std::string> columns{};  ///< name=HEADER
  std::uint64_t threads = 2;           ///< the most to use
};
int run_import(const import_options& options, output& out);

// ---- on a database, the file `db` -----------------------------------------------------------------------------------

struct find_options {
  std::string db{};
  std::string serial{};
  std::optional<std::string> part{};  ///< without it, every part
  bool json = false;
};
int run_find(const find_options& options, output& out);

struct trace_options {
  std::string db{};
  std::string batch{};
  bool json = false;
};
int run_trace(const trace_options& options, output& out);

struct history_options {
  std::string db{};
  std::string item{};  ///< see find_item
  bool json = false;
};
int run_history(const history_options& options, output& out);

struct serials_options {
  std::string db{};
  std::string part{};
  std::string format = "csv";  ///< or `json`
};
int run_serials(const serials_options& options, output& out);

struct stats_options {
  std::string db{};
  bool json = false;
};
int run_stats(const stats_options& options, output& out);

/// `check --db`.
int run_check_of_database(const check_options& options, output& out);

struct serialize_options {
  std::string db{};
  std::string item{};
  std::uint64_t count = 0;               ///< this number of next serials; 0: those that `serials` names
  std::optional<std::string> serials{};  ///< a strict expression
  std::uint64_t quantity = 0;            ///< how many it must name; 0: the whole quantity of the item
  bool json = false;
};
int run_serialize(const serialize_options& options, output& out);

struct split_options {
  std::string db{};
  std::string item{};
  std::string quantity{};
  bool json = false;
};
int run_split(const split_options& options, output& out);

struct merge_options {
  std::string db{};
  std::string into{};
  std::vector<std::string> from{};
  bool json = false;
};
int run_merge(const merge_options& options, output& out);

struct adjust_options {
  std::string db{};
  std::string item{};
  std::optional<std::string> add{}, take{}, count{};  ///< exactly one of them: a quantity
  bool json = false;
};
int run_adjust(const adjust_options& options, output& out);

struct remove_options {
  std::string db{};
  std::string item{};
  bool json = false;
};
int run_remove(const remove_options& options, output& out);

}  // namespace tallymark::tool
