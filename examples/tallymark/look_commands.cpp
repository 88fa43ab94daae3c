#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <tallymark/journal/sqlite_check.hpp>

#include "commands.hpp"
#include "database.hpp"
#include "explain.hpp"
#include "listing.hpp"
#include "parts.hpp"

namespace tallymark::tool {

namespace {

// ---- find -----------------------------------------------------------------------------------------------------------

// Items that hold or held a serial number, where it would clash with one of `part`, or anywhere.
std::vector<item_id> holders(database& in, std::string_view serial, std::optional<std::uint32_t> part) {
  std::vector<item_id> out = in.holders(serial);
  for (const item_id id : former_holders(in.handle(), serial)) out.push_back(id);
  std::erase_if(out, [&](item_id id) {
    const auto item = in.get(id);  // none if it was made after the database was opened
    return !item || (part && in.scope(*in.parts().find(item->part)) != in.scope(*part));
  });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// ---- history --------------------------------------------------------------------------------------------------------

bool has_quantity(change what) { return what <= change::counted; }

// `2026-11-23T14:07:00Z`
std::string time_of(const entry& done) {
  const auto seconds = std::max<std::int64_t>(done.at.time_since_epoch().count(), 0);
  return utc_time(static_cast<std::uint64_t>(seconds) * 1000).substr(0, 19) + 'Z';
}

// `stock.csv:7`, or `stock.csv:7-9`: without the digest that an import writes in front, see file_source
std::string place_of(const origin& from) {
  if (from.source.empty()) return {};
  constexpr std::size_t digest = 7 + 64 + 1;
  const bool has_digest = from.source.starts_with("sha256:") && from.source.size() > digest;
  std::string out = fmt::format("{}:{}", shown(from.source.substr(has_digest ? digest : 0), 200), from.line);
  if (from.lines > 1) out += fmt::format("-{}", from.line + from.lines - 1);
  return out;
}

std::vector<std::string> as_row(const entry& done) {
  return {time_of(done),
          std::string(name_of(done.what)),
          shown(done.subject),
          has_quantity(done.what) ? done.amount.text() : std::string(),
          done.other.count > 0 ? shown(done.other) : std::string(),
          shown(done.before, 100),
          shown(done.after, 100),
          place_of(done.from)};
}

nlohmann::ordered_json as_json(const entry& done) {
  nlohmann::ordered_json out;
  out["number"] = done.number;
  out["time"] = time_of(done);
  out["change"] = name_of(done.what);
  out["item"] = done.subject.first;
  out["count"] = done.subject.count;
  if (has_quantity(done.what)) out["quantity"] = done.amount.text();
  if (done.other.count > 0) {
    out["other"] = done.other.first;
    out["other_count"] = done.other.count;
  }
  if (!done.before.empty()) out["before"] = done.before;
  if (!done.after.empty()) out["after"] = done.after;
  if (!done.from.source.empty()) {
    out["source"] = done.from.source;
    out["line"] = done.from.line;
    out["lines"] = done.from.lines;
  }
  return out;
}

// ---- stats ----------------------------------------------------------------------------------------------------------

struct totals {
  std::uint64_t parts, items, serials, batches;
};

totals totals_of(const database& in) { return {in.parts().size(), in.size(), in.serials(), in.batches()}; }

void add_to(nlohmann::ordered_json& out, const totals& all) {
  out["parts"] = all.parts;
  out["items"] = all.items;
  out["serials"] = all.serials;
  out["batches"] = all.batches;
}

}  // namespace

int run_find(const find_options& options, output& out) {
  const std::string_view serial = trimmed(options.serial);
  if (const auto valid = validate_text(serial); !valid) {
    const failure why = shifted(valid.error(), static_cast<std::size_t>(serial.data() - options.serial.data()));
    complain(options.serial, {&why, 1});
    return refused;
  }
  const auto in = open_to_read(options.db);
  if (!in) return in.error();
  std::optional<std::uint32_t> part;
  if (options.part) {
    part = (*in)->parts().find(trimmed(*options.part));
    if (!part) {
      say("tallymark: --part: {}: '{}'\n", message(errc::unknown_part), shown(*options.part));
      return refused;
    }
  }
  const auto found = holders(**in, serial, part);
  if (found.empty()) {
    say("tallymark: no stock item holds or held '{}'\n", shown(options.serial, 100));
    if (const std::uint64_t unknown = (*in)->unspelled(); unknown > 0)
      say("tallymark: {}: {} serial numbers within runs were not compared: the scheme that wrote them is not known "
          "here\n",
          options.db, unknown);
  }
  item_listing list(**in, out, options.json);
  for (const item_id id : found) list.add(id);
  list.finish();
  return found.empty() ? refused : accepted;
}

int run_trace(const trace_options& options, output& out) {
  const auto in = open_to_read(options.db);
  if (!in) return in.error();
  const auto found = (*in)->trace(options.batch);
  if (found.empty()) say("tallymark: no stock item ever carried the batch code '{}'\n", shown(options.batch, 100));
  item_listing list(**in, out, options.json);
  for (const items each : found) list.add(each);
  list.finish();
  return found.empty() ? refused : accepted;
}

int run_history(const history_options& options, output& out) {
  const auto in = open_to_read(options.db);
  if (!in) return in.error();
  const auto item = find_item(**in, options.item);
  if (!item) return refused;
  const auto all = (*in)->history(*item);
  if (!all) return complain(**in, all.error(), options.item);
  listing list(out, options.json, {"time", "change", "item", "quantity", "other", "before", "after", "from"});
  for (const entry& done : *all) options.json ? list.add_object(as_json(done)) : list.add_row(as_row(done));
  list.finish();
  return accepted;
}

int run_stats(const stats_options& options, output& out) {
  const auto in = open_to_read(options.db);
  if (!in) return in.error();
  const totals all = totals_of(**in);
  if (options.json) {
    nlohmann::ordered_json object;
    add_to(object, all);
    out.text += object.dump() + '\n';
  } else {
    const auto line = [&](std::string_view name, std::uint64_t value) {
      out.text += fmt::format("{:<15}  {:>10}\n", name, grouped(value));
    };
    line("parts", all.parts);
    line("items", all.items);
    line("serials", all.serials);
    line("batches", all.batches);
  }
  return accepted;
}

int run_check_of_database(const check_options& options, output& out) {
  if (is_no_file(options.db)) return complain_about(options.db, errc::journal_unreadable);
  const auto found = sqlite_check(options.db);
  if (!found) return complain_about(options.db, found.error().code);
  nlohmann::ordered_json object;
  object["ok"] = found->empty();
  auto& findings = object["findings"] = nlohmann::ordered_json::array();
  for (const sqlite_finding& each : *found) {
    if (options.json)
      findings.push_back({{"where", each.where}, {"what", each.what}});
    else
      out.text += fmt::format("{}: {}\n", shown(each.where, 200), shown(each.what, 400));
    if (!out.full()) break;
  }
  if (found->empty()) {
    const auto in = open_to_read(options.db);
    if (!in) return in.error();
    const totals all = totals_of(**in);
    add_to(object, all);
    if (!options.json)
      out.text += fmt::format("ok: {} parts, {} items, {} serials, {} batches\n", grouped(all.parts),
                              grouped(all.items), grouped(all.serials), grouped(all.batches));
  }
  if (options.json) out.text += object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
  return found->empty() ? accepted : refused;
}

}  // namespace tallymark::tool
