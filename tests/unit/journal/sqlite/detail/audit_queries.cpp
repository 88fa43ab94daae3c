#include <tallymark/journal/sqlite/detail/audit_queries.hpp>

#include <catch2/catch_test_macros.hpp>

#include <support/checked_stock.hpp>

#include <algorithm>
#include <iterator>

namespace {

constexpr checked::damage damages[] = {
    {"DELETE FROM state", "there is not one row with a version from 0 on", "state 0"},
    {"UPDATE state SET version = -1", "there is not one row with a version from 0 on", "state 1"},
    {"INSERT INTO policies VALUES ('index', 'x')", "a policy is named that no journal has", "policies 1"},
    {"UPDATE policies SET name = '' WHERE slot = 'scope'", "a policy is named that no journal has", "policies 1"},
    {"UPDATE parts SET number = 9 WHERE number = 3", "the numbers of parts do not count from 0", "parts 9"},
    {"UPDATE parts SET variant_of = 7 WHERE number = 1", "a part is a variant of a part that does not exist",
     "parts 1"},
    {"UPDATE parts SET changed = 1000 WHERE number = 1", "a part was changed after the last change", "parts 1"},
    {"UPDATE batches SET code = ''", "a batch code is empty", "batches 1"},
    {"UPDATE serial_runs SET item = 3 WHERE item = 2", "a run is of no block", "serial_runs 3"},
    {"UPDATE serial_runs SET item = 1 WHERE item = 2", "a run is of no block", "serial_runs 1"},
    {"UPDATE serial_runs SET tail = 'x' WHERE item = 2", "a run is of no block", "serial_runs 2"},
    {"INSERT INTO serial_runs SELECT 'Q', scope, tail, width, kind, first, length, item FROM serial_runs WHERE item = "
     "2",
     "a run is of no block", "serial_runs 2"},
    {"UPDATE items SET ordinal = 2 WHERE first = 2", "a run is of no block", "serial_runs 2"},
    {"UPDATE items SET kind = NULL WHERE first = 2", "a block has half a serial number", "items 2"},
    {"UPDATE items SET first_serial = NULL WHERE first = 2", "a block has half a serial number", "items 2"},
    {"UPDATE items SET tail = '' WHERE first = 1", "a block has half a serial number", "items 1"},
    {"UPDATE reservations SET part = 9", "a reservation is of a part that does not exist", "reservations 1"},
    {"UPDATE sequences SET part = 9", "the sequence of a scope is of a part that does not exist", "sequences"},
    {"UPDATE sequences SET kind = 0", "the active family of a sequence does not exist", "sequences"},
    {"UPDATE sequences SET start_first = 1, start_kind = NULL", "the start of a sequence is no serial number",
     "sequences"},
    {"UPDATE sequences SET changed = -1", "a sequence was changed after the last change", "sequences"},
    {"UPDATE batch_counters SET last = 0", "a counter of batch codes is not positive", "batch_counters 1"},
    {"UPDATE batch_counters SET changed = 1000", "a counter was changed after the last change", "batch_counters 1"},
    {"DELETE FROM sources", "an entry of history names a source that does not exist", "history 0"},
    {"UPDATE history SET lines = 7 WHERE number = 0", "an entry of history has lines of no source, or none of one",
     "history 0"},
    {"UPDATE history SET at = 9000000000000 WHERE number = 2", "the time of an entry of history is no time",
     "history 2"},
};

}  // namespace

TEST_CASE("each query finds what it is for") {
  checked::must_be_found(damages);
  for (const auto& each : tallymark::detail::audit_queries) {
    INFO(each.what);
    CHECK(std::any_of(std::begin(damages), std::end(damages), [&](const auto& one) { return one.what == each.what; }));
  }
}
