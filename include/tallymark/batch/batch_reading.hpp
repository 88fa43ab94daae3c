// What a batch code says, when it is read back.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

#include <tallymark/calendar/date.hpp>

namespace tallymark {

/// The days from one to another, both included: a day, a week, a month, a year.
struct date_span {
  date first{};
  date last{};

  friend constexpr bool operator==(const date_span&, const date_span&) = default;
};

/// What the fields of a batch code say. What it does not say is empty.
struct batch_reading {
  std::optional<date_span> made{};         ///< the day or days that the fields of the calendar name
  std::optional<date_span> best_before{};  ///< those of the best-before date
  std::optional<int> hour{};
  std::optional<int> minute{};
  std::optional<std::size_t> shift{};       ///< number of the shift in its plan, from 0
  std::optional<std::uint64_t> sequence{};  ///< of any of the sequences
};

}  // namespace tallymark
