// The tool is killed while it imports into a database, and goes on.
#include "tests.hpp"
#include "world.hpp"

#include <cerrno>
#include <csignal>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

namespace faults {
namespace {

struct block_row {
  std::int64_t last, part, steps, batch, parent;
  std::string expiry, family;
  std::int64_t ordinal, width;  // -1: no serial number; width -1: no counter
};

template <class Visit>
void each_row(sqlite3* db, const char* sql, Visit visit) {
  tallymark::sqlite_statement query(sql);
  if (query.ready(db) == SQLITE_OK)
    while (query.step() == SQLITE_ROW) visit(std::as_const(query));
}
[[nodiscard]] std::unique_ptr<sqlite3, int (*)(sqlite3*)> reading(const std::string& file) {
  sqlite3* open = nullptr;
  (void)sqlite3_open_v2(file.c_str(), &open, SQLITE_OPEN_READONLY, nullptr);
  return {open, &sqlite3_close};
}

// Each line that was taken, and what became of it: independent of ids, blocks and the order of importing.
using taken_lines = std::map<std::int64_t, std::string>;
[[nodiscard]] taken_lines taken_in(const std::string& file, const std::string& again) {
  const auto db = reading(file);
  std::map<std::int64_t, block_row> blocks;
  each_row(db.get(),
           "SELECT first, count, part, steps, coalesce(batch, -1), coalesce(parent, 0), coalesce(expiry, ''),"
           " family, ordinal, CASE kind WHEN 0 THEN -1 ELSE width END FROM items",
           [&](const tallymark::sqlite_statement& row) {
             blocks[row.integer(0)] = {row.integer(0) + row.integer(1) - 1,
                                       row.integer(2),
                                       row.integer(3),
                                       row.integer(4),
                                       row.integer(5),
                                       std::string(row.text(6)),
                                       std::string(row.text(7)),
                                       row.is_null(8) ? -1 : row.integer(8),
                                       row.integer(9)};
           });
  std::map<std::int64_t, std::string> batch;
  each_row(db.get(), "SELECT number, code FROM batches",
           [&](const tallymark::sqlite_statement& row) { batch[row.integer(0)] = row.text(1); });

  const auto serial_of = [&](std::int64_t item) -> std::string {
    const auto& [first, of] = *std::prev(blocks.upper_bound(item));
    if (of.ordinal < 0) return "-";
    if (of.width < 0) return of.family;
    std::string digits = std::to_string(of.ordinal + (item - first));
    if (static_cast<std::int64_t>(digits.size()) < of.width)
      digits.insert(0, static_cast<std::size_t>(of.width) - digits.size(), '0');
    return of.family + digits;
  };
  taken_lines out;
  each_row(db.get(), "SELECT item, count, line, lines FROM history WHERE what = 'created'",
           [&](const tallymark::sqlite_statement& row) {
             const std::int64_t item = row.integer(0), count = row.integer(1), lines = row.integer(3);
             for (std::int64_t i = 0; i < lines; ++i) {
               const std::int64_t one = item + i, last = lines == 1 ? item + count - 1 : one;
               const auto at = blocks.upper_bound(one);
               if (at == blocks.begin()) broken("a row without its item", again);
               const block_row& of = std::prev(at)->second;
               std::ostringstream what;
               what << of.part << ' ' << of.steps << ' ' << (of.batch < 0 ? "" : batch[of.batch]) << ' ' << of.expiry
                    << ' ' << serial_of(one) << ' ' << serial_of(last) << ' ' << last - one + 1 << " under "
                    << (of.parent == 0 ? "" : serial_of(of.parent));
               if (!out.emplace(row.integer(2) + i, what.str()).second)
                 broken("line " + std::to_string(row.integer(2) + i) + " was taken twice", again);
             }
           });
  return out;
}

// Rows of all kinds, in mixed order.
[[nodiscard]] std::string stock_file(std::uint64_t seed, std::uint64_t rows, std::size_t note) {
  std::mt19937_64 random(seed);
  std::string out = "item,part,quantity,serial,serials,batch,parent,expiry_date,note\n";
  std::uint64_t run = 0;
  for (std::uint64_t i = 0; i < rows; ++i) {
    const std::string part = "P" + std::to_string(random() % 20), n = std::to_string(i);
    switch (random() % 16) {
      case 0:
        out += "," + part + "," + std::to_string(1 + random() % 500) + ".25,,,B" + std::to_string(i % 50) + ",,,\n";
        break;
      case 1: out += "," + part + ",5,,E" + n + "-1+4,,,2030-01-31,\n"; break;
      case 2: out += "box" + n + "," + part + ",1,BX" + n + ",,,,,\n"; break;
      case 3:  // its parent comes later
        out += "," + part + ",1,CH" + n + "X,,,pal" + n + ",,\npal" + n + "," + part + ",1,PL" + n + "X,,,,,\n";
        ++i;
        break;
      case 4:
      case 5:
      case 6:
        for (std::uint64_t end = 1 + random() % 6; end > 0; --end, ++i)
          out += ",P0,1,RUN-" + std::to_string(1'000'000 + run++) + ",,B7,,,\n";
        break;
      default: {  // no order in these
        std::string serial(12, 'A');
        for (char& c : serial) c = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"[random() % 34];
        out += "," + part + ",1," + serial + ",,,,,the note of row " + n + std::string(note, '.') + "\n";
      }
    }
  }
  return out;
}

class importing {
 public:
  importing(std::string tool, std::string parts, std::string stock, std::string db)
      : tool_(std::move(tool)), parts_(std::move(parts)), stock_(std::move(stock)), db_(std::move(db)) {}

  void begin() {
    tool_id_ = ::fork();
    if (tool_id_ == 0) {
      const int nothing = ::open("/dev/null", O_WRONLY);
      ::dup2(nothing, 1);
      ::execl(tool_.c_str(), tool_.c_str(), "import", "--parts", parts_.c_str(), "--stock", stock_.c_str(), "--db",
              db_.c_str(), static_cast<char*>(nullptr));
      std::_Exit(127);
    }
    if (tool_id_ < 0) broken("no process", tool_);
  }
  // -1 if it was killed, else its exit code
  [[nodiscard]] int end(bool kill) {
    if (kill) ::kill(tool_id_, SIGKILL);
    int status = 0;
    while (::waitpid(tool_id_, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  [[nodiscard]] bool running() const {
    siginfo_t about{};
    ::waitid(P_PID, static_cast<id_t>(tool_id_), &about, WEXITED | WNOHANG | WNOWAIT);
    return about.si_pid == 0;
  }

 private:
  std::string tool_, parts_, stock_, db_;
  pid_t tool_id_ = -1;
};

}  // namespace

void imports_are_killed(const orders& told) {
  if (told.tool.empty() || ::access(told.tool.c_str(), X_OK) != 0)
    broken("--tool: the path of the tool", "faults imports");
  const folder in;
  const std::uint64_t times = told.times == 0 ? 20 : told.times;
  const std::string db = in / "stock.db", right_db = in / "right.db", parts = in / "parts.csv",
                    how = "faults imports --seed " + std::to_string(told.seed) + " --times " + std::to_string(times);
  {
    std::ofstream out(parts);
    out << "part,variant_of\n";
    for (int i = 0; i < 20; ++i) out << 'P' << i << ',' << (i % 5 == 4 ? "P1" : "") << '\n';
  }

  std::mt19937_64 random(told.seed);
  // Rows are committed in groups of 32 MiB: wide rows are several groups.
  const std::string file = in / "stock.csv",
                    text = told.all ? stock_file(told.seed, 300'000, 900) : stock_file(told.seed, 40'000, 6'000);
  std::ofstream(file) << text;
  const auto begun = std::chrono::steady_clock::now();
  importing undisturbed(told.tool, parts, file, right_db);
  undisturbed.begin();
  if (const int code = undisturbed.end(false); code != 0)
    broken("the undisturbed import ends with " + std::to_string(code), how);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  const taken_lines right = taken_in(right_db, how);
  must_be_sound(right_db, "undisturbed", how);
  std::int64_t groups = 0;
  each_row(reading(right_db).get(), "SELECT version FROM state",
           [&](const tallymark::sqlite_statement& row) { groups = row.integer(0); });
  groups -= 20;  // each part is one
  if (groups < 3) broken("the rows are not in several transactions", how);
  const auto rows = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) - 1;
  if (right.size() != rows) broken(std::to_string(right.size()) + " rows of " + std::to_string(rows), how);

  std::uint64_t kills = 0, completed = 0, partial = 0, acknowledged_rows = 0;
  while (kills < times) {
    remove_database(db);
    taken_lines before;
    for (bool whole = false; !whole;) {
      const std::string again = how + ": kill " + std::to_string(kills);
      importing it(told.tool, parts, file, db);
      it.begin();
      const bool disturb = kills < times;
      if (disturb) ::usleep(static_cast<useconds_t>(seconds * 0.95e6 * static_cast<double>(random() % 1000) / 1000));
      // what others can see is acknowledged
      std::int64_t seen = 0;
      if (disturb && fs::exists(db)) {
        const auto other = reading(db);
        each_row(other.get(), "SELECT coalesce(sum(lines), 0) FROM history WHERE what = 'created'",
                 [&](const tallymark::sqlite_statement& row) { seen = row.integer(0); });
      }
      const bool kill = disturb && it.running();
      const int code = it.end(kill);
      if (kill && code < 0) ++kills;
      if (code > 0) broken("the tool ends with " + std::to_string(code), again);
      whole = code == 0;

      std::error_code no;
      taken_lines now;
      if (fs::file_size(db, no) > 0 && !no) {
        // killed before the tables were there, it is no journal yet
        const auto found = sqlite_check(db);
        if (found) {
          must_be_sound(db, "after a kill", again);
          now = taken_in(db, again);
        } else if (whole || !before.empty() || seen > 0 || found.error().code != errc::journal_foreign) {
          broken("the check: " + std::string(message(found.error().code)), again);
        }
      }
      if (now.size() < static_cast<std::size_t>(seen)) broken("rows that could be seen are gone", again);
      if (!std::includes(now.begin(), now.end(), before.begin(), before.end())) broken("rows are gone", again);
      for (const auto& [line, what] : now)
        if (const auto at = right.find(line); at == right.end() || at->second != what)
          broken("line " + std::to_string(line) + " became '" + what + "'", again);
      if (whole && now != right)
        broken(std::to_string(now.size()) + " rows instead of " + std::to_string(right.size()), again);
      if (!whole && !now.empty()) ++partial;
      acknowledged_rows += static_cast<std::uint64_t>(seen);
      before = std::move(now);
    }
    ++completed;
  }
  std::printf(
      "imports: %llu kills in %llu imports of %llu rows in %lld transactions, %llu of them with rows on disk (%llu "
      "rows had been seen by another"
      " process); each import ended as if undisturbed\n",
      static_cast<unsigned long long>(kills), static_cast<unsigned long long>(completed),
      static_cast<unsigned long long>(rows), static_cast<long long>(groups), static_cast<unsigned long long>(partial),
      static_cast<unsigned long long>(acknowledged_rows));
}

}  // namespace faults
