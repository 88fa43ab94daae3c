#include <tallymark/serial/ulid.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/testing/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

using fixed = ulid_serial<run_ahead_of_clock, fixed_unix_clock, fixed_random_source>;
using refusing = ulid_serial<refuse_clock, fixed_unix_clock, fixed_random_source>;

constexpr ulid_serial<> ulids;
constexpr std::string_view example = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
constexpr std::uint64_t example_time = 1'469'922'850'259;
constexpr family example_family{"01ARZ3NDEKTSV4"};

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

static_assert(family_serial_policy<ulid_serial<>> && std::is_empty_v<ulid_serial<>>);
static_assert((*ulids.parse(example)).family == example_family && ulids.time_of(*ulids.parse(example)) == example_time);
// the random bits 0xD6764C61EFB99302BD5B: 20 upper, 60 lower
static_assert((*ulids.parse(example)).ordinal == 0xC61EFB99302BD5B);
static_assert(ulids.time_of(*ulids.parse("0001C7STHC0G2081040G208104")) == 1'484'581'420);
static_assert((*ulids.parse("0001C7STHC0G2081040G208104")).ordinal == 0x404040404040404);
static_assert((*ulids.parse("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).ordinal == ulids.last());
static_assert(ulids.parse("8ZZZZZZZZZZZZZZZZZZZZZZZZZ").error() == failure{errc::too_large, 0, 1});
static_assert(ulids.parse("01ARZ3NDEKTSV4RRFFQ69G5FAv").error().code == errc::not_canonical);
static_assert(ulids.parse("01ARZ3NDEKTSV4RRFFQ69G5FAv").error().at == 25);
static_assert(ulids.parse("01ARZ3NDEKTSV4RRFFQ69G5FAv").error().right() == "V");
static_assert(ulids.parse("O1ARZ3NDEKTSV4RRFFQ69G5FAV").error().right() == "0");
static_assert(ulids.parse("0iARZ3NDEKTSV4RRFFQ69G5FAV").error().right() == "1");
static_assert(ulids.parse("01ARZ3NDEKTSV4RRFFQ69G5FAU").error() == failure{errc::not_a_serial, 25, 1});
static_assert(ulids.parse("01ARZ3NDEKTSV4RRFFQ69G5FA").error() == failure{errc::not_a_serial, 25, 0});
static_assert(ulids.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV00").error() == failure{errc::not_a_serial, 26, 2});

TEST_CASE("a ULID consists of a time and random symbols", "[serial]") {
  for (const std::string_view text :
       {example, std::string_view("0001C7STHC0G2081040G208104"), std::string_view("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"),
        std::string_view("00000000000000000000000000")}) {
    const auto read = ulids.parse(text);
    REQUIRE(read);
    CHECK(spelled(ulids, *read) == text);
  }
  CHECK(ulids.parse("01ARZ3NDEKTSV4RRFFQ69G5F-V").error() == failure{errc::not_a_serial, 24, 1});
}

TEST_CASE("a million ULIDs round-trip", "[serial]") {
  CHECK(not_there_and_back(ulids, example_family) == std::nullopt);
  CHECK(not_there_and_back(ulids, {"7ZZZZZZZZZZZZZ"}) == std::nullopt);
}

TEST_CASE("ULIDs in bulk equal single ones", "[serial]") {
  CHECK(not_written_in_bulk(ulids, example_family, {0, 31, 1023, 0x3FFF'FFFF, 0xC61EFB99302BD5B, ulids.last() - 40}) ==
        std::nullopt);
}

TEST_CASE("ULIDs obey the laws", "[serial]") {
  const std::vector<std::string> texts{std::string(example), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "01ARZ3NDEKTSVZZZZZZZZZZZZZ",
                                       "01ARZ3NDEKTSV4RRFFQ69G5FAv", "x"};
  const std::vector<std::uint64_t> ordinals{0, 1, 31, 32, 0xFFFF'FFFF'FFFF, max_ordinal};
  CHECK(!testing::check_serial_laws(ulids, texts, ordinals));
  CHECK(!testing::check_spelling_order(ulids, example_family, ordinals));
}

TEST_CASE("the random part is counted within a millisecond", "[serial]") {
  const auto at = [](std::string_view text) { return fixed_unix_clock{ulids.time_of(*ulids.parse(text))}; };
  const fixed policy(at("01BX5ZZKBKACTAV9WEVGEMMVRZ"), fixed_random_source{0x12345});
  CHECK(issued(policy, "01BX5ZZKBKACTAV9WEVGEMMVRZ") == "01BX5ZZKBKACTAV9WEVGEMMVS0");
  CHECK(issued(policy, "01BX5ZZKBKZZZZZZZZZZZZZZZX") == "01BX5ZZKBKZZZZZZZZZZZZZZZY");
  CHECK(issued(policy, "01BX5ZZKBKZZZZZZZZZZZZZZZZ") == message(errc::exhausted));
  CHECK(issued(policy, "01BX5ZZKBKACTAZZZZZZZZZZZZ") == "01BX5ZZKBKACTB000000000000");
  CHECK(issued(policy, "01BX5ZZKBJACTAV9WEVGEMMVRZ") == "01BX5ZZKBK28T50000000028T5");
  CHECK(issued(policy) == "01BX5ZZKBK28T50000000028T5");
  CHECK(issued(fixed(fixed_unix_clock{fixed::greatest_time + 1})) == message(errc::exhausted));
}

TEST_CASE("a clock that went back is refused or ignored", "[serial]") {
  const fixed_unix_clock early{example_time - 1};
  CHECK(issued(fixed(early), example) == "01ARZ3NDEKTSV4RRFFQ69G5FAW");
  CHECK(issued(refusing(early), example) == message(errc::clock_went_back));
}

TEST_CASE("ULIDs are counted in runs", "[serial]") {
  const numbering<ulid_serial<>, step<1>> rules;
  run_list taken;
  CHECK(rules.take(*rules.parse("01BX5ZZKBKACTAZZZZZZZZZZZY"), 4, taken));
  CHECK(taken.size() == 2);
  CHECK(rules.text(taken.at(3)) == "01BX5ZZKBKACTB000000000001");
  CHECK(rules.take(*rules.parse("01BX5ZZKBKZZZZZZZZZZZZZZZY"), 3, taken).error().code == errc::exhausted);
}

TEST_CASE("the system's clock and random bits give ULIDs in order", "[serial]") {
  std::string before, storage;
  std::optional<serial_number> latest;
  for (int i = 0; i < 1000; ++i) {
    const auto next = ulids.issue(latest ? &*latest : nullptr, storage);
    REQUIRE(next);
    latest = *next;
    const std::string text = spelled(ulids, *latest);
    REQUIRE(ulids.parse(text) == *latest);
    REQUIRE(before < text);
    before = text;
  }
}
