// Writes the serial numbers of a serial policy that follow each other.
#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>

#include "commands.hpp"
#include "explain.hpp"
#include "write_serials.hpp"

namespace tallymark::tool {

/// The first of those to generate: what was given, else the first of the scheme.
template <class Numbers>
[[nodiscard]] result<serial_number> first_of(const Numbers& numbers, const generate_options& options) {
  if (!options.start) return numbers.first();
  const auto first = numbers.parse(*options.start);
  if (first && !first->family.counts()) return fail(errc::no_counter, 0, options.start->size());
  return first;
}

/// Does what the command `generate` is asked to, with a serial policy.
template <serial_policy Serial>
int generate(const generate_options& options, output& out) {
  const numbering<Serial, step<1>> numbers{};
  const auto first = first_of(numbers, options);
  if (!first) {
    complain(options.start.value_or(std::string()), {&first.error(), 1});
    return refused;
  }
  run_list serials;
  if (const auto done = numbers.take(*first, options.count, serials); !done) {
    const std::string from = numbers.text(*first);
    const failure why{done.error().code, 0, static_cast<std::uint32_t>(from.size())};
    complain(from, {&why, 1});
    say("tallymark: --count: {} serial numbers are wanted; from here on there {} {}\n", options.count,
        serials.serials() == 1 ? "is" : "are", serials.serials());
    return refused;
  }
  write_serials(serial_range(numbers, serials), options.separator, out);
  return accepted;
}

}  // namespace tallymark::tool
