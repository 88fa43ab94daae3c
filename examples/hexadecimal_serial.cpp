// Your own serial policy, and one from a type that you cannot edit; both are tested with the laws.
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/testing/laws.hpp>

#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

std::string hexadecimal(std::uint64_t n) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%" PRIX64, n);
  return digits;
}

struct hexadecimal_serial {
  using policy_slot = tallymark::serial_slot;
  tallymark::result<std::uint64_t> parse(std::string_view text) const {
    const std::uint64_t n = std::strtoull(std::string(text).c_str(), nullptr, 16);
    if (hexadecimal(n) != text) return tallymark::fail(tallymark::errc::not_a_serial, 0, text.size());
    return n;
  }
  void format(std::string& out, std::uint64_t n) const { out += hexadecimal(n); }
};

// A type that cannot be edited: it has the members, but does not say which slot it fills.
namespace elsewhere {
struct plate {
  tallymark::result<std::uint64_t> parse(std::string_view text) const {
    std::uint64_t n = 0;
    if (!text.starts_with('#')) return tallymark::fail(tallymark::errc::not_a_serial, 0, 1);
    std::from_chars(text.data() + 1, text.data() + text.size(), n);
    if ('#' + std::to_string(n) != text) return tallymark::fail(tallymark::errc::not_a_serial, 1, text.size() - 1);
    return n;
  }
  void format(std::string& out, std::uint64_t n) const { out += '#' + std::to_string(n); }
};
}  // namespace elsewhere

template <>
struct tallymark::slot_of<elsewhere::plate> {
  using type = serial_slot;
};

int main() {
  const tallymark::numbering<hexadecimal_serial, tallymark::step<1>> rules;
  tallymark::run_list ten;
  (void)rules.take(rules.parse("F8").value(), 10, ten);
  std::cout << rules.text(ten.at(0)) << " to " << rules.text(ten.at(9)) << " in " << ten.size() << " run\n";

  // The laws of a policy are checked before anything relies on it.
  const std::vector<std::string> texts{"1", "FF", "ff", "0F", "-1", "10000000000000000", "FFFFFFFFFFFFFFFF"};
  const std::vector<std::uint64_t> ordinals{0, 1, 15, 16, tallymark::max_ordinal};
  const auto broken = tallymark::testing::check_serial_laws(hexadecimal_serial{}, texts, ordinals);
  if (broken) std::cout << broken->law << " does not hold: " << broken->seen << '\n';

  const bool adapted = tallymark::serial_policy<elsewhere::plate> &&
                       !tallymark::testing::check_serial_laws(elsewhere::plate{}, texts, ordinals);
  const bool same = tallymark::alphabet_serial<"0123456789ABCDEF">{}.parse("FF") == hexadecimal_serial{}.parse("FF");
  return ten.size() == 1 && rules.text(ten.at(9)) == "101" && !broken && adapted && same ? 0 : 1;
}
