// SQLite's connection and prepared statements as values that close themselves, and its codes as ours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include <tallymark/error.hpp>

namespace tallymark::detail {

// What was going on when SQLite failed: the same code means different things.
enum class sqlite_act : std::uint8_t { opening, reading, writing };

constexpr errc sqlite_errc(int code, sqlite_act act) noexcept {
  if (code == SQLITE_CONSTRAINT_TRIGGER) return errc::already_taken;  // our triggers refuse nothing else
  const bool writing = act == sqlite_act::writing;
  switch (code & 0xFF) {
    case SQLITE_FULL: return errc::journal_full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return errc::journal_busy;
    case SQLITE_READONLY:
    case SQLITE_PERM: return errc::journal_read_only;
    case SQLITE_NOTADB: return act == sqlite_act::opening ? errc::journal_foreign : errc::journal_corrupt;
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT: return errc::journal_corrupt;
    case SQLITE_TOOBIG: return errc::journal_too_large;
    case SQLITE_CANTOPEN: return errc::journal_unreadable;
    // "no such table", "no such column": somebody took away what every journal has
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
    case SQLITE_MISMATCH: return writing ? errc::journal_failed : errc::journal_corrupt;
    default: return writing ? errc::journal_failed : errc::journal_unreadable;
  }
}

// A prepared statement. It is prepared when it is first used, and stays so. Texts that are bound are not copied: they
// must live until it is reset.
class sqlite_statement {
 public:
  explicit sqlite_statement(std::string sql) : sql_(std::move(sql)) {}
  sqlite_statement(const sqlite_statement&) = delete;
  sqlite_statement& operator=(const sqlite_statement&) = delete;
  ~sqlite_statement() { sqlite3_finalize(prepared_); }

  // Makes it ready to bind. All that it was bound to stays. Answers with a code of SQLite.
  int ready(sqlite3* db) {
    if (prepared_ != nullptr) {
      sqlite3_reset(prepared_);  // its code is that of the step before, which has been seen
      return SQLITE_OK;
    }
    if (sql_.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return SQLITE_TOOBIG;
    return sqlite3_prepare_v3(db, sql_.data(), static_cast<int>(sql_.size()), SQLITE_PREPARE_PERSISTENT, &prepared_,
                              nullptr);
  }
  void reset() noexcept { sqlite3_reset(prepared_); }

  // Binding; columns and parameters count from 1, as parameters do in SQL. A text that is too long is told by `step`.
  void integer(int at, std::int64_t value) { keep(sqlite3_bind_int64(prepared_, at, value)); }
  void text(int at, std::string_view value) {
    keep(sqlite3_bind_text64(prepared_, at, value.data() == nullptr ? "" : value.data(), value.size(), SQLITE_STATIC,
                             SQLITE_UTF8));
  }
  void blob(int at, std::string_view value) {
    keep(sqlite3_bind_blob64(prepared_, at, value.data() == nullptr ? "" : value.data(), value.size(), SQLITE_STATIC));
  }
  void null(int at) { keep(sqlite3_bind_null(prepared_, at)); }
  void text_or_null(int at, std::string_view value) { value.empty() ? null(at) : text(at, value); }

  // One step: SQLITE_ROW, SQLITE_DONE, or why not.
  int step() {
    if (bound_ != SQLITE_OK) return std::exchange(bound_, SQLITE_OK);
    return sqlite3_step(prepared_);
  }
  // A statement without rows: SQLITE_OK, or why not.
  int run() {
    int code = step();
    while (code == SQLITE_ROW) code = step();
    sqlite3_reset(prepared_);
    return code == SQLITE_DONE ? SQLITE_OK : code;
  }

  // The row; columns count from 0, as they do in SQLite. Views are good until the next step.
  [[nodiscard]] std::int64_t integer(int at) const { return sqlite3_column_int64(prepared_, at); }
  [[nodiscard]] std::string_view text(int at) const {
    const int size = bytes(at);  // of the text, whatever is stored; none of NULL
    const auto* const begin = size == 0 ? nullptr : reinterpret_cast<const char*>(sqlite3_column_text(prepared_, at));
    return {begin == nullptr ? "" : begin, begin == nullptr ? 0 : static_cast<std::size_t>(size)};
  }
  [[nodiscard]] std::string_view blob(int at) const {
    const auto* const begin = static_cast<const char*>(sqlite3_column_blob(prepared_, at));
    return {begin == nullptr ? "" : begin, begin == nullptr ? 0 : static_cast<std::size_t>(bytes(at))};
  }
  [[nodiscard]] bool is_null(int at) const { return sqlite3_column_type(prepared_, at) == SQLITE_NULL; }

 private:
  [[nodiscard]] int bytes(int at) const { return sqlite3_column_bytes(prepared_, at); }
  void keep(int code) {
    if (code != SQLITE_OK) bound_ = code;
  }

  std::string sql_;
  sqlite3_stmt* prepared_ = nullptr;
  int bound_ = SQLITE_OK;
};

// A connection, and what SQLite said when something last failed.
class sqlite_database {
 public:
  sqlite_database() = default;
  sqlite_database(const sqlite_database&) = delete;
  sqlite_database& operator=(const sqlite_database&) = delete;
  ~sqlite_database() { sqlite3_close_v2(handle_); }

  // Empty `vfs`: the default one.
  result<void> open(const std::string& file, int flags, const std::string& vfs) {
    sqlite3_close_v2(std::exchange(handle_, nullptr));
    const int code = sqlite3_open_v2(file.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
    // an error here is a VFS that there is not
    if (code != SQLITE_OK) return failed(code == SQLITE_ERROR ? SQLITE_CANTOPEN : code, sqlite_act::opening);
    sqlite3_extended_result_codes(handle_, 1);
    return {};
  }

  [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }

  // A transaction is open.
  [[nodiscard]] bool within() const noexcept { return sqlite3_get_autocommit(handle_) == 0; }

  // Statements without parameters, whose rows nobody wants.
  int run(const char* sql) { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }
  result<void> run(const char* sql, sqlite_act act) {
    const int code = run(sql);
    if (code != SQLITE_OK) return failed(code, act);
    return {};
  }

  // Makes a change in a transaction of its own: all of it is there after this, or none.
  template <class Change>
  result<void> change(Change&& make) {
    if (const auto begun = run("BEGIN IMMEDIATE", sqlite_act::writing); !begun) return begun;
    result<void> done = make();
    if (done) done = run("COMMIT", sqlite_act::writing);
    roll_back();
    return done;
  }
  // Answers what `question` does, which sees one moment: in the transaction that is open, or in one of its own.
  template <class Look>
  auto look(sqlite_act act, Look&& question) -> decltype(question()) {
    const bool alone = !within();
    if (alone)
      if (const auto begun = run("BEGIN", act); !begun) return unexpected<failure>(begun.error());
    auto found = question();
    if (alone) roll_back();
    return found;
  }
  // Ends the transaction, if one is open: nothing of it is there.
  void roll_back() noexcept {
    if (handle_ != nullptr && within()) run("ROLLBACK");
  }

  // Keeps what SQLite says about a code that it has just answered with.
  unexpected<failure> failed(int code, sqlite_act act) {
    const bool latest = handle_ != nullptr && (sqlite3_extended_errcode(handle_) & 0xFF) == (code & 0xFF);
    return failed(sqlite_errc(code, act), latest ? sqlite3_errmsg(handle_) : sqlite3_errstr(code));
  }
  // What we say ourselves.
  unexpected<failure> failed(errc code, std::string_view why) {
    message_.assign(why);
    return fail(code);
  }

 private:
  sqlite3* handle_ = nullptr;
  std::string message_;
};

}  // namespace tallymark::detail
