// Your own journal: a text file with a line for each change, for people to read.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <tallymark/tallymark.hpp>

using namespace tallymark;

// An open journal. No other program writes to it and nothing is read back: each stock begins empty.
class line_log {
 public:
  explicit line_log(const std::string& file) : out_(file) {}

  result<bool> begin() { return false; }  // there is never anything to read
  result<void> read(auto&) { return {}; }
  result<void> append(const row_group& group) {
    for (const item_row& each : group.added)
      out_ << "new: " << each.which.first << " to " << each.which.last() << ", "
           << (each.serials ? each.serials->first : "no serial number") << '\n';
    for (const entry& each : group.history) out_ << "change " << each.number << ": " << each.amount.text() << '\n';
    if (!out_.flush()) return fail(errc::journal_failed);  // the call that changed the stock is refused for this
    last_ += group.history.size();
    return {};
  }
  void cancel() {}
  std::uint64_t last() const { return last_; }

 private:
  std::ofstream out_;
  std::uint64_t last_ = 0;
};

// The policy: where the journal is.
struct line_journal {
  using policy_slot = journal_slot;
  using log = line_log;
  std::string file;

  result<line_log> open(const journal_schema&) const { return line_log(file); }
};

struct acme : policies<prefixed_serial<"SN-", 6>, line_journal> {};

int main() {
  stock<acme> stock(acme{{line_journal{"own_journal.txt"}}});
  if (!stock.open()) return 1;
  (void)stock.add_part({.key = "motor"});
  const auto box = stock.create({.part = "motor", .amount = 500});
  const auto units = stock.serialize(box->first, 400);

  std::ifstream written("own_journal.txt");
  std::string lines;
  for (std::string line; std::getline(written, line); lines += line + '\n') std::cout << line << '\n';
  const std::string_view expected =
      "new: 1 to 1, no serial number\n"
      "change 0: 500\n"
      "new: 2 to 401, SN-000001\n"
      "change 1: 400\n";

  // a file that cannot be written: the change is refused, and the stock is unchanged
  ::stock<acme> full(acme{{line_journal{"/dev/full"}}});
  const bool open = full.open() && full.add_part({.key = "motor"});
  const auto refused = full.create({.part = "motor", .serial = "SN-000007"});
  std::cout << refused.error().member << ": " << message(refused.error().why.code) << '\n';
  const bool as_before = full.size() == 0 && !full.find("motor", "SN-000007");
  return units && lines == expected && open && as_before ? 0 : 1;
}
