// A journal in a file of SQLite, which any number of processes may share and a person can query.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include <tallymark/journal/sqlite/detail/session.hpp>
#include <tallymark/journal/sqlite/options.hpp>
#include <tallymark/policy/journal.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark {

/// An open journal in SQLite. Movable; not thread-safe. All text that it gives away in a row or an entry is good during
/// the call; the source of an origin is good as long as the log lives. What is visited must not use the log.
class sqlite_log {
 public:
  /// Begins a transaction; see journal_log. Errors: journal_closed, journal_busy after the timeout, journal_read_only,
  /// journal_newer if another program has changed the tables meanwhile, journal_unreadable, journal_corrupt.
  [[nodiscard]] result<bool> begin() {
    if (!session_) return fail(errc::journal_closed);
    return session_->begin();
  }
  /// Gives what was changed since the last call, at first everything; see row_reader. After a failure the next call
  /// gives the same again. Errors: the reader's, journal_closed, journal_busy, journal_unreadable, journal_corrupt,
  /// journal_newer. O(what was changed).
  template <class Reader>
  [[nodiscard]] result<void> read(Reader& reader) {
    if (!session_) return fail(errc::journal_closed);
    return session_->read(reader);
  }
  /// Writes a group of changes and ends the transaction, in any case: after a failure nothing of it is there. Errors:
  /// already_taken, journal_closed, journal_full, journal_busy, journal_read_only, journal_failed (also if nothing was
  /// begun, if others' changes have not been read, or if the numbers do not continue), journal_corrupt,
  /// journal_too_large for numbers from 2^63 on.
  [[nodiscard]] result<void> append(const row_group& group) {
    if (!session_) return fail(errc::journal_closed);
    return session_->append(group);
  }
  /// Ends the transaction without a change. Does nothing if no transaction is open.
  void cancel() noexcept {
    if (session_) session_->cancel();
  }
  /// The number of the next change, as far as has been read or appended.
  [[nodiscard]] std::uint64_t last() const noexcept { return session_ ? session_->last() : 0; }

  /// Visits what was done to an item, oldest first: `visit(const entry&)`. Visits nothing if the item does not exist.
  /// Errors: journal_closed, journal_busy, journal_unreadable, journal_corrupt. O(log n + entries about many items at
  /// once).
  template <class Visit>
  [[nodiscard]] result<void> history(item_id item, Visit&& visit) {
    if (!session_) return fail(errc::journal_closed);
    return session_->history().visit(item, visit);
  }
  /// Visits everything that was done, oldest first: `visit(const entry&)`. Errors: as above. O(n).
  template <class Visit>
  [[nodiscard]] result<void> history(Visit&& visit) {
    if (!session_) return fail(errc::journal_closed);
    return session_->history().visit(visit);
  }
  /// Visits what was taken of a source, in the order of its lines: `visit(const origin&)`. Errors: as above. O(log n +
  /// what was taken).
  template <class Visit>
  [[nodiscard]] result<void> origins(std::string_view source, Visit&& visit) {
    if (!session_) return fail(errc::journal_closed);
    return session_->history().origins(source, visit);
  }

  /// The names of the policies that wrote the journal, as it was opened.
  [[nodiscard]] journal_policies written_by() const { return session_ ? session_->written_by() : journal_policies(); }
  /// The stride of all runs in it, which it has from the stock that made it.
  [[nodiscard]] std::uint64_t stride() const noexcept { return session_ ? session_->stride() : 1; }
  /// The connection, for queries of your own; null if the log was moved away. What you change through it in the tables
  /// of the journal is not checked.
  [[nodiscard]] sqlite3* handle() const noexcept { return session_ ? session_->handle() : nullptr; }
  /// What SQLite said to the last failure, in English; empty if there was none. Good until the next failure.
  [[nodiscard]] const std::string& message() const noexcept {
    static const std::string none;
    return session_ ? session_->message() : none;
  }

 private:
  friend class sqlite_journal;
  explicit sqlite_log(std::unique_ptr<detail::sqlite_session> session) noexcept : session_(std::move(session)) {}

  std::unique_ptr<detail::sqlite_session> session_;
};

/// Fills the journal slot: every change is durable in a file of SQLite before the call that makes it returns.
class sqlite_journal {
 public:
  using policy_slot = journal_slot;
  using log = sqlite_log;

  explicit sqlite_journal(std::string file, sqlite_options options = {})
      : file_(std::move(file)), options_(std::move(options)) {}

  /// Opens the file, and makes it if it does not exist. Each member of the schema has a column; columns of other members
  /// stay as they are. Errors: journal_missing, journal_unreadable, journal_read_only, journal_busy, journal_full,
  /// journal_failed, journal_corrupt; journal_newer, journal_older, journal_foreign and journal_other_policies, and
  /// nothing in the file was touched.
  [[nodiscard]] result<sqlite_log> open(const journal_schema& schema) const {
    auto opened = detail::sqlite_session::open(file_, options_, schema);
    if (!opened) return unexpected<failure>(opened.error());
    return sqlite_log(std::move(*opened));
  }

  /// The names of the policies that wrote the file. Nothing is changed. Errors: as open.
  [[nodiscard]] result<journal_policies> written_by() const {
    sqlite_options reading = options_;
    reading.read_only = true;
    const auto opened = detail::sqlite_session::open(file_, reading, {});
    if (!opened) return unexpected<failure>(opened.error());
    return (*opened)->written_by();
  }

  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  [[nodiscard]] const sqlite_options& options() const noexcept { return options_; }

 private:
  std::string file_;
  sqlite_options options_;
};

static_assert(journal_policy<sqlite_journal>);

}  // namespace tallymark
