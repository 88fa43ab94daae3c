// The conflicts of a bulk change of serial numbers in a scope.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include <tallymark/number/detail/stride_order.hpp>
#include <tallymark/number/holder.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/registry/answer.hpp>

namespace tallymark::detail {

[[nodiscard]] inline conflicts sorted(conflicts met) {
  std::sort(met.begin(), met.end(), [](const conflict& a, const conflict& b) {
    return std::tie(a.serials[0], a.why) < std::tie(b.serials[0], b.why);
  });
  return met;
}

// visits what the list names, sorted, each serial number once; those that it names again are conflicts, each once. The
// runs that are visited have positions of this order.
template <class Order, class Visit>
void for_each_once(const run_list& serials, conflicts& met, Visit visit) {
  std::optional<run> named, again;  // of those so far, the run that ends last
  const auto rest_of = [](const run& each, const std::optional<run>& before) -> std::optional<run> {
    if (!before || before->family != each.family || before->last() < each.first) return each;
    if (each.last() <= before->last()) return std::nullopt;
    return run{each.family, before->last() + 1, each.last() - before->last()};
  };
  for (const run& each : Order::sorted(serials)) {
    const auto fresh = rest_of(each, named);
    if (const std::uint64_t twice = each.length - (fresh ? fresh->length : 0); twice > 0)
      if (const auto part = rest_of({each.family, each.first, twice}, again)) {
        met.emplace_back(errc::named_twice, Order::with_ordinals(*part));
        again = part;
      }
    if (!fresh) continue;
    visit(*fresh);
    named = fresh;
  }
}

/// What keeps these from being claimed, in natural order.
template <class Scope>
[[nodiscard]] conflicts conflicts_of(const Scope& scope, const run_list& serials) {
  using order = stride_order<Scope::stride>;
  conflicts met;
  for_each_once<order>(serials, met, [&](const run& each) {
    scope.overlaps(order::with_ordinals(each), [&](const held_run& part) {
      met.emplace_back(reason(part.by.state), run{each.family, part.first, part.length, part.stride}, part.by.item);
    });
  });
  return sorted(std::move(met));
}

/// What keeps these from being released or retired, in natural order: they are free, reserved, or named twice.
template <class Scope>
[[nodiscard]] conflicts missing_of(const Scope& scope, const run_list& serials) {
  using order = stride_order<Scope::stride>;
  conflicts met;
  for_each_once<order>(serials, met, [&](const run& each) {
    std::uint64_t at = each.first;
    const auto free_until = [&](std::uint64_t end) {
      if (at < end) met.emplace_back(errc::not_claimed, order::with_ordinals({each.family, at, end - at}));
    };
    scope.overlaps(order::with_ordinals(each), [&](const held_run& part) {
      const std::uint64_t begin = order::position(part.first);
      free_until(begin);
      if (part.by.state == hold::reserved)
        met.emplace_back(errc::reserved, run{each.family, part.first, part.length, part.stride});
      at = begin + part.length;
    });
    free_until(each.last() + 1);
  });
  return sorted(std::move(met));
}

}  // namespace tallymark::detail
