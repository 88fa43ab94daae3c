// The values that are read from a batch code.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

#include <tallymark/calendar/date.hpp>

namespace tallymark {

/// The days from `first` to `last`, both included: a day, a week, a month or a year.
struct date_span {
  date first{};
  date last{};

  friend constexpr bool operator==(const date_span&, const date_span&) = default;
};

/// The values of the fields of a batch code. A value that the code does not have is empty.
struct batch_reading {
  std::optional<date_span> made{};          ///< the day or days of the calendar fields
  std::optional<date_span> best_before{};   ///< those of the best-before fields
  std::optional<int> hour{};                ///< 0 to 23
  std::optional<int> minute{};              ///< 0 to 59
  std::optional<std::size_t> shift{};       ///< number of the shift in its plan, from 0
  std::optional<std::uint64_t> sequence{};  ///< of whichever sequence the code has, from 1
};

}  // namespace tallymark
