// A slow, simple registry and index to compare the real ones with, for tests of your own policies and indices.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <tallymark/number/serial_number.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/policy/part_ref.hpp>
#include <tallymark/registry/registry.hpp>

namespace tallymark::testing {

/// An ordinal_map with one entry for each held ordinal. Each call takes time in proportion to the length of the run.
class slow_map {
 public:
  [[nodiscard]] std::optional<holder> find(std::uint64_t ordinal) const {
    const auto at = held_.find(ordinal);
    return at == held_.end() ? std::nullopt : std::optional(at->second);
  }
  [[nodiscard]] stretch occupancy(std::uint64_t ordinal) const {
    if (held_.contains(ordinal)) return {true, 1};
    const auto following = held_.upper_bound(ordinal);
    return {false, (following == held_.end() ? std::numeric_limits<std::uint64_t>::max() : following->first) - ordinal};
  }
  template <class Visit>
  void overlaps(std::uint64_t first, std::uint64_t length, Visit&& visit) const {
    for (auto at = held_.lower_bound(first); at != held_.end() && at->first - first < length; ++at)
      visit(held_run{at->first, 1, at->second});
  }
  void assign(const held_run& run) {
    std::map<std::uint64_t, holder> fresh;  // all that needs memory comes first
    for (std::uint64_t i = 0; i < run.length; ++i) fresh.emplace_hint(fresh.end(), run.first + i, run.by + i);
    erase(run.first, run.length);
    held_.merge(fresh);
  }
  void erase(std::uint64_t first, std::uint64_t length) {
    for (auto at = held_.lower_bound(first); at != held_.end() && at->first - first < length;) at = held_.erase(at);
  }
  [[nodiscard]] std::optional<std::uint64_t> greatest() const {
    return held_.empty() ? std::nullopt : std::optional(held_.rbegin()->first);
  }
  [[nodiscard]] bool empty() const noexcept { return held_.empty(); }

 private:
  std::map<std::uint64_t, holder> held_;
};

/// Index policy: a slow_map for each family.
struct slow_index {
  using policy_slot = index_slot;
  using map = slow_map;
};

/// A change to an ordinal_map.
struct index_step {
  bool erase = false;  ///< else assign
  held_run run{};
};

/// Where an ordinal_map and a slow_map differ after the same changes, asked after each of them about the ordinals
/// around it, a hundred at each end; empty if they agree. The runs of the map may be shorter than necessary.
template <ordinal_map Map>
[[nodiscard]] std::string difference(std::span<const index_step> steps) {
  Map map;
  slow_map slow;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& [erases, run] = steps[i];
    if (erases) {
      map.erase(run.first, run.length);
      slow.erase(run.first, run.length);
    } else {
      map.assign(run);
      slow.assign(run);
    }
    const auto wrong = [&](std::string what, std::uint64_t at) {
      return std::move(what) + " of " + std::to_string(at) + " after step " + std::to_string(i);
    };
    if (map.empty() != slow.empty() || map.greatest() != slow.greatest()) return wrong("the greatest", 0);
    const std::uint64_t begin = run.first < 3 ? 0 : run.first - 3;
    const std::uint64_t end = max_ordinal - run.last() < 3 ? max_ordinal : run.last() + 3;
    for (std::uint64_t at = begin; at <= end; at += at == begin + 100 && end - at > 100 ? end - at - 100 : 1) {
      if (map.find(at) != slow.find(at)) return wrong("the holder", at);
      const stretch is = map.occupancy(at);
      std::uint64_t most = slow.occupancy(at).length;
      if (is.taken)
        while (slow.find(at + most)) ++most;
      if (is.taken != slow.find(at).has_value() || is.length < 1 || is.length > most) return wrong("the occupancy", at);
    }
    std::vector<held_run> is, all;
    slow.overlaps(begin, end - begin + 1, [&](const held_run& one) { all.push_back(one); });
    map.overlaps(begin, end - begin + 1, [&](const held_run& part) {
      for (std::uint64_t k = 0; k < part.length; ++k) is.push_back({part.first + k, 1, part.by + k});
    });
    if (is != all) return wrong("what is taken", begin);
  }
  return {};
}

/// A refused serial number: its text, the reason, and the item that holds it.
using slow_conflict = std::tuple<std::string, errc, std::uint64_t>;

/// Does the same as tallymark::registry, with the texts of all serial numbers in a map, one serial number at a time. It
/// uses the scope policy, and of the numbering only parse, format, first and next.
template <class Policies = policies<>, class Item = part_ref<>>
class slow_registry {
  using set = tallymark::detail::asserted_set<Policies>;
  using keys = tallymark::detail::scope_keys<typename set::given::scope, Item>;
  using key = tallymark::detail::owned_key<typename keys::type>;

 public:
  using numbers_type = typename set::numbers;
  using texts = std::vector<std::string>;

  slow_registry()
    requires std::default_initializable<Policies>
      : slow_registry(Policies{}) {}
  explicit slow_registry(const Policies& policies)
      : numbers_(set::numbers_of(policies)), scope_of_(keys::of(policies)) {}

  [[nodiscard]] const numbers_type& numbers() const noexcept { return numbers_; }

  /// The taken serial numbers of a scope, by text.
  [[nodiscard]] std::map<std::string, holder> taken(const Item& where) const { return look(where).taken; }

  /// See registry::inspect.
  [[nodiscard]] answer inspect(const Item& where, std::string_view text) const {
    const auto parsed = numbers_.parse(text);
    if (!parsed) return {parsed.error(), no_item};
    const auto& all = look(where).taken;
    const auto by = all.find(numbers_.text(*parsed));
    if (by == all.end()) return {};
    return {failure{reason(by->second.state), 0, static_cast<std::uint32_t>(text.size())}, by->second.item};
  }

  /// See registry::claim.
  [[nodiscard]] result<void> claim(const Item& where, std::string_view text, std::uint64_t item = no_item) {
    if (const auto found = inspect(where, text); !found.free()) return unexpected<failure>(*found.why);
    take(where, numbers_.text(*numbers_.parse(text)), item);
    return {};
  }
  /// See registry::claim; returns the conflicts, one by one.
  std::set<slow_conflict> claim(const Item& where, const run_list& serials, std::uint64_t first_item = no_item) {
    const texts all = spelled(serials);
    std::set<slow_conflict> met;
    for (const auto& text : all)
      if (const auto found = inspect(where, text); found.why && !found.taken())
        met.emplace(text, errc::refused_by_rule, no_item);
    if (!met.empty()) return met;
    met = named_twice(all);
    for (const auto& text : all)
      if (const auto found = inspect(where, text); !found.free()) met.emplace(text, found.why->code, found.item);
    if (met.empty())
      for (std::size_t i = 0; i < all.size(); ++i) take(where, all[i], (holder{first_item} + i).item);
    return met;
  }

  /// See registry::release and registry::retire; returns the conflicts, one by one.
  std::set<slow_conflict> release(const Item& where, const run_list& serials) {
    const texts all = spelled(serials);
    auto met = not_claimed(where, all);
    if (met.empty()) erase(scope(where), all);
    return met;
  }
  std::set<slow_conflict> retire(const Item& where, const run_list& serials) {
    const texts all = spelled(serials);
    auto met = not_claimed(where, all);
    if (met.empty())
      for (const auto& text : all) scope(where).taken[text].state = hold::retired;
    return met;
  }
  [[nodiscard]] result<void> release(const Item& where, std::string_view text) {
    return change(where, text, [&](const std::string& one) { erase(scope(where), {one}); });
  }
  [[nodiscard]] result<void> retire(const Item& where, std::string_view text) {
    return change(where, text, [&](const std::string& one) { scope(where).taken[one].state = hold::retired; });
  }

  /// See registry::latest.
  [[nodiscard]] std::optional<std::string> latest(const Item& where) const { return greatest(look(where)); }

  /// The next n serial numbers; see registry::next.
  [[nodiscard]] result<texts> next(const Item& where, std::uint64_t n) const {
    const kept& in = look(where);
    const auto last = in.start ? std::nullopt : greatest(in);
    std::string storage;
    const auto begin = in.start ? numbers_.parse(*in.start)
                       : last   ? numbers_.next(*numbers_.parse(*last), storage)
                                : numbers_.first();
    if (!begin) return unexpected<failure>(begin.error());
    texts found;
    std::set<std::string> seen;
    for (std::string text = numbers_.text(*begin);;) {
      if (!seen.insert(text).second) return fail(errc::exhausted);
      if (!in.taken.contains(text)) found.push_back(text);
      if (found.size() == n) return found;
      const auto following = numbers_.next(*numbers_.parse(text), storage);
      if (!following) return unexpected<failure>(following.error());
      text = numbers_.text(*following);
    }
  }

  /// See registry::reserve; returns a number that identifies the reservation, and appends the serial numbers to `out`.
  [[nodiscard]] result<std::size_t> reserve(const Item& where, std::uint64_t count, texts& out) {
    if (count == 0) return fail(errc::zero_quantity);
    const auto found = next(where, count);
    if (!found) return unexpected<failure>(found.error());
    out.insert(out.end(), found->begin(), found->end());
    kept& in = scope(where);
    for (const auto& text : *found) in.taken[text] = {no_item, hold::reserved};
    in.issues.push_back({found->back(), reservations_.size()});
    reservations_.emplace_back(key(scope_of_(where)), *found);
    return reservations_.size() - 1;
  }
  /// Commits a reservation, or gives it back.
  void commit(std::size_t reservation, std::uint64_t first_item = no_item) {
    const auto& [in, all] = reservations_[reservation];
    for (std::size_t i = 0; i < all.size(); ++i) scopes_[in].taken[all[i]] = holder{first_item} + i;
  }
  void drop(std::size_t reservation) {
    const auto& [in, all] = reservations_[reservation];
    std::erase_if(scopes_[in].issues, [&](const leader& each) { return each.reservation == reservation; });
    erase(scopes_[in], all);
  }

  /// See registry::start_at.
  [[nodiscard]] result<void> start_at(const Item& where, std::string_view text) {
    using increment = typename numbers_type::increment;
    auto begin = numbers_.parse(text);
    if (!begin) return unexpected<failure>(begin.error());
    std::string storage;
    const auto following = numbers_.next(*begin, storage);
    if (!begin->family.counts() && !following) return fail(errc::no_counter, 0, text.size());
    if constexpr (ordinal_increment_policy<increment>)
      if (!increment_traits<increment>::accepts(numbers_.increment_policy, begin->ordinal)) begin = following;
    if (!begin) return fail(begin.error().code, 0, text.size());
    scope(where).start = numbers_.text(*begin);
    return {};
  }

  /// All serial numbers of the runs, one by one.
  [[nodiscard]] texts spelled(const run_list& serials) const {
    texts out;
    for (const run& each : serials)
      for (std::uint64_t i = 0; i < each.length; ++i) out.push_back(numbers_.text({each.family, each.at(i)}));
    return out;
  }
  /// Conflicts of a registry, one by one.
  [[nodiscard]] std::set<slow_conflict> spelled(const conflicts& met) const {
    std::set<slow_conflict> out;
    for (const conflict& each : met)
      for (std::uint64_t i = 0; const auto& text : spelled(each.serials))
        out.emplace(text, each.why, (holder{each.item} + i++).item);
    return out;
  }

 private:
  // the claim or the reservation of this serial number makes its family a candidate for the active one
  struct leader {
    std::string text;
    std::size_t reservation = 0;
  };
  struct kept {
    std::map<std::string, holder> taken;
    std::vector<leader> claims, issues;
    std::optional<std::string> start;
  };

  [[nodiscard]] kept& scope(const Item& where) { return scopes_[key(scope_of_(where))]; }
  [[nodiscard]] const kept& look(const Item& where) const {
    static const kept nothing{};
    const auto at = scopes_.find(key(scope_of_(where)));
    return at == scopes_.end() ? nothing : at->second;
  }

  [[nodiscard]] bool same_family(const std::string& a, const std::string& b) const {
    return numbers_.parse(a)->family == numbers_.parse(b)->family;
  }

  void take(const Item& where, const std::string& text, std::uint64_t item) {
    kept& in = scope(where);
    in.taken[text] = {item, hold::claimed};
    const auto leads = [&](const leader& each) { return same_family(each.text, text); };
    if (std::any_of(in.claims.begin(), in.claims.end(), leads)) return;
    std::string storage;
    const auto one = numbers_.parse(text);
    if (one->family.counts() || numbers_.next(*one, storage)) in.claims.push_back({text});
  }

  // a family that holds nothing any more cannot be the active one
  void erase(kept& in, const texts& all) {
    for (const auto& text : all) {
      in.taken.erase(text);
      const auto gone = [&](const leader& each) {
        return std::none_of(in.taken.begin(), in.taken.end(),
                            [&](const auto& one) { return same_family(one.first, each.text); });
      };
      std::erase_if(in.claims, gone);
      std::erase_if(in.issues, gone);
    }
  }

  [[nodiscard]] std::optional<std::string> greatest(const kept& in) const {
    if (in.claims.empty() && in.issues.empty()) return std::nullopt;
    const std::string& active = in.issues.empty() ? in.claims.front().text : in.issues.back().text;
    std::optional<std::string> found;
    for (const auto& [text, by] : in.taken)
      if (same_family(text, active) && (!found || numbers_.parse(*found)->ordinal < numbers_.parse(text)->ordinal))
        found = text;
    return found;
  }

  [[nodiscard]] static std::set<slow_conflict> named_twice(const texts& all) {
    std::set<slow_conflict> met;
    std::set<std::string> seen;
    for (const auto& text : all)
      if (!seen.insert(text).second) met.emplace(text, errc::named_twice, no_item);
    return met;
  }
  [[nodiscard]] std::set<slow_conflict> not_claimed(const Item& where, const texts& all) const {
    auto met = named_twice(all);
    const auto& held = look(where).taken;
    for (const auto& text : all) {
      const auto by = held.find(text);
      if (by == held.end())
        met.emplace(text, errc::not_claimed, no_item);
      else if (by->second.state == hold::reserved)
        met.emplace(text, errc::reserved, no_item);
    }
    return met;
  }
  template <class Change>
  [[nodiscard]] result<void> change(const Item& where, std::string_view text, Change change_one) {
    const auto parsed = numbers_.parse(text);
    if (!parsed) return unexpected<failure>(parsed.error());
    const std::string one = numbers_.text(*parsed);
    const auto& held = look(where).taken;
    const auto by = held.find(one);
    if (by == held.end()) return fail(errc::not_claimed, 0, text.size());
    if (by->second.state == hold::reserved) return fail(errc::reserved, 0, text.size());
    change_one(one);
    return {};
  }

  numbers_type numbers_;
  keys scope_of_;
  std::map<key, kept> scopes_;
  std::vector<std::pair<key, texts>> reservations_;
};

/// The taken serial numbers of a scope of a registry, one by one, by text.
template <class Policies, class Item>
[[nodiscard]] std::map<std::string, holder> taken(const registry<Policies, Item>& real, const Item& where) {
  std::map<std::string, holder> out;
  real.for_each(where, [&](const family& of, const held_run& each) {
    for (std::uint64_t i = 0; i < each.length; ++i) out.emplace(real.numbers().text({of, each.at(i)}), each.by + i);
  });
  return out;
}

/// Where a registry and the slow one differ in a scope; empty if they agree.
template <class Policies, class Item>
[[nodiscard]] std::string difference(const registry<Policies, Item>& real, const slow_registry<Policies, Item>& slow,
                                     const Item& where) {
  if (taken(real, where) != slow.taken(where)) return "what is taken";
  if (real.latest(where) != slow.latest(where)) return "latest: " + real.latest(where).value_or("none");
  const auto is = real.next(where);
  const auto should_be = slow.next(where, 1);
  if (is.has_value() != should_be.has_value()) return "whether there is a next: " + is.value_or("none");
  if (!is && is.error() != should_be.error()) return "why there is no next";
  if (is && *is != should_be->front()) return "next: " + *is + " instead of " + should_be->front();
  return {};
}

}  // namespace tallymark::testing
