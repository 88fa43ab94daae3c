#include "schemes.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/text.hpp>

#include "generate.hpp"

namespace tallymark::tool {

namespace {

using hex_serial = alphabet_serial<"0123456789ABCDEF", 8>;
using base33_serial = alphabet_serial<"0123456789ABCDEFGHJKLMNPRSTUVWXYZ", 6>;

// A scheme is a line here: its name, what it is, an example, and the serial policy.
constexpr scheme all[] = {
    {"text", "Any text with digits at its end, which count.", "SN-0042", generate<text_serial<>>},
    {"integer", "Decimal numbers without zeros in front.", "42", generate<integer_serial>},
    {"hex", "Hexadecimal numbers of 8 digits.", "0000002A", generate<hex_serial>},
    {"base33", "6 digits and capital letters without I, O and Q.", "000019", generate<base33_serial>},
};

}  // namespace

std::span<const scheme> schemes() { return all; }

const scheme* find_scheme(std::string_view name) {
  const auto found = std::find_if(std::begin(all), std::end(all), [&](const scheme& one) { return one.name == name; });
  return found == std::end(all) ? nullptr : found;
}

std::string list_of_schemes() {
  std::string out = "Schemes:\n";
  for (const scheme& one : all)
    fmt::format_to(std::back_inserter(out), "  {:<10} {} Example: {}\n", one.name, one.about, one.example);
  return out;
}

}  // namespace tallymark::tool
