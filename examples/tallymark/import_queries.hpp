// What an import asks the database about earlier imports.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sqlite3.h>

#include <tallymark/ext/result.hpp>

namespace tallymark::tool {

/// The names of all sources whose digest this is: files with the same bytes. The error is the message of SQLite.
[[nodiscard]] result<std::vector<std::string>, std::string> sources_of(sqlite3* database, const std::string& digest);

/// The parts that have serial numbers. O(blocks), and faster if all parts have some.
[[nodiscard]] std::vector<std::uint32_t> numbered_parts(sqlite3* database);

}  // namespace tallymark::tool
