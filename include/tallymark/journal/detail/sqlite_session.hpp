// An open file of SQLite: how it is opened, and its transactions.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <tallymark/journal/detail/sqlite_history.hpp>
#include <tallymark/journal/detail/sqlite_reader.hpp>
#include <tallymark/journal/detail/sqlite_schema.hpp>
#include <tallymark/journal/detail/sqlite_statement.hpp>
#include <tallymark/journal/detail/sqlite_writer.hpp>

namespace tallymark {

/// PRAGMA synchronous: when a commit waits for the disk.
enum class sqlite_synchronous : std::uint8_t {
  off,     ///< never: a power loss can damage the file
  normal,  ///< not: a power loss takes the last commits away, and nothing else
  full,    ///< each one: what is acknowledged is on the disk
  extra,   ///< in WAL mode the same as full
};

/// How a journal in SQLite is opened.
struct sqlite_options {
  sqlite_synchronous synchronous = sqlite_synchronous::full;
  std::chrono::milliseconds busy_timeout{5000};  ///< how long to wait for others
  bool create = true;                            ///< false: journal_missing if there is no file
  bool read_only = false;
  std::size_t cache_bytes = 64U << 20U;  ///< PRAGMA cache_size: memory for pages of the file
  std::string vfs{};                     ///< a VFS that is registered with SQLite; empty: the default one
};

namespace detail {

class sqlite_session {
 public:
  using names = std::span<const std::string_view>;

  static result<std::unique_ptr<sqlite_session>> open(const std::string& file, const sqlite_options& options,
                                                      names part_members, names item_members) {
    // a text of C ends at the first zero: that would be another file; without a name SQLite makes one that vanishes
    if (file.empty() || file.find('\0') != file.npos) return fail(errc::journal_unreadable);
    std::unique_ptr<sqlite_session> made(new sqlite_session(options, part_members, item_members));
    const auto done = made->start(file, part_members, item_members);
    if (!done) return unexpected<failure>(done.error());
    return made;
  }

  ~sqlite_session() { cancel(); }
  sqlite_session(const sqlite_session&) = delete;
  sqlite_session& operator=(const sqlite_session&) = delete;

  result<bool> begin() {
    if (read_only_) return db_.failed(errc::journal_read_only, "the journal was opened for reading");
    if (db_.within()) return db_.failed(errc::journal_failed, "a transaction is open already");
    if (const auto done = db_.run("BEGIN IMMEDIATE", sqlite_act::writing); !done)
      return unexpected<failure>(done.error());
    auto version = known_version();
    if (!version) {
      cancel();
      return unexpected<failure>(version.error());
    }
    begun_ = *version;
    return *version != seen_.version;
  }

  template <class Reader>
  result<void> read(Reader& reader) {
    return db_.look(sqlite_act::reading, [&]() -> result<void> {
      if (const auto version = known_version(); !version) return unexpected<failure>(version.error());
      const auto now = reader_.read(reader, seen_);
      if (!now) return unexpected<failure>(now.error());
      seen_ = *now;
      return {};
    });
  }

  result<void> append(const row_group& group) {
    // also when the writing throws: what was written is taken back, and nothing of it is known any more
    struct taken_back {
      sqlite_session* of;
      ~taken_back() {
        if (of == nullptr) return;
        of->cancel();
        of->writer_.forget();
      }
    } undo{this};
    if (!db_.within()) return db_.failed(errc::journal_failed, "no transaction was begun");
    auto done = seen_.version == begun_ ? writer_.write(group, seen_.history, begun_ + 1)
                                        : db_.failed(errc::journal_failed, "the changes of others have not been read");
    if (done) done = db_.run("COMMIT", sqlite_act::writing);
    // A commit that fails may leave the transaction open; some failures end it by themselves. Either way nothing of it
    // is there after this.
    if (!done) return done;
    undo.of = nullptr;
    seen_ = {begun_ + 1, seen_.history + group.history.size()};
    return {};
  }

  void cancel() noexcept { db_.roll_back(); }

  [[nodiscard]] std::uint64_t last() const noexcept { return seen_.history; }
  [[nodiscard]] sqlite_history& history() noexcept { return reader_.history(); }
  [[nodiscard]] sqlite3* handle() const noexcept { return db_.handle(); }
  [[nodiscard]] const std::string& message() const noexcept { return db_.message(); }

 private:
  // What a file is, before anything in it is touched.
  enum class found : std::uint8_t { nothing, journal };

  sqlite_session(const sqlite_options& options, names part_members, names item_members)
      : options_(options), writer_(db_, part_members, item_members), reader_(db_, part_members, item_members) {}

  result<std::int64_t> number(const char* sql) {
    sqlite_statement query{sql};
    int code = query.ready(db_.handle());
    if (code == SQLITE_OK) code = query.step();
    if (code != SQLITE_ROW && code != SQLITE_DONE) return db_.failed(code, sqlite_act::opening);
    return code == SQLITE_ROW ? query.integer(0) : 0;
  }

  // The version of the rows, if the tables are still those that this knows.
  result<std::int64_t> known_version() {
    const auto tables = reader_.user_version();
    if (!tables) return tables;
    if (*tables > sqlite_version) return db_.failed(errc::journal_newer, "a newer version has changed the tables");
    return reader_.version();
  }

  result<void> start(const std::string& file, names part_members, names item_members) {
    if (const auto done = connect(file); !done) return done;
    auto there = look();
    if (!there) return unexpected<failure>(there.error());
    if (*there == found::nothing) {
      if (read_only_ || !options_.create) return db_.failed(errc::journal_missing, "the file is empty");
      if (const auto done = create(part_members, item_members); !done) return done;
    }
    if (const auto done = upgrade(); !done) return done;
    if (const auto done = members("parts", part_members); !done) return done;
    return members("items", item_members);
  }

  result<void> connect(const std::string& file) {
    std::error_code ignored;
    const bool memory = file == ":memory:";
    const bool there = memory || std::filesystem::exists(file, ignored);
    read_only_ = options_.read_only;
    const bool make = options_.create && !read_only_;
    if (!there && !make) return db_.failed(errc::journal_missing, "there is no such file");
    const int flags = SQLITE_OPEN_NOMUTEX | (read_only_ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                      (make ? SQLITE_OPEN_CREATE : 0);
    if (const auto done = db_.open(file, flags, options_.vfs); !done) return done;
    read_only_ = sqlite3_db_readonly(db_.handle(), "main") == 1;  // SQLite falls back to reading by itself
    const auto most = std::chrono::milliseconds{std::numeric_limits<int>::max()};
    const auto wait = std::clamp(options_.busy_timeout, std::chrono::milliseconds{0}, most);
    sqlite3_busy_timeout(db_.handle(), static_cast<int>(wait.count()));
    // functions that a foreign file names in its views and triggers are not run
    sqlite3_db_config(db_.handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    constexpr std::size_t most_pages = std::size_t{1} << 30U;  // in KiB
    std::string sql("PRAGMA cache_size = -");
    sql.append(std::to_string(std::clamp<std::size_t>(options_.cache_bytes / 1024, 100, most_pages)));
    sql.append("; PRAGMA cell_size_check = ON; PRAGMA synchronous = ");
    sql.append(std::to_string(static_cast<unsigned>(options_.synchronous)));
    return db_.run(sql.c_str(), sqlite_act::opening);
  }

  // All that it asks is of one moment: meanwhile another process may be making the tables.
  result<found> look() {
    return db_.look(sqlite_act::opening, [&] { return look_within(); });
  }

  result<found> look_within() {
    const auto application = number("PRAGMA application_id");
    if (!application) return unexpected<failure>(application.error());
    const auto version = number("PRAGMA user_version");
    if (!version) return unexpected<failure>(version.error());
    const auto tables = number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return unexpected<failure>(tables.error());
    if (*application == 0 && *version == 0 && *tables == 0) return found::nothing;
    if (*application != sqlite_application)
      return db_.failed(errc::journal_foreign, "the file belongs to another application");
    if (*version > sqlite_version) return db_.failed(errc::journal_newer, "the file is of a newer version");
    if (*version < 1) return db_.failed(errc::journal_corrupt, "there never was such a version");
    return found::journal;
  }

  // Several processes may do this at the same time: one makes the tables, and the others find them.
  result<void> create(names part_members, names item_members) {
    using clock = std::chrono::steady_clock;
    const auto until = clock::now() + std::clamp(options_.busy_timeout, std::chrono::milliseconds{0},
                                                 std::chrono::milliseconds{std::numeric_limits<int>::max()});
    // SQLite does not wait for others while it changes the mode
    int code = db_.run("PRAGMA journal_mode = WAL");
    while ((code & 0xFF) == SQLITE_BUSY && clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
      code = db_.run("PRAGMA journal_mode = WAL");
    }
    if (code != SQLITE_OK) return db_.failed(code, sqlite_act::writing);
    return db_.change([&]() -> result<void> {
      const auto there = look();
      if (!there) return unexpected<failure>(there.error());
      if (*there == found::journal) return {};
      return db_.run(sqlite_schema(part_members, item_members).c_str(), sqlite_act::writing);
    });
  }

  result<void> upgrade() {
    const auto version = number("PRAGMA user_version");
    if (!version) return unexpected<failure>(version.error());
    if (*version == sqlite_version) return {};
    return sqlite_upgrade(db_, sqlite_version, sqlite_steps);
  }

  // Each member has a column, which is made if there is none.
  result<void> members(std::string_view table, names wanted) {
    if (const auto sql = new_columns(table, wanted); !sql || sql->empty())
      return sql ? result<void>{} : unexpected<failure>(sql.error());
    if (read_only_) return db_.failed(errc::journal_read_only, "a member has no column yet");
    return db_.change([&]() -> result<void> {
      const auto sql = new_columns(table, wanted);  // another process may have made some meanwhile
      if (!sql) return unexpected<failure>(sql.error());
      return db_.run(sql->c_str(), sqlite_act::writing);
    });
  }

  // What makes the columns that are missing; a column without a member is refused, since copies of its items would
  // lose it.
  result<std::string> new_columns(std::string_view table, names wanted) {
    std::vector<std::string> there;
    if (const auto done = columns(table, there); !done) return unexpected<failure>(done.error());
    const std::string_view prefix = "data_";
    std::string sql;
    for (const std::string_view name : wanted) {
      const auto is = [&](std::string_view column) {
        return column.starts_with(prefix) && column.substr(prefix.size()) == name;
      };
      if (std::none_of(there.begin(), there.end(), is))
        sql.append("ALTER TABLE ").append(table).append(" ADD COLUMN ").append(sqlite_member(name)).append(" TEXT;");
    }
    for (const std::string_view column : there)
      if (column.starts_with(prefix) &&
          std::find(wanted.begin(), wanted.end(), column.substr(prefix.size())) == wanted.end())
        return db_.failed(errc::journal_other_policies, "the journal has a column for a member that is not named");
    return sql;
  }

  result<void> columns(std::string_view table, std::vector<std::string>& out) {
    sqlite_statement query{"SELECT name FROM pragma_table_info(?1)"};
    int code = query.ready(db_.handle());
    if (code != SQLITE_OK) return db_.failed(code, sqlite_act::opening);
    query.text(1, table);
    while ((code = query.step()) == SQLITE_ROW) out.emplace_back(query.text(0));
    if (code != SQLITE_DONE) return db_.failed(code, sqlite_act::opening);
    return {};
  }

  sqlite_options options_;
  bool read_only_ = false;
  std::int64_t begun_ = 0;  // the version when the transaction began
  sqlite_seen seen_{};
  sqlite_database db_;  // before all that has statements
  sqlite_writer writer_;
  sqlite_reader reader_;
};

}  // namespace detail
}  // namespace tallymark
