// Compares random operations on a stock and on a list of single items: refusals and all answers must be equal, and a
// refused call must change nothing.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/increment/wrapping.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/stock/stock.hpp>
#include <tallymark/testing/model.hpp>

#include <array>
#include <ostream>
#include <set>
#include <string>
#include <vector>

using namespace tallymark;
using namespace std::string_literals;

namespace {

using part_type = part<std::string, no_record>;
using refusals = std::set<std::pair<std::string, errc>>;  // all reasons to refuse, with the member

const std::vector<part_type> first_parts{
    {.key = "motor", .group = "1"},
    {.key = "fast motor", .variant_of = "motor", .group = "2"},
    {.key = "red fast motor", .variant_of = "fast motor", .group = "1"},
    {.key = "oil", .serials = rule::forbidden, .group = "1"},
    {.key = "pump", .serials = rule::required, .batches = rule::required, .group = "2"},
    {.key = "chip", .batches = rule::forbidden, .issued_here = false},
};

struct slow_item {
  std::string part;
  quantity amount{};
  std::optional<std::string> serial{};
  std::string batch{};
  std::optional<item_id> parent{};
  std::optional<date> expiry{};
  bool removed = false;
  int data = 0;
  std::vector<entry> history{};  // without numbers, subjects and times
  std::set<std::string> batches{};
};

bool blank(std::string_view text) { return trimmed(text).empty(); }

std::vector<items> ranges(const std::set<item_id>& ids) {
  std::vector<items> out;
  for (const item_id id : ids)
    if (!out.empty() && out.back().last() + 1 == id)
      ++out.back().count;
    else
      out.push_back(id);
  return out;
}

// Single items and the slow registry. An operation returns all reasons to refuse it, and takes effect if there are none.
template <class Policies>
class slow_stock {
 public:
  using stock_type = stock<Policies, std::string, no_record, int>;
  using registry_type = testing::slow_registry<Policies, part_ref<std::string>>;

  refusals add_part(const part_type& added) {
    if (parts_.contains(added.key)) return {{"part", errc::part_exists}};
    if (added.variant_of == added.key) return {{"variant_of", errc::part_is_own_ancestor}};
    if (added.variant_of && !parts_.contains(*added.variant_of)) return {{"variant_of", errc::unknown_part}};
    parts_.emplace(added.key, added);
    return {};
  }
  refusals make_variant(const std::string& variant, const std::string& base) {
    refusals why;
    if (!parts_.contains(variant)) why.emplace("part", errc::unknown_part);
    if (!parts_.contains(base)) why.emplace("variant_of", errc::unknown_part);
    if (!why.empty()) return why;
    if (parts_.at(variant).variant_of) why.emplace("variant_of", errc::already_variant);
    for (std::optional<std::string> at = base; at; at = parts_.at(*at).variant_of)
      if (*at == variant) why.emplace("variant_of", errc::part_is_own_ancestor);
    for (const auto& item : items_)
      if (root(item.part) == variant) why.emplace("variant_of", errc::part_has_items);
    if (why.empty()) parts_.at(variant).variant_of = base;
    return why;
  }

  refusals create(const typename stock_type::new_item& wanted) {
    refusals why;
    const std::string key(wanted.part);
    if (!parts_.contains(key)) return {{"part", errc::unknown_part}};
    const auto& part = parts_.at(key);
    run_list serials = wanted.serials;
    bool readable = true;
    if (!blank(wanted.serial)) {
      const auto parsed = registry_.numbers().parse(wanted.serial);
      readable = parsed.has_value();
      if (parsed)
        serials.add(*parsed);
      else
        why.emplace("serial", parsed.error().code);
    }
    const std::uint64_t count = serials.serials();
    if (wanted.amount.is_zero()) why.emplace("quantity", errc::zero_quantity);
    if (readable && count == 0 && part.serials == rule::required) why.emplace("serial", errc::serial_required);
    if (count > 0 && part.serials == rule::forbidden) why.emplace("serial", errc::serial_forbidden);
    if (count == 1 && wanted.amount != quantity(1)) why.emplace("quantity", errc::serial_quantity_not_one);
    if (count > 1 && !wanted.amount.whole()) why.emplace("quantity", errc::quantity_not_whole);
    if (count > 1 && wanted.amount.whole() > count) why.emplace("serial", errc::too_few_serials);
    if (count > 1 && wanted.amount.whole() && wanted.amount.whole() < count)
      why.emplace("serial", errc::too_many_serials);
    batch_rules(why, key, wanted.batch);
    if (wanted.parent && !exists(*wanted.parent)) why.emplace("parent", errc::unknown_item);
    if (wanted.expiry && !wanted.expiry->ok()) why.emplace("expiry_date", errc::not_a_date);
    if (!why.empty() || claim(why, key, serials)) return why;

    slow_item created{.part = key,
                      .amount = wanted.amount,
                      .batch = std::string(trimmed(wanted.batch)),
                      .parent = wanted.parent,
                      .expiry = wanted.expiry,
                      .data = wanted.data};
    add(std::move(created), registry_.spelled(serials), {.what = change::created, .amount = wanted.amount});
    return why;
  }

  refusals split(item_id from, quantity amount) {
    refusals why = divisible(from);
    if (!why.empty()) return why;
    if (amount.is_zero()) why.emplace("quantity", errc::zero_quantity);
    if (amount > at(from).amount) why.emplace("quantity", errc::not_enough);
    if (amount == at(from).amount) why.emplace("quantity", errc::whole_quantity);
    if (why.empty()) split_off(from, change::split, amount, {});
    return why;
  }
  refusals serialize(item_id from, const run_list& serials) {
    refusals why = divisible(from);
    if (!why.empty()) return why;
    const quantity amount(serials.serials());
    if (amount.is_zero()) why.emplace("quantity", errc::zero_quantity);
    if (amount > at(from).amount) why.emplace("quantity", errc::not_enough);
    if (part_of(from).serials == rule::forbidden) why.emplace("serial", errc::serial_forbidden);
    if (!why.empty() || claim(why, at(from).part, serials)) return why;
    split_off(from, change::serialized, amount, registry_.spelled(serials));
    return why;
  }
  refusals serialize(item_id from, std::uint64_t count) {
    refusals why = divisible(from);
    if (!why.empty()) return why;
    const quantity amount(count);
    if (amount.is_zero()) why.emplace("quantity", errc::zero_quantity);
    if (amount > at(from).amount) why.emplace("quantity", errc::not_enough);
    if (part_of(from).serials == rule::forbidden)
      why.emplace("serial", errc::serial_forbidden);
    else if (!part_of(from).issued_here)
      why.emplace("serial", errc::numbers_from_outside);
    if (!why.empty()) return why;
    std::vector<std::string> serials;
    const auto reserved = registry_.reserve(place(at(from).part), count, serials);
    if (!reserved) return {{"serial", reserved.error().code}};
    registry_.commit(*reserved, next_id());
    split_off(from, change::serialized, amount, serials);
    return why;
  }

  refusals merge(item_id into, const std::vector<item_id>& from) {
    refusals why = divisible(into);
    std::set<item_id> seen{into};
    quantity sum = why.empty() ? at(into).amount : quantity{};
    for (const item_id source : from) {
      if (!seen.insert(source).second) why.emplace("item", errc::same_item);
      const auto reasons = divisible(source);
      why.insert(reasons.begin(), reasons.end());
      if (!exists(source) || !exists(into)) continue;
      if (at(source).part != at(into).part) why.emplace("item", errc::different_part);
      if (at(source).batch != at(into).batch) why.emplace("item", errc::different_batch);
      if (at(source).expiry != at(into).expiry) why.emplace("item", errc::different_expiry);
      if (const auto added = sum.plus(at(source).amount))
        sum = *added;
      else
        why.emplace("quantity", added.error().code);
    }
    if (!why.empty()) return why;
    for (const item_id source : from) {
      const entry logged{.what = change::merged, .other = source, .amount = at(source).amount};
      at(into).history.push_back(logged);
      at(source).history.push_back(logged);
      at(source).amount = 0;
    }
    at(into).amount = sum;
    return why;
  }

  refusals adjust(item_id which, adjustment how, quantity amount) {
    refusals why = divisible(which);
    if (!why.empty()) return why;
    if (amount.is_zero() && how != adjustment::count) why.emplace("quantity", errc::zero_quantity);
    slow_item& item = at(which);
    entry logged{.what = change::counted, .amount = amount};
    result<quantity> after = amount;
    if (how == adjustment::count) {
      logged.before = item.amount.text();
    } else if (how == adjustment::add) {
      logged.what = change::added;
      after = item.amount.plus(amount);
    } else {
      logged.what = change::taken;
      after = item.amount.minus(amount);
    }
    if (!after) why.emplace("quantity", after.error().code);
    if (!why.empty()) return why;
    item.amount = *after;
    item.history.push_back(logged);
    return why;
  }

  refusals change_serial(item_id which, std::string_view serial) {
    refusals why = present(which);
    if (!why.empty()) return why;
    slow_item& item = at(which);
    if (part_of(which).serials == rule::forbidden) why.emplace("serial", errc::serial_forbidden);
    if (item.amount != quantity(1)) why.emplace("quantity", errc::serial_quantity_not_one);
    const auto found = registry_.inspect(place(item.part), serial);
    if (why.empty() && found.taken() && found.item == which) return {};
    if (!found.free()) why.emplace("serial", found.why->code);
    if (!why.empty()) return why;
    RC_ASSERT(registry_.claim(place(item.part), serial, which).has_value());
    if (item.serial) RC_ASSERT(registry_.release(place(item.part), *item.serial).has_value());
    const std::string after(trimmed(serial));
    item.history.push_back(
        {.what = change::serial_changed, .amount = 1, .before = item.serial.value_or(""), .after = after});
    item.serial = after;
    return why;
  }

  refusals change_batch(items which, std::string_view batch) {
    refusals why = present(which);
    if (!why.empty()) return why;
    for_all(which, [&](item_id id) { batch_rules(why, at(id).part, batch); });
    if (!why.empty()) return why;
    const std::string code(trimmed(batch));
    for_all(which, [&](item_id id) {
      slow_item& item = at(id);
      if (item.batch == code) return;
      item.history.push_back(
          {.what = change::batch_changed, .amount = item.amount, .before = item.batch, .after = code});
      item.batch = code;
      item.batches.insert(code);
    });
    return why;
  }

  refusals set_parent(items which, item_id parent) {
    refusals why;
    if (!exists(which)) why.emplace("item", errc::unknown_item);
    if (!exists(parent)) why.emplace("parent", errc::unknown_item);
    if (!why.empty()) return why;
    for_all(which, [&](item_id id) {
      if (at(id).parent) why.emplace("parent", errc::has_parent);
      for (std::optional<item_id> ancestor = parent; ancestor; ancestor = at(*ancestor).parent)
        if (*ancestor == id) why.emplace("parent", errc::item_is_own_ancestor);
    });
    if (!why.empty()) return why;
    for_all(which, [&](item_id id) {
      at(id).parent = parent;
      at(id).history.push_back({.what = change::parent_changed, .other = parent});
    });
    return why;
  }

  refusals remove(items which) {
    refusals why = present(which);
    if (!why.empty()) return why;
    for_all(which, [&](item_id id) {
      slow_item& item = at(id);
      item.removed = true;
      item.history.push_back({.what = change::removed});
      if (item.serial) RC_ASSERT(registry_.retire(place(item.part), *item.serial).has_value());
    });
    return why;
  }

  refusals start_at(const std::string& part, std::string_view serial) {
    if (!parts_.contains(part)) return {{"part", errc::unknown_part}};
    const auto started = registry_.start_at(place(part), serial);
    if (!started) return {{"serial", started.error().code}};
    return {};
  }

  // compares everything that can be asked
  void compare(const stock_type& real) const {
    RC_ASSERT(real.size() == items_.size());
    std::map<std::string, std::set<item_id>> carried;
    std::map<item_id, std::set<item_id>> descendants;
    std::vector<std::vector<item_id>> ancestors(items_.size() + 1);
    for (item_id id = 1; id < next_id(); ++id) {
      compare(real, id);
      for (const auto& code : at(id).batches) carried[code].insert(id);
      for (auto parent = at(id).parent; parent; parent = at(*parent).parent) {
        ancestors[id].push_back(*parent);
        descendants[*parent].insert(id);
      }
    }
    for (item_id id = 1; id < next_id(); ++id) {
      RC_ASSERT(real.ancestors(id) == ancestors[id]);
      RC_ASSERT(real.descendants(id) == ranges(descendants[id]));
    }
    carried.erase("");
    RC_ASSERT(real.batches() == carried.size());
    for (const auto& [code, ids] : carried) RC_ASSERT(real.trace(code) == ranges(ids));
    RC_ASSERT(!real.get(0) && !real.get(next_id()) && !real.get(no_item));

    item_id expected = 1;
    real.for_each([&](items which, const auto& first) {
      RC_ASSERT(which.first == expected && first.id == expected);
      expected = which.last() + 1;
    });
    RC_ASSERT(expected == next_id());
    for (std::size_t i = 0; i < real.history().size(); ++i) RC_ASSERT(real.history()[i].number == i);
    for (const auto& [key, part] : parts_) compare(real, part);
  }

 private:
  [[nodiscard]] item_id next_id() const { return items_.size() + 1; }
  [[nodiscard]] bool exists(items which) const {
    return which.count > 0 && which.first > 0 && which.first < next_id() && which.count <= next_id() - which.first;
  }
  [[nodiscard]] slow_item& at(item_id id) { return items_[id - 1]; }
  [[nodiscard]] const slow_item& at(item_id id) const { return items_[id - 1]; }
  [[nodiscard]] const part_type& part_of(item_id id) const { return parts_.at(at(id).part); }
  [[nodiscard]] std::string root(std::string key) const {
    while (parts_.at(key).variant_of) key = *parts_.at(key).variant_of;
    return key;
  }
  [[nodiscard]] part_ref<std::string> place(const std::string& key) const {
    return {key, root(key), parts_.at(key).group};
  }
  template <class Visit>
  static void for_all(items which, Visit visit) {
    for (item_id id = which.first; id <= which.last(); ++id) visit(id);
  }

  [[nodiscard]] refusals present(items which) const {
    if (!exists(which)) return {{"item", errc::unknown_item}};
    refusals why;
    for_all(which, [&](item_id id) {
      if (at(id).removed) why.emplace("item", errc::item_removed);
    });
    return why;
  }
  [[nodiscard]] refusals divisible(item_id which) const {
    refusals why = present(which);
    if (why.empty() && at(which).serial) why.emplace("item", errc::serialized_item);
    return why;
  }
  void batch_rules(refusals& why, const std::string& part, std::string_view batch) const {
    const rule allowed = parts_.at(part).batches;
    if (blank(batch)) {
      if (allowed == rule::required) why.emplace("batch", errc::batch_required);
      return;
    }
    if (allowed == rule::forbidden) why.emplace("batch", errc::batch_forbidden);
    if (const auto valid = validate_text(trimmed(batch)); !valid) why.emplace("batch", valid.error().code);
  }
  bool claim(refusals& why, const std::string& part, const run_list& serials) {
    for (const auto& [text, code, item] : registry_.claim(place(part), serials, next_id())) why.emplace("serial", code);
    return !why.empty();
  }

  void add(slow_item created, const std::vector<std::string>& serials, const entry& logged) {
    created.batches = {created.batch};
    created.history = {logged};
    for (std::size_t i = 0; i < std::max<std::size_t>(serials.size(), 1); ++i) {
      items_.push_back(created);
      if (serials.empty()) continue;
      items_.back().serial = serials[i];
      items_.back().amount = 1;
    }
  }
  void split_off(item_id from, change what, quantity amount, const std::vector<std::string>& serials) {
    const entry logged{
        .what = what, .other = {next_id(), std::max<std::uint64_t>(serials.size(), 1)}, .amount = amount};
    at(from).history.push_back(logged);
    at(from).amount = *at(from).amount.minus(amount);
    slow_item child = at(from);
    child.amount = amount;
    child.parent = from;
    add(std::move(child), serials, logged);
  }

  void compare(const stock_type& real, item_id id) const {
    const slow_item& modelled = at(id);
    const auto real_item = real.get(id);
    RC_ASSERT(real_item.has_value());
    RC_ASSERT(real_item->id == id && real_item->part == modelled.part && real_item->amount == modelled.amount);
    RC_ASSERT(real_item->serial == modelled.serial);
    RC_ASSERT(real_item->serialized() == modelled.serial.has_value());
    RC_ASSERT(real_item->batch == modelled.batch);
    RC_ASSERT(real_item->parent == modelled.parent);
    RC_ASSERT(real_item->expiry == modelled.expiry);
    RC_ASSERT(real_item->removed == modelled.removed);
    RC_ASSERT(real_item->data == modelled.data);
    if (real_item->serial) RC_ASSERT(real.find(modelled.part, *real_item->serial) == id);

    const auto history = real.history(id);
    RC_ASSERT(history.size() == modelled.history.size());
    for (std::size_t i = 0; i < history.size(); ++i) {
      const entry &real_entry = history[i], &slow_entry = modelled.history[i];
      RC_ASSERT(real_entry.what == slow_entry.what);
      RC_ASSERT(real_entry.amount == slow_entry.amount && real_entry.before == slow_entry.before &&
                real_entry.after == slow_entry.after);
      RC_ASSERT(real_entry.other == (slow_entry.other.first == no_item ? items{no_item, 0} : slow_entry.other));
      const auto among = [&](const items& all) { return all.first <= id && id <= all.last(); };
      RC_ASSERT(among(real_entry.subject) || (real_entry.other.count > 0 && among(real_entry.other)));
      RC_ASSERT(real.history()[real_entry.number] == real_entry);
      if (i > 0) RC_ASSERT(history[i - 1].number < real_entry.number);
    }
  }

  void compare(const stock_type& real, const part_type& part) const {
    const auto where = place(part.key);
    const auto index = real.parts().find(part.key);
    RC_ASSERT(index.has_value());
    RC_ASSERT(real.parts()[*index].variant_of == part.variant_of);
    RC_ASSERT(real.parts()[real.parts().root(*index)].key == where.tree);
    RC_ASSERT(testing::taken(real.serials(), real.parts().place(*index)) == registry_.taken(where));
    RC_ASSERT(real.latest_serial(part.key) == registry_.latest(where));
    const auto real_next = real.next_serial(part.key);
    if (part.serials == rule::forbidden || !part.issued_here) {
      RC_ASSERT(real_next.error().why.code ==
                (part.serials == rule::forbidden ? errc::serial_forbidden : errc::numbers_from_outside));
      return;
    }
    const auto slow_next = registry_.next(where, 1);
    RC_ASSERT(real_next.has_value() == slow_next.has_value());
    if (real_next)
      RC_ASSERT(*real_next == slow_next->front());
    else
      RC_ASSERT(real_next.error().why == slow_next.error());
  }

  std::map<std::string, part_type> parts_;
  std::vector<slow_item> items_;
  registry_type registry_;
};

// ---- random operations ----------------------------------------------------------------------------------------------

enum class act : std::uint8_t {
  add_part,
  make_variant,
  create,
  create_run,
  split,
  serialize,
  serialize_run,
  merge,
  add,
  take,
  count,
  change_serial,
  change_batch,
  set_parent,
  remove,
  start_at
};
constexpr std::array<const char*, 16> act_names{
    "add_part", "make_variant", "create", "create_run",    "split",        "serialize",  "serialize_run", "merge",
    "add",      "take",         "count",  "change_serial", "change_batch", "set_parent", "remove",        "start_at"};

struct operation {
  act what{};
  std::string part, other_part;
  std::string amount;
  std::string serial;
  std::vector<std::pair<std::string, std::uint64_t>> runs;
  std::string batch;
  std::vector<std::uint64_t> picks;  // which items
  std::uint64_t count = 1;
  int expiry = 0;
};

std::ostream& operator<<(std::ostream& out, const operation& op) {
  out << act_names[static_cast<std::size_t>(op.what)] << " '" << op.part << "' '" << op.other_part << "', amount "
      << op.amount << ", serial '" << op.serial << "', batch '" << op.batch << "', count " << op.count << ", expiry "
      << op.expiry << ", runs";
  for (const auto& [text, length] : op.runs) out << " '" << text << "'+" << length;
  out << ", picks";
  for (const auto pick : op.picks) out << ' ' << pick;
  return out;
}

rc::Gen<std::string> any_part() {
  return rc::gen::weightedElement<std::string>({{8, "motor"},
                                                {4, "fast motor"},
                                                {4, "red fast motor"},
                                                {2, "oil"},
                                                {3, "pump"},
                                                {2, "chip"},
                                                {2, "new"},
                                                {2, "newer"},
                                                {1, "unknown"}});
}
rc::Gen<std::string> any_serial(const std::string& prefix) {
  return rc::gen::weightedOneOf<std::string>(
      {{8, rc::gen::map(rc::gen::inRange(1, 25), [=](int n) { return prefix + std::to_string(n); })},
       {2, rc::gen::element("SN-098"s, "SN-099"s, "SN-100"s, " SN-7 "s)},
       {1, rc::gen::element(""s, " "s, "Q"s, "\x01"s, std::string(101, 'x'), "999999999999999999"s)}});
}

rc::Gen<operation> any_operation(const std::string& prefix) {
  using pairs = std::vector<std::pair<std::string, std::uint64_t>>;
  return rc::gen::build<operation>(
      rc::gen::set(&operation::what, rc::gen::weightedElement<act>({{1, act::add_part},
                                                                    {1, act::make_variant},
                                                                    {6, act::create},
                                                                    {6, act::create_run},
                                                                    {4, act::split},
                                                                    {4, act::serialize},
                                                                    {3, act::serialize_run},
                                                                    {4, act::merge},
                                                                    {2, act::add},
                                                                    {2, act::take},
                                                                    {2, act::count},
                                                                    {4, act::change_serial},
                                                                    {4, act::change_batch},
                                                                    {4, act::set_parent},
                                                                    {2, act::remove},
                                                                    {1, act::start_at}})),
      rc::gen::set(&operation::part, any_part()), rc::gen::set(&operation::other_part, any_part()),
      rc::gen::set(
          &operation::amount,
          rc::gen::weightedElement<std::string>(
              {{1, "0"}, {12, "1"}, {3, "2"}, {3, "8"}, {2, "40"}, {2, "0.5"}, {1, "2.00001"}, {1, "10000000000000"}})),
      rc::gen::set(&operation::serial, any_serial(prefix)),
      rc::gen::set(&operation::runs,
                   rc::gen::resize(3, rc::gen::container<pairs>(
                                          rc::gen::pair(any_serial(prefix), rc::gen::inRange<std::uint64_t>(1, 6))))),
      rc::gen::set(&operation::batch, rc::gen::weightedElement<std::string>(
                                          {{12, ""}, {2, " "}, {6, "B1"}, {2, " B1"}, {4, "B2"}, {1, "\xff"}})),
      rc::gen::set(&operation::picks,
                   rc::gen::container<std::vector<std::uint64_t>>(3, rc::gen::inRange<std::uint64_t>(0, 4000))),
      rc::gen::set(&operation::count,
                   rc::gen::weightedOneOf<std::uint64_t>(
                       {{4, rc::gen::just<std::uint64_t>(1)}, {4, rc::gen::inRange<std::uint64_t>(0, 9)}})),
      rc::gen::set(&operation::expiry, rc::gen::weightedElement<int>({{20, 0}, {3, 1}, {1, 31}})));
}

template <class Policies>
class machines {
 public:
  machines() {
    for (const part_type& first_part : first_parts) same(real_.add_part(first_part), slow_.add_part(first_part));
    for (const char* part : {"motor", "motor", "fast motor", "chip"}) {
      const typename slow_stock<Policies>::stock_type::new_item box{.part = part, .amount = 40};
      same(real_.create(box), slow_.create(box));
      entries_ = real_.history().size();
    }
  }

  void apply(const operation& op) {
    const item_id first = pick(op, 0), second = pick(op, 1);
    const items which{first, op.count};
    switch (op.what) {
      case act::add_part: {
        part_type added{.key = op.part};
        if (op.count % 2 == 0) added.variant_of = op.other_part;
        same(real_.add_part(added), slow_.add_part(added));
        break;
      }
      case act::make_variant:
        same(real_.make_variant(op.part, op.other_part), slow_.make_variant(op.part, op.other_part));
        break;
      case act::create:
      case act::create_run: create(op); break;
      case act::split: same(real_.split(first, amount(op)), slow_.split(first, amount(op))); break;
      case act::serialize: same(real_.serialize(first, op.count), slow_.serialize(first, op.count)); break;
      case act::serialize_run: same(real_.serialize(first, runs(op)), slow_.serialize(first, runs(op))); break;
      case act::merge: {
        std::vector<item_id> from{second};
        if (op.count % 2 == 0) from.push_back(pick(op, 2));
        same(real_.merge(first, from), slow_.merge(first, from));
        break;
      }
      case act::add: adjust(op, first, adjustment::add); break;
      case act::take: adjust(op, first, adjustment::take); break;
      case act::count: adjust(op, first, adjustment::count); break;
      case act::change_serial:
        same(real_.change_serial(first, op.serial), slow_.change_serial(first, op.serial));
        break;
      case act::change_batch: same(real_.change_batch(which, op.batch), slow_.change_batch(which, op.batch)); break;
      case act::set_parent: same(real_.set_parent(which, second), slow_.set_parent(which, second)); break;
      case act::remove: same(real_.remove(which), slow_.remove(which)); break;
      case act::start_at: same(real_.start_at(op.part, op.serial), slow_.start_at(op.part, op.serial)); break;
    }
    slow_.compare(real_);
    entries_ = real_.history().size();
  }

 private:
  template <class Is>
  void same(const Is& answer, const refusals& why) {
    RC_ASSERT(answer.has_value() == why.empty());
    if (answer) return;
    const refusal& refused = answer.error();
    RC_ASSERT(why.contains({std::string(refused.member), refused.why.code}));
    RC_ASSERT(real_.history().size() == entries_);
  }

  // an item, mostly one that the operation accepts
  [[nodiscard]] item_id pick(const operation& op, std::size_t i) const {
    const item_id any = op.picks[i] % (real_.size() + 2);
    const bool shares = op.what == act::split || op.what == act::serialize || op.what == act::serialize_run ||
                        op.what == act::merge || op.what == act::add || op.what == act::take || op.what == act::count;
    if (op.picks[i] % 8 == 0) return any;
    const auto first = i == 0 ? std::nullopt : real_.get(pick(op, 0));
    for (item_id id = any; id < any + real_.size(); ++id) {
      const auto found = real_.get(1 + id % real_.size());
      if (found->removed || (shares && found->serialized())) continue;
      if (op.what == act::change_serial && found->amount != quantity(1)) continue;
      if (op.what == act::merge && first &&
          (found->id == first->id || found->part != first->part || found->batch != first->batch ||
           found->expiry != first->expiry))
        continue;
      return found->id;
    }
    return any;
  }
  [[nodiscard]] static quantity amount(const operation& op) { return *quantity::parse(op.amount); }
  [[nodiscard]] run_list runs(const operation& op) const {
    const auto& numbers = real_.serials().numbers();
    run_list out;
    for (const auto& [text, length] : op.runs)
      if (const auto from = numbers.parse(text)) (void)numbers.take(*from, from->family.counts() ? length : 1, out);
    return out;
  }

  void create(const operation& op) {
    typename slow_stock<Policies>::stock_type::new_item wanted{
        .part = op.part, .amount = amount(op), .batch = op.batch, .data = static_cast<int>(op.count)};
    if (op.what == act::create_run) {
      wanted.serials = runs(op);
      if (op.count > 2) wanted.amount = wanted.serials.serials();  // the matching quantity
      if (op.count == 2) wanted.serial = op.serial;
    } else if (op.count % 2 == 1) {
      wanted.serial = op.serial;
    }
    if (op.count > 4) wanted.parent = pick(op, 0);
    if (op.expiry > 0) wanted.expiry = std::chrono::year(2027) / 2 / op.expiry;
    same(real_.create(wanted), slow_.create(wanted));
  }
  void adjust(const operation& op, item_id which, adjustment how) {
    same(real_.adjust(which, how, amount(op)), slow_.adjust(which, how, amount(op)));
  }

  typename slow_stock<Policies>::stock_type real_;
  slow_stock<Policies> slow_;
  std::size_t entries_ = 0;
};

template <class Policies>
void agree(const std::string& prefix) {
  REQUIRE(rc::check([&] {
    machines<Policies> stocks;
    const auto operations = *rc::gen::scale(1.5, rc::gen::container<std::vector<operation>>(any_operation(prefix)));
    for (const operation& op : operations) stocks.apply(op);
  }));
}

}  // namespace

TEST_CASE("stock agrees with a list of single items", "[model][stock]") {
  agree<policies<>>("SN-");
  agree<policies<unique_per_part>>("SN-");
  agree<policies<unique_per_group>>("");
}

TEST_CASE("stock agrees with a list of single items when numbers run out", "[model][stock]") {
  agree<policies<unique_globally, prefixed_serial<"P", 1>>>("P");
  agree<policies<unique_globally, wrapping<1, 20>>>("");
}
