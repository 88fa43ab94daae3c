// import/...: CSV to a durable file of SQLite, by the command-line tool and by SQLite's own shell.
// journal/...: what one change costs there, and opening what is there.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <tallymark/journal/sqlite.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/stock/stock.hpp>

#include "data.hpp"
#include "measure.hpp"

extern char** environ;

namespace {

using namespace bench;
namespace fs = std::filesystem;

constexpr std::uint64_t million = 1'000'000;
constexpr std::size_t parts = 20;

// ---- files ----------------------------------------------------------------------------------------------------------

// A folder that is empty at first and gone at the end.
class folder {
 public:
  explicit folder(const char* name) : path_(fs::path(TALLYMARK_BENCH_FOLDER) / name) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~folder() {
    std::error_code none;
    fs::remove_all(path_, none);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;

  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

// Writes a file, and waits until it is on the disk, so that no row waits for it later.
void write_file(const std::string& path, std::string_view text) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (!file) return;
  std::fwrite(text.data(), 1, text.size(), file);
  std::fflush(file);
  fsync(fileno(file));
  std::fclose(file);
}

// A database with what is still beside it.
double size_of(const std::string& path) {
  std::uintmax_t sum = 0;
  for (const char* const rest : {"", "-wal", "-journal"}) {
    std::error_code none;
    const std::uintmax_t size = fs::file_size(path + rest, none);
    if (!none) sum += size;
  }
  return static_cast<double>(sum);
}

// The number that a query answers; -1 if it cannot.
std::int64_t ask(const std::string& path, const char* query) {
  sqlite3* db = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::int64_t answer = -1;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(db, query, -1, &statement, nullptr) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
    answer = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return answer;
}

// ---- the data -------------------------------------------------------------------------------------------------------

enum class kind { in_order, irregular };
constexpr const char* names_of_kinds[] = {"in_order", "irregular"};

std::size_t rows_of(kind which) { return which == kind::in_order ? size() : size() / 5; }

std::string part_of(std::size_t row, std::size_t rows) { return fmt::format("PART-{:02}", row * parts / rows + 1); }

// Twelve capital letters and digits, from the same beginning each time.
class random_serials {
 public:
  std::string_view next() {
    std::uint64_t bits = random_();
    for (char& each : text_) {
      each = symbols[bits % 36];
      bits /= 36;
    }
    return {text_, sizeof text_};
  }

 private:
  static constexpr const char* symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::mt19937_64 random_{20'261'123};
  char text_[12]{};
};

std::string parts_csv() {
  std::string out = "part\n";
  for (std::size_t i = 0; i < parts; ++i) out += part_of(i, parts) + '\n';
  return out;
}

std::string stock_csv(kind which) {
  const std::size_t rows = rows_of(which);
  std::string out = "part,quantity,serial\n";
  out.reserve(rows * 24);
  random_serials serials;
  for (std::size_t i = 0; i < rows; ++i) {
    out += part_of(i, rows);
    if (which == kind::in_order)
      fmt::format_to(std::back_inserter(out), ",1,SN-{:09}\n", i);
    else
      fmt::format_to(std::back_inserter(out), ",1,{}\n", serials.next());
  }
  return out;
}

// ---- programs -------------------------------------------------------------------------------------------------------

struct finished {
  double seconds = 0;
  double peak = 0;  // bytes of memory
  bool right = false;
};

// The most memory that a process has used so far; 0 if it is gone.
double peak_of(pid_t process) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) * 1024;
  return 0;
}

finished run_program(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (std::string& each : arguments) pointers.push_back(each.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);

  finished done;
  int status = 0;
  done.seconds = seconds_of([&] {
    pid_t process = 0;
    if (posix_spawnp(&process, pointers[0], &actions, nullptr, pointers.data(), environ) != 0) return;
    pid_t ended = 0;
    while ((ended = waitpid(process, &status, WNOHANG)) == 0) {
      done.peak = std::max(done.peak, peak_of(process));
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    done.right = ended == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  });
  posix_spawn_file_actions_destroy(&actions);
  return done;
}

// ---- import ---------------------------------------------------------------------------------------------------------

constexpr const char* table = "CREATE TABLE stock(part TEXT, quantity INTEGER, serial TEXT, UNIQUE(part, serial))";

void add_import(kind which, const char* competitor, const char* count,
                std::vector<std::string> (*command)(const folder&, const std::string&)) {
  add_row(fmt::format("import/{}/{}", names_of_kinds[static_cast<int>(which)], competitor), rows_of(which),
          [=](benchmark::State& state) {
            const folder here("import");
            write_file(here.file("parts.csv"), parts_csv());
            write_file(here.file("stock.csv"), stock_csv(which));
            const std::string file = here.file("stock.db");
            const finished done = run_program(command(here, file));
            state.counters["file_bytes"] = size_of(file);
            state.counters["peak_bytes"] = done.peak;
            check(state, done.right && ask(file, count) == static_cast<std::int64_t>(rows_of(which)),
                  "not all rows were imported");
            return done.seconds;
          })
      ->Repetitions(3);
}

std::vector<std::string> with_tool(const folder& here, const std::string& file) {
  return {TALLYMARK_TOOL,         "import",  "--db", file, "--parts", here.file("parts.csv"), "--stock",
          here.file("stock.csv"), "--scope", "part"};
}
std::vector<std::string> with_shell(const folder& here, const std::string& file) {
  return {"sqlite3", file, table, fmt::format(".import --csv --skip 1 \"{}\" stock", here.file("stock.csv"))};
}
// the same with as much memory for pages as sqlite_journal takes: random keys are all over the index
std::vector<std::string> with_large_cache(const folder& here, const std::string& file) {
  auto command = with_shell(here, file);
  command.insert(command.begin() + 2, "PRAGMA cache_size = -65536");
  return command;
}

// ---- journal --------------------------------------------------------------------------------------------------------

using rules = tallymark::policies<tallymark::unique_per_part, tallymark::sqlite_journal>;
using durable_stock = tallymark::stock<rules>;

rules kept_in(const std::string& file) { return rules(tallymark::sqlite_journal(file)); }

double append_million(benchmark::State& state) {
  const folder here("append");
  durable_stock stock(kept_in(here.file("stock.db")));
  bool right = stock.open() && stock.add_part({.key = "motor"});
  std::vector<double> seconds;
  for (int i = 0; right && i < 21; ++i) {
    const auto box = stock.create({.part = "motor", .amount = million});
    seconds.push_back(seconds_of([&] { right = box && stock.serialize(box->first, million); }));
  }
  check(state, right && stock.size() == 21 * (million + 1), "the units were not made");
  if (!right) return 0;
  std::nth_element(seconds.begin(), seconds.begin() + 10, seconds.end());
  return seconds[10];
}

double open_existing(benchmark::State& state, const std::string& file, std::uint64_t items) {
  durable_stock stock(kept_in(file));
  bool right = false;
  const double seconds = seconds_of([&] { right = stock.open().has_value(); });
  check(state, right && stock.size() == items, "not everything was read");
  return seconds;
}

// A hundred times as many serial numbers as elsewhere, in a thousand runs that do not touch.
double open_runs(benchmark::State& state) {
  static const std::uint64_t length = size() / 10;
  static const folder here("open_runs");
  static const std::string file = here.file("stock.db");
  static const bool made = [] {
    durable_stock stock(kept_in(file));
    bool right = stock.open() && stock.add_part({.key = "motor"});
    for (std::uint64_t i = 0; right && i < 1'000; ++i) {
      tallymark::run_list serials;
      serials.add(tallymark::run{{"SN-", 0}, 1 + i * (length + 1), length});
      right = stock.create({.part = "motor", .amount = length, .serials = std::move(serials)}).has_value();
    }
    return right;
  }();
  check(state, made, "the runs were not made");
  return open_existing(state, file, 1'000 * length);
}

double open_irregular(benchmark::State& state) {
  static const folder here("open_irregular");
  static const std::string file = here.file("stock.db");
  static const bool made = [] {
    durable_stock stock(kept_in(file));
    bool right = stock.open() && stock.add_part({.key = "motor"});
    auto all = stock.receive();
    random_serials serials;
    for (std::size_t i = 0; right && all && i < rows_of(kind::irregular); ++i)
      right = all->add({.part = "motor", .serial = serials.next()}).has_value();
    return right && all && all->commit();
  }();
  check(state, made, "the items were not made");
  return open_existing(state, file, rows_of(kind::irregular));
}

const bool registered = [] {
  constexpr const char* ours = "SELECT sum(length) FROM serial_runs";
  constexpr const char* theirs = "SELECT count(*) FROM stock";
  for (const kind which : {kind::in_order, kind::irregular}) {
    add_import(which, "tallymark", ours, with_tool);
    add_import(which, "sqlite3", theirs, with_shell);
  }
  add_import(kind::irregular, "sqlite3_large_cache", theirs, with_large_cache);
  add_row("journal/append/tallymark", 1, append_million)->Iterations(1)->Unit(benchmark::kMillisecond);
  add_row("journal/open/runs", 1, open_runs)->Iterations(1)->Unit(benchmark::kMillisecond);
  add_row("journal/open/irregular", 1, open_irregular)->Iterations(1)->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
