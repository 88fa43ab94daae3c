#include "item_names.hpp"

namespace tallymark::tool {

item_names::item_names(sqlite3* database) : database_(database) {
  sqlite3_stmt* made = nullptr;
  const char* const query = "SELECT min(first) FROM items WHERE data_name = ?1";
  if (sqlite3_prepare_v3(database, query, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK) failed();
  by_name_.reset(made);
}

std::optional<item_id> item_names::find(std::string_view name) {
  if (found_ != no_item && name == found_name_) return found_;
  std::optional<item_id> found;
  if (const auto latest = latest_.find(name); latest != latest_.end()) {
    found = latest->second;
  } else if (database_ && error_.empty()) {
    sqlite3_stmt* const query = by_name_.get();
    if (sqlite3_bind_text64(query, 1, name.data(), name.size(), SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK ||
        sqlite3_step(query) != SQLITE_ROW)
      failed();
    else if (sqlite3_column_type(query, 0) == SQLITE_INTEGER)
      found = static_cast<item_id>(sqlite3_column_int64(query, 0));
    sqlite3_reset(query);
    sqlite3_clear_bindings(query);
  }
  if (found) {
    found_name_ = name;
    found_ = *found;
  }
  return found;
}

void item_names::failed() {
  if (error_.empty()) error_ = sqlite3_errmsg(database_);
}

}  // namespace tallymark::tool
