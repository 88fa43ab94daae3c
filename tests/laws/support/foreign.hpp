// Policies as users write them: a policy type, and adapted types of a third party.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/slots.hpp>

/// Lower-case hexadecimal numbers: the minimum, `parse` and `format`.
struct own_hexadecimal {
  using policy_slot = tallymark::serial_slot;
  tallymark::result<std::uint64_t> parse(std::string_view text) const {
    std::uint64_t ordinal = 0;
    std::from_chars(text.data(), text.data() + text.size(), ordinal, 16);
    std::string again;
    format(again, ordinal);
    if (again != text) return tallymark::fail(tallymark::errc::not_a_serial, 0, text.size());
    return ordinal;
  }
  void format(std::string& out, std::uint64_t ordinal) const {
    char digits[16];
    out.append(digits, std::to_chars(digits, digits + 16, ordinal, 16).ptr);
  }
};

/// A third-party type without a slot: many families, `<site>/<number>`.
namespace elsewhere {
struct site_numbers {
  tallymark::result<tallymark::serial_number> parse(std::string_view text) const {
    const auto slash = text.find('/');
    if (slash == text.npos) return tallymark::serial_number{tallymark::family::literal(text), 0};
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + slash + 1, end, number);
    if (read.ec != std::errc{} || read.ptr != end || (text[slash + 1] == '0' && text.size() - slash > 2))
      return tallymark::fail(tallymark::errc::not_a_serial, slash + 1, text.size() - slash - 1);
    return tallymark::serial_number{{text.substr(0, slash)}, number};
  }
  void format(std::string& out, const tallymark::serial_number& serial) const {
    out += serial.family.text;
    if (serial.family.counts()) out += "/" + std::to_string(serial.ordinal);
  }
};

/// The minimum of an increment.
struct odd_numbers {
  std::optional<std::uint64_t> next(std::uint64_t v) const { return v + 1 + v % 2; }
};
}  // namespace elsewhere

template <>
struct tallymark::slot_of<elsewhere::site_numbers> {
  using type = serial_slot;
};
template <>
struct tallymark::slot_of<elsewhere::odd_numbers> {
  using type = increment_slot;
};
