// Handmade rows, the contents of a journal as text, and files that are removed after the test.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <sqlite3.h>

#include <tallymark/stock/detail/row_rules.hpp>
#include <tallymark/stock/rows.hpp>

namespace support {

using namespace tallymark;

// A unique name for a database; its files are removed with the object.
class scratch_file {
 public:
  scratch_file() {
    static std::atomic<unsigned> count{0};
    const auto ticks = std::chrono::steady_clock::now().time_since_epoch().count();
    path_ = (std::filesystem::temp_directory_path() /
             ("tallymark_" + std::to_string(ticks) + "_" + std::to_string(count++) + ".db"))
                .string();
    remove();
  }
  scratch_file(const scratch_file&) = delete;
  scratch_file& operator=(const scratch_file&) = delete;
  ~scratch_file() { remove(); }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(std::string_view bytes) const {
    std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

 private:
  void remove() const {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path_ + end, ignored);
  }
  std::string path_;
};

// A plain connection. Returns rows as `a|b`, each with a line end, or the message of SQLite.
class raw_database {
 public:
  explicit raw_database(const std::string& file) { sqlite3_open(file.c_str(), &db_); }
  raw_database(const raw_database&) = delete;
  raw_database& operator=(const raw_database&) = delete;
  ~raw_database() { sqlite3_close_v2(db_); }
  std::string operator()(const std::string& sql) {
    std::string out;
    const auto row = [](void* to, int columns, char** values, char**) {
      for (int i = 0; i < columns; ++i)
        static_cast<std::string*>(to)->append(i > 0 ? "|" : "").append(values[i] != nullptr ? values[i] : "-");
      static_cast<std::string*>(to)->append("\n");
      return 0;
    };
    if (sqlite3_exec(db_, sql.c_str(), row, &out, nullptr) != SQLITE_OK) return sqlite3_errmsg(db_);
    return out;
  }

 private:
  sqlite3* db_ = nullptr;
};

// Reads rows into lines of text.
struct reading {
  std::string lines{};
  std::uint64_t blocks = 0;
  errc refuse_at{};  // the error at the first item, if not 0

  static void add(std::string& to, const std::optional<serial_row>& row) {
    if (!row) return;
    const run& piece = row->serials;
    to.append(" [").append(row->scope).append(" ").append(piece.family.text).append("/").append(piece.family.tail);
    to.append(" w").append(std::to_string(piece.family.width)).append(piece.family.counts() ? " " : " literal ");
    to.append(std::to_string(piece.first)).append("+").append(std::to_string(piece.length)).append(" ");
    to.append(row->first).append("..").append(row->last).append("]");
  }
  static void add(std::string& to, member_texts data) {
    for (const std::string& text : data) to.append(" '").append(text).append("'");
  }
  static void add(std::string& to, items which) {
    to.append(" ").append(std::to_string(which.first)).append("+").append(std::to_string(which.count));
  }

  result<void> part(const part_row& row) {
    lines.append("part ").append(std::to_string(row.number)).append(" ").append(row.key);
    if (row.variant_of) lines.append(" of ").append(std::to_string(*row.variant_of));
    lines.append(" ").append(std::to_string(static_cast<int>(row.serials)));
    lines.append(std::to_string(static_cast<int>(row.batches))).append(row.issued_here ? "i" : "o");
    if (!row.group.empty()) lines.append(" in ").append(row.group);
    add(lines, row.data);
    lines.append("\n");
    return {};
  }
  result<void> stale(items which) {
    lines.append("stale");
    add(lines, which);
    lines.append("\n");
    return {};
  }
  result<void> item(const item_row& row) {
    if (refuse_at != errc{}) return fail(refuse_at);
    ++blocks;
    lines.append("item");
    add(lines, row.which);
    lines.append(" of ").append(std::to_string(row.part)).append(" x").append(row.amount.text());
    if (!row.batch.empty()) lines.append(" batch ").append(row.batch);
    if (row.parent != no_item) lines.append(" from ").append(std::to_string(row.parent));
    if (row.expiry) {
      lines.append(" until ");
      append_date(lines, *row.expiry);
    }
    if (row.removed) lines.append(" removed");
    add(lines, row.serials);
    add(lines, row.data);
    lines.append("\n");
    return {};
  }
  result<void> reserved(std::span<const reserved_row> rows) {
    for (const reserved_row& row : rows) {
      lines.append("reserved ").append(std::to_string(row.part));
      add(lines, row.serials);
      lines.append("\n");
    }
    return {};
  }
  result<void> sequence(const sequence_row& row) {
    lines.append("sequence ").append(row.scope).append(" ").append(std::to_string(row.part));
    if (row.active) lines.append(row.issued ? " issued " : " first ").append(row.active->text);
    if (row.start)
      lines.append(" start ").append(row.start->family.text).append(" ").append(std::to_string(row.start->ordinal));
    lines.append("\n");
    return {};
  }
  result<void> counter(const counter_row& row) {
    lines.append("counter ").append(std::to_string(row.rest.size())).append(" bytes ");
    lines.append(std::to_string(row.last)).append("\n");
    return {};
  }
  result<void> changed(const entry& row) {
    lines.append("changed ").append(std::to_string(row.number)).append(" ").append(row.before).append(">");
    lines.append(row.after).append("\n");
    return {};
  }
};

// `length` serial numbers of `SN-` with width 4, in the scope `s`; their spelling lives as long as the program.
inline serial_row some_serials(std::uint64_t first, std::uint64_t length) {
  static std::deque<std::string> texts;  // rows are views of them
  const auto spell = [](std::uint64_t ordinal) {
    std::string digits = std::to_string(ordinal);
    while (digits.size() < 4) digits.insert(digits.begin(), '0');
    return std::string_view(texts.emplace_back("SN-").append(digits));
  };
  return {"s", {{"SN-", 4}, first, length}, spell(first), spell(first + length - 1)};
}

inline entry some_change(std::uint64_t number, change what, items subject, items other = {no_item, 0}) {
  entry event;
  event.number = number;
  event.what = what;
  event.subject = subject;
  event.other = other;
  return event;
}

// What the rules of rows need to know.
struct known_rows {
  std::map<std::uint32_t, std::uint32_t> variants{};
  std::map<item_id, std::pair<std::uint64_t, item_id>> blocks{};  // by first id: count and parent
  std::size_t part_count = 0;
};
struct remembering : reading {
  known_rows* known = nullptr;

  result<void> part(const part_row& row) {
    known->part_count = std::max<std::size_t>(known->part_count, row.number + 1U);
    if (row.variant_of) known->variants[row.number] = *row.variant_of;
    return reading::part(row);
  }
  result<void> item(const item_row& row) {
    known->blocks[row.which.first] = {row.which.count, row.parent};
    return reading::item(row);
  }
};
struct look_at_known {
  const known_rows* rows;

  [[nodiscard]] std::size_t parts() const { return rows->part_count; }
  [[nodiscard]] item_id next_item() const {
    return rows->blocks.empty() ? 1 : rows->blocks.rbegin()->first + rows->blocks.rbegin()->second.first;
  }
  [[nodiscard]] std::optional<std::uint32_t> variant_of(std::uint32_t part) const {
    const auto found = rows->variants.find(part);
    return found == rows->variants.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] std::pair<item_id, item_id> block_of(item_id id) const {
    const auto at = std::prev(rows->blocks.upper_bound(id));
    return {at->first, at->second.second};
  }
};

// Reads like a stock, which refuses rows that break a rule.
template <class Log>
std::string read_sound(Log& log, known_rows* known = nullptr) {
  known_rows unused;
  remembering rows;
  rows.known = known != nullptr ? known : &unused;
  tallymark::detail::row_rules rules(rows, look_at_known{rows.known});
  auto read_back = log.read(rules);
  if (read_back) read_back = rules.end();
  return read_back ? rows.lines : std::string(message(read_back.error().code));
}

template <class Log>
std::string read_all(Log& log) {
  reading rows;
  const auto read_back = log.read(rows);
  return read_back ? rows.lines : std::string(message(read_back.error().code));
}

// begins, reads and appends, like another program
template <class Log>
result<void> append_to(Log& log, const row_group& group) {
  const auto begun = log.begin();
  if (!begun) return unexpected<failure>(begun.error());
  reading rows;
  if (*begun)
    if (const auto read_back = log.read(rows); !read_back) return read_back;
  return log.append(group);
}

}  // namespace support
