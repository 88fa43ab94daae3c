// Writes items and their serial numbers into a journal in SQLite, and cuts those that are there.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/calendar/date.hpp>
#include <tallymark/ext/detail/prefetch.hpp>
#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/journal/sqlite/detail/rows.hpp>
#include <tallymark/journal/sqlite/detail/schema.hpp>
#include <tallymark/journal/sqlite/detail/texts.hpp>
#include <tallymark/journal/sqlite/detail/values.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

class sqlite_item_writer : protected sqlite_row_writer {
 protected:
  sqlite_item_writer(sqlite_database& db, std::span<const std::string_view> members)
      : sqlite_row_writer(db),
        item_members_(static_cast<int>(members.size())),
        add_item_(
            sqlite_insert("INTO items",
                          "first, count, part, steps, batch, parent, expiry, removed, scope, family, tail, width, "
                          "kind, ordinal, first_serial, last_serial",
                          at_members - 1, members)),
        split_item_(split_sql({})) {
    for (const std::string_view member : members) own_columns_.push_back(std::string("data_").append(member));
  }
  ~sqlite_item_writer() = default;

  bool write(std::span<const item_change> changes, std::span<const item_row> added) {
    return next_item() && change(changes) && add(added);
  }
  void forget() noexcept { batches_.forget(); }
  void set_stride(std::uint64_t stride) {
    std::string add = sqlite_by_stride(add_run_sql, stride);
    add_run_.assign(std::move(add));
    sqlite_row_writer::set_stride(stride);
  }
  // The columns of the table. A block keeps all when it is cut; new items that are made of another one get what it has in
  // the members of other stocks.
  void set_columns(std::span<const std::string> all) {
    std::string split = split_sql(all), inherited = hand_on_sql(all);
    hands_on_ = !inherited.empty();
    hand_on_.assign(std::move(inherited));
    split_item_.assign(std::move(split));
  }
  // New items have been split or serialized from `parent`.
  bool hand_on(item_id parent, items added) {
    if (!hands_on_) return true;
    if (!ok(hand_on_.ready(db_.handle()))) return false;
    hand_on_.integer(1, static_cast<std::int64_t>(parent));
    hand_on_.integer(2, static_cast<std::int64_t>(added.first));
    hand_on_.integer(3, static_cast<std::int64_t>(added.last()));
    return ok(hand_on_.run());
  }

  // the members of the user's own, from parameter `at` on
  static void members(sqlite_statement& into, int at, int count, member_texts texts) {
    for (int i = 0; i < count; ++i) {
      const auto index = static_cast<std::size_t>(i);
      into.text_or_null(at + i, index < texts.size() ? std::string_view(texts[index]) : std::string_view{});
    }
  }

 private:
  static std::string split_sql(std::span<const std::string> columns) {
    constexpr std::string_view known[] = {"first",  "count",   "part",         "steps",       "batch", "parent",
                                          "expiry", "removed", "first_serial", "last_serial", "scope", "family",
                                          "tail",   "width",   "kind",         "ordinal"};
    std::string same("part, steps, batch, parent, expiry, removed");
    for (const std::string& column : columns)
      if (std::find(std::begin(known), std::end(known), column) == std::end(known))
        same.append(", ").append(sqlite_quoted(column, '"'));
    std::string sql("INSERT INTO items(first, count, ");
    sql.append(same).append(") SELECT ?2, first + count - ?2, ").append(same).append(" FROM items WHERE first = ?1");
    return sql;
  }

  // empty if no other stock has members
  [[nodiscard]] std::string hand_on_sql(std::span<const std::string> columns) const {
    std::string names;
    for (const std::string& column : columns)
      if (column.starts_with("data_") &&
          std::find(own_columns_.begin(), own_columns_.end(), column) == own_columns_.end())
        names.append(names.empty() ? "" : ", ").append(sqlite_quoted(column, '"'));
    if (names.empty()) return names;
    std::string sql("UPDATE items SET (");
    sql.append(names).append(") = (SELECT ").append(names);
    sql.append(" FROM items WHERE first <= ?1 ORDER BY first DESC LIMIT 1) WHERE first BETWEEN ?2 AND ?3");
    return sql;
  }

  bool next_item() {
    if (!ok(next_.ready(db_.handle()))) return false;
    const sqlite_reset end(next_);
    const int code = next_.step();
    next_item_ = code == SQLITE_ROW ? static_cast<std::uint64_t>(next_.integer(0)) : 1;
    return code == SQLITE_ROW || code == SQLITE_DONE || ok(code);
  }

  bool change(std::span<const item_change> rows) {
    for (const item_change& row : rows) {
      if (!require_in_range(sqlite_fits(row.which))) return false;
      if (row.which.first < 1 || row.which.last() >= next_item_) return refuse(errc::journal_failed, "no such item");
      if (!cut(row.which.first) || !cut(row.which.last() + 1)) return false;
      if (!row.serials) continue;
      // all that go are gone before the first comes: two items may exchange theirs
      const run& serials = row.serials->serials;
      if (serials.length != row.which.count) return refuse(errc::journal_failed, "not one serial each");
      if (!has_stride(serials)) return false;
      if (!ok(end_runs_.ready(db_.handle()))) return false;
      end_runs_.integer(1, static_cast<std::int64_t>(row.which.first));
      end_runs_.integer(2, static_cast<std::int64_t>(row.which.last()));
      if (!ok(end_runs_.run())) return false;
    }
    for (const item_change& row : rows)
      if (!update(row) || (row.serials && !change_serials(row.which.first, *row.serials))) return false;
    return true;
  }

  bool update(const item_change& row) {
    std::int64_t batch = 0;
    if (row.batch && !batch_number(*row.batch, batch)) return false;
    const std::uint64_t parent = row.parent.value_or(no_item);
    if (!require_in_range(parent == no_item || sqlite_fits(parent)) || !ok(update_.ready(db_.handle()))) return false;
    update_.integer(1, static_cast<std::int64_t>(row.which.first));
    update_.integer(2, static_cast<std::int64_t>(row.which.last()));
    row.amount ? update_.integer(3, row.amount->steps()) : update_.null(3);
    update_.integer(4, row.batch ? 1 : 0);
    batch != 0 ? update_.integer(5, batch) : update_.null(5);
    update_.integer(6, row.parent ? 1 : 0);
    parent != no_item ? update_.integer(7, static_cast<std::int64_t>(parent)) : update_.null(7);
    update_.integer(8, row.removed ? 1 : 0);
    return ok(update_.run());
  }

  // gives the blocks from `item` on these serial numbers
  bool change_serials(std::uint64_t item, const serial_row& row) {
    const std::uint64_t end = item + row.serials.length;
    const bool across = sqlite_row_length(row.serials) < row.serials.length;
    if (across && !cut(item + sqlite_row_length(row.serials))) return false;
    while (item < end) {
      if (!ok(count_.ready(db_.handle()))) return false;
      count_.integer(1, static_cast<std::int64_t>(item));
      const int code = count_.step();
      const std::int64_t count = code == SQLITE_ROW ? count_.integer(0) : 0;
      count_.reset();
      if (code != SQLITE_ROW && code != SQLITE_DONE) return ok(code);
      if (count < 1) return refuse(errc::journal_corrupt, "a block is missing");
      const run& all = row.serials;
      const run each = piece(all, all.length - (end - item), static_cast<std::uint64_t>(count));
      const auto spelled = [&](std::uint64_t ordinal) {
        if (ordinal == all.first) return std::string(row.first);
        if (ordinal == all.last()) return std::string(row.last);
        return inner_serial(all, row.first, row.last, ordinal);
      };
      const std::string first = spelled(each.first), last = spelled(each.last());
      if (!set_run(item, row, each, first, last)) return false;
      item += static_cast<std::uint64_t>(count);
    }
    return true;
  }

  // makes a block begin with this item, if it is within one
  bool cut(std::uint64_t id) {
    if (!ok(before_.ready(db_.handle()))) return false;
    const sqlite_reset end(before_);
    before_.integer(1, static_cast<std::int64_t>(id));
    const int code = before_.step();
    const std::int64_t first = code == SQLITE_ROW ? before_.integer(0) : 0;
    const std::int64_t count = code == SQLITE_ROW ? before_.integer(1) : 0;
    const auto left = static_cast<std::int64_t>(id) - first;
    const bool within = code == SQLITE_ROW && count > left;
    if (!within || before_.is_null(2)) {
      before_.reset();
      if (code != SQLITE_ROW && code != SQLITE_DONE) return ok(code);
      return !within || cut_item(first, left, nullptr);
    }
    const std::string scope(before_.text(3)), text(before_.text(4)), tail(before_.text(5));
    const std::string from(before_.text(8)), to(before_.is_null(9) ? before_.text(8) : before_.text(9));
    const auto all =
        sqlite_run_of(text, tail, before_.integer(6), before_.integer(2), before_.integer(7), count, stride_);
    before_.reset();
    if (!all) return refuse(errc::journal_corrupt, "serial numbers make no sense");
    return cut_run(first, left, {scope, *all, from, to});
  }

  // `left` of a block stay, up to `last` if they have serial numbers; the rest of it becomes a block without any
  bool cut_item(std::int64_t first, std::int64_t left, const std::string* last) {
    if (!ok(split_item_.ready(db_.handle())) || !ok(shrink_item_.ready(db_.handle()))) return false;
    split_item_.integer(1, first);
    split_item_.integer(2, first + left);
    shrink_item_.integer(1, first);
    shrink_item_.integer(2, left);
    if (left == 1) last = nullptr;
    last != nullptr ? shrink_item_.text(3, *last) : shrink_item_.null(3);
    return ok(split_item_.run()) && ok(shrink_item_.run());
  }

  // cuts a block with serial numbers
  bool cut_run(std::int64_t item, std::int64_t left, const serial_row& row) {
    const run& all = row.serials;
    const auto kept = static_cast<std::uint64_t>(left);
    const std::string inner = inner_serial(all, row.first, row.last, all.at(kept - 1));
    const std::string next = inner_serial(all, row.first, row.last, all.at(kept));
    if (!cut_item(item, left, &inner)) return false;
    const run rest = piece(all, kept, all.length - kept);
    return set_run(static_cast<std::uint64_t>(item + left), row, rest,
                   rest.length == 1 ? row.last : std::string_view(next), row.last);
  }

  // Asking the triggers takes as long as writing the rows. Many serial numbers that were looked up under the lock that we
  // hold are not asked about once more; that each is there once, the key of the table sees.
  bool add(std::span<const item_row> rows) {
    const bool many = std::count_if(rows.begin(), rows.end(),
                                    [](const item_row& row) { return row.serials.has_value(); }) > most_asked;
    if (!many) return add_items(rows);
    const without_triggers guard(db_.handle());
    return add_items(rows) && add_runs(rows);
  }
  static constexpr std::ptrdiff_t most_asked = 1000;
  // No trigger runs as long as it lives.
  class without_triggers {
   public:
    explicit without_triggers(sqlite3* db) noexcept : db_(db) { set(0); }
    without_triggers(const without_triggers&) = delete;
    without_triggers& operator=(const without_triggers&) = delete;
    ~without_triggers() { set(1); }

   private:
    void set(int on) noexcept {
      sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_TRIGGER, on, static_cast<int*>(nullptr));
    }
    sqlite3* db_;
  };

  bool add_items(std::span<const item_row> rows) {
    like_ = nullptr;
    for (const item_row& row : rows) {
      if (!require_in_range(sqlite_fits(row.which) && (row.parent == no_item || sqlite_fits(row.parent)))) return false;
      if (row.which.first != next_item_) return refuse(errc::journal_failed, "the ids of new items do not continue");
      next_item_ += row.which.count;
      if (!row.serials) {
        if (!add_item(row, row.which)) return false;
        continue;
      }
      if (row.serials->serials.length != row.which.count) return refuse(errc::journal_failed, "not one serial each");
      std::uint64_t item = row.which.first;
      const bool done =
          fits_text(*row.serials) &&
          for_rows(*row.serials, [&](const run& each, std::string_view first, std::string_view last) {
            return add_item(row, {std::exchange(item, item + each.length), each.length}, &each, first, last);
          });
      if (!done) return false;
    }
    return true;
  }

  // What is random about many rows is their place among the runs: in its order each page of it is changed once.
  bool add_runs(std::span<const item_row> rows) {
    struct place {
      std::uint64_t text, remainder, ordinal;
      const item_row* row;
    };
    std::vector<place> order;
    order.reserve(rows.size());
    for (const item_row& row : rows)
      if (row.serials) {
        const run& serials = row.serials->serials;
        const std::uint64_t remainder = stride_ == 1 ? 0 : serials.first % stride_;
        order.push_back({sqlite_first_bytes(serials.family.text), remainder, serials.first, &row});
      }
    std::sort(order.begin(), order.end(), [](const place& a, const place& b) {
      if (a.text != b.text) return a.text < b.text;
      const auto texts = a.row->serials->serials.family.text <=> b.row->serials->serials.family.text;
      if (texts != 0) return texts < 0;
      const auto scopes = a.row->serials->scope <=> b.row->serials->scope;
      if (scopes != 0) return scopes < 0;
      return a.remainder != b.remainder ? a.remainder < b.remainder : a.ordinal < b.ordinal;
    });
    run_like_ = nullptr;
    for (std::size_t i = 0; i < order.size(); ++i) {
      // rows and texts lie in the order of the items: none of them is near the one before it
      if (i + 16 < order.size()) prefetch(&*order[i + 16].row->serials);
      if (i + 8 < order.size()) prefetch(order[i + 8].row->serials->serials.family.text.data());
      std::uint64_t item = order[i].row->which.first;
      const serial_row& serials = *order[i].row->serials;
      const bool done = for_rows(serials, [&](const run& each, std::string_view, std::string_view) {
        return add_run(std::exchange(item, item + each.length), serials, each);
      });
      if (!done) return false;
    }
    return true;
  }

  // What is bound already stays: an item is often like the one before it.
  bool add_item(const item_row& row, items block, const run* serials = nullptr, std::string_view first = {},
                std::string_view last = {}) {
    if (!ok(add_item_.ready(db_.handle()))) return false;
    add_item_.integer(1, static_cast<std::int64_t>(block.first));
    add_item_.integer(2, static_cast<std::int64_t>(block.count));
    if (like_ == nullptr || like_->part != row.part) add_item_.integer(3, row.part);
    if (!alike(row)) {
      std::int64_t batch = 0;
      if (!batch_number(row.batch, batch)) return false;
      add_item_.integer(4, row.amount.steps());
      batch != 0 ? add_item_.integer(5, batch) : add_item_.null(5);
      row.parent != no_item ? add_item_.integer(6, static_cast<std::int64_t>(row.parent)) : add_item_.null(6);
      expiry_.clear();
      if (row.expiry) append_date(expiry_, *row.expiry);
      add_item_.text_or_null(7, expiry_);
      add_item_.integer(8, row.removed ? 1 : 0);
      members(add_item_, at_members, item_members_, row.data);
    }
    if (serials != nullptr) {
      key(add_item_, 9, *row.serials, serials->first, like_ != nullptr && like_->serials ? &*like_->serials : nullptr);
      add_item_.text(15, first);
      serials->length > 1 ? add_item_.text(16, last) : add_item_.null(16);
    } else if (like_ == nullptr || like_->serials) {
      for (int i = 9; i < at_members; ++i) add_item_.null(i);
    }
    like_ = &row;
    return ok(add_item_.run());
  }
  [[nodiscard]] bool alike(const item_row& row) const {
    return like_ != nullptr && like_->amount == row.amount && like_->batch == row.batch &&
           like_->parent == row.parent && like_->expiry == row.expiry && like_->removed == row.removed &&
           std::equal(like_->data.begin(), like_->data.end(), row.data.begin(), row.data.end());
  }

  // among those that are taken, where no trigger does it
  bool add_run(std::uint64_t item, const serial_row& row, const run& each) {
    if (!ok(add_run_.ready(db_.handle()))) return false;
    key(add_run_, 1, row, each.first, std::exchange(run_like_, &row));
    add_run_.integer(7, static_cast<std::int64_t>(each.length));
    add_run_.integer(8, static_cast<std::int64_t>(item));
    const int code = add_run_.run();
    if (code == SQLITE_CONSTRAINT_PRIMARYKEY) return refuse(errc::already_taken, "these serial numbers are taken");
    return ok(code);
  }

  // gives a block serial numbers
  bool set_run(std::uint64_t item, const serial_row& row, const run& each, std::string_view first,
               std::string_view last) {
    if (!fits_text(row) || !fits_text(first) || !fits_text(last) || !ok(set_run_.ready(db_.handle()))) return false;
    set_run_.integer(7, static_cast<std::int64_t>(item));
    key(set_run_, 1, row, each.first);
    set_run_.text(8, first);
    each.length > 1 ? set_run_.text(9, last) : set_run_.null(9);
    return ok(set_run_.run());
  }

  // 0 for none
  bool batch_number(std::string_view code, std::int64_t& number) {
    if (code.empty()) return true;
    const auto found = batches_.number(db_, code);
    if (!found) {
      why_ = unexpected<failure>(found.error());
      return false;
    }
    number = *found;
    return true;
  }

  static constexpr int at_members = 17;  // the first of them, as a parameter of add_item_
  std::uint64_t next_item_ = 1;
  const item_row* like_ = nullptr;        // the new item whose values are bound
  const serial_row* run_like_ = nullptr;  // the same of runs
  std::string expiry_;
  int item_members_;
  std::vector<std::string> own_columns_;  // of the members that this stock writes
  bool hands_on_ = false;
  sqlite_texts batches_{"batches", "code"};
  sqlite_statement add_item_, split_item_, hand_on_{""};
  sqlite_statement next_{"SELECT first + count FROM items ORDER BY first DESC LIMIT 1"};
  sqlite_statement before_{
      "SELECT first, count, kind, scope, family, tail, width, ordinal, first_serial, last_serial FROM items WHERE "
      "first < ?1 ORDER BY first DESC LIMIT 1"};
  sqlite_statement count_{"SELECT count FROM items WHERE first = ?1"};
  sqlite_statement shrink_item_{"UPDATE items SET count = ?2, last_serial = ?3 WHERE first = ?1"};
  sqlite_statement update_{
      "UPDATE items SET steps = coalesce(?3, steps), batch = iif(?4, ?5, batch), parent = iif(?6, ?7, parent), "
      "removed = max(removed, ?8) WHERE first BETWEEN ?1 AND ?2"};
  sqlite_statement end_runs_{
      "UPDATE items SET scope = NULL, family = NULL, tail = NULL, width = NULL, kind = NULL, ordinal = NULL, "
      "first_serial = NULL, last_serial = NULL WHERE first BETWEEN ?1 AND ?2 AND kind IS NOT NULL"};
  sqlite_statement set_run_{
      "UPDATE items SET scope = ?1, family = ?2, tail = ?3, width = ?4, kind = ?5, ordinal = ?6, first_serial = ?8, "
      "last_serial = ?9 WHERE first = ?7"};
  static constexpr std::string_view add_run_sql =
      "INSERT INTO serial_runs(scope, family, tail, width, kind, first, length, item{, remainder}) VALUES (?1, ?2, ?3, "
      "?4, ?5, ?6, ?7, ?8{, ?6 % $})";
  sqlite_statement add_run_{sqlite_by_stride(add_run_sql, 1)};
};

}  // namespace tallymark::detail
