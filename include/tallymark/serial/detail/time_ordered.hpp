// Issues ids that begin with the time in order: UUIDs of version 7 and ULIDs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tallymark/error.hpp>
#include <tallymark/number/serial_number.hpp>

namespace tallymark::detail {

/// The id at which issuing continues: `fresh(time, storage)` in a later millisecond than the latest id, otherwise the
/// id after the latest. Errors: those of the rule; exhausted after the greatest time, and where the policy has no
/// carry.
template <class Policy, class Rule, class Clock, class Fresh>
[[nodiscard]] constexpr result<serial_number> issue_in_order(const Policy& policy, const Rule& rule, const Clock& clock,
                                                             const serial_number* latest, std::string& storage,
                                                             const Fresh& fresh) {
  std::uint64_t now = clock.milliseconds();
  if (latest != nullptr && latest->family.counts()) {
    const std::uint64_t before = Policy::time_of(*latest);
    if (now < before) {
      const auto at = rule(before, clock);
      if (!at) return unexpected<failure>(at.error());
      now = *at;
    }
    if (now <= before) {
      if (latest->ordinal < Policy::last()) {
        const std::uint64_t following = latest->ordinal + 1;
        storage = std::string(latest->family.text);
        return serial_number{{storage}, following};
      }
      const auto carried = policy.carry(latest->family, storage);
      if (!carried) return fail(errc::exhausted);
      return *carried;
    }
  }
  if (now > Policy::greatest_time) return fail(errc::exhausted);
  return fresh(now, storage);
}

}  // namespace tallymark::detail
