// import/...: CSV into a durable SQLite file, by the command-line tool and by SQLite's own shell.
// journal/...: the cost of one change, and of opening a database.
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

// A folder that is empty at first and removed at the end.
class folder {
 public:
  explicit folder(const char* name) : path_(fs::path(TALLYMARK_BENCH_FOLDER) / name) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~folder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;

  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

// Writes a file and waits until it is on disk, so that no row has to wait for it later.
void write_file(const std::string& path, std::string_view text) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (!file) return;
  std::fwrite(text.data(), 1, text.size(), file);
  std::fflush(file);
  fsync(fileno(file));
  std::fclose(file);
}

// The size of a database with its WAL and rollback journal.
double size_of(const std::string& path) {
  std::uintmax_t sum = 0;
  for (const char* const suffix : {"", "-wal", "-journal"}) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path + suffix, error);
    if (!error) sum += size;
  }
  return static_cast<double>(sum);
}

// The number that a query returns; -1 if it fails.
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

std::size_t rows_of(kind serials_kind) { return serials_kind == kind::in_order ? size() : size() / 5; }

std::string part_of(std::size_t row, std::size_t rows) { return fmt::format("PART-{:02}", row * parts / rows + 1); }

// Twelve capital letters and digits, the same sequence in every run.
class random_serials {
 public:
  std::string_view next() {
    std::uint64_t bits = random_();
    for (char& symbol : text_) {
      symbol = symbols[bits % 36];
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

std::string stock_csv(kind serials_kind) {
  const std::size_t rows = rows_of(serials_kind);
  std::string out = "part,quantity,serial\n";
  out.reserve(rows * 24);
  random_serials serials;
  for (std::size_t i = 0; i < rows; ++i) {
    out += part_of(i, rows);
    if (serials_kind == kind::in_order)
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
  bool ok = false;
};

// The peak memory of a process so far; 0 if it has ended.
double peak_of(pid_t process) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) * 1024;
  return 0;
}

finished run_program(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);

  finished result;
  int status = 0;
  result.seconds = seconds_of([&] {
    pid_t process = 0;
    if (posix_spawnp(&process, pointers[0], &actions, nullptr, pointers.data(), environ) != 0) return;
    pid_t ended = 0;
    while ((ended = waitpid(process, &status, WNOHANG)) == 0) {
      result.peak = std::max(result.peak, peak_of(process));
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    result.ok = ended == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  });
  posix_spawn_file_actions_destroy(&actions);
  return result;
}

// ---- import ---------------------------------------------------------------------------------------------------------

constexpr const char* table = "CREATE TABLE stock(part TEXT, quantity INTEGER, serial TEXT, UNIQUE(part, serial))";

void add_import(kind serials_kind, const char* competitor, const char* count,
                std::vector<std::string> (*command)(const folder&, const std::string&)) {
  add_row(fmt::format("import/{}/{}", names_of_kinds[static_cast<int>(serials_kind)], competitor),
          rows_of(serials_kind),
          [=](benchmark::State& state) {
            const folder here("import");
            write_file(here.file("parts.csv"), parts_csv());
            write_file(here.file("stock.csv"), stock_csv(serials_kind));
            const std::string file = here.file("stock.db");
            const finished import = run_program(command(here, file));
            state.counters["file_bytes"] = size_of(file);
            state.counters["peak_bytes"] = import.peak;
            check(state, import.ok && ask(file, count) == static_cast<std::int64_t>(rows_of(serials_kind)),
                  "not all rows were imported");
            return import.seconds;
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
// the same with as large a page cache as sqlite_journal uses, since random keys are spread over the whole index
std::vector<std::string> with_large_cache(const folder& here, const std::string& file) {
  auto command = with_shell(here, file);
  command.insert(command.begin() + 2, "PRAGMA cache_size = -65536");
  return command;
}

// ---- journal --------------------------------------------------------------------------------------------------------

using rules = tallymark::policies<tallymark::unique_per_part, tallymark::sqlite_journal>;
using durable_stock = tallymark::stock<rules>;

rules policies_for(const std::string& file) { return rules(tallymark::sqlite_journal(file)); }

double append_million(benchmark::State& state) {
  const folder here("append");
  durable_stock stock(policies_for(here.file("stock.db")));
  bool ok = stock.open() && stock.add_part({.key = "motor"});
  std::vector<double> seconds;
  for (int i = 0; ok && i < 21; ++i) {
    const auto box = stock.create({.part = "motor", .amount = million});
    seconds.push_back(seconds_of([&] { ok = box && stock.serialize(box->first, million); }));
  }
  check(state, ok && stock.size() == 21 * (million + 1), "the units were not created");
  if (!ok) return 0;
  std::nth_element(seconds.begin(), seconds.begin() + 10, seconds.end());
  return seconds[10];
}

double open_existing(benchmark::State& state, const std::string& file, std::uint64_t items) {
  durable_stock stock(policies_for(file));
  bool ok = false;
  const double seconds = seconds_of([&] { ok = stock.open().has_value(); });
  check(state, ok && stock.size() == items, "not everything was read");
  return seconds;
}

// A hundred times as many serial numbers as elsewhere, in a thousand runs that are not adjacent.
double open_runs(benchmark::State& state) {
  static const std::uint64_t length = size() / 10;
  static const folder here("open_runs");
  static const std::string file = here.file("stock.db");
  static const bool created = [] {
    durable_stock stock(policies_for(file));
    bool ok = stock.open() && stock.add_part({.key = "motor"});
    for (std::uint64_t i = 0; ok && i < 1'000; ++i) {
      tallymark::run_list serials;
      serials.add(tallymark::run{{"SN-", 0}, 1 + i * (length + 1), length});
      ok = stock.create({.part = "motor", .amount = length, .serials = std::move(serials)}).has_value();
    }
    return ok;
  }();
  check(state, created, "the runs were not created");
  return open_existing(state, file, 1'000 * length);
}

double open_irregular(benchmark::State& state) {
  static const folder here("open_irregular");
  static const std::string file = here.file("stock.db");
  static const bool created = [] {
    durable_stock stock(policies_for(file));
    bool ok = stock.open() && stock.add_part({.key = "motor"});
    auto receipt = stock.receive();
    random_serials serials;
    for (std::size_t i = 0; ok && receipt && i < rows_of(kind::irregular); ++i)
      ok = receipt->add({.part = "motor", .serial = serials.next()}).has_value();
    return ok && receipt && receipt->commit();
  }();
  check(state, created, "the items were not created");
  return open_existing(state, file, rows_of(kind::irregular));
}

const bool registered = [] {
  constexpr const char* ours = "SELECT sum(length) FROM serial_runs";
  constexpr const char* theirs = "SELECT count(*) FROM stock";
  for (const kind serials_kind : {kind::in_order, kind::irregular}) {
    add_import(serials_kind, "tallymark", ours, with_tool);
    add_import(serials_kind, "sqlite3", theirs, with_shell);
  }
  add_import(kind::irregular, "sqlite3_large_cache", theirs, with_large_cache);
  add_row("journal/append/tallymark", 1, append_million)->Iterations(1)->Unit(benchmark::kMillisecond);
  add_row("journal/open/runs", 1, open_runs)->Iterations(1)->Unit(benchmark::kMillisecond);
  add_row("journal/open/irregular", 1, open_irregular)->Iterations(1)->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
