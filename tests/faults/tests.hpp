// The fault tests, one function each. What does not hold ends the process; see faults::broken.
#pragma once

#include <cstdint>
#include <string>

namespace faults {

/// What a test is told.
struct orders {
  std::uint64_t seed = 1;
  std::uint64_t times = 0;  ///< kills or files
  double seconds = 2;       ///< of two processes
  bool all = false;         ///< every call, rather than some of those of which there are many
  std::string tool{};       ///< path of the command-line tool
};

void every_call_fails(const orders& told);       // vfs.cpp
void disk_is_full(const orders& told);           // vfs.cpp
void files_are_odd(const orders& told);          // files.cpp
void files_are_damaged(const orders& told);      // files.cpp
void operations_are_killed(const orders& told);  // kills.cpp
void imports_are_killed(const orders& told);     // imports.cpp
void two_processes_claim(const orders& told);    // claims.cpp

}  // namespace faults
