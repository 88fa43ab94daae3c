// The date as batch code: the default.
#pragma once

#include <tallymark/config.hpp>

#include <string>

#include <tallymark/calendar/clock.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/policy/slots.hpp>

namespace tallymark {

/// Batch policy: today's date, `2026-11-23` (ISO 8601, extended format). Every text that obeys the text rule is a valid
/// code.
template <class Clock = local_clock>
struct date_batch {
  using policy_slot = batch_slot;

  [[no_unique_address]] typename detail::asserted_clock<Clock>::type clock{};

  /// Appends the date, ten bytes. O(1).
  constexpr void format(std::string& out) const {
    const civil_time today = clock.now();
    char text[10];
    detail::put_date(text, today.year, today.month, today.day);
    out.append(text, sizeof text);
  }
};

template <class Clock>
date_batch(Clock) -> date_batch<Clock>;

}  // namespace tallymark
