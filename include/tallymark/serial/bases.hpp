// Counters in named bases: hexadecimal, and base 33 without the letters that are mistaken for digits.
#pragma once

#include <tallymark/config.hpp>

#include <tallymark/serial/alphabet.hpp>

namespace tallymark {

/// Serial policy: hexadecimal numbers in capital letters. With a Width: exactly `Width` symbols; with Width 0: no
/// leading zeros, free to grow.
template <unsigned Width = 0>
using hex_serial = alphabet_serial<"0123456789ABCDEF", Width>;

/// Serial policy: numbers in the ten digits and the capital letters without I, O and Q. With a Width: exactly `Width`
/// symbols; with Width 0: no leading zeros, free to grow.
template <unsigned Width = 0>
using base33_serial = alphabet_serial<"0123456789ABCDEFGHJKLMNPRSTUVWXYZ", Width>;

}  // namespace tallymark
