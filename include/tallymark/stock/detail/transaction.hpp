// One transaction of tallymark::stock: what it claims, what it changes, and its commit. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

/// Begins with what other processes changed, and ends with a commit; else everything that was taken is given back. The
/// operations say in its change set what they do. A commit prepares the memory, tells the journal, and finishes what
/// cannot fail any more. The stock keeps the change set, since there is one transaction at a time.
template <class Policies, class Key, class PartData, class ItemData>
class stock<Policies, Key, PartData, ItemData>::transaction {
 public:
  explicit transaction(stock& owner) noexcept : owner_(&owner) {}
  transaction(transaction&& other) noexcept
      : owner_(other.owner_), open_(std::exchange(other.open_, false)), undo_(std::exchange(other.undo_, {})) {}
  transaction& operator=(transaction&&) = delete;
  ~transaction() { cancel(); }

  [[nodiscard]] stock& owner() const noexcept { return *owner_; }
  [[nodiscard]] change_set& changes() const noexcept { return owner_->changes_; }

  [[nodiscard]] result<void, refusal> begin() {
    TALLYMARK_ASSERT(!owner_->busy_, "a stock is not changed while a receipt is open");
    if constexpr (journaled) {
      auto& log = owner_->journal_.log;
      if (!log) return refuse("journal", errc::journal_closed);
      detail::undo_unless begun([&]() noexcept {
        if (log) log->cancel();
      });
      const auto news = log->begin();
      if (!news) {
        begun.done();
        return refuse("journal", news.error());
      }
      if (*news)
        if (const auto read = owner_->catch_up(); !read) return read;
      begun.done();
    }
    owner_->busy_ = open_ = true;
    return {};
  }

  // Makes all of it durable; if that fails, all is as it was.
  [[nodiscard]] result<void, refusal> commit() {
    detail::undo_unless cancelled([&]() noexcept { cancel(); });
    applier apply(*owner_);
    if constexpr (journaled) {
      row_maker rows(*owner_, changes());
      detail::undo_unless prepared([&]() noexcept { apply.undo(changes()); });
      apply.prepare(changes());
      if (const auto done = owner_->journal_.log->append(rows.rows()); !done) {
        in_journal_ = false;
        return refuse(done.error().code == errc::already_taken ? "serial" : "journal", done.error());
      }
      prepared.done();
      rows.keep_sequences();
    } else {
      detail::undo_unless prepared([&]() noexcept { apply.undo(changes()); });
      apply.prepare(changes());
      prepared.done();
    }
    cancelled.done();
    apply.finish(changes());
    owner_->counters_.keep();
    close();
    return {};
  }

  // ---- what it does to the registry before the commit ------------------------------------------

  // This many runs will be claimed, and given back without memory if need be.
  void reserve_claims(std::size_t runs) { owner_->spare_.reserve(runs); }
  // Claims one serial number for an item that exists, in the place of the one that it has.
  [[nodiscard]] result<serial_number> claim_instead(scope_ref where, std::string_view text, item_id which,
                                                    const std::optional<run>& old) {
    registry_undo undo;
    undo.scope = where;
    undo.sequence = owner_->registry_.sequence(where);
    reserve_claims(3);
    const auto claimed = owner_->registry_.claim(where, text, which);
    if (!claimed) return claimed;
    undo.claimed = run{claimed->family, claimed->ordinal, 1};
    if (old) {
      owner_->registry_.forget(where, *old, owner_->spare_);
      undo.freed = old;
      undo.holder = which;
    }
    undo_ = undo;
    return claimed;
  }
  // The sequence of a scope is about to be set.
  void keep_sequence(scope_ref where) {
    undo_.sequence = owner_->registry_.sequence(where);
    undo_.scope = where;
  }

  // ---- what it changes ------------------------------------------------------------------------

  entry& note(change what, items subject, quantity amount, items other = {no_item, 0}) {
    auto& history = changes().history;
    history.push_back(
        {owner_->next_change() + history.size(), what, subject, other, amount, {}, {}, owner_->now(), {}});
    return history.back();
  }
  // Items that exist, changed by the entry of history that was noted last.
  typename change_set::change& alter(items which) {
    auto& changed = changes().changes.emplace_back();
    changed.which = which;
    changed.entry = changes().history.back().number;
    return changed;
  }

 private:
  // what a change of a serial number or of a sequence takes back
  struct registry_undo {
    scope_ref scope{};
    sequence_state sequence{};
    std::optional<run> claimed{}, freed{};
    item_id holder = no_item;
  };

  void cancel() noexcept {
    if (!open_) return;
    auto& registry = owner_->registry_;
    if (undo_.freed) registry.restore(undo_.scope, *undo_.freed, {undo_.holder, hold::claimed}, owner_->spare_);
    if (undo_.claimed) registry.forget(undo_.scope, *undo_.claimed, owner_->spare_);
    if (undo_.scope) registry.restore(undo_.scope, undo_.sequence);
    auto& added = changes().added;
    for (auto each = added.rbegin(); each != added.rend(); ++each)
      if (each->claimed_in) {
        registry.forget(each->claimed_in, each->like.serial.of(each->like.count), owner_->spare_);
      }
    owner_->batches_.undo();
    owner_->counters_.undo();
    if constexpr (journaled)
      if (in_journal_ && owner_->journal_.log) owner_->journal_.log->cancel();
    close();
  }
  void close() noexcept {
    changes().clear();
    owner_->busy_ = open_ = false;
  }

  stock* owner_;
  bool open_ = false;
  bool in_journal_ = true;  // a transaction of the journal is open, too
  registry_undo undo_{};
};

}  // namespace tallymark
