// What a refused change has prepared is taken back: blocks are as before, and the next change finds nothing of it.
#include <tallymark/stock/detail/applier.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

using namespace tallymark;

namespace {

struct refusing_log {
  std::shared_ptr<bool> refuses;
  std::uint64_t changes = 0;
  result<bool> begin() { return false; }
  template <class Reader>
  result<void> read(Reader&) {
    return {};
  }
  result<void> append(const row_group& group) {
    if (*refuses) return fail(errc::journal_full);
    changes += group.history.size();
    return {};
  }
  void cancel() {}
  [[nodiscard]] std::uint64_t last() const { return changes; }
};
struct refusing {
  using policy_slot = journal_slot;
  using log = refusing_log;
  std::shared_ptr<bool> refuses = std::make_shared<bool>(false);
  result<refusing_log> open(const journal_schema&) const { return refusing_log{refuses}; }
};
using tested = stock<policies<refusing>>;

std::vector<items> blocks_of(const tested& all) {
  std::vector<items> out;
  all.for_each([&](const items& which, const auto&) { out.push_back(which); });
  return out;
}

}  // namespace

TEST_CASE("blocks that were cut for a change that is refused are one again", "[stock]") {
  const refusing journal;
  tested all{policies<refusing>{journal}};
  REQUIRE(all.open());
  REQUIRE(all.add_part({.key = "bolt"}));
  REQUIRE(all.create({.part = "bolt", .amount = 100, .batch = "A"}));
  REQUIRE(all.serialize(1, 50));
  REQUIRE(all.create({.part = "bolt"}));
  const std::vector<items> before{1, {2, 50}, 52};
  REQUIRE(blocks_of(all) == before);

  *journal.refuses = true;
  CHECK(!all.change_batch({10, 5}, "B"));
  CHECK(!all.remove({2, 3}));
  CHECK(!all.change_serial(20, "X"));
  CHECK(!all.set_parent(52, 1));
  CHECK(!all.split(1, 2));
  CHECK(!all.add_part({.key = "nut", .group = "new"}));
  CHECK(blocks_of(all) == before);
  CHECK(all.parts().size() == 1);
  CHECK(all.batches() == 1);
  CHECK(all.trace("B").empty());
  CHECK(all.trace("A") == std::vector<items>{{1, 51}});
  CHECK(all.descendants(1) == std::vector<items>{{2, 50}});
  CHECK(!all.get(52)->parent);

  *journal.refuses = false;
  CHECK(all.change_batch({10, 5}, "B"));
  CHECK(blocks_of(all) == std::vector<items>{1, {2, 8}, {10, 5}, {15, 37}, 52});
  CHECK(all.trace("B") == std::vector<items>{{10, 5}});
  CHECK(all.add_part({.key = "nut", .group = "new"}) == 1U);
}
