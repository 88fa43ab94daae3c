// Writes groups of changes into a journal in SQLite.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/calendar/date.hpp>
#include <tallymark/journal/detail/sqlite_schema.hpp>
#include <tallymark/journal/detail/sqlite_statement.hpp>
#include <tallymark/journal/detail/sqlite_texts.hpp>
#include <tallymark/journal/detail/sqlite_values.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

// `INSERT INTO table(columns, members...) VALUES (?1, ...)`, with so many columns before the members
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

// What all of them answer is whether to go on; if not, `write` says why.
class sqlite_writer {
 public:
  sqlite_writer(sqlite_database& db, std::span<const std::string_view> part_members,
                std::span<const std::string_view> item_members)
      : db_(db),
        part_members_(static_cast<int>(part_members.size())),
        item_members_(static_cast<int>(item_members.size())),
        add_part_(part_sql(part_members)),
        add_item_(sqlite_insert("INTO items", "first, count, part, steps, batch, parent, expiry, removed", 8, item_members)),
        split_item_(split_sql(item_members)) {}

  // Within a transaction. `number` is that of the first new change, `version` what the transaction makes.
  result<void> write(const row_group& group, std::uint64_t number, std::int64_t version) {
    why_ = {};
    version_ = version;
    const bool done = parts(group.parts) && drop(group.dropped) && next_item() && change(group.changes) &&
                      add(group.added) && reserve(group.reserved) && sequences(group.sequences) &&
                      counters(group.counters) && history(group.history, number) && went(stamp_.ready(db_.handle()));
    if (!done) return why_;
    stamp_.integer(1, version);
    went(stamp_.run());
    return why_;
  }

  // What was written is taken back.
  void forget() {
    batches_.forget();
    sources_.forget();
  }

 private:
  static constexpr auto act = sqlite_act::writing;

  static std::string part_sql(std::span<const std::string_view> members) {
    std::string sql = sqlite_insert(
        "INTO parts", "number, key, variant_of, serials, batches, issued_here, part_group, changed", 8, members);
    sql.append(
        " ON CONFLICT(number) DO UPDATE SET key = excluded.key, variant_of = excluded.variant_of, serials = "
        "excluded.serials, batches = excluded.batches, issued_here = excluded.issued_here, part_group = "
        "excluded.part_group, changed = excluded.changed");
    for (const std::string_view member : members) {
      const std::string column = sqlite_member(member);
      sql.append(", ").append(column).append(" = excluded.").append(column);
    }
    return sql;
  }

  static std::string split_sql(std::span<const std::string_view> members) {
    std::string same("part, steps, batch, parent, expiry, removed");
    for (const std::string_view member : members) same.append(", ").append(sqlite_member(member));
    std::string sql("INSERT INTO items(first, count, ");
    sql.append(same).append(") SELECT ?2, first + count - ?2, ").append(same).append(" FROM items WHERE first = ?1");
    return sql;
  }

  bool went(int code) {
    if (code == SQLITE_OK) [[likely]]
      return true;
    why_ = db_.failed(code, act);
    return false;
  }
  bool refuse(errc code, std::string_view why) {
    why_ = db_.failed(code, why);
    return false;
  }
  bool fits(bool it_does) { return it_does || refuse(errc::journal_too_large, "a number is beyond 2^63"); }
  bool named(std::string_view text) {
    return text.size() <= sqlite_most_text || refuse(errc::journal_too_large, "a text is too long");
  }
  bool named(const serial_row& row) {
    return named(row.scope) && named(row.serials.family.text) && named(row.serials.family.tail) && named(row.first) &&
           named(row.last);
  }

  // the members of the user's own, from parameter `at` on
  static void members(sqlite_statement& into, int at, int count, member_texts texts) {
    for (int i = 0; i < count; ++i) {
      const auto index = static_cast<std::size_t>(i);
      into.text_or_null(at + i, index < texts.size() ? std::string_view(texts[index]) : std::string_view{});
    }
  }
  // a run of `length` from `first` on, from parameter `at` on: scope, family, tail, width, kind, first, length
  static void key(sqlite_statement& into, int at, const serial_row& row, std::uint64_t first, std::uint64_t length) {
    const family& of = row.serials.family;
    const sqlite_ordinal ordinal = sqlite_ordinal_of(of, first);
    into.text(at, row.scope);
    into.text(at + 1, of.text);
    into.text(at + 2, of.tail);
    into.integer(at + 3, of.width);
    into.integer(at + 4, ordinal.kind);
    into.integer(at + 5, ordinal.first);
    into.integer(at + 6, static_cast<std::int64_t>(length));
  }
  // visits the rows that a run takes: `visit(run, first spelled, last spelled)`
  template <class Visit>
  bool for_rows(const serial_row& row, Visit&& visit) {
    run rest = row.serials;
    if (rest.length == 0) return refuse(errc::journal_failed, "a run is empty");
    const std::uint64_t length = sqlite_row_length(rest);
    if (length == rest.length) [[likely]]
      return fits(sqlite_fits(length)) && visit(rest, row.first, row.last);
    const run tail{rest.family, rest.first + length, rest.length - length};
    if (!fits(sqlite_fits(length) && sqlite_fits(tail.length))) return false;
    const std::string last = sqlite_inner_serial(rest, row.first, row.last, tail.first - 1);
    const std::string first = sqlite_inner_serial(rest, row.first, row.last, tail.first);
    rest.length = length;
    return visit(rest, row.first, last) && visit(tail, first, row.last);
  }

  bool parts(std::span<const part_row> rows) {
    for (const part_row& row : rows) {
      if (!named(row.key) || !named(row.group) || !went(add_part_.ready(db_.handle()))) return false;
      add_part_.integer(1, row.number);
      add_part_.text(2, row.key);
      row.variant_of ? add_part_.integer(3, *row.variant_of) : add_part_.null(3);
      add_part_.text(4, sqlite_text_of(row.serials));
      add_part_.text(5, sqlite_text_of(row.batches));
      add_part_.integer(6, row.issued_here ? 1 : 0);
      add_part_.text(7, row.group);
      add_part_.integer(8, version_);
      members(add_part_, 9, part_members_, row.data);
      if (!went(add_part_.run())) return false;
    }
    return true;
  }

  bool drop(std::span<const reserved_row> rows) {
    for (const reserved_row& row : rows) {
      const bool done = for_rows(row.serials, [&](const run& each, std::string_view, std::string_view) {
        if (!went(drop_.ready(db_.handle()))) return false;
        key(drop_, 1, row.serials, each.first, each.length);
        return went(drop_.run());
      });
      if (!done) return false;
    }
    return true;
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
        return sqlite_inner_serial(all, row.first, row.last, ordinal);
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
    const std::string inner = sqlite_inner_serial(*all, first, last, all->first + kept - 1);
    const std::string next = sqlite_inner_serial(*all, first, last, all->first + kept);
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
      if (row.serials) order.push_back({sqlite_first_bytes(row.serials->serials.family.text),
                                        row.serials->serials.first, &row});
    std::sort(order.begin(), order.end(), [](const place& a, const place& b) {
      if (a.text != b.text) return a.text < b.text;
      const auto texts = a.row->serials->serials.family.text <=> b.row->serials->serials.family.text;
      return texts != 0 ? texts < 0 : a.ordinal < b.ordinal;
    });
    for (const place& at : order) {
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
    return went(add_run_.run());
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

  bool reserve(std::span<const reserved_row> rows) {
    using namespace std::chrono;
    const auto now = duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
    for (const reserved_row& row : rows) {
      const bool done =
          named(row.serials) && for_rows(row.serials, [&](const run& each, std::string_view first, std::string_view last) {
            if (!went(reserve_.ready(db_.handle()))) return false;
            reserve_.integer(1, row.part);
            key(reserve_, 2, row.serials, each.first, each.length);
            reserve_.text(9, first);
            reserve_.text(10, last);
            reserve_.integer(11, now);
            return went(reserve_.run());
          });
      if (!done) return false;
    }
    return true;
  }

  // family, tail, width, kind from parameter `at` on
  static void family_key(sqlite_statement& into, int at, const family* of, std::int64_t kind) {
    if (of == nullptr) {
      for (int i = 0; i < 4; ++i) into.null(at + i);
      return;
    }
    into.text(at, of->text);
    into.text(at + 1, of->tail);
    into.integer(at + 2, of->width);
    into.integer(at + 3, kind);
  }

  bool sequences(std::span<const sequence_row> rows) {
    for (const sequence_row& row : rows) {
      if (!named(row.scope) || !went(sequence_.ready(db_.handle()))) return false;
      sequence_.text(1, row.scope);
      sequence_.integer(2, row.part);
      family_key(sequence_, 3, row.active ? &*row.active : nullptr, row.active && row.active->counts() ? 1 : 0);
      sequence_.integer(7, row.issued ? 1 : 0);
      const sqlite_ordinal from =
          row.start ? sqlite_ordinal_of(row.start->family, row.start->ordinal) : sqlite_ordinal{};
      family_key(sequence_, 8, row.start ? &row.start->family : nullptr, from.kind);
      row.start ? sequence_.integer(12, from.first) : sequence_.null(12);
      sequence_.integer(13, version_);
      if (!went(sequence_.run())) return false;
    }
    return true;
  }

  bool counters(std::span<const counter_row> rows) {
    for (const counter_row& row : rows) {
      if (!fits(sqlite_fits(row.last)) || !named(row.rest) || !went(counter_.ready(db_.handle()))) return false;
      counter_.blob(1, row.rest);
      counter_.integer(2, static_cast<std::int64_t>(row.last));
      counter_.integer(3, version_);
      if (!went(counter_.run())) return false;
    }
    return true;
  }

  bool history(std::span<const entry> rows, std::uint64_t number) {
    for (const entry& row : rows) {
      if (row.number != number++) return refuse(errc::journal_failed, "the numbers of history do not continue");
      const bool other = row.other.first != no_item && row.other.count > 0;
      if (!fits(sqlite_fits(row.number) && sqlite_fits(row.subject) && (!other || sqlite_fits(row.other)) &&
                sqlite_fits(row.from.line) && sqlite_fits(row.from.lines)) ||
          !named(row.before) || !named(row.after))
        return false;
      std::int64_t source = 0;
      if (!row.from.source.empty()) {
        const auto found = sources_.number(db_, row.from.source);
        if (!found) {
          why_ = unexpected<failure>(found.error());
          return false;
        }
        source = *found;
      }
      if (!went(history_.ready(db_.handle()))) return false;
      history_.integer(1, static_cast<std::int64_t>(row.number));
      history_.integer(2, row.at.time_since_epoch().count());
      history_.text(3, sqlite_text_of(row.what));
      history_.integer(4, static_cast<std::int64_t>(row.subject.first));
      history_.integer(5, static_cast<std::int64_t>(row.subject.count));
      other ? history_.integer(6, static_cast<std::int64_t>(row.other.first)) : history_.null(6);
      other ? history_.integer(7, static_cast<std::int64_t>(row.other.count)) : history_.null(7);
      history_.integer(8, row.amount.steps());
      history_.text_or_null(9, row.before);
      history_.text_or_null(10, row.after);
      const bool from = row.from != origin{};
      source != 0 ? history_.integer(11, source) : history_.null(11);
      from ? history_.integer(12, static_cast<std::int64_t>(row.from.line)) : history_.null(12);
      from ? history_.integer(13, static_cast<std::int64_t>(row.from.lines)) : history_.null(13);
      if (!went(history_.run())) return false;
    }
    return true;
  }

  sqlite_database& db_;
  result<void> why_{};
  std::int64_t version_ = 0;
  std::uint64_t next_item_ = 1;
  const item_row* like_ = nullptr;  // the new item whose values are bound
  std::string expiry_;
  int part_members_, item_members_;
  sqlite_texts batches_{"batches", "code"}, sources_{"sources", "name"};
  sqlite_statement add_part_, add_item_, split_item_;
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
  sqlite_statement drop_{
      "DELETE FROM reservations WHERE scope = ?1 AND family = ?2 AND tail = ?3 AND width = ?4 AND kind = ?5 AND "
      "first BETWEEN ?6 AND ?6 + (?7 - 1) AND first + (length - 1) <= ?6 + (?7 - 1)"};
  sqlite_statement reserve_{sqlite_insert(
      "INTO reservations", "part, scope, family, tail, width, kind, first, length, first_serial, last_serial, at", 11)};
  sqlite_statement sequence_{sqlite_insert(
      "OR REPLACE INTO sequences",
      "scope, part, family, tail, width, kind, issued, start_family, start_tail, start_width, start_kind, "
      "start_first, changed",
      13)};
  sqlite_statement counter_{sqlite_insert("OR REPLACE INTO batch_counters", "rest, last, changed", 3)};
  sqlite_statement history_{sqlite_insert(
      "INTO history", "number, at, what, item, count, other, other_count, steps, before, after, source, line, lines", 13)};
  sqlite_statement stamp_{"UPDATE state SET version = ?1"};
};

}  // namespace tallymark::detail
