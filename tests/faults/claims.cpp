// Two processes that claim from the same ranges.
#include "tests.hpp"
#include "world.hpp"

#include <cerrno>
#include <csignal>
#include <fstream>
#include <map>
#include <tuple>

#include <sys/wait.h>

namespace faults {
namespace {

using claiming_policies = policies<sqlite_journal>;
using claiming_stock = tallymark::stock<claiming_policies>;
constexpr std::uint64_t range = 200'000;  // serial numbers that both want
constexpr std::uint64_t prepared = 1;     // items before they begin

[[nodiscard]] claiming_policies claiming(const std::string& file) {
  sqlite_options options;
  options.busy_timeout = std::chrono::seconds(60);  // a process that has to wait is no conflict
  return claiming_policies(sqlite_journal(file, options));
}

// Claims for so long, and writes down what it was given: `item count first-serial`, `reserved` and `dropped`.
[[noreturn]] void claim_for(double seconds, const std::string& file, const std::string& log_name, std::uint64_t seed,
                            const std::string& again) {
  claiming_stock s(claiming(file));
  if (const auto done = s.open(); !done) broken("opening: " + text_of(done.error()), again);
  std::ofstream log(log_name);
  std::mt19937_64 random(seed);
  const auto text = [&](const run& each, std::uint64_t i) {
    return s.serials().numbers().text({each.family, each.at(i)});
  };
  const auto told = [&](items given, const run_list& serials) {
    item_id id = given.first;
    for (const run& each : serials)
      for (std::uint64_t i = 0; i < each.length; ++i) log << "is " << id++ << ' ' << text(each, i) << '\n';
    if (id != given.last() + 1) broken("there are not as many items as serial numbers", again);
  };
  std::uint64_t conflicts = 0, done = 0;
  // what is refused must be so because of the other process's serial number, or one's own
  const auto refused = [&](const refusal& why) {
    const errc code = why.why.code;
    if (code != errc::already_taken && code != errc::reserved) broken("claiming: " + text_of(why), again);
    if (why.met.empty()) broken("a conflict that names no serial number", again);
    ++conflicts;
  };
  const auto begun = std::chrono::steady_clock::now();
  while (std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count() < seconds) {
    ++done;
    const std::string first = "W" + std::to_string(1 + random() % range);
    switch (random() % 6) {
      case 0: {
        const auto made = s.create({.part = "A", .serial = first});
        if (!made) {
          refused(made.error());
          break;
        }
        log << "is " << made->first << ' ' << first << '\n';
        break;
      }
      case 1:
      case 2: {
        const auto read = s.serials().numbers().parse(first);
        run_list serials;
        serials.add(run{read->family, read->ordinal, 1 + random() % 30});
        const bool from_box = random() % 2 == 0;
        const auto made = from_box ? s.serialize(1, serials)
                                   : s.create({.part = "A", .amount = serials.serials(), .serials = serials});
        if (made)
          told(*made, serials);
        else
          refused(made.error());
        break;
      }
      case 3: {
        const auto made = s.serialize(1, 1 + random() % 20);
        if (!made) broken("serializing: " + text_of(made.error()), again);
        for (item_id id = made->first; id <= made->last(); ++id)
          log << "is " << id << ' ' << *s.get(id)->serial << '\n';
        break;
      }
      default: {
        auto kept = s.reserve("A", 1 + random() % 20);
        if (!kept) broken("reserving: " + text_of(kept.error()), again);
        const run_list serials = kept->serials();
        if (random() % 4 == 0) {  // it is not needed after all
          if (const auto dropped = kept->drop(); !dropped) broken("dropping: " + text_of(dropped.error()), again);
          break;
        }
        // while it is held, no other process gets any of it: neither as the next ones nor by name
        for (const run& each : serials)
          for (std::uint64_t i = 0; i < each.length; ++i) log << "reserved " << text(each, i) << '\n';
        if (random() % 8 == 0) ::usleep(2'000);
        const auto made = s.serialize(1, std::move(*kept));
        if (!made) broken("committing: " + text_of(made.error()), again);
        told(*made, serials);
      }
    }
  }
  log << "end " << done << ' ' << conflicts << '\n';
  log.close();
  if (!log) broken("the log cannot be written", again);
  std::_Exit(0);
}

}  // namespace

void two_processes_claim(const orders& told) {
  const folder in;
  const std::string file = in / "stock.db";
  const std::string again =
      "faults claims --seed " + std::to_string(told.seed) + " --seconds " + std::to_string(told.seconds);
  {
    claiming_stock s(claiming(file));
    if (const auto done = s.open(); !done) broken("opening: " + text_of(done.error()), again);
    if (!s.add_part({"A"}) || !s.create({.part = "A", .amount = 1'000'000'000}) || !s.start_at("A", "W1"))
      broken("the stock cannot be prepared", again);
  }
  constexpr int processes = 2;
  pid_t children[processes];
  for (int i = 0; i < processes; ++i) {
    children[i] = ::fork();
    if (children[i] < 0) broken("no process", again);
    if (children[i] == 0)
      claim_for(told.seconds, file, in / ("log" + std::to_string(i)), told.seed * 2 + static_cast<std::uint64_t>(i),
                again);
  }
  for (const pid_t child : children) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) broken("a process failed", again);
  }

  std::map<std::string, item_id> given;  // the item of each serial number, as it was told
  std::map<std::string, int> reserved;   // by which process last
  std::uint64_t done = 0, conflicts = 0, waited = 0;
  for (int i = 0; i < processes; ++i) {
    std::ifstream log(in / ("log" + std::to_string(i)));
    bool ended = false;
    for (std::string what; log >> what;) {
      if (what == "is") {
        item_id id = 0;
        std::string serial;
        log >> id >> serial;
        if (const auto [at, fresh] = given.emplace(serial, id); !fresh)
          broken(serial + " was given to " + std::to_string(at->second) + " and to " + std::to_string(id), again);
      } else if (what == "reserved") {
        std::string serial;
        log >> serial;
        // each was made a unit of by the process that reserved it, so that two would be told here
        if (const auto [at, fresh] = reserved.emplace(serial, i); !fresh)
          broken(serial + " was reserved by " + std::to_string(at->second) + " and by " + std::to_string(i), again);
        ++waited;
      } else {
        std::uint64_t times = 0, met = 0;
        log >> times >> met;
        done += times;
        conflicts += met;
        ended = true;
      }
    }
    if (!ended) broken("a log has no end", again);
  }
  claiming_stock s(claiming(file));
  if (const auto opened = s.open(); !opened) broken("reopening: " + text_of(opened.error()), again);
  if (s.size() != prepared + given.size())
    broken(std::to_string(s.size()) + " items instead of " + std::to_string(prepared + given.size()), again);
  for (const auto& [serial, id] : given) {
    if (s.find("A", serial) != id) broken(serial + " is not item " + std::to_string(id), again);
    if (const auto each = s.get(id); !each || each->serial != serial) broken("item without " + serial, again);
  }
  must_be_sound(file, "after two processes", again);
  std::printf(
      "claims: %.0f s: %llu calls of two processes, %llu conflicts, %llu serial numbers given (%llu reserved"
      " before), none twice, none lost\n",
      told.seconds, static_cast<unsigned long long>(done), static_cast<unsigned long long>(conflicts),
      static_cast<unsigned long long>(given.size()), static_cast<unsigned long long>(waited));
  if (conflicts == 0 && told.seconds >= 1) broken("there was no conflict: nothing was tried", again);
}

}  // namespace faults
