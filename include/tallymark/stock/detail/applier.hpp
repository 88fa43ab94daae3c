// Brings a change set into the memory of a stock: after a commit, and when rows of a journal are read. Included by
// stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

/// Whatever needs memory, or asks a policy, is done by `prepare`, and can be taken back without memory; `finish` cannot
/// fail. In between, the journal gets the rows.
template <class Policies, class Key, class PartData, class ItemData>
class stock<Policies, Key, PartData, ItemData>::applier {
 public:
  explicit applier(stock& owner) noexcept : owner_(owner) {}

  /// If it fails, or is not followed by `finish`, `undo` is called.
  void prepare(change_set& set) {
    for (part_type& each : set.parts) {
      [[maybe_unused]] const auto added = owner_.parts_.add(std::move(each));
      TALLYMARK_ASSERT(added.has_value(), "a change set adds only parts that can be added");
      ++set.parts_done;
    }
    for (change& each : set.changes) {
      ++set.changes_done;
      prepare(set, each);
    }
    prepare_retired(set);
    owner_.blocks_.reserve(set.added.size());
    item_id first = owner_.blocks_.next_id();
    for (const addition& each : set.added) {
      const items which{first, each.like.count};
      owner_.batches_.carry(each.like.batch, which);
      detail::undo_unless carried([&]() noexcept { owner_.batches_.drop(each.like.batch, which); });
      if (each.like.parent != no_item) owner_.adopt(each.like.parent, which);
      carried.done();
      ++set.added_done;
      first += which.count;
    }
    if constexpr (!journaled)
      for (entry& each : set.history) {
        owner_.log_.push_back(std::move(each));
        ++set.history_done;
      }
  }

  void undo(change_set& set) noexcept {
    for (; set.history_done > 0; --set.history_done) owner_.log_.pop_back();
    item_id after = owner_.blocks_.next_id();
    for (std::size_t i = 0; i < set.added_done; ++i) after += set.added[i].like.count;
    for (; set.added_done > 0; --set.added_done) {
      const block& like = set.added[set.added_done - 1].like;
      after -= like.count;
      if (like.parent != no_item) owner_.disown(like.parent, {after, like.count});
      owner_.batches_.drop(like.batch, {after, like.count});
    }
    for (; set.changes_done > 0; --set.changes_done) {
      const change& each = set.changes[set.changes_done - 1];
      if (each.adopted) owner_.disown(*each.parent, each.which);
      if (each.carried) owner_.batches_.drop(*each.batch, each.which);
      if (each.cut_first) owner_.blocks_.join(each.which.first);
      if (each.cut_after) owner_.blocks_.join(each.which.last() + 1);
    }
    for (; set.parts_done > 0; --set.parts_done) owner_.parts_.remove_last();
  }

  void finish(change_set& set) noexcept {
    if (set.variant_of) {
      owner_.parts_.set_variant(set.variant_of->part, set.variant_of->of, std::move(set.variant_of->key));
      if constexpr (journaled) owner_.journal_.scopes.clear();
    }
    for (const change& each : set.changes)
      owner_.blocks_.change(each.which, [&](const items& which, block& changed) { finish(each, which, changed); });
    for (const taken_run& each : set.retired) owner_.registry_.retire(each.scope, each.serials, owner_.spare_);
    for (addition& each : set.added) {
      owner_.parts_.mark_used(each.like.part);
      owner_.blocks_.append(std::move(each.like));
    }
    if (set.dropped) owner_.reservations_.erase(*set.dropped);
    owner_.reservations_.splice(owner_.reservations_.end(), set.reserved);
    owner_.batches_.keep();
  }

 private:
  using change = typename change_set::change;
  using addition = typename change_set::addition;
  using taken_run = typename change_set::taken_run;

  void prepare(change_set& set, change& each) {
    if (!owner_.blocks_.is_block(each.which)) {
      each.cut_after = owner_.blocks_.cut(each.which.last() + 1);
      each.cut_first = owner_.blocks_.cut(each.which.first);
    }
    if (each.batch) {
      owner_.batches_.carry(*each.batch, each.which);
      each.carried = true;
    }
    if (each.parent) {
      owner_.adopt(*each.parent, each.which);
      each.adopted = true;
    }
    if (!journaled || each.removed)
      owner_.blocks_.change(each.which, [&](const items& which, block& changed) {
        changed.reserve_notes(each.entries);
        if (!each.removed || changed.removed || !changed.serial || each.serial) return;
        set.retired.push_back(
            {owner_.registry_.scope(owner_.parts_.place(changed.part)), changed.serial.of(which.count)});
      });
  }
  void prepare_retired(change_set& set) {
    if (!set.retired.empty()) owner_.spare_.reserve(set.retired.size());
  }
  static void finish(const change& each, const items& which, block& changed) noexcept {
    for (std::uint64_t i = 0; i < each.entries; ++i) changed.note(each.entry + i);
    if (each.amount) changed.amount = *each.amount;
    if (each.batch) changed.batch = *each.batch;
    if (each.parent) changed.parent = *each.parent;
    if (each.serial) {
      changed.serial = *each.serial;
      changed.serial.advance(which.first - each.which.first);
    }
    if (each.removed) changed.removed = true;
  }

  stock& owner_;
};

}  // namespace tallymark
