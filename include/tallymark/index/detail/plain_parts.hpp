// Runs whose items count beyond the greatest item, in parts that do not.
#pragma once

#include <cstdint>

#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// Whether the items of a run do not pass `no_item`: all but the strangest runs.
[[nodiscard]] constexpr bool is_plain(const held_run& run) noexcept {
  return run.by.item == no_item || run.length <= no_item - run.by.item;
}

/// Visits a run in parts whose items do not pass `no_item`: what counts beyond the greatest item is no_item there, and
/// goes on with item 0. All but the strangest runs are one part.
template <class Visit>
constexpr void for_plain_parts(const held_run& run, Visit visit) {
  const std::uint64_t before =
      no_item - run.by.item;  // this number of ordinals have an item before it would be no_item
  if (is_plain(run)) {
    visit(run);
    return;
  }
  visit(held_run{run.first, before, run.by});
  visit(held_run{run.first + before, 1, run.by + before});
  if (run.length - before > 1) visit(held_run{run.first + before + 1, run.length - before - 1, run.by + (before + 1)});
}

}  // namespace tallymark::detail
