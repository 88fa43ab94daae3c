// The held ordinals of a family as long as they are one run.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include <tallymark/number/holder.hpp>
#include <tallymark/policy/numbering.hpp>

namespace tallymark::detail {

/// One run of held ordinals, or none: what an ordinal_map answers, without one. All is O(1).
class lone_run {
 public:
  [[nodiscard]] constexpr std::optional<holder> find(std::uint64_t ordinal) const noexcept {
    if (ordinal - held_.first >= held_.length) return std::nullopt;
    return held_.by + (ordinal - held_.first);
  }

  [[nodiscard]] constexpr stretch occupancy(std::uint64_t ordinal) const noexcept {
    if (ordinal - held_.first < held_.length) return {true, held_.last() - ordinal + 1};
    const std::uint64_t end =
        !empty() && ordinal < held_.first ? held_.first : std::numeric_limits<std::uint64_t>::max();
    return {false, end - ordinal};
  }

  template <class Visit>
  constexpr void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    if (empty()) return;
    const std::uint64_t begin = std::max(first, held_.first), end = std::min(first + (length - 1), held_.last());
    if (begin <= end) visit(held_run{begin, end - begin + 1, held_.by + (begin - held_.first)});
  }

  /// Gives ordinals to a holder, if it is still one run then; else does nothing. Whether it did.
  [[nodiscard]] constexpr bool assign(const held_run& run) noexcept {
    const bool plain = run.by.item == no_item || run.length - 1 < no_item - run.by.item;  // no item is no_item
    if (!plain || !within(run.first, run.length)) return false;
    held_ = run;
    return true;
  }

  /// Frees ordinals, if all of the run is among them; else does nothing. Whether it did.
  [[nodiscard]] constexpr bool erase(std::uint64_t first, std::uint64_t length) noexcept {
    if (!within(first, length)) return false;
    held_.length = 0;
    return true;
  }

  [[nodiscard]] constexpr std::optional<std::uint64_t> greatest() const noexcept {
    return empty() ? std::nullopt : std::optional(held_.last());
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return held_.length == 0; }

 private:
  [[nodiscard]] constexpr bool within(std::uint64_t first, std::uint64_t length) const noexcept {
    return empty() || (first <= held_.first && held_.last() <= first + (length - 1));
  }

  held_run held_{0, 0, {}};
};

}  // namespace tallymark::detail
