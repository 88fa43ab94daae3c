// What a registry keeps: scopes, and in each scope the families with their held ordinals.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/holder.hpp>
#include <tallymark/policy/run_list.hpp>
#include <tallymark/registry/answer.hpp>

namespace tallymark::detail {

// A key that a map can keep: views become strings.
template <class Key>
using owned_key = std::conditional_t<std::is_convertible_v<Key, std::string_view>, std::string, Key>;

// The scope policy, or a stand-in where it does not fit the item, so that one mistake gives one error.
template <class Scope, class Item>
struct scope_keys {
  using type = std::monostate;
  static constexpr scope_keys of(const auto&) { return {}; }
  constexpr std::monostate operator()(const Item&) const { return {}; }
};
template <class Scope, class Item>
  requires scope_policy_for<Scope, Item>
struct scope_keys<Scope, Item> {
  using type = std::remove_cvref_t<decltype(std::declval<const Scope&>().key(std::declval<const Item&>()))>;
  [[no_unique_address]] Scope policy{};
  static constexpr scope_keys of(const auto& set) { return {set.scope_policy}; }
  constexpr type operator()(const Item& item) const { return policy.key(item); }
};

// Scopes by key. References stay good. The one scope of unique_globally needs no map.
template <class Key, class State>
class scope_map {
 public:
  [[nodiscard]] const State* find(const Key& key) const {
    const auto at = states_.find(key);
    return at == states_.end() ? nullptr : &at->second;
  }
  [[nodiscard]] State& get(const Key& key) {
    const auto at = states_.lower_bound(key);
    if (at != states_.end() && !states_.key_comp()(key, at->first)) return at->second;
    return states_.emplace_hint(at, std::piecewise_construct, std::forward_as_tuple(key), std::tuple<>())->second;
  }

 private:
  std::map<owned_key<Key>, State, std::less<>> states_;
};
template <class State>
class scope_map<std::monostate, State> {
 public:
  [[nodiscard]] const State* find(std::monostate) const { return &state_; }
  [[nodiscard]] State& get(std::monostate) { return state_; }

 private:
  State state_;
};

// Nothing is taken: free from here to the last ordinal.
[[nodiscard]] constexpr stretch nothing_taken(const serial_number& from) {
  return {false, std::numeric_limits<std::uint64_t>::max() - from.ordinal};
}

/// The families of one scope, and where its sequence stands.
template <ordinal_map Map>
class scope_state {
 public:
  scope_state() = default;
  scope_state(const scope_state&) = delete;
  scope_state& operator=(const scope_state&) = delete;

  [[nodiscard]] std::optional<holder> find(const serial_number& one) const {
    const auto at = families_.find(one.family);
    return at == families_.end() ? std::nullopt : at->second.ordinals.find(one.ordinal);
  }

  [[nodiscard]] stretch occupancy(const serial_number& from) const {
    const auto at = families_.find(from.family);
    return at == families_.end() ? nothing_taken(from) : at->second.ordinals.occupancy(from.ordinal);
  }

  // Takes serial numbers, and answers with a family that lives as long as this. Families stay when they are empty, so that
  // views of their texts stay good.
  run assign(const run& each, const holder& by) {
    const auto at = entry(each.family);
    at->second.ordinals.assign({each.first, each.length, by});
    if (!active_ && at->first.counts()) active_ = at->first;
    return {at->first, each.first, each.length};
  }
  serial_number assign(const serial_number& one, const holder& by) {
    return {assign(run{one.family, one.ordinal, 1}, by).family, one.ordinal};
  }

  // the same family, with a text that lives as long as this
  [[nodiscard]] family kept(const family& of) { return entry(of)->first; }

  void retire(const run& each) {
    std::vector<held_run> held;
    Map& ordinals = families_.find(each.family)->second.ordinals;
    ordinals.overlaps(each.first, each.length, [&](const held_run& part) { held.push_back(part); });
    for (held_run& part : held) {
      part.by.state = hold::retired;
      ordinals.assign(part);
    }
  }

  void erase(const run& each) {
    const auto at = families_.find(each.family);
    at->second.ordinals.erase(each.first, each.length);
    // below the hint not all is taken any more
    if (hint_ && (at->first == start_->family || at->first == hint_->family)) hint_ = start_;
    if (active_ != at->first || !at->second.ordinals.empty()) return;
    // the active family is empty: the sequence goes on in the first that is not
    const auto other = std::find_if(families_.begin(), families_.end(), [](const auto& entry) {
      return entry.first.counts() && !entry.second.ordinals.empty();
    });
    active_ = other == families_.end() ? std::nullopt : std::optional(other->first);
  }
  void erase(const serial_number& one) { erase(run{one.family, one.ordinal, 1}); }

  [[nodiscard]] std::optional<serial_number> greatest() const {
    if (!active_) return std::nullopt;
    const auto ordinal = families_.find(*active_)->second.ordinals.greatest();
    return ordinal ? std::optional(serial_number{*active_, *ordinal}) : std::nullopt;
  }

  void start_at(const serial_number& begin) {
    start_ = serial_number{kept(begin.family), begin.ordinal};
    hint_ = start_;
  }
  // from where to search for the next free one, if the sequence was set
  [[nodiscard]] const std::optional<serial_number>& hint() const noexcept { return hint_; }

  // these were issued: their family is the active one, and of a sequence that was set all is taken up to here
  void issued(const run_list& serials) {
    const run& last = serials[serials.size() - 1];
    active_ = kept(last.family);
    if (hint_) hint_ = serial_number{*active_, last.last()};
  }

  // what stands in the way of claiming these, in natural order
  [[nodiscard]] conflicts conflicts_of(const run_list& serials) const {
    conflicts met;
    for_each_once(serials, met, [&](const run& each) {
      if (const auto at = families_.find(each.family); at != families_.end())
        at->second.ordinals.overlaps(each.first, each.length, [&](const held_run& part) {
          add(met, {each.family, part.first, part.length}, reason(part.by.state), part.by.item);
        });
    });
    return met;
  }

  // what stands in the way of releasing or retiring these: they are free, reserved, or named twice
  [[nodiscard]] conflicts missing_of(const run_list& serials) const {
    conflicts met;
    for_each_once(serials, met, [&](const run& each) {
      std::uint64_t at = each.first;
      const auto free_until = [&](std::uint64_t end) {
        if (at < end) add(met, {each.family, at, end - at}, errc::not_claimed, no_item);
      };
      if (const auto found = families_.find(each.family); found != families_.end())
        found->second.ordinals.overlaps(each.first, each.length, [&](const held_run& part) {
          free_until(part.first);
          if (part.by.state == hold::reserved)
            add(met, {each.family, part.first, part.length}, errc::reserved, part.by.item);
          at = part.last() + 1;
        });
      free_until(each.last() + 1);
    });
    return met;
  }

  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const auto& [of, kept] : families_)
      kept.ordinals.overlaps(0, std::numeric_limits<std::uint64_t>::max(),
                             [&](const held_run& part) { visit(of, part); });
  }

 private:
  struct kept_family {
    std::unique_ptr<const std::string> text;  // what the key looks into
    Map ordinals;
  };
  using families = std::map<family, kept_family>;

  typename families::iterator entry(const family& of) {
    if (const auto at = families_.find(of); at != families_.end()) return at;
    auto text = std::make_unique<const std::string>(of.text);
    family key = of;
    key.text = *text;
    return families_.emplace(key, kept_family{std::move(text), Map{}}).first;
  }

  static void add(conflicts& met, const run& which, errc why, std::uint64_t item) {
    met.push_back({{}, why, item});
    met.back().serials.add(which);
  }

  // visits what the list names, sorted, each serial number once; those that it names again are conflicts
  template <class Visit>
  static void for_each_once(const run_list& serials, conflicts& met, Visit visit) {
    std::optional<run> reach;  // of those so far, the run that ends last
    for (run each : serials.sorted()) {
      if (reach && reach->family == each.family && each.first <= reach->last()) {
        const std::uint64_t last = std::min(reach->last(), each.last());
        add(met, {each.family, each.first, last - each.first + 1}, errc::named_twice, no_item);
        if (each.last() <= reach->last()) continue;
        each = {each.family, last + 1, each.last() - last};
      }
      reach = each;
      visit(each);
    }
  }

  families families_;
  std::optional<family> active_;
  std::optional<serial_number> start_, hint_;
};

}  // namespace tallymark::detail
