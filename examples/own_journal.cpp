// Two stocks share a journal of your own: see own_journal.hpp.
#include "own_journal.hpp"

#include <cstdint>
#include <iostream>

#include <tallymark/tallymark.hpp>

using namespace tallymark;

struct acme : policies<prefixed_serial<"SN-", 6>, example::memory_journal> {};

int main() {
  const acme shared{{example::memory_journal()}};
  stock<acme> office(shared), workshop(shared);
  if (!office.open() || !workshop.open()) return 1;

  if (!office.add_part({.key = "motor"})) return 1;
  const auto box = office.create({.part = "motor", .amount = 500});
  const auto units = workshop.serialize(box->first, 400);  // it reads what the office wrote, then writes
  if (!units) return 1;

  // the office reads what the workshop wrote, before it looks whether a serial number is free
  const auto refused = office.create({.part = "motor", .serial = "SN-000007"});
  std::cout << refused.error().member << ": " << message(refused.error().why.code) << '\n';
  // a stock that is opened later reads everything
  const auto seventh = office.find("motor", "SN-000007");
  const auto adjusted = office.adjust(box->first, adjustment::take, 50);
  stock<acme> later(shared);
  if (!adjusted || !later.open()) return 1;
  const auto past = later.history(box->first);
  for (const entry& each : *past) std::cout << each.number << ' ' << name_of(each.what) << '\n';
  const bool same = later.size() == 401 && later.find("motor", "SN-000007") == seventh &&
                    later.get(box->first)->amount == 50 && past->size() == 3;
  return same && refused.error().why.code == errc::already_taken ? 0 : 1;
}
