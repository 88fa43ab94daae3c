// Check characters of consecutive serial numbers, computed without reading each payload from the start.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <tallymark/check/check_policy.hpp>
#include <tallymark/check/detail/steps.hpp>

namespace tallymark::detail {

/// Writes the check characters of payloads that are `prefix`, a counter, `suffix`, where the counters are consecutive
/// and have the same number of symbols.
///
/// The state of an incremental check before the last one or two symbols of the counter is the same for all payloads
/// that differ in these only, and there are few states: the row of check characters is computed once for each state.
template <check_policy Check>
class check_filler {
 public:
  /// The counter has `counter_length` symbols out of `symbols` (2 to 256, the first is zero). The views are kept.
  /// Precondition: the check accepts these payloads; they have at most 256 characters.
  constexpr check_filler(std::string_view prefix, std::string_view symbols, unsigned counter_length,
                         std::string_view suffix)
      : prefix_(prefix), symbols_(symbols), suffix_(suffix), counter_length_(counter_length) {}

  /// Moves to the ordinal `first`. `expected` estimates how many payloads will be written from there on: for many, the
  /// rows of check characters are kept. O(prefix and counter).
  constexpr void start(std::uint64_t first, std::uint64_t expected) {
    for (std::size_t place = 0; place < counter_length_; ++place, first /= symbols_.size())
      values_[place] = static_cast<std::uint16_t>(first % symbols_.size());
    if constexpr (incremental_check<Check>) {
      unsigned state = Check::start;
      const std::size_t rest = counter_length_ + suffix_.size();
      for (std::size_t i = 0; i < prefix_.size(); ++i) state = step(state, prefix_[i], rest + prefix_.size() - 1 - i);
      states_[counter_length_ - 1] = state;
      const std::size_t base = symbols_.size();
      // otherwise the rows would cost more than they save, or fill the cache
      const auto pays = [&](std::size_t ends, std::size_t most_bytes) {
        return expected / ends > 2 * Check::states && Check::states * ends * Check::length <= most_bytes;
      };
      varies_ = counter_length_ > 1 && pays(base * base, 16'384) ? 2 : 1;
      ends_ = varies_ == 2 ? base * base : base;
      at_ = varies_ == 2 ? values_[0] + base * values_[1] : values_[0];
      keeps_rows_ = pays(ends_, 262'144);
      rows_.assign((keeps_rows_ ? Check::states : 1) * ends_ * Check::length, '\0');
      update_states(counter_length_ - 1);
    }
  }

  /// Writes the check characters of the next `count` payloads: the first to `out`, each further one `stride` bytes
  /// after the previous one. O(count); for checks that are not incremental, O(count * length).
  constexpr void write(char* out, std::size_t stride, std::uint64_t count) {
    if constexpr (incremental_check<Check>)
      write_rows(out, stride, count);
    else
      write_singly(out, stride, count);
  }

 private:
  // Adds one to the counter at this place. Returns the highest place that has changed.
  constexpr std::size_t increment(std::size_t place) {
    for (; place < counter_length_ && ++values_[place] == symbols_.size(); ++place) values_[place] = 0;
    return place;
  }

  constexpr void write_singly(char* out, std::size_t stride, std::uint64_t count) {
    std::array<char, 256> payload{};
    char* const counter = std::copy(prefix_.begin(), prefix_.end(), payload.begin());
    const char* const end = std::copy(suffix_.begin(), suffix_.end(), counter + counter_length_);
    for (; count > 0; --count, out += stride, increment(0)) {
      for (std::size_t i = 0; i < counter_length_; ++i) counter[i] = symbols_[values_[counter_length_ - 1 - i]];
      if (const auto check = Check{}(std::string_view(payload.data(), end)))
        std::copy_n((*check).characters.begin(), Check::length, out);
    }
  }

  [[nodiscard]] static constexpr unsigned step(unsigned state, char symbol, std::size_t remaining) {
    return Check{}.step(state, symbol_values<Check>[static_cast<unsigned char>(symbol)], remaining);
  }

  // Recomputes the states below this place, down to the one that the row begins with.
  constexpr void update_states(std::size_t place) {
    if (place == counter_length_) return;  // the counter has wrapped around
    for (; place >= varies_; --place)
      states_[place - 1] = step(states_[place], symbols_[values_[place]], suffix_.size() + place);
  }

  // The check characters after this state, for all symbols from this place on.
  constexpr char* make_row(char* row, unsigned before, std::size_t place) const {
    for (const char symbol : symbols_) {
      unsigned state = step(before, symbol, suffix_.size() + place);
      if (place > 0) {
        row = make_row(row, state, place - 1);
      } else {
        for (std::size_t i = 0; i < suffix_.size(); ++i) state = step(state, suffix_[i], suffix_.size() - 1 - i);
        row = std::copy_n(Check{}.finish(state).characters.begin(), Check::length, row);
      }
    }
    return row;
  }

  constexpr void write_rows(char* out, std::size_t stride, std::uint64_t count) {
    while (count > 0) {
      const unsigned state = states_[varies_ - 1];
      char* const begin = rows_.data() + (keeps_rows_ ? ends_ * Check::length * state : 0);
      if (!keeps_rows_ || *begin == '\0') make_row(begin, state, varies_ - 1);
      const std::size_t some = static_cast<std::size_t>(std::min<std::uint64_t>(count, ends_ - at_));
      const char* row = begin + at_ * Check::length;
      for (const char* const end = row + some * Check::length; row != end; row += Check::length, out += stride)
        std::copy_n(row, Check::length, out);
      count -= some;
      at_ += some;
      if (at_ < ends_) return;
      at_ = 0;
      update_states(increment(varies_));
    }
  }

  std::string_view prefix_, symbols_, suffix_;
  std::size_t counter_length_;
  std::array<std::uint16_t, 256> values_{};  // of the counter's symbols, the lowest first
  std::array<unsigned, 257> states_{};       // before each of them
  std::vector<char> rows_{};                 // one for each state, or a single one; zeros if not yet computed
  bool keeps_rows_ = false;
  std::size_t varies_ = 1;  // symbols of the counter that vary within a row: 1 or 2
  std::size_t ends_ = 0;    // the number of their combinations, which is the length of a row
  std::size_t at_ = 0;      // the next of them
};

}  // namespace tallymark::detail
