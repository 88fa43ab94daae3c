// How tallymark::stock reads its journal: all of it at first, later what other processes have changed. Included by
// stock/stock.hpp.
#pragma once

#include <tallymark/policy/journal.hpp>
#include <tallymark/policy/name.hpp>
#include <tallymark/stock/detail/row_rules.hpp>
#include <tallymark/stock/stock.hpp>

namespace tallymark {

/// Takes the rows of a journal. Each becomes a change set, which is applied at once. Rows that are impossible, or
/// contradict each other, are journal_corrupt.
template <class Policies, class Key, class PartData, class ItemData>
struct stock<Policies, Key, PartData, ItemData>::reader {
  explicit reader(stock& stock) : owner_(stock), set_(stock.changes_) {}

  [[nodiscard]] result<void> part(const part_row& row) {
    const auto key = detail::asserted_codec<Key>::parse(row.key);
    const auto group = row.group.empty() ? result<Key>(Key{}) : detail::asserted_codec<Key>::parse(row.group);
    auto data = detail::data_of<PartData>(row.data);
    if (!key || !group || !data || row.number > owner_.parts_.size()) return fail(errc::journal_corrupt);
    if (row.number == owner_.parts_.size()) {
      if (owner_.parts_.find(*key)) return fail(errc::journal_corrupt);
      set_.parts.push_back({*key, std::nullopt, row.serials, row.batches, row.issued_here, *group, std::move(*data)});
      apply();
    } else if (owner_.parts_[row.number].key != *key) {
      return fail(errc::journal_corrupt);
    }
    // a variant may come before its part
    if (row.variant_of && !owner_.parts_[row.number].variant_of) variants_.emplace_back(row.number, *row.variant_of);
    return {};
  }

  // The rows that follow have the new state.
  [[nodiscard]] result<void> stale(items) { return {}; }

  [[nodiscard]] result<void> item(const item_row& row) {
    if (const auto done = all_parts_read(); !done) return done;
    const bool is_new = row.which.first == owner_.blocks_.next_id();
    if (row.part >= owner_.parts_.size() || row.parent == 0 ||
        (row.serials && row.serials->serials.length != row.which.count) ||
        !(is_new ? owner_.blocks_.has_room(row.which.count) : owner_.blocks_.contains(row.which)))
      return fail(errc::journal_corrupt);
    if (row.parent != no_item) last_parent_ = std::max(last_parent_, row.parent);
    if (!is_new) return update(row);
    if (const auto done = claim_new_serials(); !done) return done;
    block added{row.which.count,
                row.part,
                owner_.batches_.intern(row.batch),
                row.amount,
                {},
                row.parent,
                row.expiry,
                row.removed,
                {},
                {}};
    if (!row.data.empty()) {
      auto data = detail::data_of<ItemData>(row.data);
      if (!data) return unexpected(data.error());
      added.data = std::move(*data);
    }
    if (row.serials) {
      const auto interned = restored(row.part, *row.serials, row.which.first, row.removed);
      if (!interned) return unexpected(interned.error());
      added.serial = {serial_number{*interned, row.serials->serials.first}, row.serials->serials.stride};
    }
    set_.added.push_back({std::move(added), {}});
    apply();
    return {};
  }

  // A row that follows soon: asks for the memory that it will need.
  void ahead(const item_row& row) const {
    if (row.serials && row.part < owner_.parts_.size() && variants_.empty())
      owner_.registry_.prefetch(scope_of(row.part), row.serials->serials.family);
  }

  [[nodiscard]] result<void> reserved(std::span<const reserved_row> rows) {
    if (const auto done = all_parts_read(); !done) return done;
    if (const auto done = claim_new_serials(); !done) return done;
    for (const reserved_row& row : rows) {
      if (row.part >= owner_.parts_.size()) return fail(errc::journal_corrupt);
      const run& serials = row.serials.serials;
      if (is_own(row.part, serials)) continue;
      if (const auto readable = check(row.part, row.serials); !readable) return readable;
      auto& reserved = set_.reserved.emplace_back();
      reserved.part = row.part;
      reserved.serials.add(serials);
      reserved.own = false;
      if (!owner_.registry_.restore(scope_of(row.part), serials, {no_item, hold::reserved})) {
        set_.clear();
        return fail(errc::journal_corrupt);
      }
      apply();
      touch(row.part);
    }
    return {};
  }

  [[nodiscard]] result<void> sequence(const sequence_row& row) {
    if (row.part >= owner_.parts_.size()) return fail(errc::journal_corrupt);
    // a scope that is left over: its part is a variant now
    if (row.scope != owner_.scope_text(row.part)) return {};
    const scope_ref where = scope_of(row.part);
    sequence_state state{row.active, row.issued, row.start};
    if (state.active) state.active = owner_.registry_.interned(where, *state.active);
    if (state.start) {
      // what is issued begins here: it must be a serial number
      if (!owner_.registry_.numbers().canonical(*state.start)) return fail(errc::journal_other_policies);
      state.start->family = owner_.registry_.interned(where, state.start->family);
    }
    owner_.registry_.restore(owner_.parts_.place(row.part), state);
    owner_.journal_.sequences.insert_or_assign(std::string(row.scope), state);
    return {};
  }

  [[nodiscard]] result<void> counter(const counter_row& row) {
    owner_.counters_.set(row.rest, row.last);
    return {};
  }

  [[nodiscard]] result<void> changed(const entry& change) {
    if (!change.before.empty() && owner_.blocks_.contains(change.subject)) {
      owner_.batches_.carry(owner_.batches_.intern(change.before), change.subject);
      owner_.batches_.keep();
    }
    return {};
  }

  // Serial numbers that were freed and restored have lost their place in the sequence.
  void restore_sequences() {
    for (const std::uint32_t part : touched_) {
      const auto known = owner_.journal_.sequences.find(owner_.scope_text(part));
      if (known != owner_.journal_.sequences.end()) owner_.registry_.restore(owner_.parts_.place(part), known->second);
    }
  }

  // A parent may come after its children.
  [[nodiscard]] result<void> end() {
    if (last_parent_ >= owner_.blocks_.next_id()) return fail(errc::journal_corrupt);
    return complete_parts();
  }

 private:
  void apply() {
    applier apply(owner_);
    apply.prepare(set_);  // if it fails, the stock is closed
    apply.finish(set_);
    set_.clear();
  }
  [[nodiscard]] result<void> all_parts_read() {
    forget_others();
    return complete_parts();
  }
  // Only with all parts it is known which trees they make.
  [[nodiscard]] result<void> complete_parts() {
    for (const auto& [number, parent] : variants_) {
      if (parent >= owner_.parts_.size() || !owner_.parts_.can_be_variant(number, parent))
        return fail(errc::journal_corrupt);
      set_.variant_of = typename change_set::variant{number, parent, owner_.parts_[parent].key};
      apply();
    }
    variants_.clear();
    return {};
  }
  // With every change the journal lists anew what other processes have reserved; an item may have taken it meanwhile.
  void forget_others() {
    if (std::exchange(others_forgotten_, true)) return;
    for (auto each = owner_.reservations_.begin(); each != owner_.reservations_.end();) {
      const auto reserved = each++;
      if (reserved->own) continue;
      touch(reserved->part);
      free(reserved->part, reserved->serials[0]);
      owner_.reservations_.erase(reserved);
    }
  }
  void free(std::uint32_t part, const run& serials) {
    owner_.spare_.reserve(1);
    owner_.registry_.forget(scope_of(part), serials, owner_.spare_);
  }
  [[nodiscard]] scope_ref scope_of(std::uint32_t part) const {
    return owner_.registry_.scope(owner_.parts_.place(part));
  }
  void touch(std::uint32_t part) { touched_.insert(part); }
  // Whether these policies read the serial numbers as those did that wrote them. What the registry keeps in pieces, since
  // its increment is another one, is limited as claims are.
  [[nodiscard]] result<void> check(std::uint32_t part, const serial_row& row) const {
    const run& serials = row.serials;
    if (detail::pieces_of(serials.length, serials.stride, registry_type::numbers_type::stride) >
        std::max<std::uint64_t>(owner_.registry_.most_runs(), 1))
      return fail(errc::too_many_runs);
    if (row.scope != owner_.scope_text(part)) return fail(errc::journal_other_policies);
    const auto first = owner_.registry_.numbers().parse(row.first);
    if (!first || *first != serial_number{row.serials.family, row.serials.first})
      return fail(errc::journal_other_policies);
    if (row.serials.length == 1) return {};
    const auto last = owner_.registry_.numbers().parse(row.last);
    if (!last || *last != serial_number{row.serials.family, row.serials.last()})
      return fail(errc::journal_other_policies);
    return {};
  }

  // Claims the serial numbers of an item and those after it as they were; the family as the registry keeps it.
  [[nodiscard]] result<family> restored(std::uint32_t part, const serial_row& row, item_id first, bool removed) {
    if (const auto readable = check(part, row); !readable) return unexpected(readable.error());
    const auto interned =
        owner_.registry_.restore(scope_of(part), row.serials, {first, removed ? hold::retired : hold::claimed});
    if (!interned) return fail(errc::journal_corrupt);
    return *interned;
  }

  // What can change of items that are known. An item may have got the serial number that a later one gives up: the new
  // ones are claimed when all old ones are free.
  [[nodiscard]] result<void> update(const item_row& row) {
    const scope_ref where = scope_of(row.part);
    const std::uint32_t batch = owner_.batches_.intern(row.batch);
    std::vector<run> freed;
    bool possible = true, checked = false;
    owner_.blocks_.look_at(row.which, [&](const items& which, const block& known) {
      possible = possible && known.part == row.part && (row.removed || !known.removed);
      if (!possible) return;
      auto& changed = set_.changes.emplace_back();
      changed.which = which;
      changed.amount = row.amount;
      if (known.batch != batch) changed.batch = batch;
      if (known.parent == no_item && row.parent != no_item) changed.parent = row.parent;
      changed.removed = row.removed && !known.removed;

      detail::packed_serial before = known.serial, after;
      if (before) before.advance(which.first - owner_.blocks_.find(which.first)->first);
      if (row.serials) {
        const run& serials = row.serials->serials;
        after = {serial_number{serials.family, serials.at(which.first - row.which.first)}, serials.stride};
      }
      if (before == after && (!before || before.of(which.count) == after.of(which.count))) return;
      if (before) freed.push_back(before.of(which.count));
      if (after) {
        checked = true;
        after = {serial_number{owner_.registry_.interned(where, after->family), after->ordinal}, after.stride()};
        new_serials_.push_back(which);
      }
      changed.serial = after;
    });
    if (!possible) {
      set_.clear();
      return fail(errc::journal_corrupt);
    }
    if (checked)
      if (const auto readable = check(row.part, *row.serials); !readable) {
        set_.clear();
        return readable;
      }
    if (!freed.empty() || checked) touch(row.part);
    for (const run& each : freed) free(row.part, each);
    apply();
    return {};
  }
  // Those that items have now, and had not before.
  [[nodiscard]] result<void> claim_new_serials() {
    for (const items& each : std::exchange(new_serials_, {})) {
      const auto found = owner_.blocks_.find(each.first);
      const block& known = found->second;
      if (!owner_.registry_.restore(scope_of(known.part), known.serial.of(each.count),
                                    {each.first, known.removed ? hold::retired : hold::claimed}))
        return fail(errc::journal_corrupt);
    }
    return {};
  }

  [[nodiscard]] bool is_own(std::uint32_t part, const run& serials) const {
    for (const auto& each : owner_.reservations_)
      if (each.own && each.part == part &&
          std::find(each.serials.begin(), each.serials.end(), serials) != each.serials.end())
        return true;
    return false;
  }

  stock& owner_;
  change_set& set_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> variants_;
  std::set<std::uint32_t> touched_;  // whose scopes had serial numbers forgotten
  std::vector<items> new_serials_;   // known items whose serial numbers are still to be claimed
  item_id last_parent_ = 0;
  bool others_forgotten_ = false;
};

template <class Policies, class Key, class PartData, class ItemData>
const std::string& stock<Policies, Key, PartData, ItemData>::scope_text(std::uint32_t part)
  requires journaled
{
  auto& known = journal_.scopes;  // others stay where they are: rows look at them
  if (known.size() <= part) known.resize(part + 1);
  if (!known[part]) known[part] = registry_.scope_text(parts_.place(part));
  return *known[part];
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::catch_up()
  requires journaled
{
  static_assert(row_reader<reader>);
  static_assert(journal_log<typename asserted_policies::journal::log, row_group, reader>,
                "tallymark::stock: the journal's log lacks a member, or it has another type. Give it those of "
                "tallymark::journal_log");
  // what was read is not all: nothing can be built upon it
  detail::undo_unless closed([&]() noexcept {
    changes_.clear();
    journal_.log.reset();
  });
  reader to(*this);
  detail::row_rules rules(to, detail::rows_of_stock(parts_, blocks_));
  auto done = journal_.log->read(rules);
  if (done) done = to.end();
  if (done) done = rules.end();
  if (!done) return refuse("journal", done.error());
  to.restore_sequences();
  closed.done();
  return {};
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::open()
  requires journaled
{
  TALLYMARK_ASSERT(!journal_.log && size() == 0 && parts_.size() == 0, "a stock is opened once, before it is used");
  const std::string serials = policy_name<typename asserted_policies::serial>();
  const std::string scope = policy_name<typename asserted_policies::given::scope>();
  auto opened = journal_.policy.open({serials, scope, detail::names_of_members<PartData>(),
                                      detail::names_of_members<ItemData>(), registry_type::numbers_type::stride});
  if (!opened) return refuse("journal", opened.error());
  journal_.log.emplace(std::move(*opened));
  journal_.stride = detail::stride_of_log(*journal_.log);
  return catch_up();
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::refresh()
  requires journaled
{
  if (!journal_.log) return refuse("journal", errc::journal_closed);
  return catch_up();
}

template <class Policies, class Key, class PartData, class ItemData>
result<std::vector<entry>, refusal> stock<Policies, Key, PartData, ItemData>::history(item_id id)
  requires journaled
{
  if (!journal_.log) return refuse("journal", errc::journal_closed);
  std::vector<entry> out;
  const auto done = journal_.log->history(id, [&](const entry& each) { out.push_back(each); });
  if (!done) return refuse("journal", done.error());
  for (entry& each : out) each.from.source = interned_source(each.from.source);
  return out;
}

}  // namespace tallymark
