// batch/pattern: a batch code from a pattern, compared with the usual ways to write a date. All of them are given the
// time.
#include <benchmark/benchmark.h>
#include <fmt/compile.h>

#include <array>
#include <ctime>
#include <iomanip>
#include <iterator>
#include <sstream>
#include <string>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/calendar/clock.hpp>

namespace {

using namespace tallymark;

using pattern = pattern_batch<"{year}-{month:02}-{day:02}", fixed_clock>;

constexpr civil_time moments[] = {{2026, 11, 23}, {2027, 1, 4}, {2024, 2, 29}, {2031, 12, 31}};
constexpr const char* codes[] = {"2026-11-23", "2027-01-04", "2024-02-29", "2031-12-31"};

// `write(out, i)` writes the code of a moment into a string that is reused.
template <class Write>
void write_codes(benchmark::State& state, Write write) {
  std::string out;
  for (unsigned i = 0; i < 4; ++i) {
    out.clear();
    write(out, i);
    if (out != codes[i]) return state.SkipWithError("the code is wrong");
  }
  unsigned i = 0;
  for (auto _ : state) {
    out.clear();
    write(out, i++ % 4);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
}

void with_tallymark(benchmark::State& state) {
  std::array<pattern, 4> patterns{};
  for (unsigned i = 0; i < 4; ++i) patterns[i].clock.time = moments[i];
  benchmark::DoNotOptimize(&patterns);
  write_codes(state, [&](std::string& out, unsigned i) { (void)patterns[i].format(out); });
}

void with_fmt(benchmark::State& state) {
  std::array<civil_time, 4> times{};
  for (unsigned i = 0; i < 4; ++i) times[i] = moments[i];
  benchmark::DoNotOptimize(&times);
  write_codes(state, [&](std::string& out, unsigned i) {
    const civil_time& at = times[i];
    fmt::format_to(std::back_inserter(out), FMT_COMPILE("{}-{:02}-{:02}"), at.year, at.month, at.day);
  });
}

void with_put_time(benchmark::State& state) {
  std::array<std::tm, 4> times{};
  for (unsigned i = 0; i < 4; ++i) {
    times[i].tm_year = moments[i].year - 1900;
    times[i].tm_mon = moments[i].month - 1;
    times[i].tm_mday = moments[i].day;
  }
  benchmark::DoNotOptimize(&times);
  std::ostringstream stream;
  write_codes(state, [&](std::string& out, unsigned i) {
    stream.seekp(0);
    stream << std::put_time(&times[i], "%Y-%m-%d");
    out.append(stream.view().substr(0, static_cast<std::size_t>(stream.tellp())));
  });
}

const bool registered = [] {
  benchmark::RegisterBenchmark("batch/pattern/tallymark", with_tallymark);
  benchmark::RegisterBenchmark("batch/pattern/fmt", with_fmt);
  benchmark::RegisterBenchmark("batch/pattern/put_time", with_put_time);
  return true;
}();

}  // namespace
