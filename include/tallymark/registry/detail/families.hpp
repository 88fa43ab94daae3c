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
#include <tuple>
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
  [[no_unique_address]] Scope policy;
  static constexpr scope_keys of(const auto& set) {
    if constexpr (requires { set.scope_policy; })
      return {set.scope_policy};
    else
      return {};
  }
  constexpr type operator()(const Item& item) const { return policy.key(item); }
};

template <class Scope, class Item>
consteval bool is_scope() {
  static_assert(scope_policy_for<Scope, Item>,
                "tallymark::registry: the uniqueness scope has no 'key(item)' for this item type. Give the item the "
                "member that the scope reads (part, tree or group), or name another scope");
  return true;
}

// Scopes by key. References stay good. The one scope of unique_globally needs no map.
template <class Key, class State>
class scope_map {
 public:
  [[nodiscard]] const State* find(const auto& key) const {
    const auto at = states_.find(key);
    return at == states_.end() ? nullptr : &at->second;
  }
  [[nodiscard]] State* find(const auto& key) {
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
  [[nodiscard]] State* find(std::monostate) { return &state_; }
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

  // Takes serial numbers, and answers with a family that lives as long as this. Families stay when they are empty, so
  // that views of their texts stay good.
  run assign(const run& each, const holder& by) { return {assigned(each, by)->first, each.first, each.length}; }

  // the same for a claim; `goes_on`: a sequence can go on from here
  run claim(const run& each, const holder& by, bool goes_on) {
    const auto at = assigned(each, by);
    if (goes_on && at->second.claimed == 0) leaders_.emplace(at->second.claimed = --claims_, at);
    return {at->first, each.first, each.length};
  }

  // the same family, with a text that lives as long as this
  [[nodiscard]] family kept(const family& of) { return entry(of)->first; }

  // Precondition for both: all of these are taken
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
    kept_family& from = families_.find(each.family)->second;
    from.ordinals.erase(each.first, each.length);
    hint_ = start_;  // between the two not all is taken any more
    if (!from.ordinals.empty()) return;
    leaders_.erase(std::exchange(from.claimed, 0));
    leaders_.erase(std::exchange(from.issued, 0));
  }

  // ---- the sequence ---------------------------------------------------------------------------

  // the greatest of the active family
  [[nodiscard]] std::optional<serial_number> greatest() const {
    if (leaders_.empty()) return std::nullopt;
    const auto& [of, kept] = *leaders_.rbegin()->second;
    const auto ordinal = kept.ordinals.greatest();
    return ordinal ? std::optional(serial_number{of, *ordinal}) : std::nullopt;
  }

  void start_at(const serial_number& begin) {
    start_ = serial_number{kept(begin.family), begin.ordinal};
    hint_ = start_;
  }
  // from where to search for the next free one, if the sequence was set
  [[nodiscard]] const std::optional<serial_number>& hint() const noexcept { return hint_; }

  // These are reserved, and their family is the active one now. Answers with the rank of this reservation.
  std::int64_t reserve(const run_list& serials) {
    for (const run& each : serials) assign(each, {no_item, hold::reserved});
    const run& last = serials[serials.size() - 1];
    const auto at = families_.find(last.family);
    leaders_.emplace(++issues_, at);
    if (hint_) hint_ = serial_number{at->first, last.last()};  // from the start up to here all is taken
    return issues_;
  }
  // what becomes of a reservation
  void commit(const run_list& serials, std::int64_t rank, holder by) {
    for (const run& each : serials) {
      assign(each, by);
      by = by + each.length;
    }
    const auto at = leaders_.find(rank);
    std::int64_t& issued = at->second->second.issued;
    if (issued < rank)
      leaders_.erase(std::exchange(issued, rank));
    else
      leaders_.erase(at);
  }
  void give_back(const run_list& serials, std::int64_t rank) {
    leaders_.erase(rank);
    for (const run& each : serials) erase(each);
  }

  // ---- conflicts ------------------------------------------------------------------------------

  // what stands in the way of claiming these, in natural order
  [[nodiscard]] conflicts conflicts_of(const run_list& serials) const {
    conflicts met;
    for_each_once(serials, met, [&](const run& each) {
      if (const auto at = families_.find(each.family); at != families_.end())
        at->second.ordinals.overlaps(each.first, each.length, [&](const held_run& part) {
          met.emplace_back(reason(part.by.state), run{each.family, part.first, part.length}, part.by.item);
        });
    });
    return sorted(std::move(met));
  }

  // what stands in the way of releasing or retiring these: they are free, reserved, or named twice
  [[nodiscard]] conflicts missing_of(const run_list& serials) const {
    conflicts met;
    for_each_once(serials, met, [&](const run& each) {
      std::uint64_t at = each.first;
      const auto free_until = [&](std::uint64_t end) {
        if (at < end) met.emplace_back(errc::not_claimed, run{each.family, at, end - at});
      };
      if (const auto found = families_.find(each.family); found != families_.end())
        found->second.ordinals.overlaps(each.first, each.length, [&](const held_run& part) {
          free_until(part.first);
          if (part.by.state == hold::reserved)
            met.emplace_back(errc::reserved, run{each.family, part.first, part.length});
          at = part.last() + 1;
        });
      free_until(each.last() + 1);
    });
    return sorted(std::move(met));
  }

  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const auto& [of, kept] : families_)
      kept.ordinals.overlaps(0, std::numeric_limits<std::uint64_t>::max(),
                             [&](const held_run& part) { visit(of, part); });
  }

 private:
  struct kept_family {
    std::unique_ptr<const std::string> text{};  // what the key looks into
    Map ordinals{};
    std::int64_t claimed = 0, issued = 0;  // its ranks among the leaders, 0: none
  };
  using families = std::map<family, kept_family>;

  typename families::iterator entry(const family& of) {
    if (const auto at = families_.find(of); at != families_.end()) return at;
    auto text = std::make_unique<const std::string>(of.text);
    family key = of;
    key.text = *text;
    const auto at = families_.try_emplace(key).first;
    at->second.text = std::move(text);
    return at;
  }

  typename families::iterator assigned(const run& each, const holder& by) {
    const auto at = entry(each.family);
    at->second.ordinals.assign({each.first, each.length, by});
    return at;
  }

  [[nodiscard]] static conflicts sorted(conflicts met) {
    std::sort(met.begin(), met.end(), [](const conflict& a, const conflict& b) {
      return std::tie(a.serials[0], a.why) < std::tie(b.serials[0], b.why);
    });
    return met;
  }

  // visits what the list names, sorted, each serial number once; those that it names again are conflicts, each once
  template <class Visit>
  static void for_each_once(const run_list& serials, conflicts& met, Visit visit) {
    std::optional<run> named, again;  // of those so far, the run that ends last
    const auto rest_of = [](const run& each, const std::optional<run>& before) -> std::optional<run> {
      if (!before || before->family != each.family || before->last() < each.first) return each;
      if (each.last() <= before->last()) return std::nullopt;
      return run{each.family, before->last() + 1, each.last() - before->last()};
    };
    for (const run& each : serials.sorted()) {
      const auto fresh = rest_of(each, named);
      if (const std::uint64_t twice = each.length - (fresh ? fresh->length : 0); twice > 0)
        if (const auto part = rest_of({each.family, each.first, twice}, again)) {
          met.emplace_back(errc::named_twice, *part);
          again = part;
        }
      if (!fresh) continue;
      visit(*fresh);
      named = fresh;
    }
  }

  families families_;
  // Who leads the sequence: the active family is the last of these. Reservations and issues have rank 1, 2, …, and the
  // first claims of families, which only count until then, -1, -2, …; all of these families hold something.
  std::map<std::int64_t, typename families::iterator> leaders_;
  std::int64_t claims_ = 0, issues_ = 0;
  std::optional<serial_number> start_, hint_;
};

}  // namespace tallymark::detail
