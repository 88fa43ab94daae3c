#include <tallymark/stock/rows.hpp>

#include <catch2/catch_test_macros.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <vector>

using namespace tallymark;

namespace {

// The least that takes what a journal reads.
struct counting {
  int parts = 0, gone = 0, blocks = 0, reservations = 0, sequences = 0, counters = 0, changes = 0;

  result<void> part(const part_row&) { return ++parts, result<void>(); }
  result<void> stale(items) { return ++gone, result<void>(); }
  result<void> item(const item_row&) { return ++blocks, result<void>(); }
  result<void> reserved(std::span<const reserved_row> all) { return reservations = int(all.size()), result<void>(); }
  result<void> sequence(const sequence_row&) { return ++sequences, result<void>(); }
  result<void> counter(const counter_row&) { return ++counters, result<void>(); }
  result<void> changed(const entry& change) {
    if (change.what != tallymark::change::batch_changed) return fail(errc::journal_corrupt);
    return ++changes, result<void>();
  }
};

// What is almost a reader.
struct no_stale : counting {
  void stale(items) = delete;
};
struct void_item : counting {
  void item(const item_row&) {}
};
struct one_reservation : counting {
  result<void> reserved(const reserved_row&) { return {}; }
};

}  // namespace

static_assert(row_reader<counting>);
static_assert(!row_reader<const counting> && !row_reader<no_stale> && !row_reader<void_item>);
static_assert(!row_reader<one_reservation> && !row_reader<int>);

TEST_CASE("what is left out of a row says nothing", "[rows]") {
  const part_row part{.number = 1, .key = "motor"};
  CHECK(!part.variant_of);
  CHECK((part.serials == rule::optional && part.batches == rule::optional));
  CHECK((part.issued_here && part.group.empty() && part.data.empty()));

  const item_row block{.which = {1, 500}, .part = 1};
  CHECK((block.batch.empty() && block.parent == no_item && !block.expiry));
  CHECK((!block.removed && block.data.empty() && !block.serials));

  const item_change same{.which = 1};
  CHECK((!same.amount && !same.batch && !same.parent && !same.removed && !same.serials));
  // no batch code any more is something else than the same batch code as before
  CHECK(item_change{.which = 1, .batch = ""}.batch == "");
  CHECK(item_change{.which = 1, .parent = no_item}.parent == no_item);

  const row_group nothing{};
  CHECK((nothing.parts.empty() && nothing.dropped.empty() && nothing.changes.empty() && nothing.added.empty()));
  CHECK((nothing.reserved.empty() && nothing.sequences.empty() && nothing.counters.empty() && nothing.history.empty()));
}

TEST_CASE("a group of changes is given to a reader as rows", "[rows]") {
  const std::vector<std::string> data{"shelf 3", ""};
  const std::vector<part_row> parts{{.number = 0, .key = "motor", .data = data}};
  const serial_row serials{"motor", {{"SN-", 4}, 1, 400}, "SN-0001", "SN-0400"};
  const std::vector<item_row> added{{.which = {2, 400}, .amount = 1, .parent = 1, .serials = serials}};
  const std::vector<entry> history{{.what = change::batch_changed, .subject = {2, 400}, .after = "B-7"}};
  const row_group group{.parts = parts, .added = added, .history = history};

  counting reader;
  for (const part_row& each : group.parts) CHECK(reader.part(each));
  for (const item_row& each : group.added) {
    CHECK(reader.item(each));
    CHECK(each.serials->serials.length == each.which.count);
  }
  for (const entry& each : group.history) CHECK(reader.changed(each));
  CHECK((reader.parts == 1 && reader.blocks == 1 && reader.changes == 1));
  CHECK(reader.changed({.what = change::created}).error() == failure{errc::journal_corrupt});
  CHECK(group.parts[0].data[0] == "shelf 3");
}
