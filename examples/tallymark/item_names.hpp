// Finds the stock item that a name in the user's file means: the names are those of the column `item`.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <sqlite3.h>
#include <boost/unordered/unordered_flat_map.hpp>

#include <tallymark/ext/detail/text_hash.hpp>
#include <tallymark/journal/sqlite/statement.hpp>
#include <tallymark/stock/item.hpp>

namespace tallymark::tool {

/// A map from the texts by which rows refer to one another.
using tallymark::detail::text_hash;
template <class Value>
using by_text = boost::unordered_flat_map<std::string, Value, text_hash, std::equal_to<>>;

/// The names of items. With a database, those of committed items are looked up in it, and only the others are in memory.
class item_names {
 public:
  /// All names are in memory.
  item_names() = default;
  /// Precondition: make_name_index(database).
  explicit item_names(sqlite3* database);

  /// The item with this name; the oldest if there are several. Nothing also after a failure of the database: see `error`.
  [[nodiscard]] std::optional<item_id> find(std::string_view name);
  /// Precondition: no item has the name.
  void add(std::string_view name, item_id item) { latest_.emplace(name, item); }
  /// To be called when the items whose names were added are in the database.
  void committed() {
    if (database_) latest_.clear();
  }

  /// The message of the first failure of the database; empty if nothing failed.
  [[nodiscard]] const std::string& error() const noexcept { return error_; }

 private:
  void failed();

  sqlite3* database_ = nullptr;
  std::unique_ptr<sqlite_statement> by_name_;
  by_text<item_id> latest_;
  // the latest lookup: rows with the same parent often follow each other
  std::string found_name_;
  item_id found_ = no_item;
  std::string error_;
};

}  // namespace tallymark::tool
