#include <tallymark/journal/sqlite.hpp>
#include <tallymark/tallymark.hpp>

#include <cstdio>

using rules = tallymark::policies<tallymark::sqlite_journal>;

int main() {
  const char* const file = "uses_sqlite.db";
  for (const char* const each : {"uses_sqlite.db", "uses_sqlite.db-wal", "uses_sqlite.db-shm"}) std::remove(each);
  {
    tallymark::stock<rules> stock(rules{tallymark::sqlite_journal(file)});
    if (!stock.open() || !stock.add_part({.key = "motor"}) || !stock.create({.part = "motor", .serial = "41"}))
      return 1;
  }
  tallymark::stock<rules> stock(rules{tallymark::sqlite_journal(file)});
  return stock.open() && stock.next_serial("motor") == "42" ? 0 : 1;
}
