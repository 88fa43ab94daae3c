// The operations of tallymark::stock. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

#define TALLYMARK_STOCK_TEMPLATE template <class Policies, class Key, class PartData, class ItemData>
#define TALLYMARK_STOCK stock<Policies, Key, PartData, ItemData>

TALLYMARK_STOCK_TEMPLATE
entry& TALLYMARK_STOCK::note(change what, items subject, quantity amount, items other) {
  const auto now = clock_ ? clock_() : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  log_.push_back({log_.size(), what, subject, other, amount, {}, {}, now});
  return log_.back();
}

TALLYMARK_STOCK_TEMPLATE
result<run_list, refusal> TALLYMARK_STOCK::wanted_serials(const new_item& wanted, std::uint32_t part) const {
  run_list serials = wanted.serials;
  if (!trimmed(wanted.serial).empty()) {
    const auto parsed = registry_.numbers().parse(wanted.serial);
    if (!parsed) return refuse("serial", parsed.error());
    serials.add(*parsed);
  }
  const rule allowed = parts_[part].serials;
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
items TALLYMARK_STOCK::add(block model, const run_list& serials) {
  const item_id first = blocks_.next_id();
  const place where = parts_.place(model.part);
  for (const run& each : serials) {
    model.count = each.length;
    model.amount = 1;
    model.serial = serial_number{registry_.kept(where, each.family), each.first};
    blocks_.add(model);
  }
  if (serials.empty()) blocks_.add(model);
  const items made{first, blocks_.next_id() - first};
  if (model.parent != no_item) children_.emplace(model.parent, made);
  parts_.mark_used(model.part);
  return made;
}

TALLYMARK_STOCK_TEMPLATE
result<items, refusal> TALLYMARK_STOCK::create(const new_item& wanted) {
  const auto part = parts_.find(wanted.part);
  if (!part) return refuse("part", errc::unknown_part);
  const auto serials = wanted_serials(wanted, *part);
  if (!serials) return unexpected<refusal>(serials.error());
  const auto batch = allowed_batch(*part, wanted.batch);
  if (!batch) return unexpected<refusal>(batch.error());
  if (wanted.parent && !blocks_.contains(*wanted.parent)) return refuse("parent", errc::unknown_item);
  if (wanted.expiry && !wanted.expiry->ok()) return refuse("expiry_date", errc::not_a_date);
  const items made{blocks_.next_id(), std::max<std::uint64_t>(serials->serials(), 1)};
  if (!blocks_.has_room(made.count)) return refuse("quantity", errc::quantity_too_large);
  if (const auto taken = claim(parts_.place(*part), *serials, made.first, wanted.serial); !taken)
    return unexpected<refusal>(taken.error());

  note(change::created, made, wanted.amount);
  return add({1,
              *part,
              batches_.carry(*batch, made),
              wanted.amount,
              std::nullopt,
              wanted.parent.value_or(no_item),
              wanted.expiry,
              false,
              wanted.data,
              {log_.back().number}},
             *serials);
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
    if (!allowed) return unexpected<refusal>(allowed.error());
    return std::string(*allowed);
  }
  return refuse("batch", errc::sequence_exhausted);
}

TALLYMARK_STOCK_TEMPLATE
result<item_id, refusal> TALLYMARK_STOCK::split(item_id from, quantity amount) {
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  const auto rest = rest_of(**source, amount);
  if (!rest) return unexpected<refusal>(rest.error());
  if (rest->is_zero()) return refuse("quantity", errc::whole_quantity);
  if (!blocks_.has_room(1)) return refuse("quantity", errc::quantity_too_large);

  const auto piece = piece_of(**source);
  if (!piece) return unexpected<refusal>(piece.error());

  entry& done = note(change::split, from, amount, blocks_.next_id());
  block child = (*source)->child(from, amount, done.number);
  apply(from, done.number, [&](const items&, block& parent) { parent.amount = *rest; });
  if (piece->empty()) {
    batches_.carry(child.batch, done.other);
  } else {
    done.before = batches_.code(child.batch);
    done.after = *piece;
    child.batch = batches_.carry(*piece, done.other);
  }
  return add(std::move(child), {}).first;
}

TALLYMARK_STOCK_TEMPLATE
items TALLYMARK_STOCK::add_units(item_id from, const block& source, quantity rest, const run_list& serials) {
  const entry& done =
      note(change::serialized, from, quantity(serials.serials()), items{blocks_.next_id(), serials.serials()});
  block unit = source.child(from, 1, done.number);
  apply(from, done.number, [&](const items&, block& parent) { parent.amount = rest; });
  batches_.carry(unit.batch, done.other);
  return add(std::move(unit), serials);
}

TALLYMARK_STOCK_TEMPLATE
result<items, refusal> TALLYMARK_STOCK::serialize(item_id from, const run_list& serials) {
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  if (serials.empty()) return refuse("quantity", errc::zero_quantity);
  if (parts_[(*source)->part].serials == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  if (serials.serials() > quantity::max_whole || !blocks_.has_room(serials.serials()))
    return refuse("quantity", errc::quantity_too_large);
  const auto rest = rest_of(**source, quantity(serials.serials()));
  if (!rest) return unexpected<refusal>(rest.error());
  if (const auto taken = claim(parts_.place((*source)->part), serials, blocks_.next_id()); !taken)
    return unexpected<refusal>(taken.error());
  return add_units(from, **source, *rest, serials);
}

TALLYMARK_STOCK_TEMPLATE
result<items, refusal> TALLYMARK_STOCK::serialize(item_id from, std::uint64_t count) {
  const auto source = divisible(from);
  if (!source) return unexpected<refusal>(source.error());
  if (const auto issuing = may_issue((*source)->part); !issuing) return refuse("serial", issuing.error());
  if (count > quantity::max_whole || !blocks_.has_room(count)) return refuse("quantity", errc::quantity_too_large);
  const auto rest = rest_of(**source, quantity(count));
  if (!rest) return unexpected<refusal>(rest.error());
  auto reserved = registry_.reserve(parts_.place((*source)->part), count);
  if (!reserved) return refuse("serial", reserved.error());
  reserved->commit(blocks_.next_id());
  return add_units(from, **source, *rest, reserved->serials());
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::merge(item_id into, std::span<const item_id> from) {
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
  }
  for (const item_id each : from) {
    const entry& done = note(change::merged, into, blocks_.find(each)->second.amount, each);
    apply(each, done.number, [](const items&, block& source) { source.amount = 0; });
    apply(into, done.number, [&](const items&, block& all_of) { all_of.amount = *all_of.amount.plus(done.amount); });
  }
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::adjust(item_id which, adjustment how, quantity amount) {
  const auto found = divisible(which);
  if (!found) return unexpected<refusal>(found.error());
  if (how != adjustment::count && amount.is_zero()) return refuse("quantity", errc::zero_quantity);
  const quantity before = (*found)->amount;
  const result<quantity> after = how == adjustment::add    ? before.plus(amount)
                                 : how == adjustment::take ? before.minus(amount)
                                                           : result<quantity>(amount);
  if (!after) return refuse("quantity", after.error());

  constexpr change kinds[] = {change::added, change::taken, change::counted};
  entry& done = note(kinds[static_cast<std::size_t>(how)], which, amount);
  if (how == adjustment::count) done.before = before.text();
  apply(which, done.number, [&](const items&, block& each) { each.amount = *after; });
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::change_serial(item_id which, std::string_view serial) {
  if (const auto there = present(which); !there) return there;
  const auto at = blocks_.find(which);
  const place where = parts_.place(at->second.part);
  if (parts_[at->second.part].serials == rule::forbidden) return refuse("serial", errc::serial_forbidden);
  if (at->second.amount != quantity(1)) return refuse("quantity", errc::serial_quantity_not_one);
  if (const auto by = registry_.find(where, serial); by && by->item == which) return {};
  const auto before = view(at->first, at->second, which).serial;
  const auto claimed = registry_.claim(where, serial, which);
  if (!claimed) return refuse("serial", claimed.error());
  if (before) (void)registry_.release(where, *before);

  entry& done = note(change::serial_changed, which, 1);
  done.before = before.value_or("");
  done.after = registry_.numbers().text(*claimed);
  apply(which, done.number, [&](const items&, block& each) { each.serial = *claimed; });
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::change_batch(items which, std::string_view batch) {
  if (const auto there = present(which); !there) return there;
  std::optional<refusal> wrong;
  blocks_.look_at(which, [&](const items&, const block& each) {
    if (const auto code = allowed_batch(each.part, batch); !code && !wrong) wrong = code.error();
  });
  if (wrong) return unexpected<refusal>(std::move(*wrong));

  const std::string_view code = trimmed(batch);
  blocks_.cut_out(which, [&](const items& of, block& each) {
    if (batches_.code(each.batch) == code) return;
    entry& done = note(change::batch_changed, of, each.amount);
    done.before = batches_.code(each.batch);
    done.after = code;
    each.changes.push_back(done.number);
    each.batch = batches_.carry(code, of);
  });
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::set_parent(items which, item_id parent) {
  if (!blocks_.contains(which)) return refuse("item", errc::unknown_item);
  if (!blocks_.contains(parent)) return refuse("parent", errc::unknown_item);
  bool has_parent = false;
  blocks_.look_at(which, [&](const items&, const block& each) { has_parent = has_parent || each.parent != no_item; });
  if (has_parent) return refuse("parent", errc::has_parent);
  // none of them has a parent, so there is a circle if and only if the parent descends from one of them
  if (const item_id root = blocks_.root(parent); which.first <= root && root <= which.last())
    return refuse("parent", errc::item_is_own_ancestor);

  const entry& done = note(change::parent_changed, which, 0, parent);
  children_.emplace(parent, which);
  apply(which, done.number, [&](const items&, block& each) { each.parent = parent; });
  return {};
}

TALLYMARK_STOCK_TEMPLATE
result<void, refusal> TALLYMARK_STOCK::remove(items which) {
  if (const auto there = present(which); !there) return there;
  const entry& done = note(change::removed, which, 0);
  apply(which, done.number, [&](const items& of, block& each) {
    each.removed = true;
    if (!each.serial) return;
    run_list serials;
    serials.add(run{each.serial->family, each.serial->ordinal, of.count});
    (void)registry_.retire(parts_.place(each.part), serials);
  });
  return {};
}

#undef TALLYMARK_STOCK
#undef TALLYMARK_STOCK_TEMPLATE

}  // namespace tallymark
