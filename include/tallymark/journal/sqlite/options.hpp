// How a journal in SQLite is opened.
#pragma once

#include <tallymark/config.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tallymark {

/// PRAGMA synchronous: when a commit waits for the disk.
enum class sqlite_synchronous : std::uint8_t {
  off,     ///< never: a power loss can damage the file
  normal,  ///< not: a power loss takes the last commits away, and nothing else
  full,    ///< each one: what is acknowledged is on the disk
  extra,   ///< in WAL mode the same as full
};

/// How a journal in SQLite is opened.
struct sqlite_options {
  sqlite_synchronous synchronous = sqlite_synchronous::full;
  std::chrono::milliseconds busy_timeout{5000};  ///< how long to wait for others
  bool create = true;                            ///< false: journal_missing if there is no file
  bool read_only = false;                        ///< nothing is changed, and no file is left beside the database
  bool adopt_policies = false;  ///< true: other policies take the journal over, if they read its rows as they are
  std::size_t cache_bytes = 64U << 20U;  ///< PRAGMA cache_size: memory for pages of the file
  std::size_t threads = 2;               ///< how many may read a large file when it is opened; 1: the caller's alone
  std::string vfs{};                     ///< a VFS that is registered with SQLite; empty: the default one
};

}  // namespace tallymark
