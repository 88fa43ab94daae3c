// Operations of tallymark::stock that make new items of those that exist. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

template <class Policies, class Key, class PartData, class ItemData>
result<std::string, refusal> stock<Policies, Key, PartData, ItemData>::piece_of(const block& source) {
  const std::string_view whole = batches_.code(source.batch);
  std::string code;
  if (whole.empty()) return code;
  if (const auto first = split_batch_code(batch_policy_, code, whole, 1); !first) return refuse("batch", first.error());
  if (code.empty()) return code;
  // The first piece names the batch that both are pieces of. Two zeros: no rest of a code with a sequence has them.
  const std::string batch = std::string(2, '\0') + code;
  // of as many codes that differ as there are and one more, one is new: a policy that repeats itself has no more
  for (std::size_t tries = batches_.size() + 1; tries > 0; --tries) {
    code.clear();
    if (const auto next = split_batch_code(batch_policy_, code, whole, counters_.take(batch)); !next)
      return refuse("batch", next.error());
    if (batches_.find(trimmed(code)) != detail::no_batch) continue;
    const auto allowed = allowed_batch(source.part, code);
    if (!allowed) {
      counters_.keep();  // else this code would be refused every time
      return unexpected<refusal>(allowed.error());
    }
    return std::string(*allowed);
  }
  return refuse("batch", errc::sequence_exhausted);
}

template <class Policies, class Key, class PartData, class ItemData>
result<item_id, refusal> stock<Policies, Key, PartData, ItemData>::split(item_id from, quantity amount) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  const auto rest = rest_of(**source, amount);
  if (!rest) return unexpected<refusal>(rest.error());
  if (rest->is_zero()) return refuse("quantity", errc::whole_quantity);
  if (!blocks_.has_room(1)) return refuse("quantity", errc::quantity_too_large);
  const auto piece = piece_of(**source);
  if (!piece) return unexpected<refusal>(piece.error());

  const item_id id = blocks_.next_id();
  entry& note = tx.note(change::split, from, amount, id);
  block child = (*source)->child(from, amount, note.number);
  if (!piece->empty()) {
    note.before = batches_.code(child.batch);
    note.after = *piece;
    child.batch = batches_.intern(*piece);
  }
  tx.alter(from).amount = *rest;
  tx.changes().added.push_back({std::move(child), {}});
  if (const auto committed = tx.commit(); !committed) return unexpected<refusal>(committed.error());
  return id;
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::can_be_units(item_id from, std::uint64_t count) const {
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  if (count > quantity::max_whole || !blocks_.has_room(count)) return refuse("quantity", errc::quantity_too_large);
  if (const auto rest = rest_of(**source, quantity(count)); !rest) return unexpected<refusal>(rest.error());
  return {};
}

template <class Policies, class Key, class PartData, class ItemData>
items stock<Policies, Key, PartData, ItemData>::add_units(transaction& tx, item_id from, const run_list& serials) {
  const block& source = *divisible(from).value();
  const quantity amount(serials.serials());
  const items units{blocks_.next_id(), serials.serials()};
  const std::uint64_t number = tx.note(change::serialized, from, amount, units).number;
  tx.alter(from).amount = *source.amount.minus(amount);
  const block unit = source.child(from, 1, number);
  auto& added = tx.changes().added;
  added.reserve(serials.size());
  for (const run& each : serials) {
    block& like = added.emplace_back(typename change_set::addition{unit, {}}).like;
    like.count = each.length;
    like.serial = {serial_number{each.family, each.first}, each.stride};
  }
  return units;
}

template <class Policies, class Key, class PartData, class ItemData>
result<items, refusal> stock<Policies, Key, PartData, ItemData>::make_units(transaction& tx, scope_ref where,
                                                                            const items& units) {
  for (auto& each : tx.changes().added) {
    const serial_number first = *each.like.serial;
    each.like.serial = {serial_number{registry_.interned(where, first.family), first.ordinal},
                        each.like.serial.stride()};
  }
  if (const auto committed = tx.commit(); !committed) return unexpected<refusal>(committed.error());
  return units;
}

template <class Policies, class Key, class PartData, class ItemData>
result<items, refusal> stock<Policies, Key, PartData, ItemData>::serialize(item_id from, const run_list& serials) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  if (serials.empty()) return refuse("quantity", errc::zero_quantity);
  const std::uint32_t part = (*source)->part;
  if (parts_[part].serials == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  if (const auto possible = can_be_units(from, serials.serials()); !possible)
    return unexpected<refusal>(possible.error());
  const scope_ref where = registry_.scope(parts_.place(part));
  const auto as_units = as_blocks(serials);
  if (!as_units) return unexpected<refusal>(as_units.error());
  const items units = add_units(tx, from, *as_units);
  tx.reserve_claims(as_units->size());
  if (const auto claimed = claim(where, *as_units, units.first); !claimed) return unexpected<refusal>(claimed.error());
  for (auto& each : tx.changes().added) each.claimed_in = where;
  return make_units(tx, where, units);
}

template <class Policies, class Key, class PartData, class ItemData>
result<items, refusal> stock<Policies, Key, PartData, ItemData>::serialize(item_id from, std::uint64_t count) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  const std::uint32_t part = (*source)->part;
  if (const auto issuing = may_issue(part); !issuing) return refuse("serial", issuing.error());
  if (const auto possible = can_be_units(from, count); !possible) return unexpected<refusal>(possible.error());
  const scope_ref where = registry_.scope(parts_.place(part));
  auto reserved = registry_.reserve(parts_.place(part), count);
  if (!reserved) return refuse("serial", reserved.error());
  const auto as_units = as_blocks(reserved->serials());
  if (!as_units) return unexpected<refusal>(as_units.error());
  auto units = make_units(tx, where, add_units(tx, from, *as_units));
  if (units) reserved->commit(units->first);
  return units;
}

template <class Policies, class Key, class PartData, class ItemData>
result<items, refusal> stock<Policies, Key, PartData, ItemData>::serialize(item_id from, reservation&& reserved) {
  TALLYMARK_ASSERT(reserved.owner_ == this, "a reservation is used once, and with the stock that made it");
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return unexpected<refusal>(begun.error());
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  const std::uint32_t part = (*source)->part;
  if (parts_[part].serials == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  const scope_ref where = registry_.scope(parts_.place(part));
  if (registry_.scope(parts_.place(reserved.at_->part)) != where) return refuse("serial", errc::different_part);
  if (const auto possible = can_be_units(from, reserved.serials().serials()); !possible)
    return unexpected<refusal>(possible.error());
  const auto as_units = as_blocks(reserved.serials());
  if (!as_units) return unexpected<refusal>(as_units.error());
  tx.changes().dropped = reserved.at_;
  auto units = make_units(tx, where, add_units(tx, from, *as_units));
  if (!units) return units;
  reserved.owner_ = nullptr;
  reserved.numbers_.commit(units->first);
  return units;
}

}  // namespace tallymark
