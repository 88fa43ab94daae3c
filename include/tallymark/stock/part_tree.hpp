// Parts, and which is a variant of which.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/record/codec.hpp>

namespace tallymark {

/// Whether stock items of a part have something: a serial number, a batch code.
enum class rule : std::uint8_t { forbidden, optional, required };

/// A kind of thing.
template <class Key = std::string, class Data = no_record>
struct part {
  Key key{};
  std::optional<Key> variant_of{};  ///< the part that this one is a variant of
  rule serials = rule::optional;
  rule batches = rule::optional;
  bool issued_here = true;  ///< false: its serial numbers come from outside, and none is suggested
  Key group{};              ///< for unique_per_group
  Data data{};              ///< members of the user's own
};

/// A part as scope policies see it: numbers that stand for the part, the root of its tree and its group, and its own
/// members.
template <class Data>
struct part_place {
  std::uint32_t part = 0;
  std::uint32_t tree = 0;
  std::uint32_t group = 0;
  const Data& data;
};

/// For patterns of serial numbers, a part's own members are those of the record `part`: `{part.ipn}`.
template <class Data>
struct record_traits<part_place<Data>> {
  static constexpr std::array<std::string_view, 1> names{"part"};
  static constexpr std::tuple members{[](const part_place<Data>& place) -> const Data& { return place.data; }};
};

/// All parts. They are numbered in the order in which they were added, from 0 on. References to parts stay good.
template <class Key = std::string, class Data = no_record>
class part_tree {
 public:
  using part_type = tallymark::part<Key, Data>;
  /// What a lookup takes: a view where keys are strings.
  using key_view = std::conditional_t<std::is_same_v<Key, std::string>, std::string_view, Key>;

  /// Whether a part can be added, and which one it would be a variant of. Errors: part_exists; part_is_own_ancestor,
  /// unknown_part (the one it would be a variant of). O(log n).
  [[nodiscard]] result<std::optional<std::uint32_t>> can_add(const part_type& added) const {
    if (find(added.key)) return fail(errc::part_exists);
    if (!added.variant_of) return std::optional<std::uint32_t>();
    const auto of = find(*added.variant_of);
    if (!of) return fail(*added.variant_of == added.key ? errc::part_is_own_ancestor : errc::unknown_part);
    return of;
  }
  /// Adds a part. Errors: those of can_add. If it fails, nothing has changed. O(log n).
  [[nodiscard]] result<std::uint32_t> add(part_type added) {
    const auto of = can_add(added);
    if (!of) return unexpected(of.error());
    const auto index = static_cast<std::uint32_t>(parts_.size());
    std::map<Key, std::uint32_t, std::less<>> group, number;
    group.emplace(added.group, static_cast<std::uint32_t>(groups_.size()));
    number.emplace(added.key, index);
    const auto in_group = groups_.find(added.group);
    parts_.push_back({std::move(added), of->value_or(index), static_cast<std::uint32_t>(groups_.size()), false});
    if (in_group != groups_.end())
      parts_.back().group = in_group->second;
    else
      groups_.merge(group);
    index_.merge(number);
    return index;
  }
  /// Takes the part back that was added last. Precondition: nothing refers to it. O(n log n), without memory.
  void remove_last() noexcept {
    const entry& last = parts_.back();
    index_.erase(index_.find(last.part.key));
    const auto is_of_group = [&](const entry& each) { return each.group == last.group; };
    if (std::count_if(parts_.begin(), parts_.end(), is_of_group) == 1) groups_.erase(groups_.find(last.part.group));
    parts_.pop_back();
  }

  /// Whether a part can be made a variant of another one. Errors: already_variant; part_is_own_ancestor;
  /// part_has_items, because their serial numbers are claimed where the part was before. O(log n), amortized.
  [[nodiscard]] result<void> can_be_variant(std::uint32_t index, std::uint32_t of) const {
    if (parts_[index].part.variant_of) return fail(errc::already_variant);
    if (root(of) == index) return fail(errc::part_is_own_ancestor);
    if (parts_[index].used) return fail(errc::part_has_items);
    return {};
  }
  /// Makes a part a variant of another one. Errors: those of can_be_variant. If it fails, nothing has changed. O(log n),
  /// amortized.
  [[nodiscard]] result<void> make_variant(std::uint32_t index, std::uint32_t of) {
    if (const auto possible = can_be_variant(index, of); !possible) return possible;
    set_variant(index, of, Key(parts_[of].part.key));
    return {};
  }
  /// The same for one that can be, with the key of the other. O(1).
  void set_variant(std::uint32_t index, std::uint32_t of, Key&& key_of_it) noexcept {
    parts_[index].part.variant_of = std::move(key_of_it);
    parts_[index].above = of;
  }

  /// The number of a part. O(log n).
  [[nodiscard]] std::optional<std::uint32_t> find(const key_view& key) const {
    const auto at = index_.find(key);
    return at == index_.end() ? std::nullopt : std::optional(at->second);
  }

  /// The root of the part tree that a part is in: itself, if it is no variant. O(log n), amortized.
  [[nodiscard]] std::uint32_t root(std::uint32_t index) const {
    while (parts_[index].above != index) {
      parts_[index].above = parts_[parts_[index].above].above;  // half the way for the next time
      index = parts_[index].above;
    }
    return index;
  }

  /// Where scope policies find a part.
  [[nodiscard]] part_place<Data> place(std::uint32_t index) const {
    return {index, root(index), parts_[index].group, parts_[index].part.data};
  }

  [[nodiscard]] const part_type& operator[](std::uint32_t index) const { return parts_[index].part; }
  [[nodiscard]] std::size_t size() const noexcept { return parts_.size(); }

  /// From now on there are stock items in the tree of this part.
  void mark_used(std::uint32_t index) { parts_[root(index)].used = true; }

 private:
  struct entry {
    part_type part;
    mutable std::uint32_t above;  // an ancestor, itself for a root
    std::uint32_t group;
    bool used;
  };

  std::deque<entry> parts_;
  std::map<Key, std::uint32_t, std::less<>> index_;
  std::map<Key, std::uint32_t, std::less<>> groups_;
};

}  // namespace tallymark
