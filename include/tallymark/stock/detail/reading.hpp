// How tallymark::stock reads its journal: all of it at first, later what other processes have changed. Included by
// stock/stock.hpp.
#pragma once

#include <tallymark/policy/name.hpp>
#include <tallymark/stock/detail/row_rules.hpp>
#include <tallymark/stock/stock.hpp>

namespace tallymark {

#define TALLYMARK_STOCK_TEMPLATE template <class Policies, class Key, class PartData, class ItemData>
#define TALLYMARK_STOCK stock<Policies, Key, PartData, ItemData>

/// Takes the rows of a journal. Rows that cannot be are journal_corrupt, also if they only contradict each other.
TALLYMARK_STOCK_TEMPLATE
struct TALLYMARK_STOCK::reader {
  stock& of;

  result<void> part(const part_row& row) {
    const auto key = detail::checked_codec<Key>::parse(row.key);
    const auto group = row.group.empty() ? result<Key>(Key{}) : detail::checked_codec<Key>::parse(row.group);
    auto data = detail::data_of<PartData>(row.data);
    if (!key || !group || !data || row.number > of.parts_.size()) return fail(errc::journal_corrupt);
    if (row.number == of.parts_.size()) {
      if (!of.parts_.add({*key, std::nullopt, row.serials, row.batches, row.issued_here, *group, std::move(*data)}))
        return fail(errc::journal_corrupt);
    } else if (of.parts_[row.number].key != *key) {
      return fail(errc::journal_corrupt);
    }
    // a variant may come before its part
    if (row.variant_of && !of.parts_[row.number].variant_of) variants_.emplace_back(row.number, *row.variant_of);
    return {};
  }

  // Their rows tell.
  result<void> stale(items) { return {}; }

  result<void> item(const item_row& row) {
    if (const auto done = all_parts_read(); !done) return done;
    const bool is_new = row.which.first == of.blocks_.next_id();
    if (row.part >= of.parts_.size() || row.parent == 0 ||
        (row.serials && row.serials->serials.length != row.which.count) ||
        !(is_new ? of.blocks_.has_room(row.which.count) : of.blocks_.contains(row.which)))
      return fail(errc::journal_corrupt);
    if (row.parent != no_item) last_parent_ = std::max(last_parent_, row.parent);
    if (!is_new) return update(row);
    if (const auto done = claim_new_serials(); !done) return done;
    detail::packed_serial serial;
    if (row.serials) {
      const auto kept = restored(row.part, *row.serials, row.which.first, row.removed);
      if (!kept) return unexpected(kept.error());
      serial = serial_number{*kept, row.serials->serials.first};
    }
    block made{row.which.count, row.part,   detail::no_batch, row.amount, serial,
               row.parent,      row.expiry, row.removed,      {},         {}};
    if (!row.data.empty()) {
      auto data = detail::data_of<ItemData>(row.data);
      if (!data) return unexpected(data.error());
      made.data = std::move(*data);
    }
    made.batch = of.batches_.carry(row.batch, row.which);
    of.blocks_.add(std::move(made));
    if (row.parent != no_item) of.adopt(row.parent, row.which);
    of.parts_.mark_used(row.part);
    return {};
  }

  result<void> reserved(std::span<const reserved_row> rows) {
    if (const auto done = all_parts_read(); !done) return done;
    if (const auto done = claim_new_serials(); !done) return done;
    for (const reserved_row& row : rows) {
      if (row.part >= of.parts_.size()) return fail(errc::journal_corrupt);
      run_list one;
      one.add(row.serials.serials);
      if (is_own(row.part, one[0])) continue;
      if (const auto readable = is_right(row.part, row.serials); !readable) return readable;
      if (!of.registry_.restore(of.parts_.place(row.part), one[0], {no_item, hold::reserved}))
        return fail(errc::journal_corrupt);
      of.journal_.others.emplace_back(row.part, std::move(one));
      of.reserving_.insert(row.part);
      touch(row.part);
    }
    return {};
  }

  result<void> sequence(const sequence_row& row) {
    if (row.part >= of.parts_.size()) return fail(errc::journal_corrupt);
    // a scope that is left over: its part is a variant now
    if (row.scope != of.scope_text(row.part)) return {};
    const place where = of.parts_.place(row.part);
    sequence_state now{row.active, row.issued, row.start};
    if (now.active) now.active = of.registry_.kept(where, *now.active);
    if (now.start) now.start->family = of.registry_.kept(where, now.start->family);
    of.registry_.restore(where, now);
    of.journal_.sequences.insert_or_assign(std::string(row.scope), now);
    return {};
  }

  result<void> counter(const counter_row& row) {
    of.counters_.set(row.rest, row.last);
    return {};
  }

  result<void> changed(const entry& change) {
    if (!change.before.empty() && of.blocks_.contains(change.subject)) of.batches_.carry(change.before, change.subject);
    return {};
  }

  // Serial numbers that were told anew have lost their place in the sequence.
  void restore_sequences() {
    for (const std::uint32_t part : touched_) {
      const auto known = of.journal_.sequences.find(of.scope_text(part));
      if (known != of.journal_.sequences.end()) of.registry_.restore(of.parts_.place(part), known->second);
    }
  }

  // A parent may come after its children.
  [[nodiscard]] result<void> end() {
    if (last_parent_ >= of.blocks_.next_id()) return fail(errc::journal_corrupt);
    return complete_parts();
  }

  // Only with all parts it is known which trees they make.
  result<void> complete_parts() {
    for (const auto& [number, parent] : variants_)
      if (parent >= of.parts_.size() || !of.parts_.make_variant(number, parent)) return fail(errc::journal_corrupt);
    if (!variants_.empty()) of.journal_.scopes.clear();
    variants_.clear();
    return {};
  }

 private:
  [[nodiscard]] result<void> all_parts_read() {
    forget_others();
    return complete_parts();
  }
  // What other processes have reserved is told anew with every change, and may be taken by an item now.
  void forget_others() {
    if (std::exchange(others_forgotten_, true)) return;
    for (const auto& [part, serials] : std::exchange(of.journal_.others, {})) {
      for (const run& each : serials) of.registry_.forget(of.parts_.place(part), each);
      of.reserving_.erase(of.reserving_.find(part));
      touch(part);
    }
  }
  void touch(std::uint32_t part) { touched_.insert(part); }
  // Whether these policies read the serial numbers as those did that wrote them.
  [[nodiscard]] result<void> is_right(std::uint32_t part, const serial_row& row) const {
    if (row.scope != of.scope_text(part)) return fail(errc::journal_other_policies);
    const auto first = of.registry_.numbers().parse(row.first);
    if (!first || *first != serial_number{row.serials.family, row.serials.first})
      return fail(errc::journal_other_policies);
    if (row.serials.length == 1) return {};
    const auto last = of.registry_.numbers().parse(row.last);
    if (!last || *last != serial_number{row.serials.family, row.serials.last()})
      return fail(errc::journal_other_policies);
    return {};
  }

  // Claims the serial numbers of an item and those after it as they were; the family as the registry keeps it.
  [[nodiscard]] result<family> restored(std::uint32_t part, const serial_row& row, item_id first, bool removed) {
    if (const auto readable = is_right(part, row); !readable) return unexpected(readable.error());
    const auto kept =
        of.registry_.restore(of.parts_.place(part), row.serials, {first, removed ? hold::retired : hold::claimed});
    if (!kept) return fail(errc::journal_corrupt);
    return *kept;
  }

  // What can change of items that are known. An item may have got the serial number that a later one gives up: the new
  // ones are claimed when all old ones are free.
  result<void> update(const item_row& row) {
    result<void> done;
    of.blocks_.cut_out(row.which, [&](const items& each, block& one) {
      one.amount = row.amount;
      if (of.batches_.code(one.batch) != row.batch) one.batch = of.batches_.carry(row.batch, each);
      if (one.parent == no_item && row.parent != no_item) {
        one.parent = row.parent;
        of.adopt(row.parent, each);
      }
      if (one.part != row.part || (one.removed && !row.removed)) done = fail(errc::journal_corrupt);
      if (done) done = update_serial(row, each, one);
      one.removed = row.removed;
    });
    return done;
  }
  result<void> update_serial(const item_row& row, const items& each, block& one) {
    const place where = of.parts_.place(one.part);
    detail::packed_serial now;
    if (row.serials)
      now = serial_number{row.serials->serials.family, row.serials->serials.first + (each.first - row.which.first)};
    if (one.serial != now) {
      if (one.serial) of.registry_.forget(where, {one.serial->family, one.serial->ordinal, each.count});
      touch(one.part);
      one.serial = {};
      if (!now) return {};
      if (const auto readable = is_right(one.part, *row.serials); !readable) return readable;
      one.serial = serial_number{of.registry_.kept(where, now->family), now->ordinal};
      new_serials_.push_back(each);
    } else if (now && row.removed && !one.removed) {
      run_list retired;
      retired.add(run{now->family, now->ordinal, each.count});
      (void)of.registry_.retire(where, retired);
    }
    return {};
  }
  result<void> claim_new_serials() {
    if (new_serials_.empty()) return {};
    for (const items& each : std::exchange(new_serials_, {})) {
      const block& one = of.blocks_.find(each.first)->second;
      if (!of.registry_.restore(of.parts_.place(one.part), {one.serial->family, one.serial->ordinal, each.count},
                                {each.first, one.removed ? hold::retired : hold::claimed}))
        return fail(errc::journal_corrupt);
    }
    return {};
  }

  [[nodiscard]] bool is_own(std::uint32_t part, const run& one) const {
    for (const auto& [of_part, serials] : of.journal_.own)
      if (of_part == part)
        for (const run& each : serials)
          if (each == one) return true;
    return false;
  }

  std::vector<std::pair<std::uint32_t, std::uint32_t>> variants_;
  std::set<std::uint32_t> touched_;  // whose scopes had serial numbers forgotten
  std::vector<items> new_serials_;   // known items whose serial numbers are still to be claimed
  item_id last_parent_ = 0;
  bool others_forgotten_ = false;

 public:
  explicit reader(stock& stock) : of(stock) {}
};

TALLYMARK_STOCK_TEMPLATE
const std::string& TALLYMARK_STOCK::scope_text(std::uint32_t part)
  requires journaled
{
  auto& known = journal_.scopes;  // others stay where they are: rows look at them
  if (known.size() <= part) known.resize(part + 1);
  if (!known[part]) known[part] = registry_.scope_text(parts_.place(part));
  return *known[part];
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::catch_up()
  requires journaled
{
  static_assert(row_reader<reader>);
  static_assert(journal_log<typename checked_policies::journal::log, row_group, reader>,
                "tallymark::stock: the journal's log lacks a member, or it has another type. Give it those of "
                "tallymark::journal_log");
  reader to(*this);
  detail::row_rules rules(to, detail::rows_of_stock(parts_, blocks_));
  auto done = journal_.log->read(rules);
  if (done) done = to.end();
  if (done) done = rules.end();
  to.restore_sequences();
  if (done) return {};
  journal_.log.reset();  // what was read is not all: nothing can be built upon it
  return refuse("journal", done.error());
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::open()
  requires journaled
{
  TALLYMARK_ASSERT(!journal_.log && size() == 0 && parts_.size() == 0, "a stock is opened once, before it is used");
  const std::string serials = policy_name<typename checked_policies::serial>();
  const std::string scope = policy_name<typename checked_policies::given::scope>();
  auto opened = journal_.policy.open(
      {serials, scope, detail::names_of_members<PartData>(), detail::names_of_members<ItemData>()});
  if (!opened) return refuse("journal", opened.error());
  journal_.log.emplace(std::move(*opened));
  return catch_up();
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::refresh()
  requires journaled
{
  if (!journal_.log) return refuse("journal", errc::journal_closed);
  return catch_up();
}

TALLYMARK_STOCK_TEMPLATE
result<std::vector<entry>, refusal> TALLYMARK_STOCK::history(item_id id)
  requires journaled
{
  if (!journal_.log) return refuse("journal", errc::journal_closed);
  std::vector<entry> out;
  const auto done = journal_.log->history(id, [&](const entry& each) { out.push_back(each); });
  if (!done) return refuse("journal", done.error());
  for (entry& each : out) each.from.source = interned_source(each.from.source);
  return out;
}

#undef TALLYMARK_STOCK
#undef TALLYMARK_STOCK_TEMPLATE

}  // namespace tallymark
