#include "schemes.hpp"

#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/text.hpp>

namespace tallymark::tool {

namespace {

using hex_serial = alphabet_serial<"0123456789ABCDEF", 8>;
using base33_serial = alphabet_serial<"0123456789ABCDEFGHJKLMNPRSTUVWXYZ", 6>;

// A scheme is a line here: its name, what it is, an example, the standard, its page, and the serial policy.
constexpr scheme all[] = {
    {"text", "Any text with digits at its end, which count.", "SN-0042", "", "serial/text.md",
     &calls_to<text_serial<>>},
    {"integer", "Decimal numbers without zeros in front.", "42", "", "serial/integer.md", &calls_to<integer_serial>},
    {"hex", "Hexadecimal numbers of 8 digits.", "0000002A", "", "serial/alphabet.md", &calls_to<hex_serial>},
    {"base33", "6 digits and capital letters without I, O and Q.", "000019", "", "serial/alphabet.md",
     &calls_to<base33_serial>},
};

}  // namespace

std::span<const scheme> schemes() { return all; }

}  // namespace tallymark::tool
