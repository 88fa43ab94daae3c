// A prepared statement of SQLite that closes itself.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

namespace tallymark {

/// A prepared statement. It is prepared when it is first used, and stays so. Texts that are bound are not copied: they
/// must live until it is reset. Codes are those of SQLite.
class sqlite_statement {
 public:
  explicit sqlite_statement(std::string sql) : sql_(std::move(sql)) {}
  sqlite_statement(const sqlite_statement&) = delete;
  sqlite_statement& operator=(const sqlite_statement&) = delete;
  ~sqlite_statement() { sqlite3_finalize(prepared_); }

  /// Becomes another statement.
  void assign(std::string sql) noexcept {
    finalize();
    sql_ = std::move(sql);
  }
  /// Gives back what it holds of the connection; it can be made ready again.
  void finalize() noexcept {
    sqlite3_finalize(std::exchange(prepared_, nullptr));
    bound_ = SQLITE_OK;
  }

  /// Makes it ready to bind; what was bound before stays bound. SQLITE_OK, or why it cannot be prepared.
  int ready(sqlite3* db) noexcept {
    bound_ = SQLITE_OK;
    if (prepared_ != nullptr) {
      sqlite3_reset(prepared_);  // its code is that of the step before, which has been seen
      return SQLITE_OK;
    }
    if (sql_.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return SQLITE_TOOBIG;
    return sqlite3_prepare_v3(db, sql_.data(), static_cast<int>(sql_.size()), SQLITE_PREPARE_PERSISTENT, &prepared_,
                              nullptr);
  }
  /// Ends the reading of rows.
  void reset() noexcept { sqlite3_reset(prepared_); }

  // ---- binding; parameters count from 1, as in SQL. What cannot be bound is told by `step`.

  void integer(int at, std::int64_t value) noexcept { note(sqlite3_bind_int64(prepared_, at, value)); }
  void text(int at, std::string_view value) noexcept {
    note(sqlite3_bind_text64(prepared_, at, value.data() == nullptr ? "" : value.data(), value.size(), SQLITE_STATIC,
                             SQLITE_UTF8));
  }
  void blob(int at, std::string_view value) noexcept {
    note(sqlite3_bind_blob64(prepared_, at, value.data() == nullptr ? "" : value.data(), value.size(), SQLITE_STATIC));
  }
  void null(int at) noexcept { note(sqlite3_bind_null(prepared_, at)); }
  void text_or_null(int at, std::string_view value) noexcept { value.empty() ? null(at) : text(at, value); }

  // ---- stepping

  /// One step: SQLITE_ROW, SQLITE_DONE, or why not.
  int step() noexcept {
    if (bound_ != SQLITE_OK) return std::exchange(bound_, SQLITE_OK);
    return sqlite3_step(prepared_);
  }
  /// Runs a statement whose rows do not matter: SQLITE_OK, or why not.
  int run() noexcept {
    int code = step();
    while (code == SQLITE_ROW) code = step();
    sqlite3_reset(prepared_);
    return code == SQLITE_DONE ? SQLITE_OK : code;
  }

  // ---- the row; columns count from 0, as in SQLite. Views are good until the next step.

  [[nodiscard]] std::int64_t integer(int at) const noexcept { return sqlite3_column_int64(prepared_, at); }
  [[nodiscard]] std::string_view text(int at) const noexcept {
    const int size = bytes(at);  // of the text, whatever is stored; 0 for NULL
    const auto* const begin = size == 0 ? nullptr : reinterpret_cast<const char*>(sqlite3_column_text(prepared_, at));
    return {begin == nullptr ? "" : begin, begin == nullptr ? 0 : static_cast<std::size_t>(size)};
  }
  [[nodiscard]] std::string_view blob(int at) const noexcept {
    const auto* const begin = static_cast<const char*>(sqlite3_column_blob(prepared_, at));
    return {begin == nullptr ? "" : begin, begin == nullptr ? 0 : static_cast<std::size_t>(bytes(at))};
  }
  [[nodiscard]] bool is_null(int at) const noexcept { return sqlite3_column_type(prepared_, at) == SQLITE_NULL; }

 private:
  [[nodiscard]] int bytes(int at) const noexcept { return sqlite3_column_bytes(prepared_, at); }
  void note(int code) noexcept {
    if (code != SQLITE_OK) bound_ = code;
  }

  std::string sql_;
  sqlite3_stmt* prepared_ = nullptr;
  int bound_ = SQLITE_OK;  // the first failure of binding since it was made ready
};

/// Ends the reading of a statement's rows when it goes, also by an exception.
class sqlite_reset {
 public:
  explicit sqlite_reset(sqlite_statement& statement) noexcept : statement_(statement) {}
  sqlite_reset(const sqlite_reset&) = delete;
  sqlite_reset& operator=(const sqlite_reset&) = delete;
  ~sqlite_reset() { statement_.reset(); }

 private:
  sqlite_statement& statement_;
};

}  // namespace tallymark
