// SQLite's connection as a value that closes itself, and its codes as ours.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <sqlite3.h>

#include <tallymark/error.hpp>
#include <tallymark/journal/sqlite/statement.hpp>

namespace tallymark::detail {

// During what SQLite failed: the same code means different things.
enum class sqlite_act : std::uint8_t { opening, reading, writing };

constexpr errc sqlite_errc(int code, sqlite_act act) noexcept {
  if (code == SQLITE_CONSTRAINT_TRIGGER) return errc::already_taken;  // the triggers refuse nothing else
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
    // "no such table", "no such column": something that every journal has was taken away
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
    case SQLITE_MISMATCH: return writing ? errc::journal_failed : errc::journal_corrupt;
    default: return writing ? errc::journal_failed : errc::journal_unreadable;
  }
}

// The name of a file in a URI of SQLite, whose content does not change meanwhile: it is read without locks, and without
// files beside it.
inline std::string sqlite_immutable_uri(std::string_view file) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri("file:");
  char before = 0;
  for (const char c : file) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '.' ||
                       c == '-' || c == '_' || (c == '/' && before != '/');
    if (plain)
      uri += c;
    else
      uri.append(1, '%').append(1, digits[byte >> 4U]).append(1, digits[byte & 15U]);
    before = c;
  }
  return uri.append("?immutable=1");
}

// A connection, and what SQLite said when something last failed.
class sqlite_database {
 public:
  sqlite_database() = default;
  sqlite_database(const sqlite_database&) = delete;
  sqlite_database& operator=(const sqlite_database&) = delete;
  ~sqlite_database() { close(); }

  // Empty `vfs`: the default one.
  [[nodiscard]] result<void> open(const std::string& file, int flags, const std::string& vfs) {
    close();
    const int code = sqlite3_open_v2(file.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
    // SQLITE_ERROR means that the VFS is unknown
    if (code != SQLITE_OK) return failed(code == SQLITE_ERROR ? SQLITE_CANTOPEN : code, sqlite_act::opening);
    sqlite3_extended_result_codes(handle_, 1);
    // prepared now: to undo a change must not need memory
    if (const int prepared = rollback_.ready(handle_); prepared != SQLITE_OK)
      return failed(prepared, sqlite_act::opening);
    return {};
  }

  // Opens a file so that nothing changes, in it and beside it. SQLite needs files beside a database in WAL mode. Only a
  // connection that may write takes them away again; where that cannot be, the file is read as one that does not change.
  [[nodiscard]] result<void> open_to_read(const std::string& file, const std::string& vfs, int busy_timeout) {
    const bool has_log = has_bytes(file + "-wal");
    if (const auto done = open(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, vfs); !done) return done;
    if (sqlite3_db_readonly(handle_, "main") != 1) {
      sqlite3_busy_timeout(handle_, busy_timeout);
      std::error_code ignored;
      // the log of a process that was killed stays as it is
      if (has_log) sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, static_cast<int*>(nullptr));
      const bool alone = has_log && !std::filesystem::exists(file + "-shm", ignored);
      int code = run(alone ? "PRAGMA query_only = ON; PRAGMA locking_mode = EXCLUSIVE" : "PRAGMA query_only = ON");
      if (code == SQLITE_OK) code = run("SELECT 1 FROM sqlite_schema LIMIT 1");
      if ((code & 0xFF) == SQLITE_BUSY) return failed(code, sqlite_act::opening);           // it has waited
      if ((code & 0xFF) != SQLITE_CANTOPEN && (code & 0xFF) != SQLITE_READONLY) return {};  // who reads sees it again
    }
    constexpr int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    const bool frozen = !has_bytes(file + "-wal");
    const auto done = frozen ? open(sqlite_immutable_uri(file), flags | SQLITE_OPEN_URI, vfs) : open(file, flags, vfs);
    if (done && frozen) frozen_ = stamp{file};
    if (done) sqlite3_busy_timeout(handle_, busy_timeout);
    return done;
  }
  // A file that was opened as one that does not change has not changed. Asked after reading.
  [[nodiscard]] result<void> still_the_same() {
    if (!frozen_ || frozen_->holds()) return {};
    return failed(errc::journal_busy, "the file was changed while it was read");
  }

  [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }
  void clear_message() noexcept { message_.clear(); }

  // A transaction is open.
  [[nodiscard]] bool within() const noexcept { return sqlite3_get_autocommit(handle_) == 0; }

  // Statements without parameters, whose rows do not matter.
  int run(const char* sql) noexcept { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }
  [[nodiscard]] result<void> run(const char* sql, sqlite_act act) {
    const int code = run(sql);
    if (code != SQLITE_OK) return failed(code, act);
    return {};
  }

  // Rolls back when it goes, unless it is let go before: also by an exception.
  class undo {
   public:
    explicit undo(sqlite_database& db, bool armed = true) noexcept : db_(armed ? &db : nullptr) {}
    undo(const undo&) = delete;
    undo& operator=(const undo&) = delete;
    ~undo() {
      if (db_ != nullptr) db_->roll_back();
    }
    void let_go() noexcept { db_ = nullptr; }

   private:
    sqlite_database* db_;
  };

  // Makes a change in a transaction of its own: all of it is there after this, or nothing.
  template <class Change>
  [[nodiscard]] result<void> change(Change&& make) {
    if (const auto begun = run("BEGIN IMMEDIATE", sqlite_act::writing); !begun) return begun;
    const undo guard(*this);
    result<void> done = make();
    if (done) done = run("COMMIT", sqlite_act::writing);
    return done;
  }
  // Answers what `question` does, which sees one moment: in the transaction that is open, or in one of its own.
  template <class Look>
  auto look(sqlite_act act, Look&& question) -> decltype(question()) {
    const bool alone = !within();
    if (alone)
      if (const auto begun = run("BEGIN", act); !begun) return unexpected<failure>(begun.error());
    const undo guard(*this, alone);
    return question();
  }
  // Ends the transaction, if one is open: nothing of it is there.
  void roll_back() noexcept {
    if (handle_ != nullptr && within() && rollback_.ready(handle_) == SQLITE_OK) rollback_.run();
  }

  // Keeps what SQLite says about a code that it has just answered with.
  unexpected<failure> failed(int code, sqlite_act act) {
    const bool latest = handle_ != nullptr && (sqlite3_extended_errcode(handle_) & 0xFF) == (code & 0xFF);
    return failed(sqlite_errc(code, act), latest ? sqlite3_errmsg(handle_) : sqlite3_errstr(code));
  }
  // What this library says itself.
  unexpected<failure> failed(errc code, std::string_view why) {
    message_.assign(why);
    return fail(code);
  }

 private:
  // When a file was changed last, and how large it is.
  class stamp {
   public:
    explicit stamp(std::string file) : file_(std::move(file)), seen_(look()) {}
    [[nodiscard]] bool holds() const { return look() == seen_ && !has_bytes(file_ + "-wal"); }

   private:
    [[nodiscard]] std::pair<std::filesystem::file_time_type, std::uintmax_t> look() const {
      std::error_code ignored;
      return {std::filesystem::last_write_time(file_, ignored), std::filesystem::file_size(file_, ignored)};
    }
    std::string file_;
    std::pair<std::filesystem::file_time_type, std::uintmax_t> seen_;
  };

  [[nodiscard]] static bool has_bytes(const std::string& file) {
    std::error_code unknown;
    const std::uintmax_t size = std::filesystem::file_size(file, unknown);
    return !unknown && size > 0;
  }
  void close() noexcept {
    roll_back();
    rollback_.finalize();
    sqlite3_close_v2(std::exchange(handle_, nullptr));
    frozen_.reset();
  }

  sqlite3* handle_ = nullptr;
  sqlite_statement rollback_{"ROLLBACK"};
  std::optional<stamp> frozen_;
  std::string message_;
};

}  // namespace tallymark::detail
