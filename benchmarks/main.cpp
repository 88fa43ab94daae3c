// Runs the benchmarks, with defaults that make ratios worth quoting; every flag can be given anew.
#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  std::array<std::string, 4> defaults{
      "--benchmark_enable_random_interleaving=true",
      "--benchmark_repetitions=7",
      "--benchmark_report_aggregates_only=true",
      "--benchmark_min_time=0.05",
  };
  std::vector<char*> arguments{argv[0]};
  for (std::string& each : defaults) arguments.push_back(each.data());
  arguments.insert(arguments.end(), argv + 1, argv + argc);
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
