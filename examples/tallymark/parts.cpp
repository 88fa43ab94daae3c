#include "parts.hpp"

#include <chrono>

#include <fmt/format.h>

namespace tallymark::tool {

std::string utc_time(std::uint64_t milliseconds) {
  using namespace std::chrono;
  const std::uint64_t in_day = milliseconds % 86'400'000;
  const year_month_day day(sys_days(days(milliseconds / 86'400'000)));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), in_day / 3'600'000,
                     in_day / 60'000 % 60, in_day / 1000 % 60, in_day % 1000);
}

}  // namespace tallymark::tool
