// Runs the benchmarks with defaults that give reliable ratios; every flag can be overridden.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "data.hpp"

namespace {

// Names are group/case/competitor[/size], without what Google Benchmark appends about the measurement.
template <class Reporter>
struct plain_names : Reporter {
  using Reporter::Reporter;

  void ReportRuns(const std::vector<benchmark::BenchmarkReporter::Run>& rows) override {
    auto plain = rows;
    for (auto& row : plain) {
      row.run_name.min_time.clear();
      row.run_name.iterations.clear();
      row.run_name.repetitions.clear();
      row.run_name.time_type.clear();
    }
    Reporter::ReportRuns(plain);
  }
};

}  // namespace

int main(int argc, char** argv) {
  std::array<std::string, 4> defaults{
      "--benchmark_enable_random_interleaving=true",
      "--benchmark_repetitions=7",
      "--benchmark_display_aggregates_only=true",
      "--benchmark_min_time=0.05",
  };
  std::vector<char*> arguments{argv[0]};
  for (std::string& argument : defaults) arguments.push_back(argument.data());
  arguments.insert(arguments.end(), argv + 1, argv + argc);
  const bool to_file = std::any_of(arguments.begin(), arguments.end(), [](const char* argument) {
    return std::string_view(argument).starts_with("--benchmark_out=");
  });

  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 1;
  benchmark::AddCustomContext("serial_numbers", std::to_string(bench::size()));
  plain_names<benchmark::ConsoleReporter> console(benchmark::ConsoleReporter::OO_None);
  plain_names<benchmark::JSONReporter> json;
  benchmark::RunSpecifiedBenchmarks(&console, to_file ? &json : nullptr);
  benchmark::Shutdown();
  std::fflush(nullptr);
  std::cout.flush();
  std::_Exit(0);  // saves the destruction of millions of strings
}
