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

// Prints the items that came of a change, or says why there was none.
int finish(database& in, const database::answer<items>& made, std::string_view value, bool json, output& out) {
  if (!made) return complain(in, made.error(), value);
  item_listing list(in, out, json);
  list.add(*made);
  list.finish();
  return accepted;
}

// The same for a change that makes nothing new of an item.
int finish(database& in, const database::answer<void>& done, item_id which, std::string_view value, bool json,
           output& out) {
  if (!done) return complain(in, done.error(), value);
  return finish(in, database::answer<items>(items(which)), value, json, out);
}

std::optional<quantity> read_quantity(std::string_view text) {
  const auto amount = quantity::parse(text);
  if (amount) return *amount;
  complain(text, {&amount.error(), 1});
  return std::nullopt;
}

// How many serial numbers an expression has to name for an item. None: the reason has been said.
std::optional<std::uint64_t> wanted_quantity(database& in, item_id from, const serialize_options& options) {
  const auto item = in.get(from);
  std::optional<refusal> wrong;
  if (item->removed)
    wrong = refusal{{errc::item_removed}, "item"};
  else if (item->serialized())
    wrong = refusal{{errc::serialized_item}, "item"};
  if (wrong) {
    complain(in, *wrong, options.item);
    return std::nullopt;
  }
  if (options.quantity > 0) return options.quantity;
  const auto whole = item->amount.whole();
  if (!whole || *whole == 0)
    complain(in, {{whole ? errc::zero_quantity : errc::quantity_not_whole}, "quantity"}, item->amount.text());
  return whole && *whole > 0 ? whole : std::nullopt;
}

// The one of the items `from` that cannot be merged into another for this reason; empty if it is not one of them.
std::string_view culprit(database& in, item_id into, std::span<const item_id> from, errc why,
                         const merge_options& options) {
  const auto target = in.get(into);
  std::vector<item_id> seen{into};
  const auto is_wrong = [&](item_id id) {
    const auto each = in.get(id);
    switch (why) {
      case errc::item_removed: return each->removed;
      case errc::serialized_item: return each->serialized();
      case errc::different_part: return each->part != target->part;
      case errc::different_batch: return each->batch != target->batch;
      case errc::different_expiry: return each->expiry != target->expiry;
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
  const auto in = open_to_change(options.db);
  if (!in) return in.error();
  const auto from = find_item(**in, options.item);
  if (!from) return refused;
  if (!options.serials) return finish(**in, (*in)->serialize(*from, options.count), options.item, options.json, out);

  const auto wanted = wanted_quantity(**in, *from, options);
  if (!wanted) return refused;
  const auto named = (*in)->expand((*in)->get(*from)->part, *options.serials, *wanted);
  if (!named) return complain(**in, named.error(), options.item);
  complain(*options.serials, named->errors);
  if (!*named) return refused;
  return finish(**in, (*in)->serialize(*from, named->serials), *options.serials, options.json, out);
}

int run_split(const split_options& options, output& out) {
  const auto amount = read_quantity(options.quantity);
  if (!amount) return refused;
  const auto in = open_to_change(options.db);
  if (!in) return in.error();
  const auto from = find_item(**in, options.item);
  if (!from) return refused;
  const auto made = (*in)->split(*from, *amount);
  if (!made) return complain(**in, made.error(), made.error().member == "item" ? options.item : options.quantity);
  return finish(**in, database::answer<items>(items(*made)), {}, options.json, out);
}

int run_merge(const merge_options& options, output& out) {
  const auto in = open_to_change(options.db);
  if (!in) return in.error();
  const auto into = find_item(**in, options.into);
  if (!into) return refused;
  std::vector<item_id> from;
  for (const std::string& text : options.from) {
    const auto each = find_item(**in, text);
    if (!each) return refused;
    from.push_back(*each);
  }
  const auto done = (*in)->merge(*into, from);
  const std::string_view wrong = done ? "" : culprit(**in, *into, from, done.error().why.code, options);
  return finish(**in, done, *into, wrong, options.json, out);
}

int run_adjust(const adjust_options& options, output& out) {
  const auto how = options.add ? adjustment::add : options.take ? adjustment::take : adjustment::count;
  const std::string& text = options.add ? *options.add : options.take ? *options.take : *options.count;
  const auto amount = read_quantity(text);
  if (!amount) return refused;
  const auto in = open_to_change(options.db);
  if (!in) return in.error();
  const auto which = find_item(**in, options.item);
  if (!which) return refused;
  const auto done = (*in)->adjust(*which, how, *amount);
  return finish(**in, done, *which, !done && done.error().member == "quantity" ? text : options.item, options.json,
                out);
}

int run_remove(const remove_options& options, output& out) {
  const auto in = open_to_change(options.db);
  if (!in) return in.error();
  const auto which = find_item(**in, options.item);
  if (!which) return refused;
  return finish(**in, (*in)->remove(*which), *which, options.item, options.json, out);
}

}  // namespace tallymark::tool
