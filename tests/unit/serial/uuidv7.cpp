#include <tallymark/serial/uuidv7.hpp>

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

using fixed = uuidv7_serial<run_ahead_of_clock, fixed_unix_clock, fixed_random_source>;
using refusing = uuidv7_serial<refuse_clock, fixed_unix_clock, fixed_random_source>;
using waiting = uuidv7_serial<wait_for_clock<2>, fixed_unix_clock, fixed_random_source>;

constexpr uuidv7_serial<> uuids;
constexpr std::string_view example = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";  // RFC 9562, A.6
constexpr family example_family{"017f22e2-79b0-7cc3"};
constexpr std::uint64_t example_time = 0x017F22E279B0;

// random bits that differ from call to call
struct listed_bits {
  std::vector<std::uint64_t>* left;
  std::uint64_t bits() const {
    const std::uint64_t next = left->back();
    left->pop_back();
    return next;
  }
};

template <class Policy>
std::string spelled(const Policy& policy, const serial_number& serial) {
  std::string out;
  policy.format(out, serial);
  return out;
}

// the text that is issued after another, or first
template <class Policy>
std::string issued(const Policy& policy, std::string_view after = {}) {
  std::string storage;
  const auto latest = policy.parse(after);
  const serial_number* const known = latest ? &*latest : nullptr;
  const auto next = policy.issue(known, storage);
  return next ? spelled(policy, *next) : std::string(message(next.error().code));
}

}  // namespace

static_assert(family_serial_policy<uuidv7_serial<>> && serial_policy<fixed>);
static_assert(std::is_empty_v<uuidv7_serial<>> && serial_traits<fixed>::issues<int>);
static_assert(uuids.parse(example) == serial_number{example_family, 0x18C4DC0C0C07398F});
static_assert(uuids.time_of(*uuids.parse(example)) == 1'645'557'742'000);
static_assert(uuids.parse("017F22e2-79b0-7cc3-98c4-dc0c0c07398f").error().code == errc::not_canonical);
static_assert(uuids.parse("017F22e2-79b0-7cc3-98c4-dc0c0c07398f").error().at == 3);
static_assert(uuids.parse("017F22e2-79b0-7cc3-98c4-dc0c0c07398f").error().right() == "f");
static_assert(uuids.parse("017f22e2-79b0-4cc3-98c4-dc0c0c07398f").error().right() == "7");
static_assert(uuids.parse("017f22e2-79b0-4cc3-98c4-dc0c0c07398f").error().at == 14);
static_assert(uuids.parse("017f22e2-79b0-7cc3-c8c4-dc0c0c07398f").error() == failure{errc::not_a_serial, 19, 1});
static_assert(uuids.parse("017f22e2-79b0-7cc3-78c4-dc0c0c07398f").error() == failure{errc::not_a_serial, 19, 1});
static_assert(uuids.parse("017f22e279b07cc398c4dc0c0c07398f").error().at == 8);
static_assert(uuids.parse("017f22e279b07cc398c4dc0c0c07398f").error().right() == "-");
static_assert(uuids.parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398").error() == failure{errc::not_a_serial, 35, 0});
static_assert(uuids.parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f0a").error() == failure{errc::not_a_serial, 36, 2});
static_assert(uuids.parse("g17f22e2-79b0-7cc3-98c4-dc0c0c07398f").error() == failure{errc::not_a_serial, 0, 1});
static_assert(uuids.parse("").error() == failure{errc::not_a_serial, 0, 0});

TEST_CASE("a UUID of version 7 consists of a time and random bits", "[serial]") {
  CHECK(uuids.parse(example) == serial_number{example_family, 0x18C4DC0C0C07398F});
  CHECK(spelled(uuids, {example_family, 0x18C4DC0C0C07398F}) == example);
  CHECK(spelled(uuids, {example_family, 0}) == "017f22e2-79b0-7cc3-8000-000000000000");
  CHECK(spelled(uuids, {example_family, uuids.last()}) == "017f22e2-79b0-7cc3-bfff-ffffffffffff");
  CHECK(uuids.parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398F").error().right() == "f");
  CHECK(uuids.parse("017f22e2-79b0-8cc3-98c4-dc0c0c07398f").error().at == 14);
}

TEST_CASE("every byte of a UUID is validated", "[serial]") {
  for (std::size_t i = 0; i < example.size(); ++i)
    for (const char c : {'g', '_', ' ', '\xFF', 'G'}) {
      std::string text(example);
      text[i] = c;
      const auto read = uuids.parse(text);
      REQUIRE(!read);
      CHECK(read.error().code == errc::not_a_serial);
      CHECK(read.error().at == i);
    }
}

TEST_CASE("a million UUIDs round-trip", "[serial]") {
  CHECK(not_there_and_back(uuids, example_family) == std::nullopt);
  CHECK(not_there_and_back(uuids, {"ffffffff-ffff-7fff"}) == std::nullopt);
}

TEST_CASE("UUIDs in bulk equal single ones", "[serial]") {
  CHECK(not_written_in_bulk(uuids, example_family,
                            {0, 1, 15, 250, 0xFFFF, 0xFFFF'FFFF'FFF0, 0xFFFF'FFFF'FFFF, 0x3FFF'0000'0000'0000,
                             uuids.last() - 3, uuids.last()}) == std::nullopt);
}

TEST_CASE("UUIDs obey the laws", "[serial]") {
  const std::vector<std::string> texts{std::string(example),
                                       "00000000-0000-7000-8000-000000000000",
                                       "ffffffff-ffff-7fff-bfff-ffffffffffff",
                                       "017f22e2-79b0-7fff-bfff-ffffffffffff",
                                       "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
                                       "x"};
  const std::vector<std::uint64_t> ordinals{0, 1, 0xFFFF'FFFF'FFFF, 0x1'0000'0000'0000, max_ordinal};
  const auto broken = testing::check_serial_laws(uuids, texts, ordinals);
  CHECK(!broken);
  CHECK(!testing::check_spelling_order(uuids, example_family, ordinals));
}

TEST_CASE("the next UUID is issued within a millisecond, and a random one in a later millisecond", "[serial]") {
  const fixed policy(fixed_unix_clock{example_time}, fixed_random_source{0xCC3});
  CHECK(issued(policy) == "017f22e2-79b0-7cc3-8000-000000000cc3");
  CHECK(issued(policy, example) == "017f22e2-79b0-7cc3-98c4-dc0c0c073990");
  CHECK(issued(policy, "017f22e2-79af-7cc3-98c4-dc0c0c07398f") == "017f22e2-79b0-7cc3-8000-000000000cc3");

  std::vector<std::uint64_t> bits{~std::uint64_t{0}, 0xF000};
  const uuidv7_serial<run_ahead_of_clock, fixed_unix_clock, listed_bits> other(fixed_unix_clock{example_time},
                                                                               listed_bits{&bits});
  CHECK(issued(other) == "017f22e2-79b0-7000-bfff-ffffffffffff");
}

TEST_CASE("random bits carry, finally into the time", "[serial]") {
  const fixed policy(fixed_unix_clock{example_time}, fixed_random_source{0});
  CHECK(issued(policy, "017f22e2-79b0-7cc3-bfff-ffffffffffff") == "017f22e2-79b0-7cc4-8000-000000000000");
  CHECK(issued(policy, "017f22e2-79b0-7fff-bfff-ffffffffffff") == "017f22e2-79b1-7000-8000-000000000000");
  const fixed at_the_end(fixed_unix_clock{fixed::greatest_time}, fixed_random_source{0});
  CHECK(issued(at_the_end, "ffffffff-ffff-7fff-bfff-ffffffffffff") == message(errc::exhausted));
  CHECK(issued(at_the_end, "ffffffff-ffff-7fff-bfff-fffffffffffe") == "ffffffff-ffff-7fff-bfff-ffffffffffff");
  CHECK(issued(fixed(fixed_unix_clock{fixed::greatest_time + 1})) == message(errc::exhausted));
}

TEST_CASE("a clock that went back is refused, waited for, or ignored by UUIDs", "[serial]") {
  const fixed_unix_clock early{example_time - 10};
  CHECK(issued(fixed(early), example) == "017f22e2-79b0-7cc3-98c4-dc0c0c073990");
  CHECK(issued(refusing(early), example) == message(errc::clock_went_back));
  CHECK(issued(waiting(early), example) == message(errc::clock_went_back));
  CHECK(issued(refusing(fixed_unix_clock{example_time}), example) == "017f22e2-79b0-7cc3-98c4-dc0c0c073990");
}

TEST_CASE("the latest family may lie in the storage that is passed to issue", "[serial]") {
  const fixed policy(fixed_unix_clock{example_time}, fixed_random_source{5});
  std::string storage;
  auto at = policy.issue(nullptr, storage);
  REQUIRE(at);
  CHECK(at->family.text.data() == storage.data());
  const serial_number first = *at;
  at = policy.issue(&first, storage);
  REQUIRE(at);
  CHECK(spelled(policy, *at) == "017f22e2-79b0-7005-8000-000000000006");
  const auto carried = policy.carry(at->family, storage);
  REQUIRE(carried);
  CHECK(spelled(policy, *carried) == "017f22e2-79b0-7006-8000-000000000000");
}

TEST_CASE("UUIDs are counted in runs", "[serial]") {
  const numbering<uuidv7_serial<>, step<1>> rules;
  run_list taken;
  CHECK(rules.take(*rules.parse("017f22e2-79b0-7cc3-bfff-fffffffffffe"), 5, taken));
  REQUIRE(taken.size() == 2);
  CHECK(taken[0].length == 2);
  CHECK(rules.text(taken.at(4)) == "017f22e2-79b0-7cc4-8000-000000000002");
  CHECK(!testing::check_counting_laws(rules, *rules.parse("017f22e2-79b0-7fff-bfff-fffffffffffe"), 6));
}

TEST_CASE("the system's clock and random bits give UUIDs in order", "[serial]") {
  std::string before, storage;
  std::optional<serial_number> latest;
  for (int i = 0; i < 1000; ++i) {
    const auto next = uuids.issue(latest ? &*latest : nullptr, storage);
    REQUIRE(next);
    latest = *next;
    const std::string text = spelled(uuids, *latest);
    REQUIRE(uuids.parse(text) == *latest);
    REQUIRE(before < text);
    before = text;
  }
  const std::uint64_t now = system_unix_clock{}.milliseconds();
  CHECK(uuids.time_of(*latest) <= now);
  CHECK(uuids.time_of(*latest) + 60'000 > now);
}
