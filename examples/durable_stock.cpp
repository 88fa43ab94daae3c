// Stock in a file: acknowledged changes survive, and several processes can share it.
#include <cstdio>
#include <iostream>
#include <string>
#include <utility>

#include <tallymark/journal/sqlite.hpp>
#include <tallymark/tallymark.hpp>

using namespace tallymark;

struct acme : policies<prefixed_serial<"SN-", 6>, sqlite_journal> {};

bool make(const std::string& file) {
  stock<acme> stock(acme{{sqlite_journal(file)}});
  if (const auto opened = stock.open(); !opened) {
    std::cerr << message(opened.error().why.code) << '\n';
    return false;
  }
  (void)stock.add_part({.key = "motor"});
  const auto box = stock.create({.part = "motor", .amount = 500, .batch = "B-7"});
  return stock.serialize(box->first, 400).has_value();  // all 400 are on disk when this returns
}

bool share(const std::string& file) {
  stock<acme> line_1(acme{{sqlite_journal(file)}});  // like two processes
  stock<acme> line_2(acme{{sqlite_journal(file)}});
  if (!line_1.open() || !line_2.open()) return false;

  auto labels = line_1.reserve("motor", 50);  // SN-000401 to SN-000450, for this line only
  const auto other = line_2.serialize(1, 1);  // so this is SN-000451
  const auto made = line_1.serialize(1, std::move(*labels));
  std::cout << *line_2.get(other->first)->serial << '\n';

  // many items in one transaction: all of a delivery, or nothing
  auto delivery = line_1.receive();
  std::uint64_t line = 1;
  for (const char* serial : {"SN-009001", "SN-000007", "SN-009002"}) {
    const auto added = delivery->add({.part = "motor", .serial = serial, .from = {"delivery.csv", ++line, 1}});
    if (!added) std::cout << "line " << line << ": " << message(added.error().why.code) << '\n';
  }
  const auto there = delivery->commit();

  (void)line_2.refresh();  // only for reading: calls that change something do this themselves
  return made && there && line_2.find("motor", "SN-009002").has_value();
}

int main() {
  const std::string file = "durable_stock.db";
  for (const char* const rest : {"", "-wal", "-shm"}) (void)std::remove((file + rest).c_str());
  return make(file) && share(file) ? 0 : 1;
}
