// The part of expansion that all dialects share: counts items, collects errors, puts serial numbers in order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/expression/detail/item.hpp>
#include <tallymark/expression/detail/next_free.hpp>
#include <tallymark/expression/detail/overlap.hpp>
#include <tallymark/expression/expansion.hpp>
#include <tallymark/number/detail/stride_order.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark::detail {

// What a fill item (`7+`) takes.
enum class fill_rule : std::uint8_t { what_others_leave, what_those_before_leave };

// Walks over a list of runs in portions.
class run_cursor {
 public:
  constexpr explicit run_cursor(const run_list& runs) : runs_(runs) {}

  // Calls `f` with the runs of the next n serial numbers.
  template <class F>
  constexpr void next(std::uint64_t n, const F& f) {
    while (n > 0) {
      const run& here = runs_[at_];
      const std::uint64_t length = std::min(n, here.length - done_);
      f(run{here.family, here.at(done_), length, here.stride});
      n -= length;
      done_ += length;
      if (done_ < here.length) continue;
      ++at_;
      done_ = 0;
    }
  }

 private:
  const run_list& runs_;
  std::size_t at_ = 0;
  std::uint64_t done_ = 0;
};

// The items of one expression, given one by one in their order. Parts that are passed are views into the text.
//
// Named serial numbers are expanded at once; items that depend on others are recorded. `finish` gives the fill item its
// count, and every `~` serial numbers that are free and not named anywhere.
template <class Numbers, class Source>
class expander {
  using order = stride_order<Numbers::stride>;
  static constexpr std::uint64_t stride = Numbers::stride;
  static constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

 public:
  constexpr expander(std::string_view text, std::uint64_t quantity, const Numbers& numbers, const Source& source,
                     std::uint64_t most_runs)
      : text_(text), quantity_(quantity), numbers_(numbers), source_(source), more_runs_(most_runs) {}

  [[nodiscard]] constexpr const Numbers& numbers() const noexcept { return numbers_; }

  constexpr void refuse(errc code, std::string_view place) { errors_.push_back(failure_at(code, place)); }

  // Reads a serial number that may be quoted; `unquoted` takes the text if there are quotes in it.
  [[nodiscard]] constexpr result<serial_number> read(std::string_view operand, std::vector<char>& unquoted) const {
    std::string_view inner = operand;
    if (is_quoted(operand)) {
      const std::size_t end = quote_end(operand, 0);
      if (end < operand.size()) return unexpected(failure_at(errc::text_after_quote, stripped(operand.substr(end))));
      inner = operand.substr(1, operand.size() - 2);
      if (inner.find('"') != inner.npos) {
        for (std::size_t i = 0; i < inner.size(); i += inner[i] == '"' ? 2U : 1U) unquoted.push_back(inner[i]);
        inner = {unquoted.data(), unquoted.size()};
      }
    } else if (operand.find('~') != operand.npos) {
      return unexpected(failure_at(errc::not_a_group, operand));
    }
    const auto parsed = numbers_.parse(inner);
    if (parsed) return parsed;
    const failure why = parsed.error();
    if (why.length == 0) return unexpected(failure_at(why.code, operand));
    const std::size_t begin = place_in(operand, why.at), end = place_in(operand, std::size_t{why.at} + why.length);
    return unexpected(failure_at(why.code, operand.substr(begin, end - begin)));
  }

  // Counts from a to b, but no further than needed to detect an excess; see numbering::range. A serial number without a
  // counter reaches nothing, not even itself. All walks that fail share one limit of steps.
  [[nodiscard]] constexpr result<void> count(const serial_number& a, const serial_number& b, run_list& between) {
    constexpr bool on_ordinals = ordinal_increment_policy<typename Numbers::increment>;
    const bool both_count = a.family.counts() && b.family.counts();
    if (!both_count && (on_ordinals || a == b)) return fail(errc::not_a_group);
    const bool same_family = a.family == b.family;
    const std::uint64_t room = std::min(quantity_, group_room_);
    // two serial numbers are enough to see how the increment counts
    const std::uint64_t most = room == unlimited ? room : std::max<std::uint64_t>(room + 1, 2);
    if (on_ordinals && same_family && a.ordinal <= b.ordinal) {  // mostly one run; needs no std::string
      const std::uint64_t steps = (b.ordinal - a.ordinal) / stride, length = std::min(steps, most - 1) + 1;
      const bool reaches = length <= steps || steps * stride == b.ordinal - a.ordinal;
      if (reaches && numbers_.consecutive(a, length) == length) {
        between.add(run{a.family, a.ordinal, length, stride});
        return {};
      }
    }
    if (steps_ == 0) return fail(errc::ambiguous_hyphen);
    const auto counted = numbers_.range(a, b, most, between, runs_left());
    if (!counted && counted.error().code == errc::not_a_group && (!on_ordinals || same_family || carries(a, b)))
      steps_ -= std::min({steps_, most, on_ordinals && same_family ? (b.ordinal - a.ordinal) / stride : most});
    return counted;
  }

  // Whether another serial number follows.
  [[nodiscard]] constexpr bool goes_on(const serial_number& from) const {
    if constexpr (ordinal_increment_policy<typename Numbers::increment>) {
      return from.family.counts();
    } else {
      std::string storage;
      return numbers_.next(from, storage).has_value();
    }
  }

  // One serial number.
  constexpr void literal(std::string_view item) {
    std::vector<char> unquoted;
    const auto serial = read(item, unquoted);
    if (!serial) return refuse(serial.error());
    named_.add(*serial, stride);
    add(item, kind::named, 1);
  }

  // `left - right`
  constexpr void range(std::string_view item, const operation& parts) {
    if (parts.left.empty() || parts.right.empty()) return refuse(errc::not_a_group, item);
    std::vector<char> first, second;
    const auto a = read(parts.left, first), b = read(parts.right, second);
    if (!a) refuse(a.error());
    if (!b) refuse(b.error());
    if (!a || !b) return;
    run_list between;
    if (const auto counted = count(*a, *b, between); !counted) return refuse(counted.error().code, item);
    group(item, between);
  }

  // `left + right`: a serial number or `~`, and a count or nothing.
  constexpr void plus(std::string_view item, const operation& parts, bool underscores) {
    const bool fills = parts.right.empty(), takes_free = parts.left == "~";
    if (parts.left.empty()) return refuse(errc::not_a_group, item);
    std::vector<char> unquoted;
    const auto from = takes_free ? serial_number{} : read(parts.left, unquoted);
    const auto more = fills ? 0 : read_count(parts.right, underscores);
    if (!from) refuse(from.error());
    if (!more) refuse(errc::bad_count, parts.right);
    if (!from || !more) return;
    if (fills) {
      if (fill_ != nowhere) return refuse(errc::second_fill, item);
      fill_ = items_.size();
      if (!takes_free) fill_from_.add(*from);
      return add(item, takes_free ? kind::free : kind::fill, 0);
    }
    if (*more >= quantity_) return add(item, kind::too_many, *more);
    if (takes_free) return free(item, *more + 1);
    if (*more >= group_room_) return add(item, kind::not_expanded, *more + 1);
    run_list taken;
    if (const auto complete = take(*from, *more + 1, taken); !complete) {
      group_room_ -= std::min(taken.serials(), group_room_);
      return refuse(complete.error().code, complete.error().code == errc::no_counter ? parts.left : item);
    }
    group(item, taken);
  }

  // The serial numbers of a range or a count. Beyond four times the quantity they are only counted: this finds
  // duplicates without unbounded memory.
  constexpr void group(std::string_view item, const run_list& found) {
    const std::uint64_t n = found.serials();
    const kind how = n > quantity_ ? kind::too_many : n > group_room_ ? kind::not_expanded : kind::named;
    group_room_ -= std::min(n, group_room_);
    charge(found.size());
    if (how == kind::named) named_.append(found, stride);
    add(item, how, n);
  }

  // The next n free ones.
  constexpr void free(std::string_view item, std::uint64_t n) { add(item, kind::free, n); }

  // Everything that depends on more than one item.
  [[nodiscard]] constexpr expansion finish(fill_rule rule) {
    refuse_named_twice();
    compare_with_quantity(rule);
    expansion out;
    if (errors_.empty()) expand_fill();
    if (errors_.empty()) expand_free();
    if (errors_.empty()) {
      out.serials = std::move(named_);
    } else {
      std::sort(errors_.begin(), errors_.end(), [](const failure& a, const failure& b) {
        return a.at != b.at ? a.at < b.at : a.length != b.length ? a.length < b.length : a.code < b.code;
      });
      out.errors = std::move(errors_);
    }
    return out;
  }

 private:
  enum class kind : std::uint8_t { named, not_expanded, too_many, fill, free, refused };

  struct entry {
    std::uint64_t serials = 0;
    std::uint32_t at = 0, length = 0;
    kind how{};
  };

  [[nodiscard]] constexpr failure failure_at(errc code, std::string_view place) const {
    const result<void> failed = fail(code, static_cast<std::size_t>(place.data() - text_.data()), place.size());
    return failed.error();
  }

  // position in the operand of byte i of the unquoted text
  [[nodiscard]] static constexpr std::size_t place_in(std::string_view operand, std::size_t i) {
    if (!is_quoted(operand)) return i;
    std::size_t at = 1;
    for (; i > 0; --i) at += operand[at] == '"' ? 2U : 1U;
    return at;
  }

  constexpr void refuse(const failure& why) { errors_.push_back(why); }
  constexpr void refuse(errc code, entry& item) {
    item.how = kind::refused;
    errors_.push_back({code, item.at, item.length});
  }

  constexpr void add(std::string_view item, kind how, std::uint64_t serials) {
    const failure place = failure_at({}, item);
    items_.push_back({serials, place.at, place.length, how});
  }

  // How many runs an item may make. One is free, since there is a text for it.
  [[nodiscard]] constexpr std::uint64_t runs_left() const noexcept { return std::max<std::uint64_t>(more_runs_, 1); }
  constexpr void charge(std::uint64_t runs) noexcept { more_runs_ -= std::min(more_runs_, runs > 0 ? runs - 1 : 0); }

  [[nodiscard]] constexpr result<void> take(const serial_number& from, std::uint64_t n, run_list& out) const {
    if (numbers_.consecutive(from, n) < n) return numbers_.take(from, n, out, runs_left());
    out.add(run{from.family, from.ordinal, n, stride}, stride);
    return {};
  }

  // whether the family after that of a is that of b
  [[nodiscard]] constexpr bool carries(const serial_number& a, const serial_number& b) const {
    std::string storage;
    const auto carried = serial_traits<typename Numbers::serial>::carry(numbers_.serial_policy, a.family, storage);
    return carried && carried->family == b.family;
  }

  constexpr void refuse_named_twice() {
    if (!overlap(order::sorted(named_))) return;
    std::vector<run> parts;
    std::vector<std::size_t> owners;
    run_cursor named(named_);
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].how != kind::named) continue;
      named.next(items_[i].serials, [&](const run& part) {
        order::add_pieces(parts, part);
        owners.resize(parts.size(), i);
      });
    }
    for (const std::size_t part : named_before(parts))
      if (entry& item = items_[owners[part]]; item.how != kind::refused) refuse(errc::named_twice, item);
  }

  // A refused item does not count, since its intended size is not known.
  constexpr void compare_with_quantity(fill_rule rule) {
    std::uint64_t sum = 0;
    bool beyond = false;
    const auto fill_up = [&] {
      if (beyond || sum == quantity_) return refuse(errc::no_room_to_fill, items_[fill_]);
      items_[fill_].serials = quantity_ - sum;
      sum = quantity_;
    };
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (i == fill_) {
        if (rule == fill_rule::what_those_before_leave) fill_up();
      } else if (items_[i].how != kind::refused && !beyond) {
        beyond = items_[i].how == kind::too_many || items_[i].serials > quantity_ - sum;
        if (beyond)
          refuse(errc::too_many_serials, items_[i]);
        else
          sum += items_[i].serials;
      }
    }
    if (fill_ != nowhere && rule == fill_rule::what_others_leave) fill_up();
    if (sum < quantity_ && errors_.empty()) refuse(errc::too_few_serials, stripped(text_));
  }

  // All serial numbers in order; `expand(item, out)` adds those of the items that are not named yet.
  template <class Expand>
  constexpr void put_in_order(const Expand& expand) {
    run_list all;
    run_cursor named(named_);
    for (entry& item : items_) {
      if (item.how == kind::named)
        named.next(item.serials, [&](const run& part) { all.add(part, stride); });
      else if (const result<void> expanded = expand(item, all); !expanded)
        return refuse(expanded.error().code, item);
    }
    named_ = std::move(all);
  }

  constexpr void expand_fill() {
    if (fill_from_.empty()) return;
    put_in_order([this](entry& item, run_list& all) -> result<void> {
      if (item.how != kind::fill) return {};
      item.how = kind::named;
      return take(fill_from_.at(0), item.serials, all);
    });
    if (errors_.empty()) refuse_named_twice();
  }

  constexpr void expand_free() {
    std::uint64_t wanted = 0;
    for (const entry& item : items_) wanted += item.how == kind::free ? item.serials : 0;
    if (wanted == 0) return;
    run_list found;
    const auto complete = next_free(numbers_, source_, order::sorted(named_), wanted, found, runs_left());
    run_cursor free(found);
    std::uint64_t left = found.serials();
    put_in_order([&](const entry& item, run_list& out) -> result<void> {
      if (!complete && left < item.serials) return complete;
      left -= item.serials;
      free.next(item.serials, [&](const run& part) { out.add(part, stride); });
      return {};
    });
  }

  std::string_view text_;
  std::uint64_t quantity_;
  const Numbers& numbers_;
  const Source& source_;
  std::uint64_t more_runs_;

  std::vector<entry> items_;  // without items that were refused at once
  run_list named_;            // the serial numbers of the items that name some, in order
  run_list fill_from_;        // the first serial number of `a+`
  std::vector<failure> errors_;
  std::size_t fill_ = nowhere;  // the fill item
  std::uint64_t group_room_ = quantity_ > unlimited / 4 ? unlimited : 4 * quantity_;
  std::uint64_t steps_ = 1U << 22U;
};

}  // namespace tallymark::detail
