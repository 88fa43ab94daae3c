// Reads rows back from a journal in SQLite. Whatever is in the file, it ends; and what makes no sense is
// journal_corrupt.
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
#include <unordered_set>
#include <utility>
#include <vector>

#include <tallymark/calendar/date.hpp>
#include <tallymark/journal/detail/sqlite_history.hpp>
#include <tallymark/journal/detail/sqlite_rows.hpp>
#include <tallymark/journal/detail/sqlite_statement.hpp>
#include <tallymark/journal/detail/sqlite_texts.hpp>
#include <tallymark/journal/detail/sqlite_values.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

// How far a journal has been read.
struct sqlite_seen {
  std::int64_t version = -1;  // none: nothing has been read
  std::uint64_t history = 0;
};

class sqlite_reader : sqlite_row_reader {
 public:
  sqlite_reader(sqlite_database& db, std::span<const std::string_view> part_members,
                std::span<const std::string_view> item_members)
      : sqlite_row_reader(db),
        history_(db),
        data_(std::max(part_members.size(), item_members.size())),
        part_members_(part_members.size()),
        item_members_(item_members.size()),
        parts_(columns("SELECT number, key, variant_of, serials, batches, issued_here, part_group", part_members,
                       " FROM parts WHERE changed > ?1 ORDER BY number")),
        items_(columns("SELECT first, count, part, steps, batch, parent, expiry, removed, kind, scope, family, tail, "
                       "width, ordinal, first_serial, last_serial",
                       item_members, " FROM items WHERE first BETWEEN ?1 AND ?2 ORDER BY first")) {}

  // The number of the latest transaction.
  result<std::int64_t> version() {
    std::int64_t found = -1;
    if (const auto done = number(version_, found); !done) return unexpected<failure>(done.error());
    if (found < 0) return corrupt("there is no state");
    return found;
  }
  // PRAGMA user_version
  result<std::int64_t> user_version() {
    std::int64_t found = -1;
    if (const auto done = number(user_version_, found); !done) return unexpected<failure>(done.error());
    return found;
  }

  // Within a transaction: gives what was changed since `seen`, and answers how far it has been read now.
  template <class Reader>
  result<sqlite_seen> read(Reader& reader, const sqlite_seen& seen) {
    const auto latest = version();
    if (!latest) return unexpected<failure>(latest.error());
    if (*latest < seen.version) return corrupt("the journal went back");
    if (*latest == seen.version) return seen;
    sqlite_seen now{*latest, 0};
    std::int64_t first_change = 0, next_change = 0, next_item = 1, any_run = 0;
    auto done = number(first_change_, first_change);
    if (done) done = number(next_change_, next_change);
    if (done) done = number(next_item_, next_item);
    if (done) done = number(runs_, any_run);  // there is such a table
    if (done && (first_change != 0 || next_change < 0 || next_item < 1)) done = corrupt("numbers do not begin");
    if (!done) return unexpected<failure>(done.error());
    now.history = static_cast<std::uint64_t>(next_change);
    next_id_ = static_cast<std::uint64_t>(next_item);
    if (now.history < seen.history) return corrupt("history was shortened");

    done = read_parts(reader, seen.version);
    if (done) done = seen.version < 0 ? read_all_items(reader) : read_stale_items(reader, seen.history, now.history);
    if (done) done = read_reserved(reader);
    if (done) done = read_sequences(reader, seen.version);
    if (done) done = read_counters(reader, seen.version);
    if (done) done = history_.batch_changes(seen.history, [&](const entry& each) { return reader.changed(each); });
    if (!done) return unexpected<failure>(done.error());
    return now;
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

  template <class Reader>
  result<void> read_parts(Reader& reader, std::int64_t seen) {
    if (const auto done = check_parts(); !done) return done;
    return for_rows(
        parts_, [&] { parts_.integer(1, seen); },
        [&]() -> result<void> {
          part_row row;
          row.number = static_cast<std::uint32_t>(parts_.integer(0));
          row.key = parts_.text(1);
          if (!parts_.is_null(2)) row.variant_of = static_cast<std::uint32_t>(parts_.integer(2));
          const auto serials = sqlite_enum_of<rule>(sqlite_rules, parts_.text(3));
          const auto batches = sqlite_enum_of<rule>(sqlite_rules, parts_.text(4));
          const std::int64_t issued_here = parts_.integer(5);
          row.group = parts_.text(6);
          if (!serials || !batches || issued_here < 0 || issued_here > 1 || row.key.size() > sqlite_most_text ||
              row.group.size() > sqlite_most_text)
            return corrupt("a part makes no sense");
          row.serials = *serials;
          row.batches = *batches;
          row.issued_here = issued_here == 1;
          row.data = members(parts_, 7, part_members_);
          return reader.part(row);
        });
  }

  // Parts are numbered from 0 without gaps, and none is a variant of itself. Done before the first is given away.
  result<void> check_parts() {
    constexpr std::int64_t none = -1;
    std::vector<std::int64_t> above;
    auto done = for_rows(
        variants_, [] {},
        [&]() -> result<void> {
          if (variants_.integer(0) != static_cast<std::int64_t>(above.size())) return corrupt("a part is missing");
          const std::int64_t of = variants_.is_null(1) ? none : variants_.integer(1);
          if (of < none || (of == none && !variants_.is_null(1))) return corrupt("a part is a variant of none");
          above.push_back(of);
          return {};
        });
    if (!done) return done;
    part_count_ = static_cast<std::int64_t>(above.size());
    // walks up from each part over those that nobody came by; whoever meets this walk itself goes in circles
    std::vector<std::size_t> walk(above.size(), 0);
    for (std::size_t i = 0; i < above.size(); ++i)
      for (std::size_t at = i; walk[at] == 0;) {
        walk[at] = i + 1;
        if (above[at] == none) break;
        if (above[at] >= part_count_) return corrupt("a part is a variant of none");
        at = static_cast<std::size_t>(above[at]);
        if (walk[at] == i + 1) return corrupt("a part is a variant of itself");
      }
    return {};
  }

  template <class Reader>
  result<void> read_all_items(Reader& reader) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    return read_items(reader, {1, next_id_ - 1}, -most - 1, most);
  }

  template <class Reader>
  result<void> read_stale_items(Reader& reader, std::uint64_t seen, std::uint64_t now) {
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
    if (done && rows != now - seen) done = corrupt("history has a gap");
    for (std::size_t i = 0; done && i < stale.size(); ++i) done = widen(stale[i]);
    if (!done) return done;
    std::sort(stale.begin(), stale.end());
    std::size_t kept = 0;
    for (std::size_t i = 1; i < stale.size(); ++i) {
      if (stale[i].first > stale[kept].last() + 1)
        stale[++kept] = stale[i];
      else if (stale[i].last() > stale[kept].last())
        stale[kept].count = stale[i].last() - stale[kept].first + 1;
    }
    if (!stale.empty()) stale.resize(kept + 1);
    for (const items& range : stale) {
      if (done = reader.stale(range); !done) return done;
      done = read_items(reader, range, static_cast<std::int64_t>(range.first), static_cast<std::int64_t>(range.last()));
      if (!done) return done;
    }
    return {};
  }

  // Makes a range one of whole blocks.
  result<void> widen(items& range) {
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

  // Gives the blocks with ids from `first` to `last`, which are those of a range, without a gap.
  template <class Reader>
  result<void> read_items(Reader& reader, items range, std::int64_t first, std::int64_t last) {
    std::uint64_t next = range.first;
    item_row row;
    const auto bind = [&] {
      items_.integer(1, first);
      items_.integer(2, last);
    };
    const auto done = for_rows(items_, bind, [&]() -> result<void> {
      if (const auto good = item_of(items_, row, next); !good) return good;
      next += row.which.count;
      return reader.item(row);
    });
    if (!done) return done;
    if (next != range.last() + 1) return corrupt("a block is missing");
    return check_parents();
  }

  result<void> item_of(const sqlite_statement& from, item_row& row, std::uint64_t next) {
    const std::int64_t first = from.integer(0), count = from.integer(1), part = from.integer(2);
    const auto amount = quantity::from_steps(from.integer(3));
    const std::int64_t removed = from.integer(7);
    if (first < 1 || static_cast<std::uint64_t>(first) != next || count < 1 ||
        static_cast<std::uint64_t>(count) > next_id_ - next)
      return corrupt("blocks do not continue");
    if (part < 0 || part >= part_count_ || !amount || removed < 0 || removed > 1)
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
      const std::int64_t parent = from.integer(5);
      if (parent < 1 || static_cast<std::uint64_t>(parent) >= next_id_) return corrupt("a parent is not there");
      row.parent = static_cast<item_id>(parent);
      if (row.parent >= row.which.first) upward_.push_back(row.which.first);
    }
    row.expiry.reset();
    if (!from.is_null(6)) {
      const auto day = parse_date(from.text(6));
      if (!day) return corrupt("an expiry date is none");
      row.expiry = *day;
    }
    row.data = members(from, 16, item_members_);
    row.serials.reset();
    return from.is_null(8) ? result<void>{} : serials_of(from, row);
  }

  result<void> serials_of(const sqlite_statement& from, item_row& row) {
    const auto found = sqlite_run_of(from.text(10), from.text(11), from.integer(12), from.integer(8), from.integer(13),
                                     static_cast<std::int64_t>(row.which.count));
    const std::string_view scope = from.text(9), first = from.text(14);
    const bool one = from.is_null(15);
    const std::string_view last = one ? first : from.text(15);
    if (!found || one != (row.which.count == 1) ||
        std::max({scope.size(), first.size(), last.size()}) > sqlite_most_text || row.amount != quantity(1))
      return corrupt("serial numbers make no sense");
    row.serials = serial_row{scope, *found, first, last};
    return {};
  }

  // Nobody is his own ancestor. A circle has an item whose id is not behind that of its parent: it is enough to walk
  // up from those.
  result<void> check_parents() {
    std::unordered_set<item_id> good;
    for (const item_id start : std::exchange(upward_, {})) {
      std::vector<item_id> path;
      std::unordered_set<item_id> walked;
      for (item_id at = start;;) {
        std::int64_t first = 0, parent = 0;
        const auto done = for_rows(
            around_, [&] { around_.integer(1, static_cast<std::int64_t>(at)); },
            [&]() -> result<void> {
              first = around_.integer(0);
              parent = around_.integer(2);
              return {};
            });
        if (!done) return done;
        const auto block = static_cast<item_id>(first);
        if (good.contains(block)) break;
        if (!walked.insert(block).second) return corrupt("an item is its own ancestor");
        if (parent < 1) break;
        at = static_cast<item_id>(parent);
      }
      good.merge(walked);
    }
    return {};
  }

  template <class Reader>
  result<void> read_reserved(Reader& reader) {
    std::deque<std::string> texts;
    std::vector<reserved_row> rows;
    const auto keep = [&](int at) -> std::string_view { return texts.emplace_back(reservations_.text(at)); };
    const auto done = for_rows(
        reservations_, [] {},
        [&]() -> result<void> {
          const std::int64_t part = reservations_.integer(0);
          const std::string_view scope = keep(1), text = keep(2), tail = keep(3), first = keep(8), last = keep(9);
          const auto found = sqlite_run_of(text, tail, reservations_.integer(4), reservations_.integer(5),
                                           reservations_.integer(6), reservations_.integer(7));
          if (part < 0 || part >= part_count_ || !found ||
              std::max({scope.size(), first.size(), last.size()}) > sqlite_most_text)
            return corrupt("a reservation makes no sense");
          rows.push_back({static_cast<std::uint32_t>(part), {scope, *found, first, last}});
          return {};
        });
    if (!done) return done;
    return reader.reserved(std::span<const reserved_row>(rows));
  }

  template <class Reader>
  result<void> read_sequences(Reader& reader, std::int64_t seen) {
    return for_rows(
        sequences_, [&] { sequences_.integer(1, seen); },
        [&]() -> result<void> {
          sequence_row row;
          row.scope = sequences_.text(0);
          const std::int64_t part = sequences_.integer(1), issued = sequences_.integer(6);
          if (part < 0 || part >= part_count_ || issued < 0 || issued > 1 || row.scope.size() > sqlite_most_text)
            return corrupt("a sequence makes no sense");
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
  result<void> read_counters(Reader& reader, std::int64_t seen) {
    return for_rows(
        counters_, [&] { counters_.integer(1, seen); },
        [&]() -> result<void> {
          const std::string_view rest = counters_.blob(0);
          const std::int64_t last = counters_.integer(1);
          if (last < 0 || rest.size() > sqlite_most_text) return corrupt("a counter of batch codes makes no sense");
          return reader.counter(counter_row{rest, static_cast<std::uint64_t>(last)});
        });
  }

  sqlite_history history_;
  std::vector<std::string> data_;
  std::size_t part_members_, item_members_;
  std::int64_t part_count_ = 0;
  std::uint64_t next_id_ = 1;
  std::vector<item_id> upward_;
  std::int64_t batch_ = 0;  // of the row before
  sqlite_texts batches_{"batches", "code"};
  sqlite_statement parts_, items_;
  sqlite_statement version_{"SELECT version FROM state WHERE id = 1"};
  sqlite_statement user_version_{"PRAGMA user_version"};
  sqlite_statement first_change_{"SELECT number FROM history ORDER BY number LIMIT 1"};
  sqlite_statement next_change_{"SELECT number + 1 FROM history ORDER BY number DESC LIMIT 1"};
  sqlite_statement next_item_{"SELECT first + count FROM items ORDER BY first DESC LIMIT 1"};
  sqlite_statement variants_{"SELECT number, variant_of FROM parts ORDER BY number"};
  sqlite_statement around_{"SELECT first, count, parent FROM items WHERE first <= ?1 ORDER BY first DESC LIMIT 1"};
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
