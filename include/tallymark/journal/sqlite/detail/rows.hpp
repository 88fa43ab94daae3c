// What all that read and write rows of a journal in SQLite have in common.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/journal/sqlite/detail/schema.hpp>
#include <tallymark/journal/sqlite/detail/values.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

// `INSERT INTO table(columns, members...) VALUES (?1, ...)`; `count` columns come before the members
inline std::string sqlite_insert(std::string_view into, std::string_view columns, int count,
                                 std::span<const std::string_view> members = {}) {
  std::string sql("INSERT ");
  sql.append(into).append("(").append(columns);
  for (const std::string_view member : members) sql.append(", ").append(sqlite_member(member));
  sql.append(") VALUES (?1");
  for (int i = 2; i <= count + static_cast<int>(members.size()); ++i) sql.append(", ?").append(std::to_string(i));
  sql.append(")");
  return sql;
}

class sqlite_row_reader {
 protected:
  static constexpr auto act = sqlite_act::reading;

  explicit sqlite_row_reader(sqlite_database& db) : db_(db) {}
  ~sqlite_row_reader() = default;

  // `there`: the columns that the table has
  static std::string columns(std::string_view select, std::span<const std::string> members,
                             std::span<const std::string> there, std::string_view from) {
    std::string sql(select);
    for (const std::string& member : members) {
      const std::string column = "data_" + member;
      const bool exists = std::find(there.begin(), there.end(), column) != there.end();
      sql.append(", ").append(exists ? sqlite_quoted(column, '"') : "NULL");
    }
    sql.append(from);
    return sql;
  }

  unexpected<failure> corrupt(std::string_view why) { return db_.failed(errc::journal_corrupt, why); }

  // Steps through a query: bind() at first, and row() for each row, whose failure ends it.
  template <class Bind, class Row>
  [[nodiscard]] result<void> for_rows(sqlite_statement& query, Bind&& bind, Row&& row) {
    int code = query.ready(db_.handle());
    if (code != SQLITE_OK) return db_.failed(code, act);
    const sqlite_reset end(query);
    bind();
    result<void> done{};
    while (done && (code = query.step()) == SQLITE_ROW) done = row();
    if (done && code != SQLITE_DONE) return db_.failed(code, act);
    return done;
  }

  // The one number that a query answers with; if there is no row, it stays.
  [[nodiscard]] result<void> number(sqlite_statement& query, std::int64_t& found) {
    return for_rows(
        query, [] {},
        [&]() -> result<void> {
          found = query.integer(0);
          return {};
        });
  }

  sqlite_database& db_;
};

// What its functions answer is whether to go on; if not, `why_` says why.
class sqlite_row_writer {
 protected:
  static constexpr auto act = sqlite_act::writing;

  explicit sqlite_row_writer(sqlite_database& db) : db_(db) {}
  // The stride of the runs in the tables.
  void set_stride(std::uint64_t stride) noexcept { stride_ = stride; }
  ~sqlite_row_writer() = default;

  bool ok(int code) {
    if (code == SQLITE_OK) [[likely]]
      return true;
    why_ = db_.failed(code, act);
    return false;
  }
  // how a number within a run is spelled
  [[nodiscard]] std::string inner_serial(const run& of, std::string_view first, std::string_view last,
                                         std::uint64_t ordinal) const {
    if (spell_ != nullptr && *spell_) return (*spell_)(serial_number{of.family, ordinal});
    return sqlite_inner_serial(of, first, last, ordinal);
  }

  bool refuse(errc code, std::string_view why) {
    why_ = db_.failed(code, why);
    return false;
  }
  bool require_in_range(bool condition) {
    return condition || refuse(errc::journal_too_large, "a number is 2^63 or more");
  }
  bool fits_text(std::string_view text) {
    return text.size() <= longest_row_text || refuse(errc::journal_too_large, "a text is too long");
  }
  bool fits_text(const serial_row& row) {
    return fits_text(row.scope) && fits_text(row.serials.family.text) && fits_text(row.serials.family.tail) &&
           fits_text(row.first) && fits_text(row.last);
  }

  // where a run begins, from parameter `at` on: scope, family, tail, width, kind, first; not what
  // is the same in `bound`, which is bound already
  static void key(sqlite_statement& into, int at, const serial_row& row, std::uint64_t first,
                  const serial_row* bound = nullptr) {
    const family& of = row.serials.family;
    const sqlite_ordinal ordinal = sqlite_ordinal_of(of, first);
    if (bound == nullptr || bound->scope != row.scope) into.text(at, row.scope);
    into.text(at + 1, of.text);
    if (bound == nullptr || bound->serials.family.tail != of.tail) into.text(at + 2, of.tail);
    if (bound == nullptr || bound->serials.family.width != of.width) into.integer(at + 3, of.width);
    into.integer(at + 4, ordinal.kind);
    into.integer(at + 5, ordinal.first);
  }
  // whether it is a run of the stride of the tables, or one serial number, and its last ordinal is one
  bool has_stride(const run& serials) {
    if (serials.length == 1) return true;
    if (serials.stride != stride_)
      return refuse(errc::journal_failed, "a run has another stride than those of the journal");
    return require_in_range(serials.first <= max_ordinal &&
                            serials.length - 1 <= (max_ordinal - serials.first) / serials.stride);
  }
  // `length` serial numbers of a run, from a place on
  [[nodiscard]] static run piece(const run& of, std::uint64_t from, std::uint64_t length) noexcept {
    return {of.family, of.at(from), length, length == 1 ? 1 : of.stride};
  }
  // visits the rows that a run takes: `visit(run, first spelled, last spelled)`
  template <class Visit>
  bool for_rows(const serial_row& row, Visit&& visit) {
    const run& rest = row.serials;
    if (rest.length == 0) return refuse(errc::journal_failed, "a run is empty");
    if (!has_stride(rest)) return false;
    const std::uint64_t length = sqlite_row_length(rest);
    if (length == rest.length) [[likely]]
      return require_in_range(sqlite_fits(length)) && visit(rest, row.first, row.last);
    const run tail = piece(rest, length, rest.length - length);
    if (!require_in_range(sqlite_fits(length) && sqlite_fits(tail.length))) return false;
    const std::string last = inner_serial(rest, row.first, row.last, rest.at(length - 1));
    const std::string first = inner_serial(rest, row.first, row.last, tail.first);
    return visit(piece(rest, 0, length), row.first, last) &&
           visit(tail, tail.length == 1 ? row.last : std::string_view(first), row.last);
  }

  sqlite_database& db_;
  std::uint64_t stride_ = 1;
  result<void> why_{};
  const std::function<std::string(const serial_number&)>* spell_ = nullptr;  // of the group that is being written
};

}  // namespace tallymark::detail
