// What an import came to, as a table or as JSON.
#pragma once

#include <string>

#include "importer.hpp"
#include "rejects.hpp"

namespace tallymark::tool {

/// A table for people. `seconds` is how long the import took.
[[nodiscard]] std::string as_table(const import_totals& totals, const rejects& refused, double seconds);

/// The same as one JSON object, without the speed.
[[nodiscard]] std::string as_json(const import_totals& totals, const rejects& refused);

}  // namespace tallymark::tool
