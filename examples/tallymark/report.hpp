// The totals of an import, as a table or as JSON.
#pragma once

#include <string>

#include "importer.hpp"
#include "rejects.hpp"

namespace tallymark::tool {

/// A table for people. `durable`: the import wrote to a database, which may have held some of the rows before.
/// `seconds` is the time that it took.
[[nodiscard]] std::string as_table(const import_totals& totals, const rejects& refused, bool durable, double seconds);

/// The same as one JSON object, without the speed.
[[nodiscard]] std::string as_json(const import_totals& totals, const rejects& refused, bool durable);

}  // namespace tallymark::tool
