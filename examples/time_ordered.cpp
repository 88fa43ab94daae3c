// Ids that begin with the time: UUIDs of version 7, ULIDs and snowflakes.
#include <tallymark/calendar/unix_clock.hpp>
#include <tallymark/serial/clock_rule.hpp>
#include <tallymark/serial/random_source.hpp>
#include <tallymark/serial/snowflake.hpp>
#include <tallymark/serial/ulid.hpp>
#include <tallymark/serial/uuidv7.hpp>

#include <iostream>
#include <optional>
#include <string>

using namespace tallymark;

// The time in an id, in milliseconds since 1970.
constexpr auto uuid = uuidv7_serial<>{}.parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
static_assert(uuidv7_serial<>::time_of(*uuid) == 1'645'557'742'000);  // 2022-02-22 19:22:22 UTC
constexpr auto ulid = ulid_serial<>{}.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
static_assert(ulid_serial<>::time_of(*ulid) == 1'469'922'850'259);

// A layout is a value. Discord's worker and process are the ten bits of the worker here.
using discord_id = snowflake_serial<discord_snowflake>;
static_assert(discord_id::decode("937847820382261308") == snowflake_parts{1'643'670'744'749, 1 << 5 | 5, 60});

// Your own layout: tenths of a second since 2026, 256 workers, 1024 ids each.
constexpr snowflake_layout tenths{
    .epoch = 1'767'225'600'000, .unit = 100, .time_bits = 36, .worker_bits = 8, .sequence_bits = 10};
using own_id = snowflake_serial<tenths>;
static_assert(own_id::decode("262145") == snowflake_parts{tenths.epoch + 100, 0, 1});

// In a test the time is fixed, and the bits are not random.
constexpr fixed_unix_clock noon{1'795'435'200'000};
using tested = ulid_serial<run_ahead_of_clock, fixed_unix_clock, fixed_random_source>;

// Your own rule: no id is issued with a time that is more than a minute ahead of the clock.
struct at_most_a_minute {
  constexpr result<std::uint64_t> operator()(std::uint64_t least, const unix_clock auto& clock) const {
    if (least > clock.milliseconds() + 60'000) return fail(errc::clock_went_back);
    return least;
  }
};
using careful = uuidv7_serial<at_most_a_minute>;

// The id after the latest one. A registry asks the same way.
template <class Policy>
std::string issue(const Policy& policy, std::string& latest) {
  std::string storage;
  const auto before = policy.parse(latest);
  const serial_number* const known = before ? &*before : nullptr;
  const auto next = policy.issue(known, storage);
  std::string text;
  if (next) policy.format(text, *next);
  return latest = text;
}

int main() {
  std::string latest;
  const tested ulids(noon, fixed_random_source{30});
  std::cout << issue(ulids, latest) << '\n' << issue(ulids, latest) << '\n' << issue(ulids, latest) << '\n';
  const bool in_order = latest == "01M844DZG0000Y000000000010";

  std::string by_the_clock;
  issue(careful{}, by_the_clock);

  // The worker is passed to the constructor: no two that run at the same time may share one.
  const snowflake_serial<twitter_snowflake, wait_for_clock<>, wait_for_clock<>> worker_7(7);
  std::string snowflake;
  issue(worker_7, snowflake);
  const auto parts = worker_7.decode(snowflake);
  std::cout << by_the_clock << '\n' << snowflake << '\n';
  return in_order && by_the_clock.size() == 36 && parts && parts->worker == 7 ? 0 : 1;
}
