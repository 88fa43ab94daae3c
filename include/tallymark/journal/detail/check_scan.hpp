// What the parts of sqlite_check share: queries over one connection, and the findings.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace tallymark {

/// Something that is not as it must be.
struct sqlite_finding {
  std::string what{};   ///< a sentence
  std::string where{};  ///< the row: `items 12`, `history 7`; or the table

  friend bool operator==(const sqlite_finding&, const sqlite_finding&) = default;
};

}  // namespace tallymark

namespace tallymark::detail {

// The row that a query is at.
class check_row {
 public:
  explicit check_row(sqlite3_stmt* at) noexcept : at_(at) {}
  [[nodiscard]] bool null(int i) const noexcept { return sqlite3_column_type(at_, i) == SQLITE_NULL; }
  [[nodiscard]] std::int64_t number(int i) const noexcept { return sqlite3_column_int64(at_, i); }
  [[nodiscard]] std::string_view text(int i) const noexcept {
    const void* const bytes = sqlite3_column_blob(at_, i);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(at_, i))};
  }

 private:
  sqlite3_stmt* at_;
};

class check_scan {
 public:
  check_scan(sqlite3* open, std::size_t most) noexcept : open_(open), most_(std::max<std::size_t>(most, 1)) {}

  void found(std::string_view what, std::string where) {
    if (findings_.size() < most_) findings_.push_back({std::string(what), std::move(where)});
  }
  void found(std::string_view what, std::string_view table, std::int64_t row) {
    std::string where(table);
    where += ' ';
    where += std::to_string(row);
    found(what, std::move(where));
  }
  // there is no room for more, or the file cannot be read on
  [[nodiscard]] bool done() const noexcept { return failed_ != SQLITE_OK || findings_.size() >= most_; }
  // SQLite's code, if the check itself failed
  [[nodiscard]] int failed() const noexcept { return failed_; }
  [[nodiscard]] std::vector<sqlite_finding> take() { return std::move(findings_); }

  // Visits the rows of a query. Damage that SQLite meets on the way is a finding about `table`.
  template <class Visit>
  void each(std::string_view table, const char* sql, Visit&& visit) {
    if (done()) return;
    sqlite3_stmt* made = nullptr;
    int code = sqlite3_prepare_v2(open_, sql, -1, &made, nullptr);
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> query(made, &sqlite3_finalize);
    if (code == SQLITE_OK) {
      const check_row row(made);
      while (!done() && (code = sqlite3_step(made)) == SQLITE_ROW) visit(row);
    }
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    switch (code & 0xFF) {
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
      case SQLITE_ERROR:  // a table or a column that is not there
      case SQLITE_FORMAT:
      case SQLITE_TOOBIG:
      case SQLITE_MISMATCH: found(sqlite3_errmsg(open_), std::string(table)); break;
      default: failed_ = code;
    }
  }

 private:
  sqlite3* open_;
  std::size_t most_;
  int failed_ = SQLITE_OK;
  std::vector<sqlite_finding> findings_;
};

// The first of these that descends from itself, if any; `(one, parent)`, sorted by `one`, where each stands for all up
// to the next. O(n log n).
[[nodiscard]] inline std::optional<std::uint64_t> own_ancestor(
    const std::vector<std::pair<std::uint64_t, std::optional<std::uint64_t>>>& all) {
  constexpr std::size_t unseen = static_cast<std::size_t>(-1);
  std::vector<std::size_t> seen_by(all.size(), unseen);
  for (std::size_t from = 0; from < all.size(); ++from) {
    std::size_t at = from;
    while (seen_by[at] == unseen) {
      seen_by[at] = from;
      if (!all[at].second) break;
      const auto above = std::upper_bound(all.begin(), all.end(), *all[at].second,
                                          [](std::uint64_t id, const auto& each) { return id < each.first; });
      if (above == all.begin()) break;
      at = static_cast<std::size_t>(above - all.begin()) - 1;
      if (seen_by[at] == from) return all[at].first;
    }
  }
  return std::nullopt;
}

}  // namespace tallymark::detail
