// Which stock item is meant by a name of the user's file: what the column `item` says.
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

/// Texts by which rows name one another.
using tallymark::detail::text_hash;
template <class Value>
using by_text = boost::unordered_flat_map<std::string, Value, text_hash, std::equal_to<>>;

/// The names of items. Where there is a database, it has those of the items in it, and only the others are in memory.
class item_names {
 public:
  /// All names are in memory.
  item_names() = default;
  /// Precondition: make_name_index(database).
  explicit item_names(sqlite3* database);

  /// The item of a name; of several, the oldest. None also after a failure of the database: see `error`.
  [[nodiscard]] std::optional<item_id> find(std::string_view name);
  /// Precondition: no item has the name.
  void add(std::string_view name, item_id item) { latest_.emplace(name, item); }
  /// The items whose names were added are in the database now.
  void committed() {
    if (database_) latest_.clear();
  }

  /// What the database said to the first failure; empty if there was none.
  [[nodiscard]] const std::string& error() const noexcept { return error_; }

 private:
  void failed();

  sqlite3* database_ = nullptr;
  std::unique_ptr<sqlite_statement> by_name_;
  by_text<item_id> latest_;
  // the one that was found last: rows with the same parent often follow each other
  std::string found_name_;
  item_id found_ = no_item;
  std::string error_;
};

}  // namespace tallymark::tool
