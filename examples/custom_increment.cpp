// Which serial number follows: the shipped increments, and three ways to write your own.
#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/text.hpp>

#include <iostream>
#include <optional>
#include <string>
#include <string_view>

using namespace tallymark;

// A rule for ordinals that are skipped.
constexpr bool has_a_four(std::uint64_t n) {
  for (; n > 0; n /= 10)
    if (n % 10 == 4) return true;
  return false;
}

// A function on text: A1 to A9, then B1, up to Z9.
std::optional<std::string> next_shelf(std::string_view latest) {
  std::string text(latest);
  if (text.size() != 2 || text == "Z9") return std::nullopt;
  if (text[1] != '9') return ++text[1], text;
  return ++text[0], text[1] = '1', text;
}

// A policy: odd numbers only.
struct odd_numbers {
  using policy_slot = increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t n) const { return n + 1 + n % 2; }
};

template <class Increment>
std::string three_after(std::string_view latest) {
  const numbering<text_serial<>, Increment> rules;
  std::string storage, out;
  auto at = rules.parse(latest);
  for (int i = 0; i < 3; ++i) {
    at = rules.next(*at, storage);
    if (!at) return out + std::string(message(at.error().code));
    out += rules.text(*at) + " ";
  }
  return out;
}

int main() {
  const std::string by_ten = three_after<step<10>>("SN-085");           // SN-095 SN-105 SN-115
  const std::string no_four = three_after<skipping<has_a_four>>("39");  // 50 51 52
  const std::string loan = three_after<wrapping<1, 999>>("998");        // 999 1 2
  const std::string odd = three_after<odd_numbers>("SN-7");             // SN-9 SN-11 SN-13
  const std::string shelf = three_after<custom<next_shelf>>("A8");      // A9 B1 B2
  const std::string end = three_after<custom<next_shelf>>("Z8");        // Z9 and no more

  std::cout << by_ten << '\n' << no_four << '\n' << loan << '\n' << odd << '\n' << shelf << '\n' << end << '\n';
  return by_ten == "SN-095 SN-105 SN-115 " && no_four == "50 51 52 " && loan == "999 1 2 " &&
                 odd == "SN-9 SN-11 SN-13 " && shelf == "A9 B1 B2 " && end == "Z9 no serial number is left"
             ? 0
             : 1;
}
