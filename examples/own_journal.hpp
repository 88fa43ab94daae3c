// Your own journal: tables in memory, which several stocks of a program share.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <tallymark/tallymark.hpp>

namespace example {

using namespace tallymark;

template <class Row>
struct versioned {
  Row row;
  std::uint64_t changed;  // the version of the tables that brought it
};

// The tables, as a database would have them. The rows are views of texts that are kept elsewhere.
struct stock_tables {
  std::uint64_t version = 0;
  std::map<std::uint32_t, versioned<part_row>> parts{};
  std::map<item_id, versioned<item_row>> blocks{};  // by their first item
  std::vector<reserved_row> reserved{};
  std::map<std::string_view, versioned<sequence_row>> sequences{};  // by scope
  std::map<std::string_view, versioned<counter_row>> counters{};    // by rest
  std::vector<entry> history{};
};

// What all logs of a journal share.
struct memory_store {
  std::timed_mutex writing{};
  std::string schema{};  // the names that the first stock gave
  stock_tables committed{};
  std::set<std::string, std::less<>> texts{};
  std::set<std::vector<std::string>> data{};
};

// Makes the next version of the tables from a group of changes. It is a copy, so that a failure leaves nothing: a database
// has its transactions for that.
class group_writer {
 public:
  group_writer(memory_store& store, const row_group& group) : store_(store), group_(group), next_(store.committed) {}

  result<stock_tables> write() {
    ++next_.version;
    for (part_row row : group_.parts) {
      row.key = kept(row.key), row.group = kept(row.group), row.data = kept(row.data);
      next_.parts.insert_or_assign(row.number, versioned<part_row>{row, next_.version});
    }
    for (const reserved_row& row : group_.dropped)
      std::erase_if(next_.reserved, [&](const reserved_row& each) { return is_within(each.serials, row.serials); });
    for (const item_change& row : group_.changes) {
      if (row.which.first < 1 || row.which.last() >= next_item()) return fail(errc::journal_failed);
      cut(row.which.first), cut(row.which.last() + 1);
      change_blocks(row);
    }
    for (item_row row : group_.added) {
      if (row.which.first != next_item()) return fail(errc::journal_failed);
      row.batch = kept(row.batch), row.data = kept(row.data);
      if (row.serials) row.serials = kept(*row.serials);
      next_.blocks.insert_or_assign(row.which.first, versioned<item_row>{row, next_.version});
    }
    for (const reserved_row& row : group_.reserved) next_.reserved.push_back({row.part, kept(row.serials)});
    for (sequence_row row : group_.sequences) {
      row.scope = kept(row.scope);
      if (row.active) row.active = kept(*row.active);
      if (row.start) row.start->family = kept(row.start->family);
      next_.sequences.insert_or_assign(row.scope, versioned<sequence_row>{row, next_.version});
    }
    for (counter_row row : group_.counters) {
      row.rest = kept(row.rest);
      next_.counters.insert_or_assign(row.rest, versioned<counter_row>{row, next_.version});
    }
    for (entry row : group_.history) {
      if (row.number != next_.history.size()) return fail(errc::journal_failed);
      row.from.source = kept(row.from.source);
      next_.history.push_back(std::move(row));
    }
    if (too_long_) return fail(errc::journal_too_large);
    if (overlap()) return fail(errc::already_taken);
    return std::move(next_);
  }

 private:
  // What a group views is good during the call only.
  std::string_view kept(std::string_view text) {
    too_long_ = too_long_ || text.size() > longest_row_text;
    return *store_.texts.emplace(text).first;
  }
  member_texts kept(member_texts texts) { return *store_.data.emplace(texts.begin(), texts.end()).first; }
  family kept(const family& of) { return {kept(of.text), of.width, of.form, kept(of.tail)}; }
  serial_row kept(const serial_row& row) {
    const run& serials = row.serials;
    return {kept(row.scope), {kept(serials.family), serials.first, serials.length}, kept(row.first), kept(row.last)};
  }

  item_id next_item() const { return next_.blocks.empty() ? 1 : next_.blocks.rbegin()->second.row.which.last() + 1; }

  // Makes a block begin with this item, if it is within one.
  void cut(item_id at) {
    const auto after = next_.blocks.lower_bound(at);
    if (after == next_.blocks.begin()) return;
    item_row& left = std::prev(after)->second.row;
    if (at > left.which.last()) return;
    item_row right = left;
    left.which.count = at - left.which.first;
    right.which = {at, right.which.count - left.which.count};
    if (left.serials) {
      right.serials = piece(*left.serials, left.which.count, right.which.count);
      left.serials = piece(*left.serials, 0, left.which.count);
    }
    std::prev(after)->second.changed = next_.version;
    next_.blocks.insert_or_assign(at, versioned<item_row>{right, next_.version});
  }
  // `count` of these serial numbers, after the first `skipped`.
  serial_row piece(const serial_row& of, std::uint64_t skipped, std::uint64_t count) {
    const run serials{of.serials.family, of.serials.first + skipped, count};
    const auto spelled = [&](std::uint64_t ordinal) {
      if (ordinal == of.serials.first) return of.first;
      if (ordinal == of.serials.last()) return of.last;
      return kept(group_.spell ? group_.spell({serials.family, ordinal}) : std::string());
    };
    return {of.scope, serials, spelled(serials.first), spelled(serials.last())};
  }
  void change_blocks(const item_change& row) {
    const auto end = next_.blocks.upper_bound(row.which.last());
    for (auto at = next_.blocks.find(row.which.first); at != end; ++at) {
      auto& [block, changed] = at->second;
      changed = next_.version;
      if (row.amount) block.amount = *row.amount;
      if (row.batch) block.batch = kept(*row.batch);
      if (row.parent) block.parent = *row.parent;
      if (row.removed) block.removed = true;
      if (row.serials) block.serials = piece(kept(*row.serials), at->first - row.which.first, block.which.count);
    }
  }

  static bool is_within(const serial_row& inner, const serial_row& outer) {
    return inner.scope == outer.scope && inner.serials.family == outer.serials.family &&
           inner.serials.first >= outer.serials.first && inner.serials.last() <= outer.serials.last();
  }
  // Whether two runs of a scope overlap. A database would have an index, or a constraint.
  bool overlap() const {
    std::vector<std::tuple<std::string_view, family, std::uint64_t, std::uint64_t>> runs;
    const auto add = [&](const serial_row& row) {
      runs.emplace_back(row.scope, row.serials.family, row.serials.first, row.serials.last());
    };
    for (const auto& [first, block] : next_.blocks)
      if (block.row.serials) add(*block.row.serials);
    for (const reserved_row& row : next_.reserved) add(row.serials);
    std::sort(runs.begin(), runs.end());
    const auto overlapping = [](const auto& left, const auto& right) {
      return std::get<0>(left) == std::get<0>(right) && std::get<1>(left) == std::get<1>(right) &&
             std::get<2>(right) <= std::get<3>(left);
    };
    return std::adjacent_find(runs.begin(), runs.end(), overlapping) != runs.end();
  }

  memory_store& store_;
  const row_group& group_;
  stock_tables next_;
  bool too_long_ = false;
};

// An open journal.
class memory_log {
 public:
  explicit memory_log(std::shared_ptr<memory_store> store) : store_(std::move(store)) {}

  result<bool> begin() {
    if (lock_) return fail(errc::journal_failed);
    lock_ = {store_->writing, std::chrono::seconds(5)};
    if (!lock_) return fail(errc::journal_busy);
    return store_->committed.version > seen_;
  }
  template <class Reader>
  result<void> read(Reader& reader) {
    const auto alone = lock_ ? std::unique_lock<std::timed_mutex>() : std::unique_lock(store_->writing);
    const stock_tables& all = store_->committed;
    if (all.version == seen_) return {};
    result<void> done{};
    const auto give = [&](const auto& table, auto&& take) {
      for (const auto& [key, each] : table)
        if (done && each.changed > seen_) done = take(each.row);
    };
    give(all.parts, [&](const part_row& row) { return reader.part(row); });
    give(all.blocks, [&](const item_row& row) {
      const auto stale = reader.stale(row.which);
      return stale ? reader.item(row) : stale;
    });
    if (done) done = reader.reserved(all.reserved);
    give(all.sequences, [&](const sequence_row& row) { return reader.sequence(row); });
    give(all.counters, [&](const counter_row& row) { return reader.counter(row); });
    for (std::size_t i = last_; done && i < all.history.size(); ++i)
      if (all.history[i].what == change::batch_changed) done = reader.changed(all.history[i]);
    if (done) seen_ = all.version, last_ = all.history.size();
    return done;
  }
  result<void> append(const row_group& group) {
    const auto lock = std::move(lock_);  // the transaction ends with this call
    if (!lock || store_->committed.version != seen_) return fail(errc::journal_failed);
    auto next = group_writer(*store_, group).write();
    if (!next) return unexpected<failure>(next.error());
    store_->committed = std::move(*next);
    seen_ = store_->committed.version, last_ = store_->committed.history.size();
    return {};
  }
  void cancel() noexcept { lock_ = {}; }
  std::uint64_t last() const { return last_; }

  template <class Visit>
  result<void> history(item_id id, Visit&& visit) {
    const std::unique_lock lock(store_->writing);
    const auto holds = [&](const items& range) { return id >= range.first && id - range.first < range.count; };
    for (const entry& each : store_->committed.history)
      if (holds(each.subject) || (each.what != change::parent_changed && holds(each.other))) visit(each);
    return {};
  }

 private:
  std::shared_ptr<memory_store> store_;
  std::unique_lock<std::timed_mutex> lock_{};  // held within a transaction
  std::uint64_t seen_ = 0, last_ = 0;          // the version that was read, and the number of the next change
};

// The policy: which journal it is. Stocks that have copies of it share the journal.
struct memory_journal {
  using policy_slot = journal_slot;
  using log = memory_log;
  std::shared_ptr<memory_store> store = std::make_shared<memory_store>();

  result<memory_log> open(const journal_schema& schema) const {
    std::string names;
    const auto add = [&](std::string_view name) { names.append(name).append("\n"); };
    add(schema.serials), add(schema.scope);
    for (const std::string_view name : schema.part_members) add(name);
    add("");
    for (const std::string_view name : schema.item_members) add(name);
    const std::unique_lock lock(store->writing);
    if (store->schema.empty()) store->schema = names;
    if (store->schema != names) return fail(errc::journal_other_policies);
    return memory_log(store);
  }
};

}  // namespace example
