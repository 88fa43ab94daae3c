// The held ordinals of a family, kept in an order in which the runs of the increment are contiguous.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include <tallymark/number/detail/stride_order.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/serial_number.hpp>

namespace tallymark::detail {

/// An upper bound that only grows but for `lower`, which is called by one thread at a time.
template <class Word>
class greatest_kept {
 public:
  /// One more than the greatest, 0 if there is none.
  [[nodiscard]] std::uint64_t end() const noexcept { return end_; }
  void raise(std::uint64_t ordinal) noexcept {
    if constexpr (std::is_same_v<Word, std::uint64_t>) {
      end_ = std::max(end_, ordinal + 1);
    } else {
      std::uint64_t seen = end_.load(std::memory_order_relaxed);
      while (seen <= ordinal && !end_.compare_exchange_weak(seen, ordinal + 1)) {
      }
    }
  }
  /// From `before` to a lower one, unless it was raised since.
  void lower(std::uint64_t before, std::uint64_t to) noexcept {
    if constexpr (std::is_same_v<Word, std::uint64_t>)
      end_ = to;
    else
      end_.compare_exchange_strong(before, to);
  }

 private:
  Word end_ = 0;
};
struct greatest_not_kept {};

/// What an ordinal_map answers, or few_runs, where the increment counts by N: those are given positions in place of
/// ordinals, so that a run of stride N costs what a run of stride 1 does. Runs of any stride are taken; one that is not
/// one stretch of positions is changed piece by piece, and if that throws, only some of it may have changed. With N = 1
/// this adds nothing. A family with N > 1 keeps its greatest ordinal beside.
template <class Held, std::uint64_t N>
class folded {
  using order = stride_order<N>;
  static constexpr bool few = requires { Held::most_runs; };
  static constexpr bool keeps_greatest = N > 1 && !few;
  using greatest_word = std::conditional_t<concurrent_ordinal_map<Held>, std::atomic<std::uint64_t>, std::uint64_t>;

 public:
  static constexpr std::uint64_t stride = N;

  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const { return held_.find(order::position(ordinal)); }
  void prefetch(std::uint64_t ordinal) const { index_traits<Held>::prefetch(held_, order::position(ordinal)); }
  /// How far the ordinals from here on, each N greater than the one before, are all taken, or all free.
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const {
    const std::uint64_t position = order::position(ordinal);
    const stretch found = held_.occupancy(position);
    if constexpr (N == 1) return found;
    return {found.taken, std::min(found.length, order::room(position)), N};
  }
  /// Visits what is taken of a run, in order if that has stride N, else piece by piece.
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, std::uint64_t by, Visit&& visit) const {
    (void)order::for_each_piece(first, length, by, [&](std::uint64_t begin, std::uint64_t count) {
      held_.overlaps(order::position(begin), count, [&](const held_run& part) { visit(natural(part)); });
      return true;
    });
  }
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    overlaps(first, length, 1, std::forward<Visit>(visit));
  }
  /// Visits all that is taken, by remainder when divided by N, then in order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    held_.overlaps(0, order::positions, [&](const held_run& part) {
      for_each_remainder(part.first, part.length, [&](std::uint64_t first, std::uint64_t length) {
        visit(natural({first, length, part.by + (first - part.first)}));
      });
    });
  }
  /// Visits what is taken as `visit(first, length)`, in stretches of stride N. Needs no memory.
  template <class Visit>
  void for_each_stretch(Visit&& visit) const noexcept {
    for (std::uint64_t at = 0; at < order::positions;) {
      const stretch here = held_.occupancy(at);
      if (here.taken)
        for_each_remainder(at, here.length,
                           [&](std::uint64_t first, std::uint64_t length) { visit(order::ordinal(first), length); });
      at += here.length;
    }
  }

  /// Of few_runs: whether they are still few; else some may be assigned.
  auto assign(const held_run& run) {
    return by_pieces(run, [this](const held_run& piece) {
      if constexpr (few) {
        return held_.assign(piece);
      } else {
        held_.assign(piece);
        if constexpr (keeps_greatest) greatest_.raise(order::ordinal(piece.first + (piece.length - 1)));
      }
    });
  }
  auto erase(std::uint64_t first, std::uint64_t length, std::uint64_t by = 1) {
    const auto done = [&] {
      const auto erased = [this](const held_run& piece) { return held_.erase(piece.first, piece.length); };
      return by_pieces({first, length, {}, by}, erased);
    };
    if constexpr (few) {
      return done();
    } else {
      done();
      lower_greatest();
    }
  }
  [[gnu::always_inline]] std::optional<holder> claim(std::uint64_t ordinal, const holder& by) {
    if constexpr (keeps_greatest) {
      const auto met = index_traits<Held>::claim(held_, order::position(ordinal), by);
      if (!met) greatest_.raise(ordinal);
      return met;
    } else {
      return index_traits<Held>::claim(held_, order::position(ordinal), by);
    }
  }

  [[nodiscard]] std::optional<std::uint64_t> greatest() const noexcept {
    if constexpr (N == 1) {
      return held_.greatest();
    } else if constexpr (keeps_greatest) {
      const std::uint64_t end = greatest_.end();
      return end > 0 ? std::optional(end - 1) : std::nullopt;
    } else {
      std::uint64_t end = 0;
      for_each([&](const held_run& each) { end = std::max(end, each.last() + 1); });
      return end > 0 ? std::optional(end - 1) : std::nullopt;
    }
  }
  [[nodiscard]] bool empty() const noexcept { return held_.empty(); }

  // ---- where several threads claim ---------------------------------------------------------------

  [[nodiscard]] claim_attempt try_claim(std::uint64_t ordinal, const holder& by)
    requires concurrent_ordinal_map<Held>
  {
    if constexpr (keeps_greatest) {
      const claim_attempt attempt = held_.try_claim(order::position(ordinal), by);
      if (attempt.decided && !attempt.met) greatest_.raise(ordinal);
      return attempt;
    } else {
      return held_.try_claim(ordinal, by);
    }
  }
  [[nodiscard]] bool close(std::uint64_t first, std::uint64_t length, std::uint64_t by = 1)
    requires concurrent_ordinal_map<Held>
  {
    struct closing {
      ~closing() {
        if (!done)
          (void)order::for_each_piece(first, length, by, [&](std::uint64_t begin, std::uint64_t count) {
            if (closed-- == 0) return false;
            in.held_.open(order::position(begin), count);
            return true;
          });
      }
      folded& in;
      std::uint64_t first, length, by, closed = 0;
      bool done = false;
    } undo{*this, first, length, by};
    undo.done = order::for_each_piece(first, length, by, [&](std::uint64_t begin, std::uint64_t count) {
      if (!held_.close(order::position(begin), count)) return false;
      ++undo.closed;
      return true;
    });
    return undo.done;
  }
  void open(std::uint64_t first, std::uint64_t length, std::uint64_t by = 1)
    requires concurrent_ordinal_map<Held>
  {
    (void)order::for_each_piece(first, length, by, [&](std::uint64_t begin, std::uint64_t count) {
      held_.open(order::position(begin), count);
      return true;
    });
  }

 private:
  static constexpr std::uint64_t most_asked = 256;  // remainders

  [[nodiscard]] static held_run natural(const held_run& part) noexcept {
    if constexpr (N == 1) return part;
    return {order::ordinal(part.first), part.length, part.by, part.length == 1 ? 1 : N};
  }
  // positions cut where a remainder ends
  template <class Visit>
  static void for_each_remainder(std::uint64_t first, std::uint64_t length, Visit visit) {
    while (length > 0) {
      const std::uint64_t here = std::min(length, order::room(first));
      visit(first, here);
      first += here;
      length -= here;
    }
  }

  // Changes the stretches of positions that a run is: items that follow each other must have positions that do.
  template <class Change>
  auto by_pieces(const held_run& run, Change change) {
    const auto changed = [&](const held_run& piece) {
      if constexpr (std::is_void_v<decltype(change(piece))>) {
        change(piece);
        return true;
      } else {
        return change(piece);
      }
    };
    bool all = true;
    const std::uint64_t pieces = pieces_of(run.length, run.stride, N);
    if (pieces == 1) {
      all = changed({order::position(run.first), run.length, run.by});
    } else if (run.by.item == no_item) {
      all = order::for_each_piece(run.first, run.length, run.stride, [&](std::uint64_t first, std::uint64_t length) {
        return changed({order::position(first), length, run.by});
      });
    } else {
      for (std::uint64_t i = 0; i < run.length && all; ++i) all = changed({order::position(run.at(i)), 1, run.by + i});
    }
    if constexpr (few) return all;
  }

  // ---- the greatest ------------------------------------------------------------------------------

  // after some were freed
  void lower_greatest() noexcept {
    if constexpr (keeps_greatest)
      if (const std::uint64_t end = greatest_.end(); end > 0 && !held_.find(order::position(end - 1)))
        greatest_.lower(end, end_below(end - 1));
  }
  // Looks downwards from there, twice as far each time.
  [[nodiscard]] std::uint64_t end_below(std::uint64_t end) const noexcept {
    for (std::uint64_t far = 1; end > 0; far *= 2) {
      std::uint64_t begin = end > far ? end - far : 0;
      if (std::min(far, N) > most_asked) break;
      if (!any(begin, end - begin)) {
        end = begin;
        continue;
      }
      while (end - begin > 1) {
        const std::uint64_t middle = begin + (end - begin) / 2;
        if (any(middle, end - middle))
          begin = middle;
        else
          end = middle;
      }
      return end;
    }
    std::uint64_t found = 0;
    if (end > 0)
      for_each_stretch([&](std::uint64_t first, std::uint64_t length) {
        if (first < end) found = std::max(found, std::min(first + (length - 1) * N, last_below(first, end)) + 1);
      });
    return found;
  }
  // the last of first, first + N, first + 2 N, ... before `end`
  [[nodiscard]] static std::uint64_t last_below(std::uint64_t first, std::uint64_t end) noexcept {
    return first + (end - 1 - first) / N * N;
  }
  [[nodiscard]] bool any(std::uint64_t first, std::uint64_t length) const noexcept {
    return !order::for_each_piece(first, length, 1, [&](std::uint64_t begin, std::uint64_t count) {
      const std::uint64_t end = order::position(begin) + count;
      for (std::uint64_t at = end - count; at < end;) {  // an index may say less than it could
        const stretch here = held_.occupancy(at);
        if (here.taken) return false;
        at += here.length;
      }
      return true;
    });
  }

  Held held_{};
  [[no_unique_address]] std::conditional_t<keeps_greatest, greatest_kept<greatest_word>, greatest_not_kept> greatest_{};
};

}  // namespace tallymark::detail
