// Runs whose items count beyond the greatest item, in parts that do not.
#pragma once

#include <cstdint>

#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// Visits a run in parts whose items do not pass `no_item`: what counts beyond the greatest item is nobody's there, and
/// goes on with item 0. All but the strangest runs are one part.
template <class Visit>
constexpr void for_plain_parts(const held_run& run, Visit visit) {
  const std::uint64_t before = no_item - run.by.item;  // so many have an item before it would be no_item
  if (run.by.item == no_item || run.length <= before) {
    visit(run);
    return;
  }
  visit(held_run{run.first, before, run.by});
  visit(held_run{run.first + before, 1, run.by + before});
  if (run.length - before > 1) visit(held_run{run.first + before + 1, run.length - before - 1, run.by + (before + 1)});
}

}  // namespace tallymark::detail
