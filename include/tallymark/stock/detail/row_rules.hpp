// What the rows of any journal must be like. The stock puts this between a journal and its reader, so that no journal
// can forget it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/ext/detail/cycle_finder.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

// The rows that a stock has: before a reading those that were known, after it all of them.
template <class Parts, class Blocks>
class rows_of_stock {
 public:
  rows_of_stock(const Parts& parts, const Blocks& blocks) noexcept : parts_(parts), blocks_(blocks) {}

  [[nodiscard]] std::size_t parts() const { return parts_.size(); }
  [[nodiscard]] item_id next_item() const { return blocks_.next_id(); }
  [[nodiscard]] std::optional<std::uint32_t> variant_of(std::uint32_t part) const {
    const auto& above = parts_[part].variant_of;
    return above ? parts_.find(*above) : std::nullopt;
  }
  // the block of an item: its first id, and its parent
  [[nodiscard]] std::pair<item_id, item_id> block_of(item_id id) const {
    const auto at = blocks_.find(id);
    return {at->first, at->second.parent};
  }

 private:
  const Parts& parts_;
  const Blocks& blocks_;
};

// A reader of rows that gives those that keep the rules to another one; of all others it says journal_corrupt. Memory:
// O(parts that are variants, and items whose parent is not older than they are).
template <class Reader, class Known>
class row_rules {
 public:
  row_rules(Reader& to, const Known& known)
      : to_(to), known_(known), parts_(known.parts()), next_item_(known.next_item()) {}

  [[nodiscard]] result<void> part(const part_row& row) {
    if (parts_done_ || (any_part_ && row.number <= last_part_) || row.number > parts_)
      return corrupt();  // not in order, or with a gap
    any_part_ = true;
    last_part_ = row.number;
    parts_ = std::max<std::size_t>(parts_, std::size_t{row.number} + 1);
    if (!fits({row.key, row.group}) || row.serials > rule::required || row.batches > rule::required) return corrupt();
    if (row.variant_of) above_.emplace(row.number, *row.variant_of);
    return to_.part(row);
  }

  [[nodiscard]] result<void> stale(items which) {
    if (const auto done = end_parts(); !done) return done;
    if (const auto done = end_range(); !done) return done;
    if (!in_range(which) || which.first > next_item_) return corrupt();
    due_ = which.first;
    end_ = which.last() + 1;
    return to_.stale(which);
  }

  [[nodiscard]] result<void> item(const item_row& row) {
    if (const auto done = end_parts(); !done) return done;
    const bool is_stale = due_ != end_, is_new = row.which.first == next_item_;
    if (!in_range(row.which) || (is_stale ? row.which.first != due_ || row.which.last() >= end_ : !is_new) ||
        (!is_new && row.which.last() >= next_item_))
      return corrupt();
    if (row.part >= parts_ || row.amount.steps() < 0 || !fits({row.batch})) return corrupt();
    if (row.serials &&
        (row.serials->serials.length != row.which.count || row.amount != quantity(1) || !is_run(*row.serials)))
      return corrupt();
    if (row.parent != no_item) {
      if (row.parent < 1) return corrupt();
      last_parent_ = std::max(last_parent_, row.parent);
      if (row.parent >= row.which.first) upward_.push_back(row.which.first);
    }
    if (is_new) next_item_ = row.which.last() + 1;
    if (is_stale) due_ = row.which.last() + 1;
    return to_.item(row);
  }

  // A row that follows soon.
  void ahead(const item_row& row) {
    if constexpr (requires { to_.ahead(row); }) to_.ahead(row);
  }

  [[nodiscard]] result<void> reserved(std::span<const reserved_row> rows) {
    if (const auto done = end_parts(); !done) return done;
    if (const auto done = end_range(); !done) return done;
    for (const reserved_row& row : rows)
      if (row.part >= parts_ || !is_run(row.serials)) return corrupt();
    return to_.reserved(rows);
  }

  [[nodiscard]] result<void> sequence(const sequence_row& row) {
    const bool active = !row.active || (row.active->counts() && is_family(*row.active));
    const bool start =
        !row.start || (is_family(row.start->family) &&
                       (row.start->family.counts() ? row.start->ordinal <= max_ordinal : row.start->ordinal == 0));
    if (row.part >= parts_ || !active || !start || !fits({row.scope})) return corrupt();
    return to_.sequence(row);
  }

  [[nodiscard]] result<void> counter(const counter_row& row) { return fits({row.rest}) ? to_.counter(row) : corrupt(); }

  [[nodiscard]] result<void> changed(const entry& row) {
    if (row.what != change::batch_changed || !in_range(row.subject) || row.subject.last() >= next_item_ ||
        !fits({row.before, row.after}))
      return corrupt();
    return to_.changed(row);
  }

  // All was read, and the stock has it: no item descends from itself.
  [[nodiscard]] result<void> end() {
    if (const auto done = end_parts(); !done) return done;
    if (const auto done = end_range(); !done) return done;
    if (next_item_ != known_.next_item() || last_parent_ >= next_item_) return corrupt();
    cycle_finder<item_id> finder;
    // a cycle has an item whose parent is not older
    for (const item_id start : upward_) {
      const auto up = [&](item_id at) -> std::optional<item_id> {
        const item_id parent = known_.block_of(at).second;
        return parent == no_item ? std::nullopt : std::optional(known_.block_of(parent).first);
      };
      if (finder.find(start, up)) return corrupt();
    }
    return {};
  }

 private:
  [[nodiscard]] static result<void> corrupt() { return fail(errc::journal_corrupt); }

  [[nodiscard]] static bool fits(std::initializer_list<std::string_view> texts) {
    return std::all_of(texts.begin(), texts.end(),
                       [](std::string_view text) { return text.size() <= longest_row_text; });
  }
  [[nodiscard]] static bool in_range(items which) {
    return which.first >= 1 && which.count >= 1 && which.count < no_item - which.first;
  }
  [[nodiscard]] static bool is_family(const family& of) {
    return fits({of.text, of.tail}) && (of.counts() || (of.width == 0 && of.tail.empty()));
  }
  [[nodiscard]] static bool is_run(const serial_row& row) {
    const run& serials = row.serials;
    if (!fits({row.scope, row.first, row.last}) || !is_family(serials.family) || serials.length < 1) return false;
    if (!serials.family.counts()) return serials.first == 0 && serials.length == 1 && serials.stride == 1;
    if (serials.stride < 1 || serials.stride > (serials.length == 1 ? 1 : greatest_row_stride)) return false;
    return serials.first <= max_ordinal && serials.length - 1 <= (max_ordinal - serials.first) / serials.stride;
  }

  // All parts that are new or changed are known: none is a variant of itself, or of one that does not exist.
  [[nodiscard]] result<void> end_parts() {
    if (std::exchange(parts_done_, true)) return {};
    cycle_finder<std::uint32_t> finder;
    const std::size_t known = known_parts_;
    for (const auto& [number, parent] : above_) {
      if (parent >= parts_) return corrupt();
      const auto up = [&](std::uint32_t at) -> std::optional<std::uint32_t> {
        if (const auto given = above_.find(at); given != above_.end()) return given->second;
        return at < known ? known_.variant_of(at) : std::nullopt;
      };
      if (finder.find(number, up)) return corrupt();
    }
    return {};
  }
  // All items of a stale range were read.
  [[nodiscard]] result<void> end_range() const { return due_ == end_ ? result<void>{} : corrupt(); }

  Reader& to_;
  Known known_;
  std::size_t parts_;                             // how many there are, as far as was read
  std::size_t known_parts_ = parts_;              // and were before
  std::map<std::uint32_t, std::uint32_t> above_;  // of the variants that were read: what they are variants of
  std::uint32_t last_part_ = 0;
  bool any_part_ = false, parts_done_ = false;
  item_id next_item_;          // where new items go on
  item_id due_ = 0, end_ = 0;  // the rest of the stale range
  item_id last_parent_ = 0;
  std::vector<item_id> upward_;  // blocks whose parent is not older
};

}  // namespace tallymark::detail
