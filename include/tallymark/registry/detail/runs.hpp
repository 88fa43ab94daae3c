// Runs in a call of tallymark::registry: which are refused, and how they are released or retired. Included by
// registry/registry.hpp.
#pragma once

#include <tallymark/registry/registry.hpp>

namespace tallymark {

template <class Policies, class Item>
conflicts registry<Policies, Item>::impossible(const run_list& serials, bool with_items) const {
  conflicts wrong;
  std::uint64_t more = most_runs_;  // runs than the list has
  const auto pieces_of = [&](const tallymark::run& each) {
    const std::uint64_t pieces = detail::pieces_of(each.length, each.stride, scope_state::stride);
    return with_items && pieces > 1 ? each.length : pieces;
  };
  for (const tallymark::run& each : serials) {
    if (each.length > 0 && !numbers_.within_family(each))
      wrong.emplace_back(each.family.counts() ? errc::too_large : errc::no_counter, each);
    else if (!numbers_.canonical(each) && !ends_are_refused(each))
      wrong.emplace_back(errc::not_a_run, each);
    else if (const std::uint64_t pieces = pieces_of(each); pieces - 1 > more)
      wrong.emplace_back(errc::too_many_runs, each);
    else
      more -= pieces - 1;
  }
  return wrong;
}

template <class Policies, class Item>
bool registry<Policies, Item>::ends_are_refused(const tallymark::run& serials) const {
  if constexpr (traits::has_rules)
    return serials.length > 0 && (!traits::accepts(numbers_.serial_policy, {serials.family, serials.first}) ||
                                  !traits::accepts(numbers_.serial_policy, {serials.family, serials.last()}));
  else
    return false;
}

template <class Policies, class Item>
conflicts registry<Policies, Item>::refused(const run_list& serials) const {
  conflicts wrong;
  if constexpr (traits::has_rules)
    for (const tallymark::run& each : serials)
      for (std::uint64_t i = 0; i < each.length; ++i)
        if (const serial_number one{each.family, each.at(i)}; !traits::accepts(numbers_.serial_policy, one))
          wrong.emplace_back(errc::refused_by_rule, tallymark::run{one.family, one.ordinal, 1});
  return wrong;
}

template <class Policies, class Item>
template <class Change>
result<void> registry<Policies, Item>::change_one(const Item& where, std::string_view text, Change change) {
  const auto parsed = numbers_.parse(text);
  if (!parsed) return unexpected(parsed.error());
  scope_state* scope = scopes_.find(scope_of_(where));
  const auto guard = scope ? scope->lock() : decltype(scope->lock())();
  if (scope) scope->settle();  // then find needs no lock
  const auto by = scope ? scope->find(*parsed) : std::nullopt;
  if (!by) return fail(errc::not_claimed, 0, text.size());
  if (by->state == hold::reserved) return fail(errc::reserved, 0, text.size());
  change(*scope, {parsed->family, parsed->ordinal, 1});
  return {};
}

template <class Policies, class Item>
template <class Change>
result<void, conflicts> registry<Policies, Item>::change_all(const Item& where, const run_list& serials,
                                                             Change change) {
  if (auto wrong = impossible(serials, false); !wrong.empty()) return unexpected<conflicts>(std::move(wrong));
  scope_state& scope = state(where);
  const auto guard = scope.lock();
  if (auto met = detail::missing_of(scope, serials); !met.empty()) return unexpected<conflicts>(std::move(met));
  scope.settle();
  spare_changes spare;
  spare.reserve(serials.size());
  for (const tallymark::run& each : serials) change(scope, each, spare);
  return {};
}

}  // namespace tallymark
