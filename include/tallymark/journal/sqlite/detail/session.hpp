// An open file of SQLite: how it is opened, and its transactions.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
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

#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/journal/sqlite/detail/history.hpp>
#include <tallymark/journal/sqlite/detail/reader.hpp>
#include <tallymark/journal/sqlite/detail/schema.hpp>
#include <tallymark/journal/sqlite/detail/writer.hpp>
#include <tallymark/journal/sqlite/options.hpp>
#include <tallymark/policy/journal.hpp>

namespace tallymark {

/// The names of the policies that wrote a journal; empty where none was said. See policy_name.
struct journal_policies {
  std::string serials{};
  std::string scope{};

  friend bool operator==(const journal_policies&, const journal_policies&) = default;
};

namespace detail {

class sqlite_session {
 public:
  using names = std::span<const std::string_view>;

  [[nodiscard]] static result<std::unique_ptr<sqlite_session>> open(const std::string& file,
                                                                    const sqlite_options& options,
                                                                    const journal_schema& schema) {
    // a text of C ends at the first zero: that would be another file; without a name SQLite makes one that vanishes
    if (file.empty() || file.find('\0') != file.npos) return fail(errc::journal_unreadable);
    std::unique_ptr<sqlite_session> session(new sqlite_session(options, schema));
    const auto done = session->start(file, schema);
    if (!done) return unexpected<failure>(done.error());
    return session;
  }

  ~sqlite_session() { cancel(); }
  sqlite_session(const sqlite_session&) = delete;
  sqlite_session& operator=(const sqlite_session&) = delete;

  [[nodiscard]] result<bool> begin() {
    if (read_only_) return db_.failed(errc::journal_read_only, "the journal was opened for reading");
    if (begun_) return db_.failed(errc::journal_failed, "a transaction is open already");
    db_.roll_back();  // what could not be undone before
    if (const auto done = db_.run("BEGIN IMMEDIATE", sqlite_act::writing); !done)
      return unexpected<failure>(done.error());
    sqlite_database::undo guard(db_);
    const auto version = known_version();
    if (!version) return unexpected<failure>(version.error());
    begun_ = *version;
    guard.let_go();
    return *version != seen_.version;
  }

  template <class Reader>
  [[nodiscard]] result<void> read(Reader& reader) {
    db_.clear_message();
    const auto done = db_.look(sqlite_act::reading, [&]() -> result<void> {
      if (const auto version = known_version(); !version) return unexpected<failure>(version.error());
      const small_cache guard(*this, seen_.version < 0);
      const auto all = reader_.read(reader, seen_);
      if (!all) return unexpected<failure>(all.error());
      if (const auto same = db_.still_the_same(); !same) return same;
      seen_ = *all;
      return {};
    });
    if (!done && db_.message().empty()) return db_.failed(done.error().code, "what was read breaks a rule");
    return done;
  }

  [[nodiscard]] result<void> append(const row_group& group) {
    if (!begun_) return db_.failed(errc::journal_failed, "no transaction was begun");
    // A commit that fails may leave the transaction open; some failures end it by themselves. Either way, and with an
    // exception, nothing of it is there after this.
    const undo_append guard(*this);
    const std::int64_t begun = *begun_;
    auto done = seen_.version == begun ? writer_.write(group, seen_.history, begun + 1)
                                       : db_.failed(errc::journal_failed, "the changes of others have not been read");
    if (done && adopt_) done = db_.run(adopt_->c_str(), sqlite_act::writing);
    if (done) done = db_.run("COMMIT", sqlite_act::writing);
    if (!done) return done;
    begun_.reset();
    adopt_.reset();
    seen_ = {begun + 1, seen_.history + group.history.size()};
    return done;
  }

  void cancel() noexcept {
    begun_.reset();
    db_.roll_back();
  }
  // The policies that wrote it, as it was opened.
  [[nodiscard]] const journal_policies& written_by() const noexcept { return written_by_; }
  // The stride of all runs in it.
  [[nodiscard]] std::uint64_t stride() const noexcept { return stride_; }

  [[nodiscard]] std::uint64_t last() const noexcept { return seen_.history; }
  [[nodiscard]] sqlite_history& history() noexcept { return reader_.history(); }
  [[nodiscard]] sqlite3* handle() const noexcept { return db_.handle(); }
  [[nodiscard]] const std::string& message() const noexcept { return db_.message(); }

 private:
  // What a file is, before anything in it is touched.
  enum class found : std::uint8_t { nothing, journal };

  // Pages are read once when all is read: until this goes, a few of them are kept.
  class small_cache {
   public:
    small_cache(sqlite_session& of, bool armed) : of_(armed ? &of : nullptr) {
      if (of_ != nullptr) of.resize_cache(std::min<std::size_t>(of.options_.cache_bytes, 1U << 20U));
    }
    small_cache(const small_cache&) = delete;
    small_cache& operator=(const small_cache&) = delete;
    ~small_cache() {
      if (of_ != nullptr) of_->resize_cache(of_->options_.cache_bytes);
    }

   private:
    sqlite_session* of_;
  };

  // Undoes what was not committed.
  class undo_append {
   public:
    explicit undo_append(sqlite_session& of) noexcept : of_(of) {}
    undo_append(const undo_append&) = delete;
    undo_append& operator=(const undo_append&) = delete;
    ~undo_append() {
      if (!of_.begun_) return;
      of_.cancel();
      of_.writer_.forget();
    }

   private:
    sqlite_session& of_;
  };

  sqlite_session(sqlite_options options, const journal_schema& schema)
      : options_(std::move(options)),
        writer_(db_, schema.part_members, schema.item_members),
        reader_(db_, schema.part_members, schema.item_members) {
    reader_.set_threads(options_.threads);
  }

  [[nodiscard]] result<std::int64_t> number(const char* sql) {
    sqlite_statement query{sql};
    int code = query.ready(db_.handle());
    if (code == SQLITE_OK) code = query.step();
    if (code != SQLITE_ROW && code != SQLITE_DONE) return db_.failed(code, sqlite_act::opening);
    return code == SQLITE_ROW ? query.integer(0) : 0;
  }

  // The version of the rows, if the tables are still those that this knows. Columns that were added are known after it.
  [[nodiscard]] result<std::int64_t> known_version() {
    const auto tables = reader_.user_version();
    if (!tables) return tables;
    if (*tables > file_version_) return db_.failed(errc::journal_newer, "a newer version has changed the tables");
    const auto schema = reader_.schema_version();
    if (!schema) return schema;
    if (*schema != schema_) {
      std::vector<std::string> of_parts, of_items;
      auto done = columns("parts", of_parts);
      if (done) done = columns("items", of_items);
      if (!done) return unexpected<failure>(done.error());
      reader_.set_columns(of_parts, of_items);
      writer_.set_columns(of_items);
      schema_ = *schema;
    }
    return reader_.version();
  }

  [[nodiscard]] result<void> start(const std::string& file, const journal_schema& schema) {
    if (const auto done = connect(file); !done) return done;
    auto content = look();
    if (!content) return unexpected<failure>(content.error());
    if (*content == found::nothing) {
      if (read_only_ || !options_.create) return db_.failed(errc::journal_missing, "the file is empty");
      if (const auto done = create(schema); !done) return done;
      content = look();  // the file of another process, if that was faster
      if (!content) return unexpected<failure>(content.error());
    }
    if (const auto done = compare_policies(schema); !done) return done;
    writer_.set_stride(stride_);
    reader_.set_stride(stride_);
    if (read_only_) return {};
    return extend(schema);
  }

  [[nodiscard]] result<void> connect(const std::string& file) {
    std::error_code ignored;
    const bool memory = file == ":memory:";
    const bool exists = memory || std::filesystem::exists(file, ignored);
    read_only_ = options_.read_only;
    const bool make = options_.create && !read_only_;
    if (!exists && !make) return db_.failed(errc::journal_missing, "there is no such file");
    const auto most = std::chrono::milliseconds{std::numeric_limits<int>::max()};
    const auto wait = static_cast<int>(std::clamp(options_.busy_timeout, std::chrono::milliseconds{0}, most).count());
    if (!read_only_) {
      const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (make ? SQLITE_OPEN_CREATE : 0);
      if (const auto done = db_.open(file, flags, options_.vfs); !done) return done;
      read_only_ = sqlite3_db_readonly(db_.handle(), "main") == 1;  // SQLite falls back to reading by itself
      sqlite3_busy_timeout(db_.handle(), wait);
    }
    if (read_only_)
      if (const auto done = db_.open_to_read(file, options_.vfs, wait); !done) return done;
    // functions that a foreign file names in its views and triggers are not run
    sqlite3_db_config(db_.handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    std::string sql(cache_size(options_.cache_bytes).data());
    sql.append("; PRAGMA cell_size_check = ON; PRAGMA synchronous = ");
    sql.append(std::to_string(static_cast<unsigned>(options_.synchronous)));
    return db_.run(sql.c_str(), sqlite_act::opening);
  }
  // The statement that sets it, which needs no memory.
  [[nodiscard]] static std::array<char, 48> cache_size(std::size_t bytes) noexcept {
    constexpr std::size_t most = std::size_t{1} << 30U;  // in KiB
    constexpr std::string_view begin = "PRAGMA cache_size = -";
    std::array<char, 48> sql{};
    char* const number = std::copy(begin.begin(), begin.end(), sql.data());
    std::to_chars(number, sql.data() + sql.size(), std::clamp<std::size_t>(bytes / 1024, 100, most));
    return sql;
  }
  void resize_cache(std::size_t bytes) noexcept { db_.run(cache_size(bytes).data()); }

  // All answers are of one moment: another process may be making the tables.
  [[nodiscard]] result<found> look() {
    return db_.look(sqlite_act::opening, [&] { return look_within(); });
  }

  [[nodiscard]] result<found> look_within() {
    const auto application = number("PRAGMA application_id");
    if (!application) return unexpected<failure>(application.error());
    const auto version = number("PRAGMA user_version");
    if (!version) return unexpected<failure>(version.error());
    const auto tables = number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return unexpected<failure>(tables.error());
    if (*application == 0 && *version == 0 && *tables == 0) return found::nothing;
    if (*application != sqlite_application)
      return db_.failed(errc::journal_foreign, "the file belongs to another application");
    if (*version > sqlite_stride_version) return db_.failed(errc::journal_newer, "the file is of a newer version");
    if (*version < 1) return db_.failed(errc::journal_corrupt, "there never was such a version");
    if (*version < sqlite_version) return db_.failed(errc::journal_older, "the file is of an older version");
    file_version_ = *version;
    return found::journal;
  }

  // Several processes may do this at the same time: one makes the tables, and the others find them.
  [[nodiscard]] result<void> create(const journal_schema& schema) {
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
      const auto content = look();
      if (!content) return unexpected<failure>(content.error());
      if (*content == found::journal) return {};
      return db_.run(sqlite_tables_of(schema).c_str(), sqlite_act::writing);
    });
  }

  // The names of the policies that wrote it are read, and are those of `schema`, or will be.
  [[nodiscard]] result<void> compare_policies(const journal_schema& schema) {
    if (const auto done = read_policies(); !done) return done;
    const auto differs = [](const std::string& recorded, std::string_view wanted) {
      return !recorded.empty() && !wanted.empty() && recorded != wanted;
    };
    if (!differs(written_by_.serials, schema.serials) && !differs(written_by_.scope, schema.scope)) return {};
    if (!options_.adopt_policies)
      return db_.failed(errc::journal_other_policies, "the journal was written by policies of other names");
    adopt_ = sqlite_policies(schema);
    return {};
  }
  [[nodiscard]] result<void> read_policies() {
    sqlite_statement query{"SELECT slot, name FROM policies"};
    int code = query.ready(db_.handle());
    if (code != SQLITE_OK) return db_.failed(code, sqlite_act::reading);
    std::optional<std::uint64_t> stride = 1;
    while ((code = query.step()) == SQLITE_ROW) {
      if (query.text(0) == "serials") written_by_.serials = query.text(1);
      if (query.text(0) == "scope") written_by_.scope = query.text(1);
      if (query.text(0) == "stride") stride = sqlite_stride_of(query.text(1));
    }
    if (code != SQLITE_DONE) return db_.failed(code, sqlite_act::reading);
    if (!stride || (*stride == 1) != (file_version_ == sqlite_version))
      return db_.failed(errc::journal_corrupt, "the stride of the runs is not recorded");
    stride_ = *stride;
    return {};
  }

  // Each member gets a column, and the policies are named, where that is not so yet.
  [[nodiscard]] result<void> extend(const journal_schema& schema) {
    const auto complete = missing(schema);
    if (!complete || complete->empty()) return complete ? result<void>{} : unexpected<failure>(complete.error());
    return db_.change([&]() -> result<void> {
      if (const auto done = compare_policies(schema); !done) return done;
      const auto sql = missing(schema);  // another process may have added some meanwhile
      if (!sql) return unexpected<failure>(sql.error());
      return db_.run(sql->c_str(), sqlite_act::writing);
    });
  }
  // What adds the rest; empty if all is there.
  [[nodiscard]] result<std::string> missing(const journal_schema& schema) {
    std::string sql;
    for (const auto& [table, members] :
         {std::pair{"parts", schema.part_members}, std::pair{"items", schema.item_members}}) {
      std::vector<std::string> existing;
      if (const auto done = columns(table, existing); !done) return unexpected<failure>(done.error());
      for (const std::string_view name : members) {
        std::string column("data_");
        column.append(name);
        if (std::find(existing.begin(), existing.end(), column) == existing.end())
          sql.append("ALTER TABLE ").append(table).append(" ADD COLUMN ").append(sqlite_member(name)).append(" TEXT;");
      }
    }
    if ((written_by_.serials.empty() && !schema.serials.empty()) ||
        (written_by_.scope.empty() && !schema.scope.empty()))
      sql.append(sqlite_policies(schema));
    return sql;
  }

  [[nodiscard]] result<void> columns(std::string_view table, std::vector<std::string>& out) {
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
  std::int64_t schema_ = -1;           // the schema_version whose columns are known
  std::optional<std::int64_t> begun_;  // within a transaction: the version when it began
  std::optional<std::string> adopt_;   // what the first change says of the policies
  journal_policies written_by_;
  std::int64_t file_version_ = sqlite_version;
  std::uint64_t stride_ = 1;
  sqlite_seen seen_{};
  sqlite_database db_;  // before all that has statements
  sqlite_writer writer_;
  sqlite_reader reader_;
};

}  // namespace detail
}  // namespace tallymark
