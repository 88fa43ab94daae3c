// faults TEST [--seed N] [--times N] [--seconds S] [--all] [--tool PATH]: see tests/faults/run.
#include "tests.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

int main(int count, char** words) {
  using namespace faults;
  constexpr std::pair<std::string_view, void (*)(const orders&)> tests[] = {
      {"calls", &every_call_fails},    {"full", &disk_is_full},           {"files", &files_are_odd},
      {"damage", &files_are_damaged},  {"kills", &operations_are_killed}, {"imports", &imports_are_killed},
      {"claims", &two_processes_claim}};
  orders told;
  std::string_view wanted = count > 1 ? words[1] : "";
  for (int i = 2; i < count; ++i) {
    const std::string_view word = words[i];
    const char* const value = i + 1 < count ? words[i + 1] : "";
    if (word == "--all") {
      told.all = true;
      continue;
    }
    if (word == "--seed")
      told.seed = std::strtoull(value, nullptr, 10);
    else if (word == "--times")
      told.times = std::strtoull(value, nullptr, 10);
    else if (word == "--seconds")
      told.seconds = std::strtod(value, nullptr);
    else if (word == "--tool")
      told.tool = value;
    else
      wanted = "";
    ++i;
  }
  for (const auto& [name, run] : tests)
    if (name == wanted) {
      run(told);
      return 0;
    }
  std::fputs(
      "faults calls|full|files|damage|kills|imports|claims [--seed N] [--times N] [--seconds S] [--all] [--tool "
      "PATH]\n",
      stderr);
  return 2;
}
