// The rows that a journal gets for each kind of change.
#include <tallymark/stock/detail/row_maker.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <memory>
#include <sstream>
#include <string>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/serial/prefixed.hpp>

using namespace tallymark;

namespace {

struct writing_log {
  std::shared_ptr<std::string> last_group;
  std::uint64_t changes = 0;
  result<bool> begin() { return false; }
  template <class Reader>
  result<void> read(Reader&) {
    return {};
  }
  result<void> append(const row_group& group) {
    std::ostringstream out;
    const auto write = [&](const serial_row& row) {
      out << ' ' << row.scope << ':' << row.first << ".." << row.last << '=' << row.serials.first << '+'
          << row.serials.length;
    };
    for (const part_row& row : group.parts)
      out << "part " << row.number << ' ' << row.key << (row.variant_of ? " of " + std::to_string(*row.variant_of) : "")
          << ';';
    for (const reserved_row& row : group.dropped) write((out << "dropped " << row.part, row.serials));
    for (const item_change& row : group.changes) {
      out << "change " << row.which.first << '+' << row.which.count << (row.amount ? ' ' + row.amount->text() : "")
          << (row.batch ? " batch " + std::string(*row.batch) : "") << (row.removed ? " removed" : "");
      if (row.serials) write(*row.serials);
      out << ';';
    }
    for (const item_row& row : group.added) {
      out << "item " << row.which.first << '+' << row.which.count << ' ' << row.amount.text() << ' ' << row.batch;
      if (row.serials) write(*row.serials);
      out << ';';
    }
    for (const reserved_row& row : group.reserved) write((out << "reserved " << row.part, row.serials));
    for (const sequence_row& row : group.sequences)
      out << "sequence " << row.scope << (row.issued ? " issued" : "") << ';';
    for (const counter_row& row : group.counters) out << "counter " << row.last << ';';
    if (group.spell) out << group.spell({{"SN-", 4}, 7});
    *last_group = out.str();
    changes += group.history.size();
    return {};
  }
  void cancel() {}
  [[nodiscard]] std::uint64_t last() const { return changes; }
};
struct writing {
  using policy_slot = journal_slot;
  using log = writing_log;
  std::shared_ptr<std::string> last_group = std::make_shared<std::string>();
  result<writing_log> open(const journal_schema&) const { return writing_log{last_group}; }
};
using set = policies<writing, prefixed_serial<"SN-", 4>, pattern_batch<"L{sequence}">>;

}  // namespace

TEST_CASE("each change is told as rows", "[stock]") {
  const writing journal;
  const std::string& rows = *journal.last_group;
  stock<set> all{set{journal}};
  REQUIRE(all.open());
  REQUIRE(all.add_part({.key = "bolt"}));
  CHECK(rows == "part 0 bolt;SN-0007");
  REQUIRE(all.add_part({.key = "nut"}));
  REQUIRE(all.make_variant("nut", "bolt"));
  CHECK(rows == "part 1 nut of 0;SN-0007");
  REQUIRE(all.batch_code());
  CHECK(rows == "counter 1;SN-0007");
  REQUIRE(all.create({.part = "bolt", .amount = 100, .batch = "L1"}));
  CHECK(rows == "item 1+1 100 L1;SN-0007");
  REQUIRE(all.serialize(1, 10));
  CHECK(rows == "change 1+1 90;item 2+10 1 L1 0:SN-0001..SN-0010=1+10;sequence 0 issued;SN-0007");
  REQUIRE(all.serialize(1, 2));
  CHECK(rows == "change 1+1 88;item 12+2 1 L1 0:SN-0011..SN-0012=11+2;SN-0007");
  REQUIRE(all.change_serial(5, "SN-0500"));
  CHECK(rows == "change 5+1 0:SN-0500..SN-0500=500+1;SN-0007");
  REQUIRE(all.change_batch({3, 2}, "L2"));
  CHECK(rows == "change 3+2 batch L2;SN-0007");
  REQUIRE(all.remove(3));
  CHECK(rows == "change 3+1 removed;SN-0007");
  auto reserved = all.reserve("bolt", 3);
  REQUIRE(reserved);
  CHECK(rows == "reserved 0 0:SN-0501..SN-0503=501+3SN-0007");
  REQUIRE(all.serialize(1, std::move(*reserved)));
  CHECK(rows.starts_with("dropped 0 0:SN-0501..SN-0503=501+3change 1+1 85;item 14+3 1 L1 0:SN-0501..SN-0503"));
  REQUIRE(all.start_at("nut", "SN-0700"));
  CHECK(rows == "sequence 0 issued;SN-0007");
}
