// Operations of tallymark::stock on items that exist. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::merge(item_id into, std::span<const item_id> from) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return begun;
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
    tx.note(change::merged, into, (*source)->amount, each);
    tx.alter(each).amount = quantity(0);
  }
  if (!from.empty()) {
    auto& merged = tx.alter(into);
    merged.entry = tx.changes().history.front().number;
    merged.entries = from.size();
    merged.amount = sum;
  }
  return tx.commit();
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::adjust(item_id which, adjustment how, quantity amount) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return begun;
  const auto found = divisible(which);
  if (!found) return unexpected<refusal>(found.error());
  if (how != adjustment::count && amount.is_zero()) return refuse("quantity", errc::zero_quantity);
  const quantity before = (*found)->amount;
  const result<quantity> after = how == adjustment::add    ? before.plus(amount)
                                 : how == adjustment::take ? before.minus(amount)
                                                           : amount.validated();
  if (!after) return refuse("quantity", after.error());

  constexpr change kinds[] = {change::added, change::taken, change::counted};
  entry& note = tx.note(kinds[static_cast<std::size_t>(how)], which, amount);
  if (how == adjustment::count) note.before = before.text();
  tx.alter(which).amount = *after;
  return tx.commit();
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::change_serial(item_id which, std::string_view serial) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return begun;
  if (const auto possible = present(which); !possible) return possible;
  const auto found = blocks_.find(which);
  const block& item = found->second;
  if (parts_[item.part].serials == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  if (item.amount != quantity(1)) return refuse("quantity", errc::serial_quantity_not_one);
  const auto place = parts_.place(item.part);
  if (const auto by = registry_.find(place, serial); by && by->item == which) return {};

  entry& note = tx.note(change::serial_changed, which, 1);
  std::optional<run> old;
  if (const auto& first = item.serial) {
    old = run{first->family, first.of(which - found->first + 1).last(), 1};
    note.before = registry_.numbers().text({old->family, old->first});
  }
  auto& changed = tx.alter(which);
  const auto claimed = tx.claim_instead(registry_.scope(place), serial, which, old);
  if (!claimed) return refuse("serial", claimed.error());
  note.after = registry_.numbers().text(*claimed);
  changed.serial = detail::packed_serial(*claimed);
  return tx.commit();
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::change_batch(items which, std::string_view batch) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return begun;
  if (const auto possible = present(which); !possible) return possible;
  std::optional<refusal> wrong;
  const std::string_view code = trimmed(batch);
  blocks_.look_at(which, [&](const items& those, const block& like) {
    if (const auto allowed = allowed_batch(like.part, batch); !allowed && !wrong) wrong = allowed.error();
    if (wrong || batches_.code(like.batch) == code) return;
    entry& note = tx.note(change::batch_changed, those, like.amount);
    note.before = batches_.code(like.batch);
    note.after = code;
    tx.alter(those).batch = batches_.intern(code);
  });
  if (wrong) return unexpected<refusal>(std::move(*wrong));
  if (tx.changes().changes.empty()) return {};
  return tx.commit();
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::set_parent(items which, item_id parent) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return begun;
  if (!blocks_.contains(which)) return refuse("item", errc::unknown_item);
  if (!blocks_.contains(parent)) return refuse("parent", errc::unknown_item);
  bool has_parent = false;
  blocks_.look_at(which, [&](const items&, const block& each) { has_parent = has_parent || each.parent != no_item; });
  if (has_parent) return refuse("parent", errc::has_parent);
  // none of them has a parent, so there is a circle if and only if the parent descends from one of them
  if (const item_id root = blocks_.root(parent); which.first <= root && root <= which.last())
    return refuse("parent", errc::item_is_own_ancestor);

  tx.note(change::parent_changed, which, 0, parent);
  tx.alter(which).parent = parent;
  return tx.commit();
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::remove(items which) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return begun;
  if (const auto possible = present(which); !possible) return possible;
  tx.note(change::removed, which, 0);
  tx.alter(which).removed = true;
  return tx.commit();
}

}  // namespace tallymark
