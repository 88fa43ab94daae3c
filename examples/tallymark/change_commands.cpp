#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <tallymark/stock/stock.hpp>

#include "commands.hpp"
#include "database.hpp"
#include "explain.hpp"
#include "listing.hpp"

namespace tallymark::tool {

namespace {

// Prints the items that a change created, or says why it was refused.
int finish(database& db, const database::answer<items>& created, std::string_view value, bool json, output& out) {
  if (!created) return complain(db, created.error(), value);
  item_listing list(db, out, json);
  list.add(*created);
  list.finish();
  return accepted;
}

// The same for a change that creates no items.
int finish(database& db, const database::answer<void>& change, item_id which, std::string_view value, bool json,
           output& out) {
  if (!change) return complain(db, change.error(), value);
  return finish(db, database::answer<items>(items(which)), value, json, out);
}

std::optional<quantity> read_quantity(std::string_view text) {
  const auto amount = quantity::parse(text);
  if (amount) return *amount;
  complain(text, {&amount.error(), 1});
  return std::nullopt;
}

// How many serial numbers an expression must name for an item. Without a value, the reason has been printed.
std::optional<std::uint64_t> wanted_quantity(database& db, item_id from, const serialize_options& options) {
  const auto item = db.get(from);
  std::optional<refusal> problem;
  if (item->removed)
    problem = refusal{{errc::item_removed}, "item"};
  else if (item->serialized())
    problem = refusal{{errc::serialized_item}, "item"};
  if (problem) {
    complain(db, *problem, options.item);
    return std::nullopt;
  }
  if (options.quantity > 0) return options.quantity;
  const auto whole = item->amount.whole();
  if (!whole || *whole == 0)
    complain(db, {{whole ? errc::zero_quantity : errc::quantity_not_whole}, "quantity"}, item->amount.text());
  return whole && *whole > 0 ? whole : std::nullopt;
}

// The first of the items `from` that cannot be merged for this reason, as the user named it; empty if it is not found.
std::string_view culprit(database& db, item_id into, std::span<const item_id> from, errc why,
                         const merge_options& options) {
  const auto target = db.get(into);
  std::vector<item_id> seen{into};
  const auto is_wrong = [&](item_id id) {
    const auto item = db.get(id);
    switch (why) {
      case errc::item_removed: return item->removed;
      case errc::serialized_item: return item->serialized();
      case errc::different_part: return item->part != target->part;
      case errc::different_batch: return item->batch != target->batch;
      case errc::different_expiry: return item->expiry != target->expiry;
      case errc::same_item:
        if (std::find(seen.begin(), seen.end(), id) != seen.end()) return true;
        seen.push_back(id);
        return false;
      default: return false;
    }
  };
  if (why != errc::same_item && is_wrong(into)) return options.into;
  const auto found = std::find_if(from.begin(), from.end(), is_wrong);
  return found == from.end() ? std::string_view{} : options.from[static_cast<std::size_t>(found - from.begin())];
}

}  // namespace

int run_serialize(const serialize_options& options, output& out) {
  const auto db = open_to_change(options.db);
  if (!db) return db.error();
  const auto from = find_item(**db, options.item);
  if (!from) return refused;
  if (!options.serials) return finish(**db, (*db)->serialize(*from, options.count), options.item, options.json, out);

  const auto wanted = wanted_quantity(**db, *from, options);
  if (!wanted) return refused;
  const auto expanded = (*db)->expand((*db)->get(*from)->part, *options.serials, *wanted);
  if (!expanded) return complain(**db, expanded.error(), options.item);
  complain(*options.serials, expanded->errors);
  if (!*expanded) return refused;
  return finish(**db, (*db)->serialize(*from, expanded->serials), *options.serials, options.json, out);
}

int run_split(const split_options& options, output& out) {
  const auto amount = read_quantity(options.quantity);
  if (!amount) return refused;
  const auto db = open_to_change(options.db);
  if (!db) return db.error();
  const auto from = find_item(**db, options.item);
  if (!from) return refused;
  const auto created = (*db)->split(*from, *amount);
  if (!created)
    return complain(**db, created.error(), created.error().member == "item" ? options.item : options.quantity);
  return finish(**db, database::answer<items>(items(*created)), {}, options.json, out);
}

int run_merge(const merge_options& options, output& out) {
  const auto db = open_to_change(options.db);
  if (!db) return db.error();
  const auto into = find_item(**db, options.into);
  if (!into) return refused;
  std::vector<item_id> from;
  for (const std::string& text : options.from) {
    const auto item = find_item(**db, text);
    if (!item) return refused;
    from.push_back(*item);
  }
  const auto merged = (*db)->merge(*into, from);
  const std::string_view wrong = merged ? "" : culprit(**db, *into, from, merged.error().why.code, options);
  return finish(**db, merged, *into, wrong, options.json, out);
}

int run_adjust(const adjust_options& options, output& out) {
  const auto how = options.add ? adjustment::add : options.take ? adjustment::take : adjustment::count;
  const std::string& text = options.add ? *options.add : options.take ? *options.take : *options.count;
  const auto amount = read_quantity(text);
  if (!amount) return refused;
  const auto db = open_to_change(options.db);
  if (!db) return db.error();
  const auto which = find_item(**db, options.item);
  if (!which) return refused;
  const auto adjusted = (*db)->adjust(*which, how, *amount);
  return finish(**db, adjusted, *which, !adjusted && adjusted.error().member == "quantity" ? text : options.item,
                options.json, out);
}

int run_remove(const remove_options& options, output& out) {
  const auto db = open_to_change(options.db);
  if (!db) return db.error();
  const auto which = find_item(**db, options.item);
  if (!which) return refused;
  return finish(**db, (*db)->remove(*which), *which, options.item, options.json, out);
}

}  // namespace tallymark::tool
