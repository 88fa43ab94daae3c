// expect: tallymark::registry: the journal policy lacks a member, or it has another type. Provide 'using log'
#include <tallymark/registry/registry.hpp>
#include <tallymark/stock/rows.hpp>
#include <tallymark/stock/stock.hpp>

#include <span>
#include <string_view>

// Counts what would have been written.
struct my_log {
  std::uint64_t changes = 0;

  tallymark::result<bool> begin() { return false; }
  tallymark::result<void> read(auto&) { return {}; }
  tallymark::result<void> append(const tallymark::row_group& group) {
    changes += group.history.size();
    return {};
  }
  void cancel() {}
  std::uint64_t last() const { return changes; }
};
struct my_journal {
  using policy_slot = tallymark::journal_slot;
  using log = my_log;
#if !TALLYMARK_BAD
  tallymark::result<log> open(const tallymark::journal_schema&) const { return log(); }
#endif
};
struct acme : tallymark::policies<my_journal> {};

int main() {
  tallymark::registry<acme> registry;
  (void)registry.issue({}, 3);
  tallymark::stock<acme> stock;
  (void)stock.create({.part = "motor"});
}
