// Inputs for the laws: ordinals near every edge, and texts that look like serial numbers.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/number/serial_number.hpp>

/// Small ordinals, those near powers of ten and of two, and the greatest ones.
inline rc::Gen<std::uint64_t> any_ordinal() {
  return rc::gen::exec([] {
    const auto near = *rc::gen::inRange<std::uint64_t>(0, 6);
    std::uint64_t edge = 1;
    switch (*rc::gen::inRange(0, 5)) {
      case 0: return *rc::gen::inRange<std::uint64_t>(0, 120);
      case 1:
        for (int i = *rc::gen::inRange(0, 20); i > 0; --i) edge *= 10;
        return std::min(edge - std::min(edge, std::uint64_t{3}) + near, tallymark::max_ordinal);
      case 2:
        edge <<= *rc::gen::inRange(0, 64);
        return std::min(edge - std::min(edge, std::uint64_t{3}) + near, tallymark::max_ordinal);
      case 3: return tallymark::max_ordinal - near;
      default: return std::min(*rc::gen::arbitrary<std::uint64_t>(), tallymark::max_ordinal);
    }
  });
}

/// A prefix, digits with many nines and zeros, rarely a suffix; sometimes any bytes.
inline rc::Gen<std::string> any_text() {
  return rc::gen::exec([] {
    if (*rc::gen::inRange(0, 8) == 0) return *rc::gen::arbitrary<std::string>();
    std::string text = *rc::gen::element<std::string>("", "", "SN-", "X-", "A", "0", "9", "\xC3\xA4", " ", "7", "OLD");
    const auto digits = *rc::gen::inRange(0, 26);
    for (int i = 0; i < digits; ++i) text += *rc::gen::elementOf(std::string("0999999012345678"));
    if (*rc::gen::inRange(0, 6) == 0)
      text += *rc::gen::element<std::string>(" ", "Q", "F", "AB", "\n", "\xFF", "4", "Z");
    return text;
  });
}

template <class T>
std::vector<T> several(const rc::Gen<T>& gen) {
  return *rc::gen::container<std::vector<T>>(gen);
}
