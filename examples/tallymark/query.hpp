// Questions in SQL to a database of stock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <sqlite3.h>

namespace tallymark::tool {

/// A statement of SQLite that is asked for its rows. What cannot be prepared has none.
class query {
 public:
  query(sqlite3* handle, std::string_view sql) {
    sqlite3_prepare_v2(handle, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr);
  }
  query(const query&) = delete;
  query& operator=(const query&) = delete;
  ~query() { sqlite3_finalize(statement_); }

  query& bind(int at, std::string_view text) {
    sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  query& bind(int at, std::uint64_t value) {
    sqlite3_bind_int64(statement_, at, static_cast<sqlite3_int64>(value));
    return *this;
  }

  /// False at the end, and if it failed.
  [[nodiscard]] bool next() {
    state_ = statement_ ? sqlite3_step(statement_) : SQLITE_ERROR;
    return state_ == SQLITE_ROW;
  }
  [[nodiscard]] bool failed() const { return state_ != SQLITE_ROW && state_ != SQLITE_DONE; }

  [[nodiscard]] std::uint64_t number(int column) const {
    return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column));
  }
  [[nodiscard]] std::string text(int column) const {
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    const unsigned char* const bytes = sqlite3_column_text(statement_, column);
    return bytes ? std::string(bytes, bytes + size) : std::string();
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int state_ = SQLITE_OK;
};

}  // namespace tallymark::tool
