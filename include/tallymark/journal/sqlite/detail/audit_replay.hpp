// What stock must be like after all that its history says: quantities, parents, and what is removed.
#pragma once

#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <string_view>

#include <tallymark/stock/item.hpp>
#include <tallymark/stock/quantity.hpp>

namespace tallymark::detail {

// An entry of history, as its row says.
struct replayed_entry {
  change what{};
  items subject{};
  items other{no_item, 0};
  std::int64_t steps = 0;
  std::string_view before{};
};

class stock_replay {
 public:
  static constexpr std::int64_t any_steps = -1;
  static constexpr item_id any_parent = 0;

  // What is known about the items from the key up to `last`.
  struct known {
    item_id last = 0;
    std::int64_t steps = any_steps;
    item_id parent = any_parent;
    bool removed = false;
    bool serialized = false;  // for certain: an item may have been created with a serial number

    [[nodiscard]] bool same_state(const known& other) const noexcept {
      return steps == other.steps && parent == other.parent && removed == other.removed &&
             serialized == other.serialized;
    }
  };
  using ranges = std::map<item_id, known>;

  [[nodiscard]] const ranges& all() const noexcept { return ranges_; }
  // the id that a new item would get
  [[nodiscard]] item_id next() const noexcept { return next_; }

  // Applies an entry; says what is wrong with it, or nothing. O(log n), amortized.
  [[nodiscard]] std::string_view apply(const replayed_entry& each) {
    const bool makes = each.what == change::created;
    const bool makes_other = each.what == change::split || each.what == change::serialized;
    const bool needs_other = makes_other || each.what == change::merged || each.what == change::parent_changed;
    if (!in_range(each.subject) || (needs_other ? !in_range(each.other) : each.other.count != 0))
      return "the items of an entry of history are no items";
    if (each.steps < 0 || each.steps > max_steps) return "the quantity of an entry of history is out of range";
    const items made = makes ? each.subject : each.other;
    if (makes || makes_other) {
      if (made.first != next_) {
        if (made.first > next_) add(next_, {made.first - 1});  // go on after the gap
        if (made.first == next_) add(next_, {made.last()});
        return "the items that history creates do not continue";
      }
      if (makes_other && each.subject.first >= next_) {
        add(next_, {made.last()});
        return "an item is changed before it is created";
      }
    } else if (each.subject.last() >= next_ || (needs_other && each.other.last() >= next_)) {
      return "an item is changed before it is created";
    }
    return effect(each);
  }

 private:
  static constexpr std::int64_t max_steps = static_cast<std::int64_t>(quantity::max_whole) * quantity::scale;
  static constexpr item_id max_id = static_cast<item_id>(std::numeric_limits<std::int64_t>::max());

  [[nodiscard]] static bool in_range(items which) noexcept {
    return which.first >= 1 && which.first <= max_id && which.count >= 1 && which.count - 1 <= max_id - which.first;
  }

  [[nodiscard]] std::string_view effect(const replayed_entry& each) {
    switch (each.what) {
      case change::created: {
        const auto count = static_cast<std::int64_t>(each.subject.count);
        const bool whole = each.steps % count == 0;
        const bool clipped = count > 1 && each.steps == max_steps;  // there is more than an entry can say
        add(each.subject.first, {each.subject.last(), whole && !clipped ? each.steps / count : any_steps});
        return whole || clipped ? "" : "the quantity of an entry of history is not one for each of its items";
      }
      case change::split:
        add(each.other.first, {each.other.last(), each.steps, each.subject.first});
        return each.other.count == 1 ? moved(each.subject, -each.steps) : "a split makes more than one item";
      case change::serialized: {
        add(each.other.first, {each.other.last(), quantity::scale, each.subject.first, false, true});
        const bool fits = each.other.count <= quantity::max_whole &&
                          each.steps == static_cast<std::int64_t>(each.other.count) * quantity::scale;
        return fits ? moved(each.subject, -each.steps) : "units are not as many as the quantity that they are of";
      }
      case change::merged: {
        if (each.other.count != 1) return "more than one item is merged in one entry";
        known& source = one(each.other.first);
        const bool all_of = source.steps == any_steps || source.steps == each.steps;
        source.steps = 0;
        const std::string_view wrong = moved(each.subject, each.steps);
        return !all_of ? "what is merged is not the whole quantity" : wrong;
      }
      case change::added: return moved(each.subject, each.steps);
      case change::taken: return moved(each.subject, -each.steps);
      case change::counted: {
        if (each.subject.count != 1) return one_only;
        known& at = one(each.subject.first);
        const auto before = quantity::parse(each.before);
        const bool right = before && (at.steps == any_steps || before->steps() == at.steps);
        at.steps = each.steps;
        return right ? "" : "the quantity before a count is not the one that there was";
      }
      case change::serial_changed:
        if (each.subject.count != 1) return one_only;
        one(each.subject.first).serialized = true;
        return "";
      case change::batch_changed: return "";
      case change::parent_changed: {
        bool had = false;
        for_each(each.subject, [&](known& at) {
          had = had || at.parent != any_parent;
          at.parent = each.other.first;
        });
        return had ? "an item gets a second parent" : "";
      }
      case change::removed: {
        bool gone = false;
        for_each(each.subject, [&](known& at) {
          gone = gone || at.removed;
          at.removed = true;
        });
        return gone ? "an item is removed twice" : "";
      }
    }
    return "";
  }

  static constexpr std::string_view one_only = "the quantity or serial number of many items changes in one entry";

  [[nodiscard]] std::string_view moved(items which, std::int64_t steps) {
    if (which.count != 1) return one_only;
    known& at = one(which.first);
    if (at.removed) return "an item changes after it was removed";
    if (at.steps == any_steps) return "";
    at.steps += steps;
    if (0 <= at.steps && at.steps <= max_steps) return "";
    at.steps = any_steps;
    return "more is taken than there is, or more added than there can be";
  }

  // Precondition: first is next_. What is like the items before is one range with them.
  void add(item_id first, known made) {
    next_ = made.last + 1;
    if (!ranges_.empty() && ranges_.rbegin()->second.same_state(made))
      ranges_.rbegin()->second.last = made.last;
    else
      ranges_.emplace_hint(ranges_.end(), first, made);
  }
  // a range begins here, if there is an item
  ranges::iterator cut(item_id id) {
    auto at = ranges_.upper_bound(id);
    if (at == ranges_.begin() || id >= next_) return at;
    --at;
    if (at->first == id) return at;
    const known rest = at->second;
    at->second.last = id - 1;
    return ranges_.emplace_hint(std::next(at), id, rest);
  }
  [[nodiscard]] known& one(item_id id) {
    const auto at = cut(id);
    (void)cut(id + 1);
    return at->second;
  }
  template <class Change>
  void for_each(items which, Change change_range) {
    auto at = cut(which.first);
    const auto end = cut(which.last() + 1);
    for (; at != end; ++at) change_range(at->second);
  }

  ranges ranges_;
  item_id next_ = 1;
};

}  // namespace tallymark::detail
