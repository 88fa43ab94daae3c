// Check characters of consecutive serial numbers, without going through each payload again.
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

/// Writes the check characters of payloads that are `prefix`, a counter, `suffix`, where the counters follow each other
/// and have equally many symbols.
///
/// What an incremental check remembers before the last symbol of the counter, or the last two, is the same for as many
/// payloads as these can be, and it is one of few numbers: for each of them the row of check characters is made once.
template <check_policy Check>
class check_filler {
 public:
  /// The counter has so many of `symbols` (2 to 256, the first is zero). The views are kept. Precondition: the check
  /// knows these payloads; they have at most 256 characters.
  constexpr check_filler(std::string_view prefix, std::string_view symbols, unsigned counter_length,
                         std::string_view suffix)
      : prefix_(prefix), symbols_(symbols), suffix_(suffix), counter_length_(counter_length) {}

  /// Goes to this ordinal. `expected` is how many payloads will be written from there on, as far as is known: of many,
  /// what they have in common is kept.
  constexpr void start(std::uint64_t first, std::uint64_t expected) {
    for (std::size_t place = 0; place < counter_length_; ++place, first /= symbols_.size())
      values_[place] = static_cast<std::uint16_t>(first % symbols_.size());
    if constexpr (incremental_check<Check>) {
      unsigned state = Check::start;
      const std::size_t behind = counter_length_ + suffix_.size();
      for (std::size_t i = 0; i < prefix_.size(); ++i) state = step(state, prefix_[i], behind + prefix_.size() - 1 - i);
      states_[counter_length_ - 1] = state;
      const std::size_t base = symbols_.size();
      // else the rows would cost more than they save, or fill the cache
      const auto pays = [&](std::size_t ends, std::size_t most_bytes) {
        return expected / ends > 2 * Check::states && Check::states * ends * Check::length <= most_bytes;
      };
      varies_ = counter_length_ > 1 && pays(base * base, 16'384) ? 2 : 1;
      ends_ = varies_ == 2 ? base * base : base;
      at_ = varies_ == 2 ? values_[0] + base * values_[1] : values_[0];
      keeps_rows_ = pays(ends_, 262'144);
      rows_.assign((keeps_rows_ ? Check::states : 1) * ends_ * Check::length, '\0');
      go_on(counter_length_ - 1);
    }
  }

  /// Writes the check characters of the next `count` payloads: the first to `out`, each further one `stride` bytes
  /// behind the one before. O(count), and for checks that are not incremental times the length.
  constexpr void write(char* out, std::size_t stride, std::uint64_t count) {
    if constexpr (incremental_check<Check>)
      write_rows(out, stride, count);
    else
      write_singly(out, stride, count);
  }

 private:
  // Adds one to the counter from this place on. The highest place that has changed.
  constexpr std::size_t move_on(std::size_t place) {
    for (; place < counter_length_ && ++values_[place] == symbols_.size(); ++place) values_[place] = 0;
    return place;
  }

  constexpr void write_singly(char* out, std::size_t stride, std::uint64_t count) {
    std::array<char, 256> payload{};
    char* const counter = std::copy(prefix_.begin(), prefix_.end(), payload.begin());
    const char* const end = std::copy(suffix_.begin(), suffix_.end(), counter + counter_length_);
    for (; count > 0; --count, out += stride, move_on(0)) {
      for (std::size_t i = 0; i < counter_length_; ++i) counter[i] = symbols_[values_[counter_length_ - 1 - i]];
      if (const auto made = Check{}(std::string_view(payload.data(), end)))
        std::copy_n((*made).characters.begin(), Check::length, out);
    }
  }

  [[nodiscard]] static constexpr unsigned step(unsigned state, char symbol, std::size_t behind) {
    return Check{}.step(state, symbol_values<Check>[static_cast<unsigned char>(symbol)], behind);
  }

  // The states below this place down to that of the row, from the one before it.
  constexpr void go_on(std::size_t place) {
    if (place == counter_length_) return;  // beyond the last
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
      go_on(move_on(varies_));
    }
  }

  std::string_view prefix_, symbols_, suffix_;
  std::size_t counter_length_;
  std::array<std::uint16_t, 256> values_{};  // of the counter's symbols, that of the ones first
  std::array<unsigned, 257> states_{};       // before each of them
  std::vector<char> rows_{};                 // for each state or for one; zeros where not made yet
  bool keeps_rows_ = false;
  std::size_t varies_ = 1, ends_ = 0,
              at_ = 0;  // a row: of so many last symbols, how many these can be, the next of them
};

}  // namespace tallymark::detail
