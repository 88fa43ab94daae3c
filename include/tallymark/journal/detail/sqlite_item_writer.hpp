// Writes items and their serial numbers into a journal in SQLite, and cuts those that are there.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/calendar/date.hpp>
#include <tallymark/journal/detail/sqlite_rows.hpp>
#include <tallymark/journal/detail/sqlite_schema.hpp>
#include <tallymark/journal/detail/sqlite_statement.hpp>
#include <tallymark/journal/detail/sqlite_texts.hpp>
#include <tallymark/journal/detail/sqlite_values.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

class sqlite_item_writer : protected sqlite_row_writer {
 protected:
  sqlite_item_writer(sqlite_database& db, std::span<const std::string_view> members)
      : sqlite_row_writer(db),
        item_members_(static_cast<int>(members.size())),
        add_item_(sqlite_insert("INTO items", "first, count, part, steps, batch, parent, expiry, removed", 8, members)),
        split_item_(split_sql(members)) {}
  ~sqlite_item_writer() = default;

  bool write(std::span<const item_change> changes, std::span<const item_row> added) {
    return next_item() && change(changes) && add(added);
  }
  void forget() { batches_.forget(); }

  // the members of the user's own, from parameter `at` on
  static void members(sqlite_statement& into, int at, int count, member_texts texts) {
    for (int i = 0; i < count; ++i) {
      const auto index = static_cast<std::size_t>(i);
      into.text_or_null(at + i, index < texts.size() ? std::string_view(texts[index]) : std::string_view{});
    }
  }

 private:
  static std::string split_sql(std::span<const std::string_view> members) {
    std::string same("part, steps, batch, parent, expiry, removed");
    for (const std::string_view member : members) same.append(", ").append(sqlite_member(member));
    std::string sql("INSERT INTO items(first, count, ");
    sql.append(same).append(") SELECT ?2, first + count - ?2, ").append(same).append(" FROM items WHERE first = ?1");
    return sql;
  }

  bool next_item() {
    if (!went(next_.ready(db_.handle()))) return false;
    const int code = next_.step();
    next_item_ = code == SQLITE_ROW ? static_cast<std::uint64_t>(next_.integer(0)) : 1;
    next_.reset();
    return code == SQLITE_ROW || code == SQLITE_DONE || went(code);
  }

  bool change(std::span<const item_change> rows) {
    for (const item_change& row : rows) {
      if (!fits(sqlite_fits(row.which))) return false;
      if (row.which.first < 1 || row.which.last() >= next_item_) return refuse(errc::journal_failed, "no such item");
      if (!cut(row.which.first) || !cut(row.which.last() + 1)) return false;
      if (!row.serials) continue;
      // all that go are gone before the first comes: two items may exchange theirs
      if (row.serials->serials.length != row.which.count) return refuse(errc::journal_failed, "not one serial each");
      if (!went(end_runs_.ready(db_.handle()))) return false;
      end_runs_.integer(1, static_cast<std::int64_t>(row.which.first));
      end_runs_.integer(2, static_cast<std::int64_t>(row.which.last()));
      if (!went(end_runs_.run())) return false;
    }
    for (const item_change& row : rows)
      if (!update(row) || (row.serials && !change_serials(row.which.first, *row.serials))) return false;
    return true;
  }

  bool update(const item_change& row) {
    std::int64_t batch = 0;
    if (row.batch && !batch_number(*row.batch, batch)) return false;
    const std::uint64_t parent = row.parent.value_or(no_item);
    if (!fits(parent == no_item || sqlite_fits(parent)) || !went(update_.ready(db_.handle()))) return false;
    update_.integer(1, static_cast<std::int64_t>(row.which.first));
    update_.integer(2, static_cast<std::int64_t>(row.which.last()));
    row.amount ? update_.integer(3, row.amount->steps()) : update_.null(3);
    update_.integer(4, row.batch ? 1 : 0);
    batch != 0 ? update_.integer(5, batch) : update_.null(5);
    update_.integer(6, row.parent ? 1 : 0);
    parent != no_item ? update_.integer(7, static_cast<std::int64_t>(parent)) : update_.null(7);
    update_.integer(8, row.removed ? 1 : 0);
    return went(update_.run());
  }

  // gives the blocks from `item` on these serial numbers
  bool change_serials(std::uint64_t item, const serial_row& row) {
    const std::uint64_t end = item + row.serials.length;
    const bool across = sqlite_row_length(row.serials) < row.serials.length;
    if (across && !cut(item + sqlite_row_length(row.serials))) return false;
    while (item < end) {
      if (!went(count_.ready(db_.handle()))) return false;
      count_.integer(1, static_cast<std::int64_t>(item));
      const int code = count_.step();
      const std::int64_t count = code == SQLITE_ROW ? count_.integer(0) : 0;
      count_.reset();
      if (code != SQLITE_ROW && code != SQLITE_DONE) return went(code);
      if (count < 1) return refuse(errc::journal_corrupt, "a block is missing");
      const run& all = row.serials;
      const run each{all.family, all.last() - (end - item - 1), static_cast<std::uint64_t>(count)};
      const auto spelled = [&](std::uint64_t ordinal) {
        if (ordinal == all.first) return std::string(row.first);
        if (ordinal == all.last()) return std::string(row.last);
        return inner_serial(all, row.first, row.last, ordinal);
      };
      if (!add_run(item, row, each, spelled(each.first), spelled(each.last()))) return false;
      item += static_cast<std::uint64_t>(count);
    }
    return true;
  }

  // makes a block begin with this item, if it is within one
  bool cut(std::uint64_t id) {
    if (!went(before_.ready(db_.handle()))) return false;
    before_.integer(1, static_cast<std::int64_t>(id));
    const int code = before_.step();
    const std::int64_t first = code == SQLITE_ROW ? before_.integer(0) : 0;
    const std::int64_t count = code == SQLITE_ROW ? before_.integer(1) : 0;
    before_.reset();
    if (code != SQLITE_ROW && code != SQLITE_DONE) return went(code);
    const auto left = static_cast<std::int64_t>(id) - first;
    if (code == SQLITE_DONE || count <= left) return true;
    if (!went(split_item_.ready(db_.handle())) || !went(shrink_item_.ready(db_.handle()))) return false;
    split_item_.integer(1, first);
    split_item_.integer(2, static_cast<std::int64_t>(id));
    shrink_item_.integer(1, first);
    shrink_item_.integer(2, left);
    return went(split_item_.run()) && went(shrink_item_.run()) && cut_run(first, left);
  }

  // cuts the serial numbers of a block, so that `left` of them stay
  bool cut_run(std::int64_t item, std::int64_t left) {
    if (!went(run_.ready(db_.handle()))) return false;
    run_.integer(1, item);
    const int code = run_.step();
    if (code != SQLITE_ROW) {
      run_.reset();
      return code == SQLITE_DONE || went(code);
    }
    const std::string scope(run_.text(0)), text(run_.text(1)), tail(run_.text(2));
    const std::string first(run_.text(7)), last(run_.text(8));
    const auto all = sqlite_run_of(text, tail, run_.integer(3), run_.integer(4), run_.integer(5), run_.integer(6));
    run_.reset();
    const auto kept = static_cast<std::uint64_t>(left);
    if (!all || all->length <= kept) return refuse(errc::journal_corrupt, "serial numbers are not those of a block");
    const std::string inner = inner_serial(*all, first, last, all->first + kept - 1);
    const std::string next = inner_serial(*all, first, last, all->first + kept);
    if (!went(shrink_run_.ready(db_.handle()))) return false;
    shrink_run_.integer(1, item);
    shrink_run_.integer(2, left);
    shrink_run_.text(3, kept == 1 ? first : inner);
    if (!went(shrink_run_.run())) return false;
    const run rest{all->family, all->first + kept, all->length - kept};
    return add_run(static_cast<std::uint64_t>(item + left), {scope, rest, next, last}, rest,
                   rest.length == 1 ? std::string_view(last) : std::string_view(next), last);
  }

  bool add(std::span<const item_row> rows) {
    like_ = nullptr;
    for (const item_row& row : rows) {
      if (!fits(sqlite_fits(row.which) && (row.parent == no_item || sqlite_fits(row.parent)))) return false;
      if (row.which.first != next_item_) return refuse(errc::journal_failed, "the ids of new items do not continue");
      next_item_ += row.which.count;
      if (!row.serials) {
        if (!add_item(row, row.which)) return false;
        continue;
      }
      if (row.serials->serials.length != row.which.count) return refuse(errc::journal_failed, "not one serial each");
      const std::uint64_t length = sqlite_row_length(row.serials->serials);
      if (!add_item(row, {row.which.first, length})) return false;
      if (length < row.which.count && !add_item(row, {row.which.first + length, row.which.count - length}))
        return false;
    }
    return add_runs(rows);
  }

  // What is random about many rows is their place in the index of runs: in its order each page of it is changed once.
  bool add_runs(std::span<const item_row> rows) {
    struct place {
      std::uint64_t text, ordinal;
      const item_row* row;
    };
    std::vector<place> order;
    for (const item_row& row : rows)
      if (row.serials)
        order.push_back({sqlite_first_bytes(row.serials->serials.family.text), row.serials->serials.first, &row});
    std::sort(order.begin(), order.end(), [](const place& a, const place& b) {
      if (a.text != b.text) return a.text < b.text;
      const auto texts = a.row->serials->serials.family.text <=> b.row->serials->serials.family.text;
      return texts != 0 ? texts < 0 : a.ordinal < b.ordinal;
    });
    // Asking the trigger takes as long as writing the rows. Many serial numbers that were looked up under the lock that
    // we hold are not asked about once more; that each is there once, the index sees.
    const bool many = order.size() > most_asked;
    if (many) triggers(false);
    const bool done = add_runs_of(order);
    if (many) triggers(true);
    return done;
  }
  static constexpr std::size_t most_asked = 1000;
  void triggers(bool on) {
    sqlite3_db_config(db_.handle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, on ? 1 : 0, static_cast<int*>(nullptr));
  }
  bool add_runs_of(const auto& order) {
    for (const auto& at : order) {
      std::uint64_t item = at.row->which.first;
      const serial_row& serials = *at.row->serials;
      const bool done = for_rows(serials, [&](const run& each, std::string_view first, std::string_view last) {
        return add_run(std::exchange(item, item + each.length), serials, each, first, last);
      });
      if (!done) return false;
    }
    return true;
  }

  bool add_item(const item_row& row, items block) {
    if (!went(add_item_.ready(db_.handle()))) return false;
    add_item_.integer(1, static_cast<std::int64_t>(block.first));
    add_item_.integer(2, static_cast<std::int64_t>(block.count));
    if (!alike(row)) {  // what is bound already stays
      std::int64_t batch = 0;
      if (!batch_number(row.batch, batch)) return false;
      like_ = &row;
      add_item_.integer(3, row.part);
      add_item_.integer(4, row.amount.steps());
      batch != 0 ? add_item_.integer(5, batch) : add_item_.null(5);
      row.parent != no_item ? add_item_.integer(6, static_cast<std::int64_t>(row.parent)) : add_item_.null(6);
      expiry_.clear();
      if (row.expiry) append_date(expiry_, *row.expiry);
      add_item_.text_or_null(7, expiry_);
      add_item_.integer(8, row.removed ? 1 : 0);
      members(add_item_, 9, item_members_, row.data);
    }
    return went(add_item_.run());
  }
  [[nodiscard]] bool alike(const item_row& row) const {
    return like_ != nullptr && like_->part == row.part && like_->amount == row.amount && like_->batch == row.batch &&
           like_->parent == row.parent && like_->expiry == row.expiry && like_->removed == row.removed &&
           std::equal(like_->data.begin(), like_->data.end(), row.data.begin(), row.data.end());
  }

  bool add_run(std::uint64_t item, const serial_row& row, const run& each, std::string_view first,
               std::string_view last) {
    if (!named(row) || !went(add_run_.ready(db_.handle()))) return false;
    add_run_.integer(1, static_cast<std::int64_t>(item));
    key(add_run_, 2, row, each.first, each.length);
    add_run_.text(9, first);
    add_run_.text(10, last);
    const int code = add_run_.run();
    if (code == SQLITE_CONSTRAINT_UNIQUE) return refuse(errc::already_taken, "these serial numbers are taken");
    return went(code);
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

  std::uint64_t next_item_ = 1;
  const item_row* like_ = nullptr;  // the new item whose values are bound
  std::string expiry_;
  int item_members_;
  sqlite_texts batches_{"batches", "code"};
  sqlite_statement add_item_, split_item_;
  sqlite_statement next_{"SELECT first + count FROM items ORDER BY first DESC LIMIT 1"};
  sqlite_statement before_{"SELECT first, count FROM items WHERE first < ?1 ORDER BY first DESC LIMIT 1"};
  sqlite_statement count_{"SELECT count FROM items WHERE first = ?1"};
  sqlite_statement shrink_item_{"UPDATE items SET count = ?2 WHERE first = ?1"};
  sqlite_statement update_{
      "UPDATE items SET steps = coalesce(?3, steps), batch = iif(?4, ?5, batch), parent = iif(?6, ?7, parent), "
      "removed = max(removed, ?8) WHERE first BETWEEN ?1 AND ?2"};
  sqlite_statement run_{
      "SELECT scope, family, tail, width, kind, first, length, first_serial, last_serial FROM serial_runs WHERE "
      "item = ?1"};
  sqlite_statement shrink_run_{"UPDATE serial_runs SET length = ?2, last_serial = ?3 WHERE item = ?1"};
  sqlite_statement end_runs_{"DELETE FROM serial_runs WHERE item BETWEEN ?1 AND ?2"};
  sqlite_statement add_run_{sqlite_insert(
      "INTO serial_runs", "item, scope, family, tail, width, kind, first, length, first_serial, last_serial", 10)};
};

}  // namespace tallymark::detail
