// Lists that commands print: a table for people, or a JSON array with one object per line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include <tallymark/stock/item.hpp>

#include "database.hpp"
#include "output.hpp"

namespace tallymark::tool {

/// A list of any length, in bounded memory: the first thousand rows determine the column widths of a table.
class listing {
 public:
  listing(output& out, bool json, std::vector<std::string> headers)
      : out_(out), json_(json), table_{std::move(headers)} {}

  [[nodiscard]] bool json() const noexcept { return json_; }
  /// Adds a row to a table: a cell for each header.
  void add_row(std::vector<std::string> cells);
  /// Adds an object to the array.
  void add_object(const nlohmann::ordered_json& object);
  /// Ends the list. A table without rows prints nothing, not even the headers.
  void finish();

 private:
  static constexpr std::size_t rows_to_measure = 1000;

  void write(const std::vector<std::string>& cells);
  void write_measured();

  output& out_;
  bool json_;
  bool has_objects_ = false;
  std::vector<std::vector<std::string>> table_;  // the headers, and the rows that are not written yet
  std::vector<std::size_t> widths_;              // empty until the first rows have been measured
};

/// Stock items, with one row for each block.
class item_listing {
 public:
  item_listing(database& db, output& out, bool json);

  /// Adds these items, block by block.
  void add(items selected);
  void finish() { list_.finish(); }

 private:
  void add_block(items selected);

  database& db_;
  listing list_;
};

/// `#7`, or `#7 - #9`.
[[nodiscard]] std::string shown(items selected);

}  // namespace tallymark::tool
