#include <cstdint>
#include <iterator>
#include <map>
#include <queue>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <boost/unordered/unordered_flat_set.hpp>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "csv_writer.hpp"
#include "database.hpp"
#include "listing.hpp"

namespace tallymark::tool {

namespace {

// Writes units one by one as they come.
class unit_writer {
 public:
  // `keys`: those of the parts whose units are wanted; parts are known by where their keys are
  unit_writer(const database& in, boost::unordered_flat_set<const std::string*> keys, bool json, output& out)
      : in_(in), keys_(std::move(keys)), json_(json), out_(out) {
    if (!json_) out_.text += "serial,item,part,batch,status\n";
  }

  // False if nobody reads it.
  bool add(item_id id) {
    const auto unit = in_.get(id);
    if (!unit || !unit->serial || !keys_.contains(&unit->part)) return true;
    if (unit->serial->empty()) {
      ++unspelled_;
      return true;
    }
    const std::string_view status = unit->removed ? "removed" : "present";
    if (json_) {
      add_object(*unit, status);
    } else {
      const std::string number = std::to_string(id);
      const std::string_view cells[] = {*unit->serial, number, unit->part, unit->batch, status};
      append_row(out_.text, cells);
    }
    return out_.full();
  }
  /// Units whose serial numbers the tool cannot spell.
  [[nodiscard]] std::uint64_t unspelled() const noexcept { return unspelled_; }
  void finish() {
    if (json_) out_.text += any_ ? "\n]\n" : "[]\n";
  }

 private:
  void add_object(const database::item_type& unit, std::string_view status) {
    out_.text += std::exchange(any_, true) ? ",\n" : "[\n";
    fmt::format_to(std::back_inserter(out_.text), R"({{"serial":{},"item":{},"part":{},"batch":{},"status":"{}"}})",
                   quoted(*unit.serial), unit.id, quoted(unit.part), quoted(unit.batch), status);
  }

  static std::string quoted(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  const database& in_;
  boost::unordered_flat_set<const std::string*> keys_;
  bool json_;
  bool any_ = false;
  std::uint64_t unspelled_ = 0;
  output& out_;
};

// The part and its variants, their variants and so on: by number.
std::vector<std::uint32_t> with_variants(const database::parts_type& parts, std::uint32_t wanted) {
  enum class state : std::uint8_t { unknown, inside, outside };
  std::vector<state> states(parts.size());
  states[wanted] = state::inside;
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    std::vector<std::uint32_t> path;
    std::uint32_t at = i;
    while (states[at] == state::unknown) {
      path.push_back(at);
      const auto& above = parts[at].variant_of;
      if (above)
        at = *parts.find(*above);
      else
        states[at] = state::outside;
    }
    for (const std::uint32_t each : path) states[each] = states[at];
    if (states[i] == state::inside) out.push_back(i);
  }
  return out;
}

// The rest of a run.
struct cursor {
  serial_number at{};
  std::uint64_t left = 0;
  item_id item = no_item;

  // 099 comes before 100: they are of two families, for one has a width
  [[nodiscard]] auto order() const {
    return std::tie(at.family.text, at.family.tail, at.ordinal, at.family.width, at.family.form, item);
  }
  // the first comes out of the queue first
  friend bool operator<(const cursor& a, const cursor& b) { return a.order() > b.order(); }
};

// Writes the units of all scopes, each of which may have the same serial numbers, in natural order.
void write_sorted(const database& in, const std::map<std::uint32_t, std::uint32_t>& scopes, unit_writer& units) {
  std::priority_queue<cursor> open;
  for (const auto& [scope, part] : scopes)
    in.for_each_run(part, [&](const family& of, const held_run& held) {
      if (held.by.item != no_item) open.push({{of, held.first}, held.length, held.by.item});
    });
  while (!open.empty()) {
    cursor next = open.top();
    for (open.pop(); next.left > 0 && (open.empty() || open.top() < next); ++next.at.ordinal, ++next.item, --next.left)
      if (!units.add(next.item)) return;
    if (next.left > 0) open.push(next);
  }
}

}  // namespace

int run_serials(const serials_options& options, output& out) {
  const auto opened = open_to_read(options.db);
  if (!opened) return opened.error();
  const database& in = **opened;
  const auto wanted = in.parts().find(trimmed(options.part));
  if (!wanted) {
    say("tallymark: PART: {}: '{}'\n", message(errc::unknown_part), shown(options.part));
    return refused;
  }
  boost::unordered_flat_set<const std::string*> keys;
  std::map<std::uint32_t, std::uint32_t> scopes;  // one part of each
  for (const std::uint32_t part : with_variants(in.parts(), *wanted)) {
    keys.insert(&in.parts()[part].key);
    scopes.emplace(in.scope(part), part);
  }
  unit_writer units(in, std::move(keys), options.format == "json", out);
  write_sorted(in, scopes, units);
  units.finish();
  if (units.unspelled() == 0) return accepted;
  say("tallymark: {}: {} serial numbers within runs are left out: the scheme that wrote them is not known here\n",
      in.file(), units.unspelled());
  return refused;
}

}  // namespace tallymark::tool
