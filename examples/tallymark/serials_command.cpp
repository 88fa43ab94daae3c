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

// Writes units in the order in which they are added.
class unit_writer {
 public:
  // `keys`: of the parts whose units are wanted; the address of a key identifies its part
  unit_writer(const database& in, boost::unordered_flat_set<const std::string*> keys, bool json, output& out)
      : in_(in), keys_(std::move(keys)), json_(json), out_(out) {
    if (!json_) out_.text += "serial,item,part,batch,status\n";
  }

  // False if the output cannot be written.
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
    if (json_) out_.text += has_objects_ ? "\n]\n" : "[]\n";
  }

 private:
  void add_object(const database::item_type& unit, std::string_view status) {
    out_.text += std::exchange(has_objects_, true) ? ",\n" : "[\n";
    fmt::format_to(std::back_inserter(out_.text), R"({{"serial":{},"item":{},"part":{},"batch":{},"status":"{}"}})",
                   quoted(*unit.serial), unit.id, quoted(unit.part), quoted(unit.batch), status);
  }

  static std::string quoted(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  const database& in_;
  boost::unordered_flat_set<const std::string*> keys_;
  bool json_;
  bool has_objects_ = false;
  std::uint64_t unspelled_ = 0;
  output& out_;
};

// The indices of the part and all its direct and indirect variants.
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
      const auto& parent = parts[at].variant_of;
      if (parent)
        at = *parts.find(*parent);
      else
        states[at] = state::outside;
    }
    for (const std::uint32_t ancestor : path) states[ancestor] = states[at];
    if (states[i] == state::inside) out.push_back(i);
  }
  return out;
}

// What is left of a run.
struct cursor {
  serial_number at{};
  std::uint64_t left = 0;
  item_id item = no_item;
  std::uint64_t stride = 1;

  // 099 comes before 100, although they are of different families: only 099 has a fixed width
  [[nodiscard]] auto order() const {
    return std::tie(at.family.text, at.family.tail, at.ordinal, at.family.width, at.family.form, item);
  }
  // reversed: the queue returns the greatest first
  friend bool operator<(const cursor& a, const cursor& b) { return a.order() > b.order(); }
};

// Merges the runs of all scopes and writes their units in natural order. Scopes may share serial numbers.
void write_sorted(const database& in, const std::map<std::uint32_t, std::uint32_t>& scopes, unit_writer& units) {
  std::priority_queue<cursor> queue;
  for (const auto& [scope, part] : scopes)
    in.for_each_run(part, [&](const family& of, const held_run& held) {
      if (held.by.item != no_item) queue.push({{of, held.first}, held.length, held.by.item, held.stride});
    });
  while (!queue.empty()) {
    cursor next = queue.top();
    for (queue.pop(); next.left > 0 && (queue.empty() || queue.top() < next);
         next.at.ordinal += next.stride, ++next.item, --next.left)
      if (!units.add(next.item)) return;
    if (next.left > 0) queue.push(next);
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
  std::map<std::uint32_t, std::uint32_t> scopes;  // a part of each
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
