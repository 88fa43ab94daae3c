#include "item_names.hpp"

namespace tallymark::tool {

item_names::item_names(sqlite3* database) : database_(database) {
  by_name_ = std::make_unique<sqlite_statement>("SELECT min(first) FROM items WHERE data_name = ?1");
}

std::optional<item_id> item_names::find(std::string_view name) {
  if (found_ != no_item && name == found_name_) return found_;
  std::optional<item_id> found;
  if (const auto latest = latest_.find(name); latest != latest_.end()) {
    found = latest->second;
  } else if (database_ && error_.empty()) {
    int code = by_name_->ready(database_);
    const sqlite_reset reset(*by_name_);
    by_name_->text(1, name);
    if (code == SQLITE_OK) code = by_name_->step();
    if (code != SQLITE_ROW)
      failed();
    else if (!by_name_->is_null(0))
      found = static_cast<item_id>(by_name_->integer(0));
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
