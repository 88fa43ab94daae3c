// Texts that rows name by number: batch codes and sources.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <tallymark/ext/detail/text_hash.hpp>
#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

// A table of texts and their numbers. The latest are kept in memory, a bounded number of them.
class sqlite_texts {
 public:
  sqlite_texts(std::string_view table, std::string_view column)
      : find_(sql({"SELECT number FROM ", table, " WHERE ", column, " = ?1"})),
        add_(sql({"INSERT INTO ", table, "(", column, ") VALUES (?1)"})),
        read_(sql({"SELECT ", column, " FROM ", table, " WHERE number = ?1"})) {}

  // The number of a text, which gets one if it has none. Within a transaction.
  [[nodiscard]] result<std::int64_t> number(sqlite_database& db, std::string_view text) {
    if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
    if (text.size() > longest_row_text) return db.failed(errc::journal_too_large, "the text is too long");
    int code = find_.ready(db.handle());
    if (code != SQLITE_OK) return db.failed(code, sqlite_act::writing);
    find_.text(1, text);
    const sqlite_reset end(find_);
    code = find_.step();
    std::int64_t number = code == SQLITE_ROW ? find_.integer(0) : 0;
    if (code == SQLITE_DONE) {
      code = add_.ready(db.handle());
      if (code == SQLITE_OK) {
        add_.text(1, text);
        code = add_.run();
      }
      if (code != SQLITE_OK) return db.failed(code, sqlite_act::writing);
      number = sqlite3_last_insert_rowid(db.handle());
    } else if (code != SQLITE_ROW) {
      return db.failed(code, sqlite_act::writing);
    }
    if (numbers_.size() >= most_kept) numbers_.clear();
    numbers_.emplace(text, number);
    return number;
  }

  // The text of a number; good until the next call. journal_corrupt if it does not exist, or is empty.
  [[nodiscard]] result<std::string_view> text(sqlite_database& db, std::int64_t number) {
    if (const auto known = texts_.find(number); known != texts_.end()) return known->second;
    int code = read_.ready(db.handle());
    if (code != SQLITE_OK) return db.failed(code, sqlite_act::reading);
    read_.integer(1, number);
    const sqlite_reset end(read_);
    code = read_.step();
    if (code != SQLITE_ROW && code != SQLITE_DONE) return db.failed(code, sqlite_act::reading);
    const std::string_view text = code == SQLITE_ROW ? read_.text(0) : std::string_view{};
    if (text.empty()) return db.failed(errc::journal_corrupt, "a row names a text that does not exist");
    if (texts_.size() >= most_kept) texts_.clear();
    return texts_.emplace(number, text).first->second;
  }

  // After a rollback: numbers that were given are given again.
  void forget() noexcept {
    numbers_.clear();
    texts_.clear();
  }

 private:
  static constexpr std::size_t most_kept = 65'536;

  static std::string sql(std::initializer_list<std::string_view> pieces) {
    std::string out;
    for (const std::string_view piece : pieces) out.append(piece);
    return out;
  }

  sqlite_statement find_, add_, read_;
  std::unordered_map<std::string, std::int64_t, text_hash, std::equal_to<>> numbers_;
  std::unordered_map<std::int64_t, std::string> texts_;
};

}  // namespace tallymark::detail
