// Composed serial numbers: a pattern that is checked when it is compiled.
#include <tallymark/serial/pattern.hpp>
#include <tallymark/serial/several_patterns.hpp>
#include <tallymark/tallymark.hpp>

#include <array>
#include <iostream>
#include <string>
#include <string_view>
#include <tuple>

// The user's own data of each part.
struct motor {
  std::string ipn;
};
template <>
struct tallymark::record_traits<motor> {
  static constexpr std::array<std::string_view, 1> names{"ipn"};
  static constexpr std::tuple members{&motor::ipn};
};

using namespace tallymark;

// The part's number, the ISO week, four digits, and a check over these.
using label = pattern_serial<"{part.ipn}-{iso_year}W{iso_week:02}-{counter:04}{check:luhn(counter)}", fixed_clock>;
static_assert((*label{}.parse("MX7-2026W48-00018")).ordinal == 1);
static_assert((*label{}.parse("MX7-2026W48-00018")).family.text == "MX7-2026W48-");
static_assert(label{}.parse("MX7-2026W54-00018").error() == failure{errc::not_a_date, 9, 2});
static_assert(label{}.parse("MX7-2026W48-00017").error() == failure{errc::wrong_check, 16, 1, {'8'}});

// Two patterns that can produce the same text cannot be used together.
static_assert(!collide<pattern_serial<"SN-{counter:06}">, pattern_serial<"OLD-{counter}">>);
static_assert(collide<pattern_serial<"SN-{counter:06}">, pattern_serial<"SN-{counter}">>);
using labels = several_patterns<pattern_serial<"SN-{counter:06}">, pattern_serial<"OLD-{counter}">>;

using acme = policies<unique_globally, label>;

int main() {
  stock<acme, std::string, motor> stock(acme(label{fixed_clock{{2026, 11, 23}}}));
  (void)stock.add_part({.key = "motor", .data = {"MX7"}});
  (void)stock.add_part({.key = "gateway", .data = {"GW2"}});
  const auto box = stock.create({.part = "motor", .amount = 500});
  const auto units = stock.serialize(box->first, 3);
  std::cout << *stock.get(units->first)->serial << " to " << *stock.get(units->last())->serial << '\n';
  const auto next = stock.next_serial("gateway");
  std::cout << next.value() << '\n';

  registry<policies<labels>> numbers;
  const bool claimed = numbers.claim({}, "OLD-95").has_value();
  const auto following = numbers.next({});
  std::cout << following.value() << '\n';
  return claimed && *following == "SN-000001" && *next == "GW2-2026W48-00018" ? 0 : 1;
}
