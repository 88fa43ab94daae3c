// The texts of runs: one at a time on demand, or all into a buffer at the speed of memory.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/number/run_list.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark {

/// How much was written.
struct written {
  std::size_t bytes = 0;
  std::uint64_t serials = 0;

  friend constexpr bool operator==(const written&, const written&) = default;
};

/// The serial numbers of a run, or of the runs of a list, as texts: a random-access view whose elements are made on
/// demand. It looks at the texts of the families, at the list, and at the policy unless that has no state: they must
/// live longer; iterators look at the range. Precondition: at most 2^63 - 1 serial numbers, as for any range.
///
/// Getting to a serial number is O(1) within a run, and passes one run after the other.
template <serial_policy S>
class serial_range : public std::ranges::view_interface<serial_range<S>> {
  using traits = serial_traits<S>;
  static constexpr bool stateless = std::is_empty_v<S> && std::copyable<S>;
  using holder = std::conditional_t<stateless, S, const S*>;

  // the `inside`th serial number of a run
  struct position {
    std::size_t run = 0;
    std::uint64_t inside = 0;
  };

 public:
  class iterator;
  class block_range;

  /// The serial numbers of a run.
  constexpr serial_range(const S& policy, const run& of)
      : policy_(held(policy)), one_(of), runs_(of.length > 0 ? 1 : 0), size_(of.length) {}
  /// The serial numbers of all runs of a list, in its order.
  constexpr serial_range(const S& policy, const run_list& of)
      : policy_(held(policy)), many_(of.empty() ? nullptr : &of[0]), runs_(of.size()), size_(of.serials()) {}
  /// The serial numbers as a registry writes them: `serial_range(registry.numbers(), runs)`.
  template <increment_policy Increment, class Runs>
    requires std::constructible_from<serial_range, const S&, Runs>
  constexpr serial_range(const numbering<S, Increment>& numbers, Runs&& of)
      : serial_range(numbers.serial_policy, std::forward<Runs>(of)) {}
  template <increment_policy Increment, class Runs>
    requires(!stateless)
  constexpr serial_range(const numbering<S, Increment>&& numbers, Runs&& of) = delete;
  constexpr serial_range(const S& policy, const run_list&& of) = delete;
  constexpr serial_range(const S&& policy, const run& of)
    requires(!stateless)
  = delete;
  constexpr serial_range(const S&& policy, const run_list& of)
    requires(!stateless)
  = delete;

  /// How many serial numbers there are.
  [[nodiscard]] constexpr std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr iterator begin() const noexcept { return {*this, {}, 0}; }
  [[nodiscard]] constexpr iterator end() const noexcept {
    return {*this, {runs_, 0}, static_cast<std::ptrdiff_t>(size_)};
  }

  /// One text. Precondition: at < size().
  [[nodiscard]] constexpr std::string operator[](std::uint64_t at) const { return text(position_of(at)); }

  /// The length that all texts have, or none if they differ. O(runs) if the policy tells its layout, else O(bytes).
  [[nodiscard]] constexpr std::optional<std::size_t> text_length() const {
    std::optional<std::size_t> length;
    bool same = true;
    for_each_length([&](std::size_t bytes, std::uint64_t) {
      same = same && length.value_or(bytes) == bytes;
      length = bytes;
    });
    return same ? length : std::nullopt;
  }

  /// How many bytes `write_to` needs for everything; 2^64 - 1 if it is more. O(runs) if the policy tells its layout,
  /// else O(bytes).
  [[nodiscard]] constexpr std::uint64_t written_size(std::string_view separator = {}) const {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t sum = 0;
    for_each_length([&](std::size_t bytes, std::uint64_t serials) {
      const std::uint64_t each = bytes + separator.size();
      sum = each > 0 && serials > (most - sum) / each ? most : sum + serials * each;
    });
    return sum;
  }

  /// Writes the texts from the `from`th on, each followed by the separator, the last one too: as many as fit as a
  /// whole. What lies after the written bytes stays as it is; the written ones may be read again. Precondition:
  /// from <= size(). O(bytes), at the speed of memory if the policy tells its layout.
  constexpr written write_to(std::span<char> out, std::string_view separator = {}, std::uint64_t from = 0) const {
    position at = position_of(from);
    return write(out, separator, at);
  }

  /// The same in blocks, for more than fits into memory: a single-pass range that fills the buffer over and over with
  /// whole texts and hands out what is in it. Precondition: the longest text and the separator fit into the buffer.
  [[nodiscard]] constexpr block_range blocks(std::span<char> buffer, std::string_view separator = {}) const {
    return {*this, buffer, separator};
  }

 private:
  [[nodiscard]] static constexpr holder held(const S& policy) {
    if constexpr (stateless)
      return policy;
    else
      return &policy;
  }
  [[nodiscard]] constexpr const S& policy() const {
    if constexpr (stateless)
      return policy_;
    else
      return *policy_;
  }

  [[nodiscard]] constexpr const run& part(std::size_t i) const { return many_ ? many_[i] : one_; }

  [[nodiscard]] constexpr position position_of(std::uint64_t at) const {
    position found;
    move_on(found, at);
    return found;
  }
  constexpr void move_on(position& from, std::uint64_t n) const {
    for (; from.run < runs_ && n >= part(from.run).length - from.inside; from.inside = 0)
      n -= part(from.run++).length - from.inside;
    from.inside += n;
  }
  constexpr void move_back(position& from, std::uint64_t n) const {
    for (; n > from.inside; from.inside = part(--from.run).length) n -= from.inside;
    from.inside -= n;
  }

  [[nodiscard]] constexpr std::string text(const position& at) const {
    std::string out;
    traits::format(policy(), out, {part(at.run).family, part(at.run).at(at.inside)});
    return out;
  }

  // calls visit(length, serials) for stretches of texts of one length
  template <class Visit>
  constexpr void for_each_length(Visit&& visit) const {
    for (std::size_t i = 0; i < runs_; ++i) {
      const run& each = part(i);
      for (position at{i, 0}; at.inside < each.length;) {
        const auto equal = equal_from(each, at.inside);
        const std::uint64_t serials = equal ? equal->serials : 1;
        visit(equal ? equal->bytes : text(at).size(), serials);
        at.inside += serials;
      }
    }
  }

  // those of a run from the `inside`th on that have texts of one length
  [[nodiscard]] constexpr std::optional<equal_texts> equal_from(const run& each, std::uint64_t inside) const {
    auto equal = traits::equally_long(policy(), each.family, each.at(inside), each.last());
    if (equal) equal->serials = (equal->serials - 1) / each.stride + 1;
    return equal;
  }

  // writes from `at` on as many as fit, and moves `at` past them
  constexpr written write(std::span<char> out, std::string_view separator, position& at) const {
    written done;
    while (at.run < runs_) {
      const written more = write_equal(out.subspan(done.bytes), separator, at);
      if (more.serials == 0) break;
      done.bytes += more.bytes;
      done.serials += more.serials;
      move_on(at, more.serials);
    }
    return done;
  }

  // those of one length, as many as fit
  [[nodiscard]] constexpr written write_equal(std::span<char> out, std::string_view separator,
                                              const position& at) const {
    const run& each = part(at.run);
    const auto equal = equal_from(each, at.inside);
    if (!equal) return write_one(out, separator, at);
    const std::size_t stride = equal->bytes + separator.size();
    const std::uint64_t count = std::min<std::uint64_t>(equal->serials, stride > 0 ? out.size() / stride : 0);
    if (count > 0) {
      const std::uint64_t first = each.at(at.inside);
      traits::write(policy(), out.data(), {each.family, first, count, each.stride}, separator);
    }
    return {static_cast<std::size_t>(count) * stride, count};
  }

  [[nodiscard]] constexpr written write_one(std::span<char> out, std::string_view separator, const position& at) const {
    const std::string one = text(at);
    const std::size_t bytes = one.size() + separator.size();
    if (bytes > out.size()) return {};
    std::copy(separator.begin(), separator.end(), std::copy(one.begin(), one.end(), out.begin()));
    return {bytes, 1};
  }

  [[no_unique_address]] holder policy_;
  run one_{};
  const run* many_ = nullptr;
  std::size_t runs_;
  std::uint64_t size_;
};

/// Makes the text when it is asked for.
template <serial_policy S>
class serial_range<S>::iterator {
 public:
  using iterator_concept = std::random_access_iterator_tag;
  using iterator_category = std::input_iterator_tag;
  using value_type = std::string;
  using difference_type = std::ptrdiff_t;

  constexpr iterator() = default;

  [[nodiscard]] constexpr std::string operator*() const { return range_->text(at_); }
  [[nodiscard]] constexpr std::string operator[](difference_type n) const { return *(*this + n); }

  constexpr iterator& operator+=(difference_type n) {
    index_ += n;
    if (n < 0)
      range_->move_back(at_, std::uint64_t{0} - static_cast<std::uint64_t>(n));
    else
      range_->move_on(at_, static_cast<std::uint64_t>(n));
    return *this;
  }
  constexpr iterator& operator-=(difference_type n) { return *this += -n; }
  constexpr iterator& operator++() { return *this += 1; }
  constexpr iterator& operator--() { return *this += -1; }
  constexpr iterator operator++(int) {
    const iterator before = *this;
    ++*this;
    return before;
  }
  constexpr iterator operator--(int) {
    const iterator before = *this;
    --*this;
    return before;
  }

  [[nodiscard]] friend constexpr iterator operator+(iterator i, difference_type n) { return i += n; }
  [[nodiscard]] friend constexpr iterator operator+(difference_type n, iterator i) { return i += n; }
  [[nodiscard]] friend constexpr iterator operator-(iterator i, difference_type n) { return i -= n; }
  [[nodiscard]] friend constexpr difference_type operator-(const iterator& a, const iterator& b) {
    return a.index_ - b.index_;
  }
  [[nodiscard]] friend constexpr bool operator==(const iterator& a, const iterator& b) { return a.index_ == b.index_; }
  [[nodiscard]] friend constexpr auto operator<=>(const iterator& a, const iterator& b) {
    return a.index_ <=> b.index_;
  }

 private:
  friend serial_range;
  constexpr iterator(const serial_range& range, const position& at, difference_type index)
      : range_(&range), at_(at), index_(index) {}

  const serial_range* range_ = nullptr;
  position at_{};
  difference_type index_ = 0;
};

/// Blocks of whole texts as views into the buffer, each good until the next one is asked for.
template <serial_policy S>
class serial_range<S>::block_range : public std::ranges::view_interface<block_range> {
 public:
  class iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;

    [[nodiscard]] constexpr std::string_view operator*() const { return range_->block_; }
    constexpr iterator& operator++() {
      range_->fill();
      return *this;
    }
    constexpr void operator++(int) { ++*this; }
    [[nodiscard]] constexpr bool operator==(std::default_sentinel_t) const { return range_->block_.empty(); }

   private:
    friend block_range;
    constexpr explicit iterator(block_range& range) : range_(&range) {}

    block_range* range_;
  };

  [[nodiscard]] constexpr iterator begin() {
    fill();
    return iterator(*this);
  }
  [[nodiscard]] constexpr std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend serial_range;
  constexpr block_range(const serial_range& texts, std::span<char> buffer, std::string_view separator)
      : texts_(texts), buffer_(buffer), separator_(separator) {}

  constexpr void fill() {
    block_ = {buffer_.data(), texts_.write(buffer_, separator_, at_).bytes};
    TALLYMARK_ASSERT(!block_.empty() || at_.run == texts_.runs_, "the buffer is too small for one serial number");
  }

  serial_range texts_;
  std::span<char> buffer_;
  std::string_view separator_, block_{};
  position at_{};
};

}  // namespace tallymark
