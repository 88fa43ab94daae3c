// The steps of docs/tutorial.md, in one program.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

#include <tallymark/journal/sqlite.hpp>
#include <tallymark/tallymark.hpp>

namespace first_steps {

void run() {
  tallymark::registry<> registry;
  auto done = registry.claim("motor", "SN-098");  // check and take, in one step
  auto again = registry.claim("motor", "SN-098");
  if (!again) std::cout << message(again.error().code) << '\n';

  std::cout << registry.next("motor").value() << '\n';  // SN-099: a suggestion, nothing is taken
  auto three = registry.reserve("motor", 3);            // SN-099, SN-100, SN-101: a promise
  three->commit();
  std::cout << registry.latest("motor").value() << '\n';
  (void)done;
}

}  // namespace first_steps

namespace house_rules {

// A prefix and six digits, counted by tens, unique in the whole company.
struct acme
    : tallymark::policies<tallymark::prefixed_serial<"SN-", 6>, tallymark::step<10>, tallymark::unique_globally> {};

// The same, but counted by ones.
struct acme_by_one : tallymark::policies<acme, tallymark::step<1>> {};

void run() {
  tallymark::registry<acme> registry;
  (void)registry.issue({}, 3);
  std::cout << registry.latest({}).value() << '\n';

  const std::string_view scanned = "SN-00x042";
  const auto answer = registry.inspect({}, scanned);
  if (!answer.free() && !answer.taken()) std::cout << explain(*answer.why, scanned) << '\n';
}

}  // namespace house_rules

namespace own_increment {

// Your own rule: no number ends in 4.
struct no_four {
  using policy_slot = tallymark::increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v % 10 == 3 ? v + 2 : v + 1; }
};

struct acme : tallymark::policies<no_four> {};

void run() {
  tallymark::registry<acme> registry;
  (void)registry.issue("motor", 4);
  std::cout << registry.latest("motor").value() << '\n';
}

}  // namespace own_increment

namespace own_serial {

// Your own scheme: a letter for the line, then the counter, "A1" to "A999".
struct line_serial {
  using policy_slot = tallymark::serial_slot;

  constexpr tallymark::result<std::uint64_t> parse(std::string_view text) const {
    if (text[0] != 'A') return tallymark::fail(tallymark::errc::not_a_serial, 0, 1);
    const auto number = tallymark::integer_serial{}.parse(text.substr(1));
    if (!number) return tallymark::unexpected(shifted(number.error(), 1));
    return *number <= last() ? number : tallymark::fail(tallymark::errc::too_large, 1, text.size() - 1);
  }
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    out += 'A';
    tallymark::integer_serial{}.format(out, ordinal);
  }
  constexpr std::uint64_t last() const { return 999; }
};

struct acme : tallymark::policies<line_serial, tallymark::unique_per_part> {};

void run() {
  tallymark::registry<acme> registry;
  std::cout << registry.next("motor").value() << '\n';
  const auto too_many = registry.issue("motor", 1000);
  std::cout << message(too_many.error().code) << '\n';
}

}  // namespace own_serial

namespace on_stock {

void run() {
  tallymark::stock<house_rules::acme_by_one> stock;
  (void)stock.add_part({.key = "motor"});
  const auto box = stock.create({.part = "motor", .amount = 500, .batch = "B-7"});
  const auto units = stock.serialize(box->first, 400);  // the next 400 numbers
  const auto first = stock.get(units->first);
  std::cout << *first->serial << " of batch " << first->batch << '\n';
}

}  // namespace on_stock

namespace in_a_file {

// The rules of chapter 3, and the file in which every change is made durable.
struct acme : tallymark::policies<house_rules::acme_by_one, tallymark::sqlite_journal> {
  explicit acme(std::string file) : policy_set(tallymark::sqlite_journal(std::move(file))) {}
};

void make(const std::string& file) {
  tallymark::stock<acme> stock{acme(file)};
  const auto opened = stock.open();  // creates the file, or reads all of it
  if (!opened) std::cout << message(opened.error().why.code) << '\n';

  (void)stock.add_part({.key = "motor"});
  const auto box = stock.create({.part = "motor", .amount = 500, .batch = "B-7"});
  const auto units = stock.serialize(box->first, 400);  // when this returns, it is on disk
  if (units) (void)std::raise(SIGKILL);                 // the process ends here: nothing is closed, nothing written
}

bool look(const std::string& file) {
  tallymark::stock<acme> stock{acme(file)};
  if (!stock.open()) return false;
  std::cout << stock.next_serial("motor").value() << '\n';  // SN-000401
  const auto history = stock.history(1);                    // of the box: created, serialized
  for (const tallymark::entry& each : *history) std::cout << each.number << ": " << each.amount.text() << '\n';
  return stock.size() == 401 && stock.trace("B-7").size() == 1;
}

// make() in its own process, which does not return
bool killed(const std::string& file) {
  std::cout.flush();
  const pid_t child = fork();
  if (child == 0) {
    make(file);
    _exit(1);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

bool run() {
  const std::string file = "tutorial.db";
  for (const char* const rest : {"", "-wal", "-shm"}) (void)std::remove((file + rest).c_str());
  return killed(file) && look(file);
}

}  // namespace in_a_file

int main() {
  first_steps::run();
  house_rules::run();
  own_increment::run();
  own_serial::run();
  on_stock::run();
  return in_a_file::run() ? 0 : 1;
}
