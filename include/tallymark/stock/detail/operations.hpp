// The operations of tallymark::stock. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

#define TALLYMARK_STOCK_TEMPLATE template <class Policies, class Key, class PartData, class ItemData>
#define TALLYMARK_STOCK stock<Policies, Key, PartData, ItemData>

TALLYMARK_STOCK_TEMPLATE
result<run_list, refusal> TALLYMARK_STOCK::wanted_serials(const new_item& wanted, std::uint32_t part) const {
  run_list serials = wanted.serials;
  if (!trimmed(wanted.serial).empty()) {
    const auto parsed = registry_.numbers().parse(wanted.serial);
    if (!parsed) return refuse("serial", parsed.error());
    serials.add(*parsed);
  }
  const rule allowed = parts_[part].serials;
  if (const auto valid = wanted.amount.validated(); !valid) return refuse("quantity", valid.error());
  if (wanted.amount.is_zero()) return refuse("quantity", errc::zero_quantity);
  if (serials.empty()) {
    if (allowed == rule::required) return refuse("serial", errc::serial_required);
    return serials;
  }
  if (allowed == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  const std::uint64_t count = serials.serials();
  if (wanted.amount.whole() != count) {
    if (count == 1) return refuse("quantity", errc::serial_quantity_not_one);
    if (!wanted.amount.whole()) return refuse("quantity", errc::quantity_not_whole);
    return refuse("serial", *wanted.amount.whole() > count ? errc::too_few_serials : errc::too_many_serials);
  }
  return serials;
}

TALLYMARK_STOCK_TEMPLATE
result<std::string, refusal> TALLYMARK_STOCK::piece_of(const block& source) {
  const std::string_view whole = batches_.code(source.batch);
  std::string code;
  if (whole.empty()) return code;
  if (const auto first = split_batch_code(batch_policy_, code, whole, 1); !first) return refuse("batch", first.error());
  if (code.empty()) return code;
  // The first piece names the batch that both are pieces of. Two zeros: no rest of a code with a sequence has them.
  const std::string batch = std::string(2, '\0') + code;
  // of so many codes that differ one is new: a policy that repeats itself has no more
  for (std::size_t tries = batches_.size() + 1; tries > 0; --tries) {
    code.clear();
    if (const auto next = split_batch_code(batch_policy_, code, whole, counters_.take(batch)); !next)
      return refuse("batch", next.error());
    if (batches_.find(trimmed(code)) != detail::no_batch) continue;
    const auto allowed = allowed_batch(source.part, code);
    if (!allowed) {
      counters_.keep();  // else this code would be refused for ever
      return unexpected<refusal>(allowed.error());
    }
    return std::string(*allowed);
  }
  return refuse("batch", errc::sequence_exhausted);
}

TALLYMARK_STOCK_TEMPLATE
result<item_id, refusal> TALLYMARK_STOCK::split(item_id from, quantity amount) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  const auto rest = rest_of(**source, amount);
  if (!rest) return unexpected<refusal>(rest.error());
  if (rest->is_zero()) return refuse("quantity", errc::whole_quantity);
  if (!blocks_.has_room(1)) return refuse("quantity", errc::quantity_too_large);
  const auto piece = piece_of(**source);
  if (!piece) return unexpected<refusal>(piece.error());

  const items made{blocks_.next_id()};
  entry& done = now.note(change::split, from, amount, made);
  const std::uint64_t number = done.number;
  const std::string whole(batches_.code((*source)->batch));
  const std::string& code = piece->empty() ? whole : *piece;
  if (!piece->empty()) {
    done.before = whole;
    done.after = code;
  }
  block child = (*source)->child(from, amount, number);
  now.alter({.which = from, .amount = *rest});
  now.add(made, child, code);
  if (const auto kept = now.commit(); !kept) return unexpected<refusal>(kept.error());

  apply(from, number, [&](const items&, block& parent) { parent.amount = *rest; });
  child.batch = batches_.carry(code, made);
  add_units(child, {});
  return made.first;
}

TALLYMARK_STOCK_TEMPLATE
void TALLYMARK_STOCK::add_units(const block& like, const run_list& serials) {
  const item_id first = blocks_.next_id();
  const auto add = [&](const run* each) {
    block made = like;
    if (each) {
      made.count = each->length;
      made.serial = serial_number{registry_.kept(parts_.place(like.part), each->family), each->first};
    }
    blocks_.add(std::move(made));
  };
  for (const run& each : serials) add(&each);
  if (serials.empty()) add(nullptr);
  adopt(like.parent, {first, blocks_.next_id() - first});
}

TALLYMARK_STOCK_TEMPLATE
result<quantity, refusal> TALLYMARK_STOCK::can_be_units(item_id from, std::uint64_t count) const {
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  if (count > quantity::max_whole || !blocks_.has_room(count)) return refuse("quantity", errc::quantity_too_large);
  return rest_of(**source, quantity(count));
}

TALLYMARK_STOCK_TEMPLATE
result<items, refusal> TALLYMARK_STOCK::make_units(transaction& now, item_id from, const run_list& serials) {
  const block& source = *divisible(from).value();
  const quantity amount(serials.serials()), rest = *source.amount.minus(amount);
  const items made{blocks_.next_id(), serials.serials()};
  const std::uint64_t number = now.note(change::serialized, from, amount, made).number;
  const block unit = source.child(from, 1, number);
  now.alter({.which = from, .amount = rest});
  now.add(made.first, unit, serials, batches_.code(unit.batch));
  if (const auto kept = now.commit(); !kept) return unexpected<refusal>(kept.error());

  apply(from, number, [&](const items&, block& parent) { parent.amount = rest; });
  batches_.carry(unit.batch, made);
  add_units(unit, serials);
  return made;
}

TALLYMARK_STOCK_TEMPLATE
result<items, refusal> TALLYMARK_STOCK::serialize(item_id from, const run_list& serials) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  if (serials.empty()) return refuse("quantity", errc::zero_quantity);
  const std::uint32_t part = (*source)->part;
  if (parts_[part].serials == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  if (const auto rest = can_be_units(from, serials.serials()); !rest) return unexpected<refusal>(rest.error());
  if (const auto taken = claim(parts_.place(part), serials, blocks_.next_id()); !taken)
    return unexpected<refusal>(taken.error());
  for (const run& each : serials) now.claimed(part, each);
  return make_units(now, from, serials);
}

TALLYMARK_STOCK_TEMPLATE
result<items, refusal> TALLYMARK_STOCK::serialize(item_id from, std::uint64_t count) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  if (const auto issuing = may_issue((*source)->part); !issuing) return refuse("serial", issuing.error());
  if (const auto rest = can_be_units(from, count); !rest) return unexpected<refusal>(rest.error());
  auto reserved = registry_.reserve(parts_.place((*source)->part), count);
  if (!reserved) return refuse("serial", reserved.error());
  const item_id first = blocks_.next_id();
  const auto made = make_units(now, from, reserved->serials());
  if (made) reserved->commit(first);
  return made;
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::merge(item_id into, std::span<const item_id> from) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return begun;
  const auto target = divisible(into);
  if (!target) return unexpected<refusal>(target.error());
  std::vector<item_id> all(from.begin(), from.end());
  all.push_back(into);
  std::sort(all.begin(), all.end());
  if (std::adjacent_find(all.begin(), all.end()) != all.end()) return refuse("item", errc::same_item);

  quantity sum = (*target)->amount;
  for (const item_id each : from) {
    const auto source = divisible(each);
    if (!source) return unexpected<refusal>(source.error());
    if ((*source)->part != (*target)->part) return refuse("item", errc::different_part);
    if ((*source)->batch != (*target)->batch) return refuse("item", errc::different_batch);
    if ((*source)->expiry != (*target)->expiry) return refuse("item", errc::different_expiry);
    const auto more = sum.plus((*source)->amount);
    if (!more) return refuse("quantity", more.error());
    sum = *more;
    now.note(change::merged, into, (*source)->amount, each);
    now.alter({.which = each, .amount = quantity(0)});
  }
  std::uint64_t number = next_change();
  if (!from.empty()) now.alter({.which = into, .amount = sum});
  if (const auto kept = now.commit(); !kept) return kept;

  for (const item_id each : from) {
    const quantity amount = blocks_.find(each)->second.amount;
    apply(each, number, [](const items&, block& source) { source.amount = 0; });
    apply(into, number++, [&](const items&, block& all_of) { all_of.amount = *all_of.amount.plus(amount); });
  }
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::adjust(item_id which, adjustment how, quantity amount) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return begun;
  const auto found = divisible(which);
  if (!found) return unexpected<refusal>(found.error());
  if (how != adjustment::count && amount.is_zero()) return refuse("quantity", errc::zero_quantity);
  const quantity before = (*found)->amount;
  const result<quantity> after = how == adjustment::add    ? before.plus(amount)
                                 : how == adjustment::take ? before.minus(amount)
                                                           : amount.validated();
  if (!after) return refuse("quantity", after.error());

  constexpr change kinds[] = {change::added, change::taken, change::counted};
  entry& done = now.note(kinds[static_cast<std::size_t>(how)], which, amount);
  const std::uint64_t number = done.number;
  if (how == adjustment::count) done.before = before.text();
  now.alter({.which = which, .amount = *after});
  if (const auto kept = now.commit(); !kept) return kept;
  apply(which, number, [&](const items&, block& each) { each.amount = *after; });
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::change_serial(item_id which, std::string_view serial) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return begun;
  if (const auto there = present(which); !there) return there;
  const auto at = blocks_.find(which);
  const std::uint32_t part = at->second.part;
  const place where = parts_.place(part);
  if (parts_[part].serials == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  if (at->second.amount != quantity(1)) return refuse("quantity", errc::serial_quantity_not_one);
  if (const auto by = registry_.find(where, serial); by && by->item == which) return {};
  const sequence_state sequence = registry_.sequence(where);
  const auto claimed = registry_.claim(where, serial, which);
  if (!claimed) return refuse("serial", claimed.error());
  now.claimed(part, {claimed->family, claimed->ordinal, 1});

  entry& done = now.note(change::serial_changed, which, 1);
  const std::uint64_t number = done.number;
  done.before = view(at->first, at->second, which).serial.value_or("");
  done.after = registry_.numbers().text(*claimed);
  std::optional<run> old;
  if (const auto& of = at->second.serial) old = run{of->family, of->ordinal + (which - at->first), 1};
  if (old) registry_.forget(where, *old);
  now.renumber(which, part, *claimed);
  if (const auto kept = now.commit(); !kept) {
    if (old) (void)registry_.restore(where, *old, {which, hold::claimed});
    registry_.restore(where, sequence);
    return kept;
  }
  apply(which, number, [&](const items&, block& each) { each.serial = *claimed; });
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::change_batch(items which, std::string_view batch) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return begun;
  if (const auto there = present(which); !there) return there;
  std::optional<refusal> wrong;
  const std::string_view code = trimmed(batch);
  std::vector<std::pair<items, std::uint64_t>> changed;
  blocks_.look_at(which, [&](const items& of, const block& each) {
    if (const auto allowed = allowed_batch(each.part, batch); !allowed && !wrong) wrong = allowed.error();
    if (batches_.code(each.batch) == code) return;
    entry& done = now.note(change::batch_changed, of, each.amount);
    done.before = batches_.code(each.batch);
    done.after = code;
    changed.emplace_back(of, done.number);
    now.alter({.which = of, .batch = code});
  });
  if (wrong) return unexpected<refusal>(std::move(*wrong));
  if (changed.empty()) return {};
  if (const auto kept = now.commit(); !kept) return kept;
  for (const auto& [of, number] : changed)
    apply(of, number, [&](const items& each, block& part_of) { part_of.batch = batches_.carry(code, each); });
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::set_parent(items which, item_id parent) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return begun;
  if (!blocks_.contains(which)) return refuse("item", errc::unknown_item);
  if (!blocks_.contains(parent)) return refuse("parent", errc::unknown_item);
  bool has_parent = false;
  blocks_.look_at(which, [&](const items&, const block& each) { has_parent = has_parent || each.parent != no_item; });
  if (has_parent) return refuse("parent", errc::has_parent);
  // none of them has a parent, so there is a circle if and only if the parent descends from one of them
  if (const item_id root = blocks_.root(parent); which.first <= root && root <= which.last())
    return refuse("parent", errc::item_is_own_ancestor);

  const std::uint64_t number = now.note(change::parent_changed, which, 0, parent).number;
  now.alter({.which = which, .parent = parent});
  if (const auto kept = now.commit(); !kept) return kept;
  adopt(parent, which);
  apply(which, number, [&](const items&, block& each) { each.parent = parent; });
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::remove(items which) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return begun;
  if (const auto there = present(which); !there) return there;
  const std::uint64_t number = now.note(change::removed, which, 0).number;
  now.alter({.which = which, .removed = true});
  if (const auto kept = now.commit(); !kept) return kept;
  apply(which, number, [&](const items& of, block& each) {
    each.removed = true;
    if (!each.serial) return;
    run_list serials;
    serials.add(run{each.serial->family, each.serial->ordinal, of.count});
    (void)registry_.retire(parts_.place(each.part), serials);
  });
  return {};
}

// ---- parts and numbers ------------------------------------------------------------------------

TALLYMARK_STOCK_TEMPLATE
result<std::uint32_t, refusal> TALLYMARK_STOCK::add_part(part_type added) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto of = parts_.can_add(added);
  if (!of) return refuse(of.error().code == errc::part_exists ? "part" : "variant_of", of.error());
  now.add(static_cast<std::uint32_t>(parts_.size()), added, *of);
  if (const auto kept = now.commit(); !kept) return unexpected<refusal>(kept.error());
  return *parts_.add(std::move(added));
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::make_variant(const key_view& variant, const key_view& of) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return begun;
  const auto index = parts_.find(variant), parent = parts_.find(of);
  if (!index) return refuse("part", errc::unknown_part);
  if (!parent) return refuse("variant_of", errc::unknown_part);
  if (const auto possible = parts_.can_be_variant(*index, *parent); !possible)
    return refuse("variant_of", possible.error());
  for (const std::uint32_t each : reserving_)
    if (parts_.root(each) == *index) return refuse("variant_of", errc::part_has_items);
  now.add(*index, parts_[*index], *parent);
  if (const auto kept = now.commit(); !kept) return kept;
  (void)parts_.make_variant(*index, *parent);
  if constexpr (journaled) journal_.scopes.clear();
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::start_at(const key_view& part, std::string_view serial) {
  transaction now(*this);
  if (const auto begun = now.begin(); !begun) return begun;
  const auto index = parts_.find(part);
  if (!index) return refuse("part", errc::unknown_part);
  const place where = parts_.place(*index);
  const sequence_state before = registry_.sequence(where);
  if (const auto done = registry_.start_at(where, serial); !done) return refuse("serial", done.error());
  now.touch(*index);
  const auto kept = now.commit();
  if (!kept) registry_.restore(where, before);
  return kept;
}

TALLYMARK_STOCK_TEMPLATE
template <class Record>
result<std::string, refusal> TALLYMARK_STOCK::batch_code(const Record& record) {
  static_assert(
      batch_policy_for<batch_type, Record>,
      "tallymark::stock: the batch policy cannot write a code for this record. Provide 'format(std::string&, const "
      "Record&) const'");
  std::string code;
  if constexpr (batch_policy_for<batch_type, Record>) {
    transaction now(*this);
    if (const auto begun = now.begin(); !begun) return unexpected<refusal>(begun.error());
    if (const auto done = format_batch(batch_policy_, code, record, counters_); !done) {
      counters_.keep();  // else a code that a rule refuses would be the next one for ever
      return refuse("batch", done.error());
    }
    if (!counters_.taken().empty())
      if (const auto kept = now.commit(); !kept) return unexpected<refusal>(kept.error());
  }
  return code;
}

#undef TALLYMARK_STOCK
#undef TALLYMARK_STOCK_TEMPLATE

}  // namespace tallymark
