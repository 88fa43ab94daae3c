// Reads rows back from a journal in SQLite. Whatever is in the file, it ends; a value that no row can have is
// journal_corrupt. What rows must be like beyond that, the stock asks: see stock/detail/row_rules.hpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/calendar/date.hpp>
#include <tallymark/ext/detail/read_ahead.hpp>
#include <tallymark/ext/detail/succeeds.hpp>
#include <tallymark/journal/sqlite/detail/connection.hpp>
#include <tallymark/journal/sqlite/detail/history.hpp>
#include <tallymark/journal/sqlite/detail/item_batch.hpp>
#include <tallymark/journal/sqlite/detail/rows.hpp>
#include <tallymark/journal/sqlite/detail/texts.hpp>
#include <tallymark/journal/sqlite/detail/values.hpp>
#include <tallymark/stock/detail/blocks.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

// How far a journal has been read.
struct sqlite_seen {
  std::int64_t version = -1;  // -1: nothing has been read
  std::uint64_t history = 0;
};

class sqlite_reader : sqlite_row_reader {
 public:
  sqlite_reader(sqlite_database& db, std::span<const std::string_view> part_members,
                std::span<const std::string_view> item_members)
      : sqlite_row_reader(db),
        history_(db),
        data_(std::max(part_members.size(), item_members.size())),
        part_members_(part_members.begin(), part_members.end()),
        item_members_(item_members.begin(), item_members.end()) {
    set_columns({}, {});
  }

  // The stride of the runs in the tables.
  void set_stride(std::uint64_t stride) noexcept { stride_ = stride; }
  // The columns that the tables have: a member without one reads as an empty text.
  void set_columns(std::span<const std::string> of_parts, std::span<const std::string> of_items) {
    parts_.assign(columns("SELECT number, key, variant_of, serials, batches, issued_here, part_group", part_members_,
                          of_parts, " FROM parts WHERE changed > ?1 ORDER BY number"));
    items_.assign(
        columns("SELECT first, count, part, steps, batch, parent, expiry, removed, kind, scope, family, tail, "
                "width, ordinal, first_serial, last_serial",
                item_members_, of_items, " FROM items WHERE first BETWEEN ?1 AND ?2 ORDER BY first"));
  }

  // How many threads may read all items.
  void set_threads(std::size_t most) noexcept { threads_ = most; }

  // The number of the latest transaction.
  [[nodiscard]] result<std::int64_t> version() {
    std::int64_t found = -1;
    if (const auto done = number(version_, found); !done) return unexpected<failure>(done.error());
    if (found < 0) return corrupt("the table state has no row");
    return found;
  }
  // A number that changes whenever a table does.
  [[nodiscard]] result<std::int64_t> schema_version() {
    std::int64_t found = -1;
    if (const auto done = number(schema_version_, found); !done) return unexpected<failure>(done.error());
    return found;
  }
  // PRAGMA user_version
  [[nodiscard]] result<std::int64_t> user_version() {
    std::int64_t found = -1;
    if (const auto done = number(user_version_, found); !done) return unexpected<failure>(done.error());
    return found;
  }

  // Within a transaction: gives what was changed since `seen`, and answers how far it has been read now.
  template <class Reader>
  [[nodiscard]] result<sqlite_seen> read(Reader& reader, const sqlite_seen& seen) {
    const auto latest = version();
    if (!latest) return unexpected<failure>(latest.error());
    if (*latest < seen.version) return corrupt("the journal went back");
    if (*latest == seen.version) return seen;
    sqlite_seen all{*latest, 0};
    std::int64_t first_change = 0, next_change = 0, next_item = 1, any_run = 0;
    auto done = number(first_change_, first_change);
    if (done) done = number(next_change_, next_change);
    if (done) done = number(next_item_, next_item);
    if (done) done = number(runs_, any_run);  // there is such a table
    if (done && (first_change != 0 || next_change < 0 || next_item < 1)) done = corrupt("numbers do not begin");
    if (!done) return unexpected<failure>(done.error());
    all.history = static_cast<std::uint64_t>(next_change);
    next_id_ = static_cast<std::uint64_t>(next_item);
    if (all.history < seen.history) return corrupt("history was shortened");

    done = read_parts(reader, seen.version);
    if (done) done = seen.version < 0 ? read_all_items(reader) : read_stale_items(reader, seen.history, all.history);
    if (done) done = read_reserved(reader);
    if (done) done = read_sequences(reader, seen.version);
    if (done) done = read_counters(reader, seen.version);
    if (done) done = history_.batch_changes(seen.history, [&](const entry& each) { return reader.changed(each); });
    if (!done) return unexpected<failure>(done.error());
    return all;
  }

  // For entries of history.
  [[nodiscard]] sqlite_history& history() noexcept { return history_; }

 private:
  // The members of the user's own, from a column on; good until the next row.
  member_texts members(const sqlite_statement& row, int at, std::size_t count) {
    bool any = false;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view text = row.text(at + static_cast<int>(i));
      data_[i].assign(text.data(), text.size());
      any = any || !text.empty();
    }
    return any ? member_texts(data_.data(), count) : member_texts{};
  }

  static bool is_part_number(std::int64_t value) noexcept {
    return 0 <= value && value <= std::numeric_limits<std::uint32_t>::max();
  }

  template <class Reader>
  [[nodiscard]] result<void> read_parts(Reader& reader, std::int64_t seen) {
    return for_rows(
        parts_, [&] { parts_.integer(1, seen); },
        [&]() -> result<void> {
          part_row row;
          const bool variant = !parts_.is_null(2);
          const auto serials = sqlite_enum_of<rule>(sqlite_rules, parts_.text(3));
          const auto batches = sqlite_enum_of<rule>(sqlite_rules, parts_.text(4));
          const std::int64_t issued_here = parts_.integer(5);
          if (!is_part_number(parts_.integer(0)) || (variant && !is_part_number(parts_.integer(2))) || !serials ||
              !batches || issued_here < 0 || issued_here > 1)
            return corrupt("a part makes no sense");
          row.number = static_cast<std::uint32_t>(parts_.integer(0));
          row.key = parts_.text(1);
          if (variant) row.variant_of = static_cast<std::uint32_t>(parts_.integer(2));
          row.group = parts_.text(6);
          row.serials = *serials;
          row.batches = *batches;
          row.issued_here = issued_here == 1;
          row.data = members(parts_, 7, part_members_.size());
          return reader.part(row);
        });
  }

  // Gives all blocks. If there are many, a thread reads ahead, and nothing else uses the connection meanwhile.
  template <class Reader>
  [[nodiscard]] result<void> read_all_items(Reader& reader) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    if (const int code = items_.ready(db_.handle()); code != SQLITE_OK) return db_.failed(code, act);
    const sqlite_reset end(items_);
    items_.integer(1, -most - 1);
    items_.integer(2, most);
    item_row row;
    std::optional<read_ahead<sqlite_item_batch>> ahead;
    for (std::size_t rows = 1; !ahead; ++rows) {
      const auto more = next_item(row);
      if (!more) return unexpected<failure>(more.error());
      if (!*more) return {};
      if (const auto done = reader.item(row); !done) return done;
      if (threads_ > 1 && rows == few_items) begin_ahead(ahead, row);
    }
    while (const sqlite_item_batch* const batch = ahead->next()) {
      const std::span<const item_row> all = batch->rows();
      for (std::size_t i = 0; i < all.size(); ++i) {
        if constexpr (requires { reader.ahead(all[0]); })
          if (i + 16 < all.size()) reader.ahead(all[i + 16]);
        if (const auto done = reader.item(all[i]); !done) {
          ahead.reset();
          db_.clear_message();  // of a later row
          return done;
        }
      }
      if (!batch->end()) return batch->end();
    }
    return {};
  }
  // Rows follow this one. If there is no thread to be had, nothing begins.
  void begin_ahead(std::optional<read_ahead<sqlite_item_batch>>& ahead, const item_row& before) {
    const auto fill = [this, row = before](sqlite_item_batch& batch) mutable {
      batch.clear();
      while (!batch.is_full()) {
        const auto more = next_item(row);
        if (!more) batch.finish(unexpected<failure>(more.error()));
        if (!more || !*more) return false;
        batch.add(row);
      }
      return true;
    };
    [[maybe_unused]] const bool begun = succeeds([&] { ahead.emplace(fill); });
  }
  // Whether there is another block; if so, it is in `row`, where the one before it was.
  [[nodiscard]] result<bool> next_item(item_row& row) {
    const int code = items_.step();
    if (code == SQLITE_DONE) return false;
    if (code != SQLITE_ROW) return db_.failed(code, act);
    if (const auto good = item_of(items_, row); !good) return unexpected<failure>(good.error());
    return true;
  }

  template <class Reader>
  [[nodiscard]] result<void> read_stale_items(Reader& reader, std::uint64_t seen, std::uint64_t until) {
    std::vector<items> stale;
    const auto add = [&](int column, int count) -> result<void> {
      const std::int64_t first = stale_.integer(column), n = stale_.integer(count);
      if (first < 1 || n < 1 || static_cast<std::uint64_t>(n) > next_id_ ||
          static_cast<std::uint64_t>(first) > next_id_ - static_cast<std::uint64_t>(n))
        return corrupt("history names items that are not there");
      const items range{static_cast<item_id>(first), static_cast<std::uint64_t>(n)};
      if (!stale.empty() && range.first == stale.back().last() + 1)
        stale.back().count += range.count;
      else
        stale.push_back(range);
      return {};
    };
    std::uint64_t rows = 0;
    auto done = for_rows(
        stale_, [&] { stale_.integer(1, static_cast<std::int64_t>(seen)); },
        [&]() -> result<void> {
          ++rows;
          const auto subject = add(0, 1);
          if (!subject || stale_.is_null(2) || stale_.text(4) == "parent_changed") return subject;
          return add(2, 3);
        });
    if (done && rows != until - seen) done = corrupt("history has a gap");
    for (std::size_t i = 0; done && i < stale.size(); ++i) done = widen(stale[i]);
    if (!done) return done;
    for (const items& range : joined(std::move(stale))) {
      if (done = reader.stale(range); !done) return done;
      done = read_items(reader, static_cast<std::int64_t>(range.first), static_cast<std::int64_t>(range.last()));
      if (!done) return done;
    }
    return {};
  }

  // Makes a range one of whole blocks.
  [[nodiscard]] result<void> widen(items& range) {
    std::int64_t first = 0, end = 0;
    const std::uint64_t last = range.last();
    auto done = for_rows(
        around_, [&] { around_.integer(1, static_cast<std::int64_t>(range.first)); },
        [&]() -> result<void> {
          first = around_.integer(0);
          return {};
        });
    if (done)
      done = for_rows(
          around_, [&] { around_.integer(1, static_cast<std::int64_t>(last)); },
          [&]() -> result<void> {
            const std::int64_t begin = around_.integer(0), count = around_.integer(1);
            end =
                count < 1 || begin < 1 || count > std::numeric_limits<std::int64_t>::max() - begin ? 0 : begin + count;
            return {};
          });
    if (!done) return done;
    if (first < 1 || static_cast<std::uint64_t>(end) <= last) return corrupt("a block is missing");
    range = {static_cast<item_id>(first), static_cast<std::uint64_t>(end - first)};
    return {};
  }

  // Gives the blocks with ids from `first` to `last`.
  template <class Reader>
  [[nodiscard]] result<void> read_items(Reader& reader, std::int64_t first, std::int64_t last) {
    item_row row;
    const auto bind = [&] {
      items_.integer(1, first);
      items_.integer(2, last);
    };
    return for_rows(items_, bind, [&]() -> result<void> {
      if (const auto good = item_of(items_, row); !good) return good;
      return reader.item(row);
    });
  }

  [[nodiscard]] result<void> item_of(const sqlite_statement& from, item_row& row) {
    const std::int64_t first = from.integer(0), count = from.integer(1), part = from.integer(2);
    const auto amount = quantity::from_steps(from.integer(3));
    const std::int64_t removed = from.integer(7);
    if (first < 1 || count < 1 || count > std::numeric_limits<std::int64_t>::max() - first || !is_part_number(part) ||
        !amount || removed < 0 || removed > 1)
      return corrupt("an item makes no sense");
    row.which = {static_cast<item_id>(first), static_cast<std::uint64_t>(count)};
    row.part = static_cast<std::uint32_t>(part);
    row.amount = *amount;
    row.removed = removed == 1;
    if (from.is_null(4)) {
      row.batch = {};
    } else if (const std::int64_t batch = from.integer(4); row.batch.empty() || batch != batch_) {
      const auto code = batches_.text(db_, batch);
      if (!code) return unexpected<failure>(code.error());
      row.batch = *code;
      batch_ = batch;
    }
    row.parent = no_item;
    if (!from.is_null(5)) {
      if (from.integer(5) < 1) return corrupt("a parent is not an item");
      row.parent = static_cast<item_id>(from.integer(5));
    }
    row.expiry.reset();
    if (!from.is_null(6)) {
      const auto day = parse_date(from.text(6));
      if (!day) return corrupt("an expiry date is not a date");
      row.expiry = *day;
    }
    row.data = members(from, 16, item_members_.size());
    row.serials.reset();
    return from.is_null(8) ? result<void>{} : serials_of(from, row);
  }

  [[nodiscard]] result<void> serials_of(const sqlite_statement& from, item_row& row) {
    const auto found = sqlite_run_of(from.text(10), from.text(11), from.integer(12), from.integer(8), from.integer(13),
                                     static_cast<std::int64_t>(row.which.count), stride_);
    const std::string_view scope = from.text(9), first = from.text(14);
    const bool single = from.is_null(15);
    const std::string_view last = single ? first : from.text(15);
    if (!found || single != (row.which.count == 1)) return corrupt("serial numbers make no sense");
    row.serials = serial_row{scope, *found, first, last};
    return {};
  }

  template <class Reader>
  [[nodiscard]] result<void> read_reserved(Reader& reader) {
    std::deque<std::string> texts;
    std::vector<reserved_row> rows;
    const auto keep = [&](int at) -> std::string_view { return texts.emplace_back(reservations_.text(at)); };
    const auto done = for_rows(
        reservations_, [] {},
        [&]() -> result<void> {
          const std::int64_t part = reservations_.integer(0);
          const std::string_view scope = keep(1), text = keep(2), tail = keep(3), first = keep(8), last = keep(9);
          const auto found = sqlite_run_of(text, tail, reservations_.integer(4), reservations_.integer(5),
                                           reservations_.integer(6), reservations_.integer(7), stride_);
          if (!is_part_number(part) || !found) return corrupt("a reservation makes no sense");
          rows.push_back({static_cast<std::uint32_t>(part), {scope, *found, first, last}});
          return {};
        });
    if (!done) return done;
    return reader.reserved(std::span<const reserved_row>(rows));
  }

  template <class Reader>
  [[nodiscard]] result<void> read_sequences(Reader& reader, std::int64_t seen) {
    return for_rows(
        sequences_, [&] { sequences_.integer(1, seen); },
        [&]() -> result<void> {
          sequence_row row;
          row.scope = sequences_.text(0);
          const std::int64_t part = sequences_.integer(1), issued = sequences_.integer(6);
          if (!is_part_number(part) || issued < 0 || issued > 1) return corrupt("a sequence makes no sense");
          row.part = static_cast<std::uint32_t>(part);
          row.issued = issued == 1;
          const auto family_at = [&](int at, std::int64_t first) {
            return sqlite_run_of(sequences_.text(at), sequences_.text(at + 1), sequences_.integer(at + 2),
                                 sequences_.integer(at + 3), first, 1);
          };
          if (!sequences_.is_null(5)) {
            const auto found = family_at(2, 0);
            if (!found) return corrupt("an active family makes no sense");
            row.active = found->family;
          }
          if (!sequences_.is_null(11)) {
            const auto found = family_at(7, sequences_.integer(11));
            if (!found) return corrupt("the start of a sequence makes no sense");
            row.start = serial_number{found->family, found->first};
          }
          return reader.sequence(row);
        });
  }

  template <class Reader>
  [[nodiscard]] result<void> read_counters(Reader& reader, std::int64_t seen) {
    return for_rows(
        counters_, [&] { counters_.integer(1, seen); },
        [&]() -> result<void> {
          const std::string_view rest = counters_.blob(0);
          const std::int64_t last = counters_.integer(1);
          if (last < 0) return corrupt("a counter of batch codes makes no sense");
          return reader.counter(counter_row{rest, static_cast<std::uint64_t>(last)});
        });
  }

  sqlite_history history_;
  std::vector<std::string> data_;
  std::vector<std::string> part_members_, item_members_;
  static constexpr std::size_t few_items = 20'000;  // a thread is not begun for them
  std::size_t threads_ = 1;
  std::uint64_t next_id_ = 1;
  std::uint64_t stride_ = 1;
  std::int64_t batch_ = 0;  // of the row before
  sqlite_texts batches_{"batches", "code"};
  sqlite_statement parts_{""}, items_{""};
  sqlite_statement version_{"SELECT version FROM state WHERE id = 1"};
  sqlite_statement user_version_{"PRAGMA user_version"};
  sqlite_statement first_change_{"SELECT number FROM history ORDER BY number LIMIT 1"};
  sqlite_statement next_change_{"SELECT number + 1 FROM history ORDER BY number DESC LIMIT 1"};
  sqlite_statement next_item_{"SELECT first + count FROM items ORDER BY first DESC LIMIT 1"};
  sqlite_statement schema_version_{"PRAGMA schema_version"};
  sqlite_statement around_{"SELECT first, count FROM items WHERE first <= ?1 ORDER BY first DESC LIMIT 1"};
  sqlite_statement runs_{"SELECT item FROM serial_runs LIMIT 1"};
  sqlite_statement stale_{"SELECT item, count, other, other_count, what FROM history WHERE number >= ?1"};
  sqlite_statement reservations_{
      "SELECT part, scope, family, tail, width, kind, first, length, first_serial, last_serial FROM reservations "
      "ORDER BY id"};
  sqlite_statement sequences_{
      "SELECT scope, part, family, tail, width, kind, issued, start_family, start_tail, start_width, start_kind, "
      "start_first FROM sequences WHERE changed > ?1"};
  sqlite_statement counters_{"SELECT rest, last FROM batch_counters WHERE changed > ?1"};
};

}  // namespace tallymark::detail
