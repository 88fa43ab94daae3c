// Files that cannot be written to, are locked, cut short, or damaged.
#include "tests.hpp"
#include "world.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <memory>
#include <set>

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace faults {
namespace {

constexpr int steps = script + 30;

[[nodiscard]] std::string read_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}
void write_file(const std::string& name, std::string_view bytes) {
  std::ofstream out(name, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) broken("a file cannot be written: " + name, "free some memory");
}

[[nodiscard]] bool is_journal(errc code) { return code >= errc::journal_closed && code <= errc::journal_too_large; }

// A database with all kinds of rows, and what it said after each step.
struct original {
  std::string everything{}, past{}, structure{};
  std::set<std::string> earlier{};  // the structure before each step
  std::string main{}, wal{};        // the bytes of its files; with all of it in the WAL or, `whole`, with none
  std::string whole{};
};

[[nodiscard]] std::string structure_of(kept_world& in) { return dump(in.stock, detail_of::structure); }

[[nodiscard]] original make_original(const folder& in, std::uint64_t seed) {
  original out;
  const std::string file = in / "original.db";
  {
    kept_world w(kept_in(file));
    if (!w.stock.open()) broken("opening", "faults files");
    for (int n = 0; n < steps; ++n) {
      out.earlier.insert(structure_of(w));
      (void)faults::step(w, seed, n);
      if (n == script + 5)  // some of it is in the file, the rest in the WAL
        sqlite3_wal_checkpoint_v2(w.stock.journal().handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
      w.held.reset();
    }
    out.everything = dump(w.stock, detail_of::everything);
    out.past = history_of(w);
    out.structure = structure_of(w);
    out.main = read_file(file);
    out.wal = read_file(file + "-wal");
  }
  out.whole = read_file(file);
  return out;
}

// What a damaged file turned out to be.
enum class verdict : std::size_t { refused, found, same, texts, earlier, lost };
constexpr std::array<const char*, 6> verdict_names{"could not be opened: a clear error",
                                                   "were opened, and the check finds the damage",
                                                   "were as before",
                                                   "differ only in what is stored once: a text, a date, a parent",
                                                   "had lost the end of the WAL: an earlier state, whole",
                                                   "LOST SOMETHING SILENTLY"};

// Opens a file, looks at everything, and changes something. Must neither crash nor hang.
[[nodiscard]] verdict judge(const std::string& file, const original& right, std::string& why) {
  const auto found = sqlite_check(file);
  if (!found && !is_journal(found.error().code)) return why = "the check: no code of a journal", verdict::lost;
  std::string structure;
  bool opened = false, same = false;
  {
    kept_world w(kept_in(file));
    if (const auto done = w.stock.open(); done) {
      opened = true;
      structure = structure_of(w);
      same = dump(w.stock, detail_of::everything) == right.everything && history_of(w) == right.past;
      for (const item_id id : {1U, 2U, 10U, 25U}) (void)w.stock.history(id);
      for (int n = 0; n < 3; ++n) (void)faults::step(w, 99, script + n);
    } else if (!of_journal(done.error())) {
      return why = "opening: " + text_of(done.error()), verdict::lost;
    }
  }
  if (!opened) return verdict::refused;
  if (!found || !found->empty()) return verdict::found;
  if (same) return verdict::same;
  if (structure == right.structure) return verdict::texts;
  if (right.earlier.contains(structure)) return verdict::earlier;
  why = "neither the content nor an earlier one: " + difference(structure, right.structure);
  return verdict::lost;
}

// the user that owns nothing: a superuser may write to what is read-only
template <class Do>
void as_nobody(const std::string& again, Do what) {
  std::fflush(stdout);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) std::_Exit(1);
    what();
    std::fflush(stdout);
    std::_Exit(0);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) broken("the process of another user failed", again);
}

void must_refuse(const char* what, const std::string& file, sqlite_options options, std::initializer_list<errc> codes) {
  kept_world w(kept_in(file, std::move(options)));
  const auto done = w.stock.open();
  outcome got = done ? faults::step(w, 1, script + 1) : outcome_of(done.error());
  for (int n = script; done && !got.journal && n < script + 50; ++n) got = faults::step(w, 1, n);
  if (!got.journal || std::find(codes.begin(), codes.end(), got.code) == codes.end())
    broken(std::string(what) + ": '" + got.text + "'", "faults files");
  std::printf("files: %-22s %-8s %s\n", what, done ? "changing" : "opening", got.text.c_str());
}

}  // namespace

void files_are_odd(const orders& told) {
  const folder in;
  const std::string again = "faults files --seed " + std::to_string(told.seed);
  const original right = make_original(in, told.seed);
  fs::permissions(in.path(), fs::perms::others_exec | fs::perms::others_read | fs::perms::owner_all);
  const std::string there = in / "there";
  fs::create_directory(there);
  const std::string file = there + "/stock.db";
  const auto lay = [&](bool writable_folder, bool writable_file) {
    ::chmod(there.c_str(), 0777);
    remove_database(file);
    write_file(file, right.whole);
    ::chmod(file.c_str(), writable_file ? 0666 : 0444);
    ::chmod(there.c_str(), writable_folder ? 0777 : 0555);
  };
  const auto quickly = [] {
    sqlite_options options;
    options.busy_timeout = std::chrono::milliseconds(30);
    return options;
  };

  lay(true, false);
  as_nobody(again, [&] { must_refuse("a read-only file", file, {}, {errc::journal_read_only}); });
  lay(false, true);
  as_nobody(again,
            [&] { must_refuse("a read-only folder", file, {}, {errc::journal_read_only, errc::journal_unreadable}); });
  lay(false, false);
  as_nobody(again,
            [&] { must_refuse("both are read-only", file, {}, {errc::journal_read_only, errc::journal_unreadable}); });
  as_nobody(again, [&] {
    must_refuse("a new file in it", there + "/new.db", {}, {errc::journal_read_only, errc::journal_unreadable});
  });
  lay(true, true);
  {
    sqlite_options reading;
    reading.read_only = true;
    must_refuse("opened for reading", file, reading, {errc::journal_read_only});
    sqlite_options existing;
    existing.create = false;
    must_refuse("no file", there + "/none.db", existing, {errc::journal_missing});
    must_refuse("no folder", there + "/none/stock.db", {}, {errc::journal_unreadable});
    must_refuse("a folder", there, {}, {errc::journal_unreadable});
  }
  if (read_file(file) != right.whole) broken("what was refused has changed the file", again);

  // somebody else holds the lock for longer than we wait
  {
    sqlite3* other = nullptr;
    if (sqlite3_open(file.c_str(), &other) != SQLITE_OK) broken("another connection", again);
    const auto say = [&](const char* sql) {
      if (sqlite3_exec(other, sql, nullptr, nullptr, nullptr) != SQLITE_OK) broken(sql, again);
    };
    {
      kept_world w(kept_in(file, quickly()));
      model_world none;
      if (const auto done = w.stock.open(); !done) broken("opening: " + text_of(done.error()), again);
      const std::string before = dump(w.stock);
      say("BEGIN IMMEDIATE");
      for (int n = 5; n < script - 1; ++n) {
        const outcome got = faults::step(w, told.seed + 7, n);
        if (got.journal && got.code != errc::journal_busy) broken("locked: " + got.text, again);
        if (!got.journal && n != 23 && n != 25) broken("done although it was locked: step " + std::to_string(n), again);
        if (dump(w.stock) != before) broken("memory was changed by what was refused", again);
      }
      std::puts("files: a locked file       changing refused: journal: another process has locked the journal");
      say("COMMIT");
      if (const outcome got = faults::step(w, told.seed, 15); got.text != "done")
        broken("after the lock: " + got.text, again);
      w.held.reset();
    }
    say("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    must_refuse("a file for one alone", file, quickly(), {errc::journal_busy});
    say("COMMIT");
    sqlite3_close(other);
  }

  // what is no journal of ours
  const auto edited = [&](const char* what, const char* sql, std::initializer_list<errc> codes) {
    lay(true, true);
    sqlite3* other = nullptr;
    sqlite3_open(file.c_str(), &other);
    if (sqlite3_exec(other, sql, nullptr, nullptr, nullptr) != SQLITE_OK) broken(sql, again);
    sqlite3_close(other);
    must_refuse(what, file, {}, codes);
  };
  edited("a newer version", "PRAGMA user_version = 4", {errc::journal_newer});
  edited("another program's", "PRAGMA application_id = 7", {errc::journal_foreign});
  edited("a table is gone", "PRAGMA foreign_keys = OFF; DROP TABLE serial_runs", {errc::journal_corrupt});
  lay(true, true);
  write_file(file, "part,quantity\nA,1\n");
  must_refuse("a text", file, {}, {errc::journal_foreign});
  if (read_file(file) != "part,quantity\nA,1\n") broken("a foreign file was changed", again);

  // cut short: the file, or the WAL beside it
  std::array<std::uint64_t, 6> counts{};
  std::mt19937_64 random(told.seed);
  std::set<std::size_t> lengths{0, 1, 16, 50, 99, 100, 101, 511, 512, 1024};
  for (std::size_t page = 4096; page < right.whole.size(); page += 4096)
    for (const std::size_t length : {page - 1, page, page + 1}) lengths.insert(length);
  for (int i = 0; i < 60; ++i) lengths.insert(random() % right.whole.size());
  const auto cut = [&](const std::string& main, const std::string& wal, bool wal_is_cut, const std::string& what) {
    remove_database(file);
    write_file(file, main);
    if (!wal.empty()) write_file(file + "-wal", wal);
    std::string why;
    verdict got = judge(file, right, why);
    if (got == verdict::lost) broken(what + ": " + why, again);
    // the last transaction may have changed nothing of the structure: without it the WAL is an earlier state all the same
    if (got == verdict::texts && wal_is_cut && right.earlier.contains(right.structure)) got = verdict::earlier;
    // an empty file is a new database, as SQLite has it; and the WAL is believed as far as it goes
    if (got == verdict::texts || (got == verdict::earlier && !wal_is_cut && !main.empty()))
      broken(what + ": what is gone is not told", again);
    ++counts[static_cast<std::size_t>(got)];
  };
  for (const std::size_t length : lengths)
    cut(right.whole.substr(0, length), "", false, "cut to " + std::to_string(length) + " bytes");
  for (const std::size_t length : lengths)
    if (length < right.main.size())
      cut(right.main.substr(0, length), right.wal, false, "with a WAL, cut to " + std::to_string(length) + " bytes");
  for (int i = 0; i < 60; ++i) {
    const std::size_t length = 1 + random() % (right.wal.size() - 1);
    cut(right.main, right.wal.substr(0, length), true, "the WAL cut to " + std::to_string(length) + " bytes");
  }
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0)
      std::printf("files: cut short: %4llu %s\n", static_cast<unsigned long long>(counts[i]), verdict_names[i]);
}

namespace {

struct shared_state {
  std::uint64_t at;  // the file that is being looked at
  std::array<std::uint64_t, 6> counts;
  char why[256];
};

}  // namespace

void files_are_damaged(const orders& told) {
  const folder in;
  const std::string file = in / "stock.db";
  const std::uint64_t times = told.times == 0 ? 400 : told.times;
  const std::string again = "faults damage --seed " + std::to_string(told.seed) + " --times " + std::to_string(times);
  const original right = make_original(in, told.seed);
  auto* const state = static_cast<shared_state*>(
      ::mmap(nullptr, sizeof(shared_state), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  if (state == MAP_FAILED) broken("no memory", again);

  while (state->at < times) {
    const pid_t child = ::fork();  // a crash or a hang of one is told, and names it
    if (child < 0) broken("no process", again);
    if (child == 0) {
      for (; state->at < times; ++state->at) {
        ::alarm(30);
        std::mt19937_64 random(told.seed * 1'000'003 + state->at);
        const bool with_wal = random() % 2 == 0, in_wal = with_wal && random() % 2 == 0;
        std::string main = with_wal ? right.main : right.whole, wal = with_wal ? right.wal : "";
        std::string& bytes = in_wal ? wal : main;
        const std::uint64_t changes = 1 + random() % 8;
        for (std::uint64_t i = 0; i < changes; ++i) {
          // half of them where the structure of pages is: at their beginnings
          const std::size_t at =
              random() % 2 == 0 ? random() % bytes.size() : (random() % (bytes.size() / 4096)) * 4096 + random() % 128;
          if (random() % 50 == 0)
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), std::min<std::size_t>(512, bytes.size() - at),
                        '\0');
          else
            bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1 + random() % 255));
        }
        remove_database(file);
        write_file(file, main);
        if (with_wal) write_file(file + "-wal", wal);
        std::string why;
        verdict got = judge(file, right, why);
        // the WAL is believed up to the first frame that does not fit; nothing else may be gone
        if (got == verdict::earlier && !in_wal) got = verdict::lost, why = "an earlier state, but not by the WAL";
        ++state->counts[static_cast<std::size_t>(got)];
        if (got == verdict::lost) {
          std::snprintf(state->why, sizeof state->why, "%s", why.c_str());
          std::_Exit(1);
        }
      }
      std::_Exit(0);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
      broken("file " + std::to_string(state->at) +
                 (WIFSIGNALED(status) ? ": a crash or a hang, signal " + std::to_string(WTERMSIG(status))
                                      : std::string(": ") + state->why),
             again);
  }
  for (std::size_t i = 0; i < state->counts.size(); ++i)
    if (state->counts[i] > 0)
      std::printf("damage: %6llu of %llu files %s\n", static_cast<unsigned long long>(state->counts[i]),
                  static_cast<unsigned long long>(times), verdict_names[i]);
}

}  // namespace faults
