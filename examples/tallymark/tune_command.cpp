#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>

#include "commands.hpp"
#include "sample.hpp"
#include "tune.hpp"

namespace tallymark::tool {

namespace {

// The reported figures of an index. Times are nanoseconds per serial number.
struct index_cost {
  std::string_view name;
  bool one_thread;  // an index for several threads is measured, but not recommended
  std::size_t bytes;
  double claim, find, find_shuffled, find_bulk, find_bulk_shuffled;
};
using costs = std::vector<index_cost>;

struct candidate {
  std::string_view name;
  bool one_thread;
  void (*measure)(const orders&, std::size_t, index_figures&);
};

constexpr candidate candidates[] = {
    {"dense_index", true, measure<dense_index>},
    {"run_index", true, measure<run_index>},
    {"hashed_index", true, measure<hashed_index>},
    {"concurrent_index", false, measure<concurrent_index>},
};

packed_texts shuffled(const packed_texts& texts) {
  std::vector<std::string_view> order(texts.all().begin(), texts.all().end());
  std::mt19937_64 random(1);
  std::shuffle(order.begin(), order.end(), random);
  return packed_texts(order);
}

double median(std::vector<double>& figures) {
  const auto middle = figures.begin() + static_cast<std::ptrdiff_t>(figures.size() / 2);
  std::nth_element(figures.begin(), middle, figures.end());
  return *middle;
}

// At least three passes, and more for up to two seconds. Nothing if an index is broken.
std::optional<costs> measure_all(const sample& from) {
  const packed_texts reordered = shuffled(from.serials);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  std::array<index_figures, std::size(candidates)> figures{};
  for (std::size_t pass = 0; pass < 3 || std::chrono::steady_clock::now() < end; ++pass)
    for (std::size_t i = 0; i < figures.size(); ++i)
      candidates[i].measure({from.serials.all(), reordered.all()}, pass, figures[i]);
  costs all;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    index_figures& measured = figures[i];
    if (!measured.right) {
      say("tallymark: {} did not find what it had claimed\n", candidates[i].name);
      return std::nullopt;
    }
    all.push_back({candidates[i].name, candidates[i].one_thread, measured.bytes, median(measured.claim),
                   median(measured.find), median(measured.find_shuffled), median(measured.find_bulk),
                   median(measured.find_bulk_shuffled)});
  }
  return all;
}

double time_of(const index_cost& cost) { return cost.claim + cost.find_shuffled; }

double bytes_of_one(const index_cost& cost, const sample& from) {
  return static_cast<double>(cost.bytes) / static_cast<double>(from.serials.size());
}

// The smallest of the indices that are at most a quarter slower than the fastest; less than a byte is no difference.
const index_cost& best_of(const costs& all, const sample& from) {
  double fastest = time_of(all[0]);
  for (const index_cost& index : all)
    if (index.one_thread) fastest = std::min(fastest, time_of(index));
  const index_cost* best = nullptr;
  for (const index_cost& index : all) {
    if (!index.one_thread || time_of(index) > 1.25 * fastest) continue;
    if (!best || bytes_of_one(index, from) + 1 < bytes_of_one(*best, from)) best = &index;
  }
  return *best;
}

std::string as_table(const sample& from, const costs& all) {
  std::string out;
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "{:<16}{:>14}\n", "serials", grouped(from.serials.size()));
  fmt::format_to(to, "{:<16}{:>14}\n", "repeated", grouped(from.repeated));
  fmt::format_to(to, "{:<16}{:>14}\n", "unreadable", grouped(from.unreadable));
  for (const unreadable_line& bad_line : from.first_unreadable)
    fmt::format_to(to, "  line {}: {}\n", bad_line.line, bad_line.reason);
  if (from.unreadable > from.first_unreadable.size()) out += "  ...\n";
  constexpr std::string_view row = "{:<16}{:>14}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}\n";
  out += '\n';
  fmt::format_to(to, fmt::runtime(row), "", "", "bytes", "ns", "ns", "ns", "ns, bulk", "ns, bulk");
  fmt::format_to(to, fmt::runtime(row), "index", "bytes", "a serial", "claim", "find", "shuffled", "find", "shuffled");
  const auto figure = [](double value, int places) { return fmt::format("{:.{}f}", value, places); };
  for (const index_cost& index : all)
    fmt::format_to(to, fmt::runtime(row), index.name, grouped(index.bytes), figure(bytes_of_one(index, from), 2),
                   figure(index.claim, 1), figure(index.find, 1), figure(index.find_shuffled, 1),
                   figure(index.find_bulk, 1), figure(index.find_bulk_shuffled, 1));
  const index_cost& best = best_of(all, from);
  fmt::format_to(to, "\nrecommended: {}, {:.1f} ns for a claim and a shuffled lookup, {:.2f} bytes a serial\n",
                 best.name, time_of(best), bytes_of_one(best, from));
  return out;
}

std::string as_json(const sample& from, const costs& all) {
  nlohmann::ordered_json out;
  out["serials"] = from.serials.size();
  out["repeated"] = from.repeated;
  out["unreadable"] = from.unreadable;
  auto& lines = out["first_unreadable"] = nlohmann::ordered_json::array();
  for (const unreadable_line& bad_line : from.first_unreadable)
    lines.push_back({{"line", bad_line.line}, {"reason", bad_line.reason}});
  const auto rounded = [](double value) { return std::round(value * 100) / 100; };
  auto& indices = out["indices"] = nlohmann::ordered_json::object();
  for (const index_cost& index : all)
    indices[std::string(index.name)] = {{"bytes", index.bytes},
                                        {"bytes_a_serial", rounded(bytes_of_one(index, from))},
                                        {"claim_ns", rounded(index.claim)},
                                        {"find_ns", rounded(index.find)},
                                        {"find_shuffled_ns", rounded(index.find_shuffled)},
                                        {"find_bulk_ns", rounded(index.find_bulk)},
                                        {"find_bulk_shuffled_ns", rounded(index.find_bulk_shuffled)}};
  out["recommended"] = best_of(all, from).name;
  return out.dump(2) + '\n';
}

}  // namespace

int run_tune(const tune_options& options, output& out) {
  sample from;
  if (const auto problem = read_sample(options.sample, options.column, from)) {
    say("tallymark: {}\n", problem->text);
    return problem->code;
  }
  const auto measured_costs = measure_all(from);
  if (!measured_costs) return refused;
  out.text += options.json ? as_json(from, *measured_costs) : as_table(from, *measured_costs);
  return accepted;
}

}  // namespace tallymark::tool
