// The laws of journals, for tests of your own journals, in any test framework.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tallymark/policy/journal.hpp>
#include <tallymark/stock/rows.hpp>
#include <tallymark/testing/laws.hpp>

namespace tallymark::testing {

namespace detail {

// Writes down what it reads.
struct row_recorder {
  std::string lines{};

  void add(std::string_view text) { lines.append(text).append(" "); }
  void add(std::uint64_t value) { add(std::string_view(std::to_string(value))); }
  void add(const serial_row& row) {
    add(row.scope), add(row.serials.family.text), add(row.serials.family.tail), add(row.serials.family.width);
    add(row.serials.first), add(row.serials.length), add(row.serials.stride), add(row.first), add(row.last);
  }
  void add(member_texts texts) {
    for (const std::string& text : texts) add(std::string_view(text));
  }
  [[nodiscard]] result<void> end() {
    lines.append("\n");
    return {};
  }

  [[nodiscard]] result<void> part(const part_row& row) {
    add("part"), add(row.number), add(row.key), add(row.variant_of.value_or(0)), add(row.issued_here ? 1U : 0U);
    add(row.group), add(row.data);
    return end();
  }
  [[nodiscard]] result<void> stale(items) { return {}; }
  [[nodiscard]] result<void> item(const item_row& row) {
    add("item"), add(row.which.first), add(row.which.count), add(row.part), add(std::string_view(row.amount.text()));
    add(row.batch), add(row.parent), add(row.removed ? 1U : 0U), add(row.data);
    if (row.serials) add(*row.serials);
    return end();
  }
  [[nodiscard]] result<void> reserved(std::span<const reserved_row> rows) {
    for (const reserved_row& row : rows) add("reserved"), add(row.part), add(row.serials), (void)end();
    return {};
  }
  [[nodiscard]] result<void> sequence(const sequence_row& row) {
    add("sequence"), add(row.scope), add(row.part), add(row.issued ? 1U : 0U);
    if (row.active) add(row.active->text);
    return end();
  }
  [[nodiscard]] result<void> counter(const counter_row& row) {
    add("counter"), add(row.rest), add(row.last);
    return end();
  }
  [[nodiscard]] result<void> changed(const entry& row) {
    add("changed"), add(row.number), add(std::string_view(row.before)), add(std::string_view(row.after));
    return end();
  }
};

template <class Log>
std::optional<std::string> all_of(Log& log) {
  row_recorder all;
  return log.read(all) ? std::optional(std::move(all.lines)) : std::nullopt;
}

// `length` serial numbers of `SN-` with width 4, and the texts of both ends.
struct spelled_run {
  run serials;
  std::string first = text(serials.first), last = text(serials.last());

  [[nodiscard]] static std::string text(std::uint64_t ordinal) {
    const std::string digits = std::to_string(ordinal);
    return "SN-" + std::string(4 - std::min<std::size_t>(digits.size(), 4), '0') + digits;
  }
  [[nodiscard]] serial_row row() const { return {"s", serials, first, last}; }
};

// As a stock does it: what is new is read, then the group is appended.
template <class Log>
[[nodiscard]] result<void> append_to(Log& log, const row_group& group) {
  const auto begun = log.begin();
  if (!begun) return unexpected<failure>(begun.error());
  row_recorder rest;
  if (*begun)
    if (const auto done = log.read(rest); !done) return done;
  return log.append(group);
}

}  // namespace detail

/// Checks a journal. `open()` returns `result<Log>`: the same journal each time, which is new and empty at first, opened
/// with no member of parts and one member of items. Rows of all kinds are written and read back by another log; a group
/// that is cancelled or refused leaves nothing; each log learns what another one wrote. Runs have the stride of the
/// journal; up to 100.
template <class Open>
[[nodiscard]] std::optional<broken_law> check_journal_laws(Open&& open) {
  auto first = open(), second = open();
  if (!first || !second) return broken_law{"a journal can be opened twice", "open"};
  const auto broken = [](std::string_view law, std::string_view seen = {}) {
    return std::optional(broken_law{std::string(law), std::string(seen)});
  };

  const std::string site[1]{"Kiel"};
  const std::uint64_t stride = tallymark::detail::stride_of_log(*first);
  const auto of = [&](std::uint64_t from, std::uint64_t length) {
    return detail::spelled_run{{{"SN-", 4}, from, length, length == 1 ? 1 : stride}};
  };
  const auto units = of(7, 3), held = of(1000, 5);
  const std::array parts{part_row{.number = 0, .key = "motor", .group = "g"},
                         part_row{.number = 1, .key = "fast", .variant_of = 0}};
  const std::array added{item_row{.which = {1, 1}, .part = 1, .amount = 5, .batch = "B1", .data = site},
                         item_row{.which = {2, 3}, .amount = 1, .parent = 1, .serials = units.row()}};
  const std::array reserved{reserved_row{.part = 0, .serials = held.row()}};
  const std::array sequences{sequence_row{.scope = "s", .part = 0, .active = family{"SN-", 4}, .issued = true}};
  const std::string zeros("\0a", 2);
  const std::array counters{counter_row{zeros, 7}};
  std::array<entry, 2> history{};
  history[0].what = change::created;
  history[0].subject = {1, 4};
  history[1].number = 1;
  history[1].what = change::batch_changed;
  history[1].subject = items(1);
  history[1].before = "B0";
  history[1].after = "B1";
  const row_group all{parts, {}, {}, added, reserved, sequences, counters, history, {}};
  if (!detail::append_to(*first, all)) return broken("a group of rows can be appended");
  detail::row_recorder wanted;
  for (const part_row& row : parts) (void)wanted.part(row);
  for (const item_row& row : added) (void)wanted.item(row);
  (void)wanted.reserved(reserved);
  for (const sequence_row& row : sequences) (void)wanted.sequence(row);
  for (const counter_row& row : counters) (void)wanted.counter(row);
  (void)wanted.changed(history[1]);

  const auto own = detail::all_of(*first);
  if (!own || own->find("item") != own->npos) return broken("a log does not read what it appended", own.value_or(""));
  const auto news = second->begin();
  second->cancel();
  if (!news || !*news) return broken("begin tells that another log has appended");
  const auto read = detail::all_of(*second);
  if (!read || *read != wanted.lines) return broken("what was appended is read back", read.value_or(""));
  if (first->last() != 2 || second->last() != 2) return broken("last is the number of the next change");

  const std::array next{item_row{.which = {5, 1}, .amount = 2}};
  std::array<entry, 1> created{};
  created[0].number = 2;
  created[0].what = change::created;
  created[0].subject = items(5);
  const auto refused = [&](const item_row& row) {
    const std::array rows{row};
    std::array<entry, 1> note = created;
    note[0].subject = row.which;
    return !detail::append_to(*first, {.added = rows, .history = note}) && first->last() == 2;
  };
  const auto last_unit = of(units.serials.last(), 1), around = of(7 + stride, 9), one_held = of(held.serials.at(2), 1);
  if (!refused({.which = {5, 1}, .amount = 1, .serials = last_unit.row()}) ||
      !refused({.which = {5, 9}, .amount = 1, .serials = around.row()}))
    return broken("a run that overlaps another one is refused");
  if (!refused({.which = {5, 1}, .amount = 1, .serials = one_held.row()}))
    return broken("a run that overlaps a reservation is refused");
  const detail::spelled_run other{{{"SN-", 4}, 2000, 2, stride + 1}};
  constexpr bool knows_strides = requires { first->stride(); };
  if (knows_strides && !refused({.which = {5, 2}, .amount = 1, .serials = other.row()}))
    return broken("a run of another stride than the journal has is refused");
  if (!refused({.which = {6, 1}, .amount = 1})) return broken("the ids of new items continue");
  const std::string too_long(longest_row_text + 1, 'x');
  if (!refused({.which = {5, 1}, .amount = 1, .batch = too_long})) return broken("a text that is too long is refused");
  if (const auto begun = first->begin(); !begun) return broken("begin works after a refusal");
  first->cancel();
  if (const auto begun = second->begin(); !begun || *begun)
    return broken("what was refused or cancelled leaves nothing");
  second->cancel();

  if (!detail::append_to(*second, {.added = next, .history = created}))
    return broken("a group can be appended after others were refused");
  const auto caught_up = detail::all_of(*first);
  if (!caught_up || caught_up->find("item 5 1 ") == caught_up->npos || first->last() != 3)
    return broken("a log reads what another one appended", caught_up.value_or(""));
  if (stride > 1) {
    const auto between = of(8, 3);
    const std::array rows{item_row{.which = {6, 3}, .amount = 1, .serials = between.row()}};
    created[0].number = 3;
    created[0].subject = {6, 3};
    if (!detail::append_to(*second, {.added = rows, .history = created}))
      return broken("a run can lie between the serial numbers of another one");
  }
  auto third = open();
  if (!third) return broken("a journal can be opened again");
  const auto again = detail::all_of(*third);
  if (!again || again->find("item 2 3 ") == again->npos || again->find("item 5 1 ") == again->npos)
    return broken("what was appended is there when the journal is opened again", again.value_or(""));
  return std::nullopt;
}

}  // namespace tallymark::testing
