#include <tallymark/stock/detail/row_rules.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <vector>

#include <support/journal_rows.hpp>

using namespace tallymark;
using namespace support;

namespace {

// A journal that gives whatever it is told to.
struct told {
  std::vector<part_row> parts{part_row{.key = "a"}};
  std::vector<items> stale{};
  std::vector<item_row> items_{};
  std::vector<reserved_row> reserved{};
  std::vector<sequence_row> sequences{};
  std::vector<entry> changes{};

  template <class Reader>
  result<void> read(Reader& to) {
    result<void> done;
    for (const part_row& row : parts)
      if (done) done = to.part(row);
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (done && i < stale.size()) done = to.stale(stale[i]);
      if (done) done = to.item(items_[i]);
    }
    if (done) done = to.reserved(reserved);
    for (const sequence_row& row : sequences)
      if (done) done = to.sequence(row);
    for (const entry& row : changes)
      if (done) done = to.changed(row);
    return done;
  }
  [[nodiscard]] bool sound(known_rows* known = nullptr) {
    return read_sound(*this, known) != message(errc::journal_corrupt);
  }
};

item_row some(items which, item_id parent = no_item) { return {.which = which, .amount = 1, .parent = parent}; }

}  // namespace

TEST_CASE("parts have numbers without gaps, and are no variants of themselves", "[stock]") {
  const auto variant = [](std::uint32_t number, std::uint32_t of) {
    return part_row{.number = number, .key = "x", .variant_of = of};
  };
  CHECK(told{.parts = {}}.sound());
  CHECK(told{.parts = {variant(0, 2), variant(1, 0), part_row{.number = 2, .key = "y"}}}.sound());
  CHECK_FALSE(told{.parts = {part_row{.number = 1, .key = "x"}}}.sound());
  CHECK_FALSE(told{.parts = {part_row{.key = "x"}, part_row{.key = "x"}}}.sound());
  CHECK_FALSE(told{.parts = {variant(0, 0)}}.sound());
  CHECK_FALSE(told{.parts = {variant(0, 1)}}.sound());
  CHECK_FALSE(told{.parts = {variant(0, 1), variant(1, 2), variant(2, 0)}}.sound());
  const std::string text(longest_row_text, 'x'), longer = text + "x";
  CHECK(told{.parts = {part_row{.key = text, .group = text}}}.sound());
  CHECK_FALSE(told{.parts = {part_row{.key = longer}}}.sound());
  CHECK_FALSE(told{.parts = {part_row{.key = "x", .group = longer}}}.sound());
  CHECK_FALSE(told{.parts = {part_row{.key = "x", .serials = static_cast<rule>(3)}}}.sound());
}

TEST_CASE("items have ids without gaps, a part, and no circle of parents", "[stock]") {
  CHECK(told{.items_ = {some({1, 3}), some({4, 1}, 2)}}.sound());
  CHECK(told{.items_ = {some({1, 1}, 3), some({2, 2})}}.sound());  // a parent that is younger
  CHECK_FALSE(told{.items_ = {some({2, 1})}}.sound());
  CHECK_FALSE(told{.items_ = {some({1, 3}), some({3, 1})}}.sound());
  CHECK_FALSE(told{.items_ = {some({1, 0})}}.sound());
  CHECK_FALSE(told{.items_ = {some({1, no_item})}}.sound());
  CHECK_FALSE(told{.items_ = {some({1, 1}, 2)}}.sound());
  CHECK_FALSE(told{.items_ = {some({1, 2}, 1)}}.sound());
  CHECK_FALSE(told{.items_ = {some({1, 1}, 3), some({2, 2}, 1)}}.sound());
  CHECK_FALSE(told{.items_ = {{.which = 1, .part = 1}}}.sound());
  CHECK_FALSE(
      told{.items_ = {{.which = 1, .batch = std::string_view(std::string(longest_row_text + 1, 'x'))}}}.sound());
}

TEST_CASE("serial numbers are a run that can be, one for each item", "[stock]") {
  const auto unit = [](items which, const run& serials, std::string_view scope = "s") {
    return told{.items_ = {item_row{.which = which, .amount = 1, .serials = serial_row{scope, serials, "a", "b"}}}}
        .sound();
  };
  CHECK(unit({1, 2}, {{"SN-", 4}, 1, 2}));
  CHECK(unit(1, {{"SN-", 4}, max_ordinal, 1}));
  CHECK(unit(1, {family::literal("Q"), 0, 1}));
  CHECK_FALSE(unit({1, 2}, {{"SN-", 4}, 1, 1}));
  CHECK_FALSE(unit({1, 2}, {{"SN-", 4}, max_ordinal, 2}));
  CHECK_FALSE(unit(1, {family::literal("Q"), 1, 1}));
  CHECK_FALSE(told{.items_ = {item_row{.which = 1, .amount = 2, .serials = some_serials(1, 1)}}}.sound());
  CHECK_FALSE(told{.reserved = {reserved_row{.part = 1, .serials = some_serials(1, 1)}}}.sound());
  CHECK_FALSE(told{.reserved = {reserved_row{.serials = {"s", {{"SN-", 4}, 1, 0}, "", ""}}}}.sound());
  CHECK_FALSE(told{.sequences = {sequence_row{.part = 1}}}.sound());
  CHECK_FALSE(told{.sequences = {sequence_row{.active = family::literal("Q")}}}.sound());
  CHECK_FALSE(told{.sequences = {sequence_row{.start = serial_number{family::literal("Q"), 1}}}}.sound());
}

TEST_CASE("what is read later goes on from what is known", "[stock]") {
  known_rows known;
  CHECK(told{.items_ = {some({1, 3})}}.sound(&known));
  const auto later = [&](told all) {
    known_rows copy = known;
    all.parts.clear();
    return all.sound(&copy);
  };
  CHECK(later({.stale = {{1, 3}}, .items_ = {some({1, 3})}}));
  CHECK(later({.stale = {{4, 2}}, .items_ = {some({4, 2})}}));
  CHECK_FALSE(later({.items_ = {some({1, 3})}}));                     // nothing said that it is stale
  CHECK_FALSE(later({.stale = {{5, 1}}, .items_ = {some({5, 1})}}));  // a gap
  CHECK_FALSE(later({.stale = {{1, 3}}, .items_ = {some({1, 2})}}));  // the range is not whole
  CHECK_FALSE(later({.stale = {{1, 3}}, .items_ = {some({2, 2})}}));
  CHECK_FALSE(later({.stale = {{3, 2}}, .items_ = {some({3, 2})}}));  // across what is known and what is new
  CHECK_FALSE(later({.changes = {some_change(1, change::batch_changed, 4)}}));
  CHECK_FALSE(later({.changes = {some_change(1, change::removed, 1)}}));
  CHECK(later({.changes = {some_change(1, change::batch_changed, 3)}}));
}
