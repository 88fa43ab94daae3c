// Consecutive serial numbers of equal length, written at the speed of memory.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <tallymark/number/detail/step_adder.hpp>
#include <tallymark/number/layout.hpp>

namespace tallymark::detail {

/// Texts of one layout whose counters have equally many symbols, each followed by a separator.
///
/// Only the first number is converted. The next base - 1 texts are the text before with the last symbol advanced. Then,
/// with base^k texts in the buffer, many texts are the one base^k before them with the same steps added.
class counted_texts {
 public:
  constexpr counted_texts(const serial_layout& layout, std::string_view separator, unsigned counter_length)
      : layout_(layout),
        separator_(separator),
        ones_(layout.prefix.size() + counter_length - 1),
        stride_(layout.length(counter_length) + separator.size()) {}

  /// Bytes from one text to the next.
  [[nodiscard]] constexpr std::size_t stride() const noexcept { return stride_; }

  /// Writes the texts of `count` ordinals from `first` on, at least one, each `by` greater than the one before. Reads back
  /// what it has written. O(bytes); where `by` is a power of the base, its zeros count as the begin of the suffix.
  constexpr void write(char* out, std::uint64_t first, std::uint64_t count, std::uint64_t by) {
    std::size_t constant = 0;  // symbols
    for (; by % base() == 0; by /= base()) ++constant;
    write_first(out, first);
    std::copy_n(values_.begin() + constant, values_.size() - constant, values_.begin());
    std::fill(values_.end() - constant, values_.end(), std::uint16_t{0});
    ones_ -= constant;
    if (by == 1) {
      for (std::size_t i = 0; i < constant; ++i) first /= base();
      return write_after_first(out, first, count);
    }
    std::array<std::uint16_t, 64> digits{};  // of what is added
    std::size_t length = 0;
    for (; by > 0; by /= base()) digits[length++] = static_cast<std::uint16_t>(by % base());
    for (std::uint64_t i = 1; i < count; ++i, out += stride_) write_after(out, {digits.data(), length});
  }
  constexpr void write(char* out, std::uint64_t first, std::uint64_t count) {
    write_first(out, first);
    write_after_first(out, first, count);
  }

 private:
  static constexpr std::size_t farthest = 16 * 1024;  // bytes back to the source of a text: in the first cache

  constexpr void write_after_first(char* out, std::uint64_t first, std::uint64_t count) {
    const bool by_steps = stride_ <= step_adder::longest_record && base() * stride_ <= farthest && count > 2 * base();
    const std::uint64_t singly = by_steps ? base() : count;
    for (std::uint64_t i = 1; i < singly; ++i, out += stride_) write_after(out);
    if (by_steps) write_by_steps(out + stride_, first, singly, count);
  }

  [[nodiscard]] constexpr std::size_t base() const noexcept { return layout_.symbols.size(); }

  constexpr void set_values(std::uint64_t ordinal) {
    values_.fill(0);
    for (std::size_t place = 0; ordinal != 0; ++place, ordinal /= base())
      values_[place] = static_cast<std::uint16_t>(ordinal % base());
  }

  // Adds base^place. The highest place that has changed.
  constexpr std::size_t move_on(std::size_t place) {
    while (++values_[place] == base()) values_[place++] = 0;
    return place;
  }

  // What is added to one symbol to make it the other.
  [[nodiscard]] constexpr std::uint8_t step(std::size_t from, std::size_t to) const {
    const auto byte = [&](std::size_t value) { return static_cast<std::uint8_t>(layout_.symbols[value]); };
    return static_cast<std::uint8_t>(byte(to) - byte(from));
  }

  constexpr void write_first(char* out, std::uint64_t ordinal) {
    set_values(ordinal);
    out = std::copy(layout_.prefix.begin(), layout_.prefix.end(), out);
    for (std::size_t place = ones_ + 1 - layout_.prefix.size(); place-- > 0;)
      *out++ = layout_.symbols[place < values_.size() ? values_[place] : 0];
    out = std::copy(layout_.suffix.begin(), layout_.suffix.end(), out);
    std::copy(separator_.begin(), separator_.end(), out);
  }

  constexpr void write_after(char* before) {
    char* const out = before + stride_;
    std::copy_n(before, stride_, out);
    const std::size_t highest = move_on(0);
    for (std::size_t place = 0; place <= highest; ++place) out[ones_ - place] = layout_.symbols[values_[place]];
  }

  // The same, greater by a number of these digits.
  constexpr void write_after(char* before, std::span<const std::uint16_t> digits) {
    char* const out = before + stride_;
    std::copy_n(before, stride_, out);
    std::size_t carry = 0;
    for (std::size_t place = 0; place < digits.size() || carry > 0; ++place) {
      const std::size_t sum = values_[place] + carry + (place < digits.size() ? digits[place] : 0U);
      carry = sum >= base() ? 1 : 0;
      values_[place] = static_cast<std::uint16_t>(carry > 0 ? sum - base() : sum);
      out[ones_ - place] = layout_.symbols[values_[place]];
    }
  }

  // Continues at `out` after `written` texts, base() of them, up to `count`.
  constexpr void write_by_steps(char* out, std::uint64_t first, std::uint64_t written, std::uint64_t count) {
    const step_adder adder(stride_);
    std::array<std::uint8_t, 64> steps;
    std::size_t place = 0;       // of the lowest symbol that advances
    std::uint64_t distance = 1;  // base^place
    std::uint64_t alike = 0;     // the number of texts with the same steps from those `distance` before
    const auto can_go_farther = [&] { return distance * base() <= written && distance * base() * stride_ <= farthest; };
    for (; written < count; alike = distance) {
      if (can_go_farther()) {
        for (; can_go_farther(); ++place) distance *= base();
        set_values(first + written - distance);
        alike = distance - (first + written) % distance;
      }
      const std::size_t highest = move_on(place);
      steps[0] = step(values_[highest] - 1U, values_[highest]);
      for (std::size_t i = 1; i <= highest - place; ++i) steps[i] = step(base() - 1, 0);
      if (highest == place)
        for (; values_[place] + 1U < base() && step(values_[place], values_[place] + 1U) == steps[0]; ++values_[place])
          alike += distance;
      const std::size_t bytes = static_cast<std::size_t>(std::min(alike, count - written)) * stride_;
      adder.add(out, bytes, {distance * stride_, ones_ - highest, {steps.data(), highest - place + 1}});
      out += bytes;
      written += alike;
    }
  }

  serial_layout layout_;
  std::string_view separator_;
  std::size_t ones_, stride_;               // bytes: from the begin of a text to its last symbol; from text to text
  std::array<std::uint16_t, 64> values_{};  // of the symbols, that of the ones first
};

}  // namespace tallymark::detail
