// How tallymark::stock reads its journal: all of it at first, later what other processes have changed. Included by
// stock/stock.hpp.
#pragma once

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

  // These items will be told anew.
  result<void> stale(items which) {
    if (const auto done = parts_are_complete(); !done) return done;
    const item_id end = std::min(which.last() + 1, of.blocks_.next_id());
    if (which.first >= end) return {};
    of.blocks_.cut_out({which.first, end - which.first}, [&](const items& each, block& one) {
      if (one.serial) of.registry_.forget(of.parts_.place(one.part), {one.serial->family, one.serial->ordinal, each.count});
      one.serial = std::nullopt;
    });
    return {};
  }

  result<void> item(const item_row& row) {
    if (const auto done = parts_are_complete(); !done) return done;
    const item_id next = of.blocks_.next_id();
    const bool is_new = row.which.first == next;
    if (row.part >= of.parts_.size() || (is_new ? !of.blocks_.has_room(row.which.count)
                                                : !of.blocks_.contains(row.which)))
      return fail(errc::journal_corrupt);
    if (row.parent != no_item && (row.parent == 0 || row.parent >= next + row.which.count))
      return fail(errc::journal_corrupt);
    std::optional<serial_number> serial;
    if (row.serials) {
      const auto taken = restored(row);
      if (!taken) return unexpected(taken.error());
      serial = *taken;
    }
    if (is_new) {
      auto data = detail::data_of<ItemData>(row.data);
      if (!data) return unexpected(data.error());
      of.blocks_.add({row.which.count, row.part, of.batches_.carry(row.batch, row.which), row.amount, serial, row.parent,
                      row.expiry, row.removed, std::move(*data), {}});
      if (row.parent != no_item) of.children_.emplace(row.parent, row.which);
      of.parts_.mark_used(row.part);
    } else {
      update(row, serial);
    }
    return {};
  }

  result<void> reserved(std::span<const reserved_row> rows) {
    if (const auto done = parts_are_complete(); !done) return done;
    for (const reserved_row& row : rows) {
      if (row.part >= of.parts_.size()) return fail(errc::journal_corrupt);
      run_list one;
      one.add(row.serials.serials);
      if (is_own(row.part, one[0])) continue;
      if (const auto readable = is_right(row.part, row.serials); !readable) return readable;
      if (!of.registry_.restore(of.parts_.place(row.part), one[0], {no_item, hold::reserved}))
        return fail(errc::journal_corrupt);
      of.journal_.others.emplace_back(row.part, std::move(one));
    }
    return {};
  }

  result<void> sequence(const sequence_row& row) {
    if (row.part >= of.parts_.size()) return fail(errc::journal_corrupt);
    const place where = of.parts_.place(row.part);
    of.registry_.restore(where, sequence_state{row.active, row.issued, row.start});
    of.journal_.sequences.insert_or_assign(std::string(row.scope), of.registry_.sequence(where));
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

  // Parts can only be told apart from their trees when all of them are known.
  result<void> parts_are_complete() {
    for (const auto& [number, parent] : variants_)
      if (parent >= of.parts_.size() || !of.parts_.make_variant(number, parent)) return fail(errc::journal_corrupt);
    if (!variants_.empty()) of.journal_.scopes.clear();
    variants_.clear();
    return {};
  }

 private:
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

  [[nodiscard]] result<serial_number> restored(const item_row& row) {
    const run& serials = row.serials->serials;
    if (serials.length != row.which.count) return fail(errc::journal_corrupt);
    if (const auto readable = is_right(row.part, *row.serials); !readable) return unexpected(readable.error());
    const holder by{row.which.first, row.removed ? hold::retired : hold::claimed};
    const auto family = of.registry_.restore(of.parts_.place(row.part), serials, by);
    if (!family) return fail(errc::journal_corrupt);
    return serial_number{*family, serials.first};
  }

  // What can change of items that are known.
  void update(const item_row& row, const std::optional<serial_number>& serial) {
    of.blocks_.cut_out(row.which, [&](const items& each, block& one) {
      one.amount = row.amount;
      one.removed = row.removed;
      if (serial) one.serial = serial_number{serial->family, serial->ordinal + (each.first - row.which.first)};
      if (of.batches_.code(one.batch) != row.batch) one.batch = of.batches_.carry(row.batch, each);
      if (one.parent == no_item && row.parent != no_item) {
        one.parent = row.parent;
        of.children_.emplace(row.parent, each);
      }
    });
  }

  [[nodiscard]] bool is_own(std::uint32_t part, const run& one) const {
    for (const auto& [of_part, serials] : of.journal_.own)
      if (of_part == part)
        for (const run& each : serials)
          if (each == one) return true;
    return false;
  }

  std::vector<std::pair<std::uint32_t, std::uint32_t>> variants_;

 public:
  explicit reader(stock& stock) : of(stock) {}
};

TALLYMARK_STOCK_TEMPLATE
const std::string& TALLYMARK_STOCK::scope_text(std::uint32_t part) {
  auto& known = journal_.scopes;
  const auto found = known.find(part);
  if (found != known.end()) return found->second;
  return known.emplace(part, registry_.scope_text(parts_.place(part))).first->second;
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::catch_up() {
  static_assert(row_reader<reader>);
  static_assert(journal_log<typename checked_policies::journal::log, row_group, reader>,
                "tallymark::stock: the journal's log lacks a member, or it has another type. Give it those of "
                "tallymark::journal_log");
  for (const auto& [part, serials] : std::exchange(journal_.others, {}))
    for (const run& each : serials) registry_.forget(parts_.place(part), each);
  reader to(*this);
  auto done = journal_.log->read(to);
  if (done) done = to.parts_are_complete();
  if (done) return {};
  journal_.log.reset();  // what was read is not all: nothing can be built upon it
  return refuse("journal", done.error());
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::open() requires journaled {
  TALLYMARK_ASSERT(!journal_.log && size() == 0 && parts_.size() == 0, "a stock is opened once, before it is used");
  auto opened = journal_.policy.open(detail::names_of_members<PartData>(), detail::names_of_members<ItemData>());
  if (!opened) return refuse("journal", opened.error());
  journal_.log.emplace(std::move(*opened));
  return catch_up();
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::refresh() requires journaled {
  if (!journal_.log) return refuse("journal", errc::journal_closed);
  return catch_up();
}

TALLYMARK_STOCK_TEMPLATE
result<std::vector<entry>, refusal> TALLYMARK_STOCK::history(item_id id) requires journaled {
  if (!journal_.log) return refuse("journal", errc::journal_closed);
  std::vector<entry> out;
  const auto done = journal_.log->history(id, [&](const entry& each) { out.push_back(each); });
  if (!done) return refuse("journal", done.error());
  for (entry& each : out) each.from.source = kept_source(each.from.source);
  return out;
}

#undef TALLYMARK_STOCK
#undef TALLYMARK_STOCK_TEMPLATE

}  // namespace tallymark
