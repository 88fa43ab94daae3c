// The held ordinals of a family as long as they are a few runs.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>

#include <tallymark/ext/detail/prefetch.hpp>
#include <tallymark/index/detail/packed_holder.hpp>
#include <tallymark/index/detail/plain_parts.hpp>
#include <tallymark/number/holder.hpp>

namespace tallymark::detail {

/// At most 16 sorted runs in one piece of memory: what an ordinal_map answers, without one. The pieces are as long as
/// possible. All is O(runs), but for `find`, O(log runs), and claims that continue the last run, O(1). Memory: 16 bytes,
/// and 24 for each run. A change that throws has changed nothing.
class few_runs {
 public:
  static constexpr std::size_t most_runs = 16;

  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const noexcept {
    const kept* const at = ending_at_or_after(ordinal);
    if (at == end() || at->first > ordinal) return std::nullopt;
    return at->by.get() + (ordinal - at->first);
  }

  /// Asks for the memory that find and claim will need.
  void prefetch(std::uint64_t) const noexcept {
    for (std::size_t i = 0; i < size_; i += 64 / sizeof(kept)) detail::prefetch(all() + i);
  }

  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const noexcept {
    const kept* const at = ending_at_or_after(ordinal);
    if (at == end()) return {false, std::numeric_limits<std::uint64_t>::max() - ordinal};
    if (at->first <= ordinal) return {true, at->last - ordinal + 1};
    return {false, at->first - ordinal};
  }

  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    const std::uint64_t last = first + (length - 1);
    for (const kept* at = ending_at_or_after(first); at != end() && at->first <= last; ++at)
      visit(at->within(first, last));
  }

  /// Gives ordinals to a holder, if they are a few runs then; else nothing has changed. Whether it did.
  [[nodiscard]] bool assign(const held_run& run) {
    if (!is_plain(run) || !packed_holder::fits(run.by + (run.length - 1))) return false;
    if (size_ > 0 && continues(all()[size_ - 1], run)) {
      all()[size_ - 1].last = run.last();
      return true;
    }
    return replace(run.first, run.last(), run);
  }
  /// Frees ordinals, if what stays are a few runs; else nothing has changed. Whether it did.
  [[nodiscard]] bool erase(std::uint64_t first, std::uint64_t length) {
    return replace(first, first + (length - 1), std::nullopt);
  }

  [[nodiscard]] std::optional<std::uint64_t> greatest() const noexcept {
    return size_ == 0 ? std::nullopt : std::optional(all()[size_ - 1].last);
  }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

 private:
  struct kept {
    std::uint64_t first, last;
    packed_holder by;

    [[nodiscard]] held_run within(std::uint64_t from, std::uint64_t to) const noexcept {
      const std::uint64_t begin = std::max(first, from), end = std::min(last, to);
      return {begin, end - begin + 1, by.get() + (begin - first)};
    }
  };
  static_assert(sizeof(kept) == 24);

  [[nodiscard]] static bool continues(const kept& before, const held_run& run) noexcept {
    return before.last < run.first && before.last + 1 == run.first &&
           before.by.get().leads_to(run.by, run.first - before.first);
  }

  [[nodiscard]] kept* all() const noexcept { return all_.get(); }
  [[nodiscard]] const kept* end() const noexcept { return all() + size_; }
  [[nodiscard]] const kept* ending_at_or_after(std::uint64_t ordinal) const noexcept {
    const kept* const begin = all();
    return std::lower_bound(begin, end(), ordinal, [](const kept& each, std::uint64_t at) { return each.last < at; });
  }

  // Makes the runs anew, with `instead` for what lies from first to last.
  [[nodiscard]] bool replace(std::uint64_t first, std::uint64_t last, const std::optional<held_run>& instead) {
    std::array<kept, most_runs + 2> fresh;
    std::size_t count = 0;
    const auto add = [&](const held_run& run) {
      if (count > 0 && continues(fresh[count - 1], run))
        fresh[count - 1].last = run.last();
      else
        fresh[count++] = {run.first, run.last(), packed_holder(run.by)};
    };
    const kept* at = all();
    for (; at != end() && at->first < first; ++at) add(at->within(0, first - 1));
    if (instead) add(*instead);
    const kept* const cut = at != all() && (at - 1)->last > last ? at - 1 : at;  // the first that may reach beyond
    for (at = cut; at != end(); ++at)
      if (at->last > last) add(at->within(last + 1, at->last));
    if (count > most_runs) return false;
    if (count > capacity_) {
      const std::size_t larger = std::min(most_runs, std::max<std::size_t>(count, capacity_ + capacity_ / 2U));
      all_ = std::unique_ptr<kept[]>(new kept[larger]);  // make_unique would write zeros first
      capacity_ = static_cast<std::uint8_t>(larger);
    }
    std::copy_n(fresh.begin(), count, all());
    size_ = static_cast<std::uint8_t>(count);
    return true;
  }

  std::unique_ptr<kept[]> all_;
  std::uint8_t size_ = 0, capacity_ = 0;
};

}  // namespace tallymark::detail
