// Changes of the held ordinals of families, some of which may have to wait for memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <tallymark/ext/detail/succeeds.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/registry/detail/deferred_changes.hpp>
#include <tallymark/registry/detail/spare_changes.hpp>

namespace tallymark::detail {

/// Makes changes that do not fail: where the index of a family has no memory for one, it is deferred. What is asked here
/// is answered as if all had been made. `Families` is what keeps the families. All but `settled` is called under the lock
/// of the scope.
template <class Families>
class family_changes {
  using entry = typename Families::entry;

 public:
  using kind = deferred_change::kind;

  /// Whether no change is deferred, so that families can be asked themselves.
  [[nodiscard]] bool settled() const noexcept { return deferred_.empty(); }

  /// Makes what was deferred, or throws; then some may still be.
  void settle(Families& all) {
    if (!settled()) [[unlikely]]
      settle_all(all);
  }

  /// Makes a change after those that were deferred, or defers it too; then it takes a record.
  void change(Families& all, entry& in, kind what, const held_run& run, spare_changes& spare) noexcept {
    const auto make_all = [&] {
      settle(all);
      make(all, in, what, run);
    };
    if (!succeeds(make_all)) deferred_.push(&in, what, run, spare);
  }

  [[nodiscard]] std::optional<holder> find(const Families& all, const entry& in, std::uint64_t ordinal) const {
    return deferred_.judge(&in, ordinal).of(ordinal, all.find(in, ordinal));
  }
  [[nodiscard]] stretch occupancy(const Families& all, const entry& in, std::uint64_t ordinal) const {
    const stretch found = all.occupancy(in, ordinal);
    if (settled()) [[likely]]
      return found;
    const auto verdict = deferred_.judge(&in, ordinal);
    if (verdict.decided) return {verdict.decided->what == kind::assign, verdict.end - ordinal};
    return {found.taken, std::min(found.length, verdict.end - ordinal)};
  }
  template <class Visit>
  void overlaps(const Families& all, const entry& in, std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    if (settled()) [[likely]]
      return all.overlaps(in, first, length, visit);
    for (std::uint64_t last = first + (length - 1), end = 0;; first = end + 1) {
      const auto verdict = deferred_.judge(&in, first);
      end = std::min(last, verdict.end - 1);
      if (!verdict.decided)
        all.overlaps(in, first, end - first + 1, [&](held_run part) {
          if (verdict.retired) part.by.state = hold::retired;
          visit(std::as_const(part));
        });
      else if (const auto by = verdict.of(first, std::nullopt))
        visit(held_run{first, end - first + 1, *by});
      if (end == last) return;
    }
  }
  [[nodiscard]] bool is_empty(const Families& all, const entry& in) const noexcept {
    if (settled()) [[likely]]
      return all.is_empty(in);
    bool found = false;
    const auto look = [&] {
      overlaps(all, in, 0, std::numeric_limits<std::uint64_t>::max(), [&](const held_run&) { found = true; });
    };
    if (succeeds(look)) return !found;
    for (std::uint64_t at = 0; at <= max_ordinal;) {  // which needs no memory
      const stretch here = occupancy(all, in, at);
      if (here.taken) return false;
      at += here.length;
    }
    return true;
  }

 private:
  // To make a change again does no harm.
  static void make(Families& all, entry& in, kind what, const held_run& run) {
    switch (what) {
      case kind::assign: all.assign(in, run); return;
      case kind::erase: all.erase(in, run.first, run.length); return;
      case kind::retire: break;
    }
    std::vector<held_run> parts;
    all.overlaps(in, run.first, run.length, [&](const held_run& part) { parts.push_back(part); });
    for (held_run& part : parts) {
      part.by.state = hold::retired;
      all.assign(in, part);
    }
  }
  [[gnu::noinline]] void settle_all(Families& all) {
    while (!settled()) {
      const deferred_change& first = deferred_.front();
      make(all, *static_cast<entry*>(first.family), first.what, first.run);
      deferred_.pop();
    }
  }

  deferred_changes deferred_;
};

}  // namespace tallymark::detail
