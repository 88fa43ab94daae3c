#include <tallymark/serial/snowflake.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/testing/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>
#include <vector>

#include "../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

template <snowflake_layout Layout, class WhenBehind = run_ahead_of_clock, class WhenUsedUp = run_ahead_of_clock>
using fixed = snowflake_serial<Layout, WhenBehind, WhenUsedUp, fixed_unix_clock>;

using discord = snowflake_serial<discord_snowflake>;
using twitter = snowflake_serial<twitter_snowflake>;
using sony = snowflake_serial<sonyflake>;
constexpr snowflake_layout seconds = uid_generator(1'463'673'600'000);
constexpr snowflake_layout no_worker{.time_bits = 52, .worker_bits = 0};
constexpr snowflake_layout one_worker{.time_bits = 51, .worker_bits = 1};

// advances by one millisecond with each call
struct ticking_clock {
  std::uint64_t* time;
  std::uint64_t milliseconds() const { return (*time)++; }
};

template <class Policy>
std::string spelled(const Policy& policy, const serial_number& serial) {
  std::string out;
  policy.format(out, serial);
  return out;
}

// the id that is issued after another, or first
template <class Policy>
std::string issued(const Policy& policy, const serial_number* latest = nullptr) {
  std::string storage;
  const auto next = policy.issue(latest, storage);
  if (!next) return std::string(message(next.error().code));
  const snowflake_parts parts = policy.parts(*next);
  return std::to_string(parts.time) + "/" + std::to_string(parts.worker) + "/" + std::to_string(parts.sequence);
}

template <class Policy>
serial_number id(std::uint64_t units, std::uint64_t worker, std::uint64_t sequence, unsigned sequence_bits = 12) {
  return {Policy::family_of(worker), units << sequence_bits | sequence};
}

}  // namespace

static_assert(family_serial_policy<twitter> && serial_traits<twitter>::issues<int>);
static_assert(!std::is_default_constructible_v<twitter> && sizeof(twitter) == sizeof(std::uint64_t));
static_assert(discord::decode("937847820382261308") == snowflake_parts{1'643'670'744'749, 1 << 5 | 5, 60});
static_assert((*discord::decode("105484726235607040")).time == 1'445'219'918'546);
static_assert((*discord::decode("90339695967350784")).time == 1'441'609'061'949);
static_assert(discord(0).parse("937847820382261308") ==
              serial_number{discord::family_of(37), (1'643'670'744'749 - 1'420'070'400'000) << 12 | 60});
static_assert(discord::decode("18446744073709551615") ==
              snowflake_parts{discord_snowflake.epoch + (std::uint64_t{1} << 42) - 1, 1023, 4095});
static_assert(discord::decode("18446744073709551616").error() == failure{errc::too_large, 0, 20});
static_assert(twitter::decode("9223372036854775807") ==
              snowflake_parts{twitter_snowflake.epoch + (std::uint64_t{1} << 41) - 1, 1023, 4095});
static_assert(twitter::decode("9223372036854775808").error() == failure{errc::too_large, 0, 19});
static_assert(twitter::decode("007").error() == failure{errc::not_a_serial, 0, 2});
static_assert(twitter::decode("12a").error() == failure{errc::not_a_serial, 2, 1});
static_assert(twitter::decode("").error() == failure{errc::not_a_serial, 0, 0});
static_assert(twitter::decode("4096") == snowflake_parts{twitter_snowflake.epoch, 1, 0});
// the time, 8 bits of the sequence, 16 bits of the machine
static_assert(sony::decode(std::string_view("16777217")) == snowflake_parts{sonyflake.epoch + 10, 1, 0});
static_assert(sony::decode(std::string_view("65536")) == snowflake_parts{sonyflake.epoch, 0, 1});
static_assert(snowflake_serial<seconds>::decode("34359738368") == snowflake_parts{seconds.epoch + 1000, 0, 0});
static_assert(snowflake_serial<seconds>::greatest_worker == (1U << 22) - 1);
static_assert(twitter::family_of(0) != twitter::family_of(1) && twitter::family_of(1) < twitter::family_of(1023));

TEST_CASE("a snowflake consists of a time, a worker and a sequence", "[serial]") {
  for (const char* const text :
       {"937847820382261308", "90339695967350784", "105484726235607040", "0", "4095", "4096", "18446744073709551615"}) {
    const auto read = discord(0).parse(text);
    REQUIRE(read);
    CHECK(spelled(discord(0), *read) == text);
  }
  CHECK(discord::decode("937847820382261308") == snowflake_parts{1'643'670'744'749, 37, 60});
  CHECK(discord::time_of(*discord(0).parse("105484726235607040")) == 1'445'219'918'546);
  CHECK(discord(0).parse("1.5").error() == failure{errc::not_a_serial, 1, 1});
}

TEST_CASE("a million snowflakes round-trip", "[serial]") {
  CHECK(not_there_and_back(twitter(0), twitter::family_of(1023)) == std::nullopt);
  CHECK(not_there_and_back(discord(0), discord::family_of(37)) == std::nullopt);
  CHECK(not_there_and_back(sony(0), sony::family_of(65535)) == std::nullopt);
  CHECK(not_there_and_back(snowflake_serial<seconds>(0), snowflake_serial<seconds>::family_of(4'194'303)) ==
        std::nullopt);
  CHECK(not_there_and_back(snowflake_serial<no_worker>(0), snowflake_serial<no_worker>::family_of(0)) == std::nullopt);
  CHECK(not_there_and_back(snowflake_serial<one_worker>(0), snowflake_serial<one_worker>::family_of(1)) ==
        std::nullopt);
  CHECK(snowflake_serial<no_worker>::decode("18446744073709551615").error() == failure{errc::too_large, 0, 20});
}

TEST_CASE("every worker has a family of its own", "[serial]") {
  const snowflake_serial<seconds> policy(0);
  for (std::uint64_t worker = 0; worker <= policy.greatest_worker; worker += 997) {
    const auto read = policy.parse(spelled(policy, {policy.family_of(worker), 0}));
    REQUIRE(read);
    REQUIRE(policy.parts(*read).worker == worker);
  }
}

TEST_CASE("snowflakes in bulk equal single ones", "[serial]") {
  CHECK(not_written_in_bulk(twitter(0), twitter::family_of(7),
                            {0, 4000, std::uint64_t{1} << 40, twitter::last() - 5}) == std::nullopt);
  CHECK(not_written_in_bulk(sony(0), sony::family_of(7), {0, 200, std::uint64_t{1} << 40}) == std::nullopt);
}

TEST_CASE("snowflakes obey the laws", "[serial]") {
  const std::vector<std::string> texts{"937847820382261308",   "0", "18446744073709551615",
                                       "99999999999999999999", "x", "01"};
  const std::vector<std::uint64_t> ordinals{0, 1, 4095, 4096, std::uint64_t{1} << 52, max_ordinal};
  CHECK(!testing::check_serial_laws(discord(0), texts, ordinals));
  CHECK(!testing::check_serial_laws(snowflake_serial<no_worker>(0), texts, ordinals));
  CHECK(!testing::check_serial_laws(sony(0), texts, ordinals));
}

TEST_CASE("the ids of a worker are counted across milliseconds", "[serial]") {
  const numbering<twitter, step<1>> rules{twitter(7), {}};
  run_list taken;
  CHECK(rules.take(id<twitter>(1000, 7, 4090), 10'000, taken));
  CHECK(taken.size() == 1);
  CHECK(twitter::parts(taken.at(5)) == snowflake_parts{twitter_snowflake.epoch + 1000, 7, 4095});
  CHECK(twitter::parts(taken.at(6)) == snowflake_parts{twitter_snowflake.epoch + 1001, 7, 0});
  CHECK(twitter::parts(taken.at(9999)) == snowflake_parts{twitter_snowflake.epoch + 1003, 7, 1801});
  CHECK(!testing::check_counting_laws(rules, id<twitter>(1000, 7, 4090), 20));
  CHECK(rules.take({twitter::family_of(7), twitter::last()}, 2, taken).error().code == errc::exhausted);
}

TEST_CASE("issuing begins at the current unit of time, and continues with the sequence", "[serial]") {
  constexpr std::uint64_t now = 1'700'000'000'000;
  const std::string when = std::to_string(now);
  const fixed<twitter_snowflake> policy(9, fixed_unix_clock{now});
  CHECK(issued(policy) == when + "/9/0");
  const std::uint64_t units = now - twitter_snowflake.epoch;
  serial_number latest = id<twitter>(units, 9, 0);
  CHECK(issued(policy, &latest) == when + "/9/1");
  latest = id<twitter>(units - 1, 9, 77);
  CHECK(issued(policy, &latest) == when + "/9/0");
  latest = id<twitter>(units + 5, 8, 3);  // of another worker
  CHECK(issued(policy, &latest) == when + "/9/0");
  const fixed<sonyflake> other(3, fixed_unix_clock{now + 9});
  CHECK(issued(other) == when + "/3/0");
}

TEST_CASE("an exhausted sequence continues in the next unit, waits, or is refused", "[serial]") {
  constexpr std::uint64_t now = 1'700'000'000'000;
  const serial_number full = id<twitter>(now - twitter_snowflake.epoch, 9, 4095);
  const fixed_unix_clock clock{now};
  CHECK(issued(fixed<twitter_snowflake>(9, clock), &full) == "1700000000001/9/0");
  CHECK(issued(fixed<twitter_snowflake, refuse_clock, refuse_clock>(9, clock), &full) == message(errc::exhausted));
  CHECK(issued(fixed<twitter_snowflake, refuse_clock, wait_for_clock<2>>(9, clock), &full) == message(errc::exhausted));
  std::uint64_t time = now;
  using patient = snowflake_serial<twitter_snowflake, refuse_clock, wait_for_clock<>, ticking_clock>;
  CHECK(issued(patient(9, ticking_clock{&time}), &full) == "1700000000001/9/0");
  const serial_number full_in_seconds{snowflake_serial<seconds>::family_of(9),
                                      (now - seconds.epoch) / 1000 << 13 | 8191};
  CHECK(issued(fixed<seconds>(9, clock), &full_in_seconds) ==
        std::to_string((now - seconds.epoch) / 1000 * 1000 + seconds.epoch + 1000) + "/9/0");
}

TEST_CASE("a clock that went back is refused, waited for, or ignored", "[serial]") {
  constexpr std::uint64_t now = 1'700'000'000'000;
  const serial_number latest = id<twitter>(now + 3 - twitter_snowflake.epoch, 9, 5);
  const serial_number full = id<twitter>(now + 3 - twitter_snowflake.epoch, 9, 4095);
  const fixed_unix_clock clock{now};
  CHECK(issued(fixed<twitter_snowflake>(9, clock), &latest) == "1700000000003/9/6");
  CHECK(issued(fixed<twitter_snowflake>(9, clock), &full) == "1700000000004/9/0");
  CHECK(issued(fixed<twitter_snowflake, refuse_clock>(9, clock), &latest) == message(errc::clock_went_back));
  CHECK(issued(fixed<twitter_snowflake, wait_for_clock<2>>(9, clock), &latest) == message(errc::clock_went_back));
  std::uint64_t time = now;
  using patient = snowflake_serial<twitter_snowflake, wait_for_clock<>, refuse_clock, ticking_clock>;
  CHECK(issued(patient(9, ticking_clock{&time}), &latest) == "1700000000003/9/6");
  time = now;
  CHECK(issued(patient(9, ticking_clock{&time}), &full) == "1700000000004/9/0");
  CHECK(issued(fixed<twitter_snowflake>(9, fixed_unix_clock{1000})) == message(errc::clock_went_back));
}

TEST_CASE("nothing is issued after the greatest time", "[serial]") {
  constexpr std::uint64_t end = twitter_snowflake.epoch + (std::uint64_t{1} << 41) - 1;
  CHECK(issued(fixed<twitter_snowflake>(1, fixed_unix_clock{end})) == std::to_string(end) + "/1/0");
  CHECK(issued(fixed<twitter_snowflake>(1, fixed_unix_clock{end + 1})) == message(errc::exhausted));
  const serial_number last{twitter::family_of(1), twitter::last()};
  CHECK(issued(fixed<twitter_snowflake>(1, fixed_unix_clock{end}), &last) == message(errc::exhausted));
}
