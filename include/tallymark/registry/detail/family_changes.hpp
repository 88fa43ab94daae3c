// Changes of the held ordinals of families, some of which may have to wait for memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <tallymark/ext/detail/succeeds.hpp>
#include <tallymark/number/detail/stride_order.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/registry/detail/deferred_changes.hpp>
#include <tallymark/registry/detail/spare_changes.hpp>

namespace tallymark::detail {

/// A run with its holder.
[[nodiscard]] constexpr held_run held(const run& serials, const holder& by) noexcept {
  return {serials.first, serials.length, by, serials.stride};
}

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

  /// Makes a change after those that were deferred, or throws: then nothing has changed. Precondition: settled().
  void make_whole(Families& all, entry& in, kind what, const held_run& run) {
    if (pieces_of(run.length, run.stride, stride) == 1) return make(all, in, what, run);
    spare_changes spare;
    spare.reserve(1);
    change(all, in, what, run, spare);  // the index may have made some of it before it ran out of memory
  }

  [[nodiscard]] std::optional<holder> find(const Families& all, const entry& in, std::uint64_t ordinal) const {
    return deferred_.judge(&in, ordinal).of(ordinal, all.find(in, ordinal));
  }
  [[nodiscard]] stretch occupancy(const Families& all, const entry& in, std::uint64_t ordinal) const {
    const stretch found = all.occupancy(in, ordinal);
    if (settled()) [[likely]]
      return found;
    const auto verdict = deferred_.judge(&in, ordinal, stride);
    if (verdict.decided) {
      const std::uint64_t room = (std::numeric_limits<std::uint64_t>::max() - ordinal - 1) / stride + 1;
      return {verdict.decided->what == kind::assign, std::min(verdict.length, room), stride};
    }
    return {found.taken, std::min(found.length, verdict.length), stride};
  }
  /// Visits what is taken of a run, in order if that has the stride of the families.
  template <class Visit>
  void overlaps(const Families& all, const entry& in, std::uint64_t first, std::uint64_t length, std::uint64_t by,
                Visit&& visit) const {
    if (settled()) [[likely]]
      return all.overlaps(in, first, length, by, visit);
    (void)order::for_each_piece(first, length, by, [&](std::uint64_t begin, std::uint64_t count) {
      for (std::uint64_t done = 0; done < count;) {
        const std::uint64_t at = begin + done * stride;
        const auto verdict = deferred_.judge(&in, at, stride);
        const std::uint64_t here = std::min(count - done, verdict.length);
        if (!verdict.decided)
          all.overlaps(in, at, here, stride, [&](held_run part) {
            if (verdict.retired) part.by.state = hold::retired;
            visit(std::as_const(part));
          });
        else
          visit_decided(verdict, at, here, visit);
        done += here;
      }
      return true;
    });
  }
  /// Visits all that is taken, in no certain order.
  template <class Visit>
  void for_each(const Families& all, const entry& in, Visit&& visit) const {
    if (settled()) [[likely]]
      return all.for_each(in, visit);
    all.for_each(in, [&](const held_run& run) {
      for_each_alike(in, run, [&](const auto& verdict, held_run part) {
        if (verdict.decided) return;
        if (verdict.retired) part.by.state = hold::retired;
        visit(std::as_const(part));
      });
    });
    deferred_.for_each_assigned(&in, [&](const deferred_change& change) {
      for_each_alike(in, change.run, [&](const auto& verdict, const held_run& part) {
        if (verdict.decided == &change) visit_decided(verdict, part.first, part.length, visit);
      });
    });
  }
  /// The same in order.
  template <class Visit>
  void for_each_in_order(const Families& all, const entry& in, Visit&& visit) const {
    if (stride == 1 && settled()) return all.for_each(in, visit);
    std::vector<held_run> parts;
    for_each(all, in, [&](const held_run& part) { parts.push_back(part); });
    std::sort(parts.begin(), parts.end(), [](const held_run& a, const held_run& b) { return a.first < b.first; });
    for (const held_run& part : parts) visit(part);
  }
  [[nodiscard]] bool is_empty(const Families& all, const entry& in) const noexcept {
    if (settled()) [[likely]]
      return all.is_empty(in);
    bool found = false;
    const auto look = [&](const deferred_change* change, const held_run& run) {
      for_each_alike(in, run, [&](const auto& verdict, const held_run&) {
        if (verdict.decided == change) found = true;
      });
    };
    const auto look_at_all = [&] { all.for_each(in, [&](const held_run& run) { look(nullptr, run); }); };
    if (!succeeds(look_at_all))  // then in a way that needs no memory, but may be slow
      all.for_each_stretch(
          in, [&](std::uint64_t first, std::uint64_t length) { look(nullptr, {first, length, {}, stride}); });
    deferred_.for_each_assigned(&in, [&](const deferred_change& change) { look(&change, change.run); });
    return !found;
  }

 private:
  static constexpr std::uint64_t stride = Families::stride;
  using order = stride_order<stride>;

  // Visits a run in parts of which the changes say the same.
  template <class Visit>
  void for_each_alike(const entry& in, const held_run& run, Visit visit) const {
    if (run.length > 1 && run.stride != stride) {  // pieces have items that do not follow each other
      (void)order::for_each_piece(run.first, run.length, run.stride, [&](std::uint64_t first, std::uint64_t length) {
        for_each_alike(in, {first, length, {}, stride}, visit);
        return true;
      });
      return;
    }
    for (std::uint64_t done = 0; done < run.length;) {
      const auto verdict = deferred_.judge(&in, run.at(done), stride);
      const std::uint64_t here = std::min(run.length - done, verdict.length);
      visit(verdict, held_run{run.at(done), here, run.by + done, here == 1 ? 1 : stride});
      done += here;
    }
  }
  // Ordinals of the stride of the families that one change gives to a holder; none if it frees them.
  template <class Verdict, class Visit>
  static void visit_decided(const Verdict& verdict, std::uint64_t first, std::uint64_t length, Visit& visit) {
    const auto by = verdict.of(first, std::nullopt);
    if (!by) return;
    const std::uint64_t more = length > 1 ? verdict.of(first + stride, std::nullopt)->item - by->item : 1;
    if (by->item == no_item || more == 1) {
      visit(held_run{first, length, *by, length == 1 ? 1 : stride});
      return;
    }
    for (std::uint64_t i = 0; i < length; ++i)
      visit(held_run{first + i * stride, 1, *verdict.of(first + i * stride, std::nullopt)});
  }

  // To make a change again does no harm.
  static void make(Families& all, entry& in, kind what, const held_run& run) {
    switch (what) {
      case kind::assign: all.assign(in, run); return;
      case kind::erase: all.erase(in, run.first, run.length, run.stride); return;
      case kind::retire: break;
    }
    std::vector<held_run> parts;
    all.overlaps(in, run.first, run.length, run.stride, [&](const held_run& part) { parts.push_back(part); });
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
