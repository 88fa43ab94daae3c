// A list of runs that owns the texts of their families: what bulk calls take and return.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/number/serial_number.hpp>

namespace tallymark {

/// Runs in the order in which they were added; a run that continues the one before it is merged with it. Lists made with
/// one step are equal if they name the same serial numbers in the same order, as runs of that stride or one by one. The
/// families are views of texts that the list owns. Usable in constant expressions.
class run_list {
 public:
  constexpr run_list() = default;
  constexpr run_list(const run_list& other) { *this += other; }
  constexpr run_list(run_list&& other) noexcept
      : runs_(std::exchange(other.runs_, {})),
        texts_(std::exchange(other.texts_, {})),
        serials_(std::exchange(other.serials_, 0)) {}
  constexpr run_list& operator=(run_list other) noexcept {
    runs_.swap(other.runs_);
    texts_.swap(other.texts_);
    std::swap(serials_, other.serials_);
    return *this;
  }
  constexpr ~run_list() = default;

  /// Adds a run, copying the text of its family unless it is that of the run before. It is merged with the run before if
  /// it goes on by the stride of the two; for two serial numbers that is `step`, by which the caller counts.
  /// Precondition: length >= 1. O(1).
  constexpr void add(run added, std::uint64_t step = 1) {
    if (added.length == 1) added.stride = 1;
    if (runs_.empty() || runs_.back().family != added.family) {
      added.family = keep(added.family);
      runs_.push_back(added);
    } else if (const auto stride = stride_together(runs_.back(), added, step)) {
      runs_.back().length += added.length;
      runs_.back().stride = *stride;
    } else {
      added.family = runs_.back().family;
      runs_.push_back(added);
    }
    const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - serials_;
    serials_ += std::min(room, added.length);
  }
  /// Adds one serial number.
  constexpr void add(const serial_number& one, std::uint64_t step = 1) { add(run{one.family, one.ordinal, 1}, step); }

  /// Adds all runs of another list, in their order, as `add` does.
  constexpr void append(const run_list& other, std::uint64_t step) {
    // By index: the other list may be this one, which grows.
    // NOLINTNEXTLINE(modernize-loop-convert)
    for (std::size_t i = 0, n = other.runs_.size(); i < n; ++i) add(other.runs_[i], step);
  }
  constexpr run_list& operator+=(const run_list& other) {
    append(other, 1);
    return *this;
  }

  [[nodiscard]] constexpr auto begin() const noexcept { return runs_.begin(); }
  [[nodiscard]] constexpr auto end() const noexcept { return runs_.end(); }
  [[nodiscard]] constexpr bool empty() const noexcept { return runs_.empty(); }
  /// The number of runs.
  [[nodiscard]] constexpr std::size_t size() const noexcept { return runs_.size(); }
  [[nodiscard]] constexpr const run& operator[](std::size_t i) const noexcept { return runs_[i]; }

  /// The number of serial numbers; stays at 2^64 - 1 when there are more.
  [[nodiscard]] constexpr std::uint64_t serials() const noexcept { return serials_; }

  /// The serial number at a position, counted over all runs. Precondition: at < serials(). O(runs).
  [[nodiscard]] constexpr serial_number at(std::uint64_t at) const noexcept {
    std::size_t i = 0;
    for (; at >= runs_[i].length; ++i) at -= runs_[i].length;
    return {runs_[i].family, runs_[i].at(at)};
  }

  /// The same runs sorted naturally, for searching. They are views of the texts of this list. O(r log r).
  [[nodiscard]] constexpr std::vector<run> sorted() const {
    std::vector<run> out = runs_;
    std::sort(out.begin(), out.end());
    return out;
  }

  /// Same runs in the same order.
  friend constexpr bool operator==(const run_list& a, const run_list& b) { return a.runs_ == b.runs_; }

 private:
  // The stride of the run that two of one family make, if the second goes on where the first ends.
  [[nodiscard]] static constexpr std::optional<std::uint64_t> stride_together(const run& before, const run& after,
                                                                              std::uint64_t step) noexcept {
    const std::uint64_t stride = before.length > 1 ? before.stride : after.length > 1 ? after.stride : step;
    const bool alike = after.length == 1 || after.stride == stride;
    const bool goes_on = before.last() < after.first && after.first - before.last() == stride;
    return after.family.counts() && alike && goes_on ? std::optional(stride) : std::nullopt;
  }

  // Each text has a buffer of its own, so that views stay good when the list grows or is moved.
  constexpr family keep(family seen) {
    for (std::string_view* const part : {&seen.text, &seen.tail})
      if (!part->empty()) {
        texts_.emplace_back(part->begin(), part->end());
        *part = {texts_.back().data(), texts_.back().size()};
      }
    return seen;
  }

  std::vector<run> runs_;
  std::vector<std::vector<char>> texts_;
  std::uint64_t serials_ = 0;
};

/// Appends the runs, separated by semicolons, or `none`.
inline void append_text(std::string& out, const run_list& serials) {
  if (serials.empty()) out += "none";
  for (std::size_t i = 0; i < serials.size(); ++i) {
    if (i > 0) out += "; ";
    append_text(out, serials[i]);
  }
}

}  // namespace tallymark
