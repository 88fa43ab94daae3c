#include <cstdio>
#include <optional>

#include <tallymark/expression/inventree.hpp>
#include <tallymark/expression/source.hpp>
#include <tallymark/expression/strict.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>

#include "commands.hpp"
#include "explain.hpp"
#include "write_serials.hpp"

namespace tallymark::tool {

namespace {

using numbers_type = numbering<text_serial<>, step<1>>;
constexpr numbers_type numbers{};

// Standard input, unless it is longer than an expression may be.
std::optional<std::string> read_input() {
  constexpr std::size_t most = 64 << 20;
  std::string text;
  for (std::size_t received = 1; received > 0;) {
    const std::size_t before = text.size();
    text.resize(before + (1 << 16));
    received = std::fread(text.data() + before, 1, 1 << 16, stdin);
    text.resize(before + received);
    if (text.size() > most) return std::nullopt;
  }
  return text;
}

}  // namespace

int run_next(const next_options& options, output& out) {
  std::string storage;
  const auto first = after_latest(numbers, options.latest).start(storage);
  run_list serials;
  const auto taken = first ? numbers.take(*first, options.count, serials) : result<void>(unexpected(first.error()));
  if (!taken) {
    failure why = taken.error();
    if (why.length == 0) why.length = static_cast<std::uint32_t>(options.latest.size());
    complain(options.latest, {&why, 1});
    return refused;
  }
  write_serials(serial_range(numbers, serials), "\n", out);
  return accepted;
}

int run_expand(const expand_options& options, output& out) {
  const auto text = options.expression == "-" ? read_input() : std::optional(options.expression);
  if (!text) {
    say("tallymark: the expression is longer than 64 MiB\n");
    return refused;
  }
  const after_latest free(numbers, options.latest);
  std::string storage;
  if (const auto start = free.start(storage); !start && start.error().code != errc::no_counter) {
    complain(options.latest, {&start.error(), 1});
    return refused;
  }
  const expansion expanded = options.dialect == "inventree"
                                 ? inventree_expression{}.expand(*text, options.quantity, numbers, free)
                                 : strict_expression{}.expand(*text, options.quantity, numbers, free);
  complain(*text, expanded.errors);
  write_serials(serial_range(numbers, expanded.serials), "\n", out);
  return expanded ? accepted : refused;
}

}  // namespace tallymark::tool
