// How tallymark::registry finds and reserves the next serial numbers. Included by registry/registry.hpp.
#pragma once

#include <tallymark/registry/registry.hpp>

namespace tallymark {

template <class Policies, class Item>
template <class Record>
auto registry<Policies, Item>::reserve(const Item& where, std::uint64_t count, const Record& record)
    -> result<reservation> {
  if (count == 0) return fail(errc::zero_quantity);
  scope_state& scope = state(where);
  const auto guard = scope.lock();
  spare_changes spare;
  for (;;) {  // again if one of them is claimed meanwhile
    run_list found;
    if (const auto done = next_free(&scope, record, count, found); !done) return unexpected(done.error());
    if (auto mark = scope.reserve(found, traits::template issues<Record>, spare))
      return reservation(scope, std::move(mark), std::move(found), std::move(spare));
  }
}

template <class Policies, class Item>
result<void> registry<Policies, Item>::start_at(const Item& where, std::string_view text) {
  auto begin = numbers_.parse(text);
  if (!begin) return unexpected(begin.error());
  if (!can_continue(*begin)) return fail(errc::no_counter, 0, text.size());
  std::string storage;
  if constexpr (ordinal_increment_policy<typename numbers_type::increment>)
    if (!increment_traits<typename numbers_type::increment>::accepts(numbers_.increment_policy, begin->ordinal)) {
      begin = numbers_.next(*begin, storage);
      if (!begin) return fail(begin.error().code, 0, text.size());
    }
  scope_state& scope = state(where);
  const auto guard = scope.lock();
  scope.start_at(*begin);
  return {};
}

template <class Policies, class Item>
template <class Record>
result<serial_number> registry<Policies, Item>::begin_of(const scope_state* scope, const Record& record,
                                                         std::string& storage) const {
  const auto hint = scope ? scope->hint() : std::nullopt;
  const auto greatest = scope ? scope->greatest() : std::nullopt;
  if constexpr (traits::template issues<Record>)
    return issue_from(scope, record, hint, greatest, storage);
  else if (hint)
    return *hint;
  else
    return greatest ? numbers_.next(*greatest, storage) : numbers_.first();
}

template <class Policies, class Item>
template <class Record>
result<serial_number> registry<Policies, Item>::issue_from(const scope_state* scope, const Record& record,
                                                           const std::optional<serial_number>& hint,
                                                           const std::optional<serial_number>& latest,
                                                           std::string& storage) const {
  auto begin = traits::issue(numbers_.serial_policy, record, latest ? &*latest : nullptr, storage);
  if (!begin) return begin;
  auto own = scope ? scope->greatest(begin->family) : std::nullopt;
  if (own && own->family != latest->family) {  // the policy has not seen yet how far this family is
    begin = traits::issue(numbers_.serial_policy, record, &*own, storage);
    if (!begin) return begin;
    own = scope->greatest(begin->family);
  }
  if (hint && hint->family == begin->family && begin->ordinal <= hint->ordinal) return *hint;
  if (!own) return numbers_.accepted_from(*begin);
  const serial_number from{own->family, begin->ordinal};  // looks at what the scope keeps: the storage is free again
  const auto following = numbers_.next(*own, storage);
  const bool before = following && following->family == from.family && *following < from;
  return before ? numbers_.accepted_from(from) : following;
}

template <class Policies, class Item>
template <class Record>
result<void> registry<Policies, Item>::next_free(const scope_state* scope, const Record& record, std::uint64_t count,
                                                 run_list& out) const {
  std::string storage;
  const auto begin = begin_of(scope, record, storage);
  if (!begin) return unexpected(begin.error());
  const auto occupancy = [&](const serial_number& from) {
    return scope ? scope->occupancy(from) : detail::nothing_taken(from);
  };
  return numbers_.take_free(*begin, count, occupancy, out, most_runs_);
}

}  // namespace tallymark
