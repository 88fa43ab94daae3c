// Production rules for batch codes: the shifts and the shelf life.
#pragma once

#include <tallymark/config.hpp>

#include <tallymark/calendar/shelf_life.hpp>
#include <tallymark/calendar/shift.hpp>

namespace tallymark {

/// Production rules, as a template argument of a pattern_batch or a value of a template_batch:
/// `production{.shifts = {{{{6, 0, "E"}, {18, 0, "N"}}}}, .life = {.months = 18}}`.
struct production {
  shift_plan shifts{};  ///< with shifts, calendar fields mean the working day, and there is a field `shift`
  shelf_life life{};    ///< with a shelf life, there are the fields of the best-before date

  /// Whether there is a best-before date.
  [[nodiscard]] constexpr bool keeps() const { return life != shelf_life{}; }
  /// Whether the shifts, and the shelf life if there is one, are valid. O(shifts^2).
  [[nodiscard]] constexpr bool ok() const { return shifts.ok() && (!keeps() || life.ok()); }

  friend constexpr bool operator==(const production&, const production&) = default;
};

}  // namespace tallymark
