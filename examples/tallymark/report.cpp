#include "report.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "output.hpp"

namespace tallymark::tool {

std::string as_table(const import_totals& totals, const rejects& refused, bool durable, double seconds) {
  std::size_t names = 15, values = 10;
  for (const auto& [reason, count] : refused.by_reason()) names = std::max(names, reason.size() + 2);
  for (const auto& [scope, next] : totals.next) {
    names = std::max(names, std::min<std::size_t>(scope.size(), 60) + 2);
    values = std::max(values, next ? next->size() : 0);
  }
  std::string out;
  const auto line = [&](std::string_view name, std::string_view value) {
    fmt::format_to(std::back_inserter(out), "{:<{}}  {:>{}}\n", name, names, value, values);
  };
  line("parts", grouped(totals.parts));
  if (durable) line("  taken before", grouped(totals.parts_taken_before));
  line("rows", grouped(totals.rows));
  if (durable) line("  taken before", grouped(totals.taken_before));
  line("items", grouped(totals.items));
  line("serials", grouped(totals.serials));
  line("batches", grouped(totals.batches));
  line("rejected", grouped(refused.count()));
  for (const auto& [reason, count] : refused.by_reason()) line("  " + reason, grouped(count));
  if (!totals.next.empty()) out += "next serial\n";
  for (const auto& [scope, next] : totals.next) line("  " + scope, next.value_or("none is left"));
  const double rate = static_cast<double>(totals.rows) / std::max(seconds, 1e-6);
  line("rows per second", grouped(static_cast<std::uint64_t>(rate)));
  return out;
}

std::string as_json(const import_totals& totals, const rejects& refused, bool durable) {
  nlohmann::ordered_json out;
  out["parts"] = totals.parts;
  if (durable) out["parts_taken_before"] = totals.parts_taken_before;
  out["rows"] = totals.rows;
  if (durable) out["taken_before"] = totals.taken_before;
  out["items"] = totals.items;
  out["serials"] = totals.serials;
  out["batches"] = totals.batches;
  out["rejected"] = refused.count();
  out["rejected_by_reason"] = refused.by_reason();
  auto& next = out["next"] = nlohmann::ordered_json::object();
  for (const auto& [scope, serial] : totals.next) next[scope] = serial ? nlohmann::ordered_json(*serial) : nullptr;
  return out.dump(2) + '\n';
}

}  // namespace tallymark::tool
