#include <tallymark/gs1/serial.hpp>

#include <tallymark/policy/concepts.hpp>
#include <tallymark/testing/laws.hpp>

#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "../../support/many.hpp"

using namespace tallymark;

static_assert(serial_policy<gs1_serial> && family_serial_policy<gs1_serial>);
static_assert(serial_traits<gs1_serial>::max_length == 20);
static_assert(gs1_serial{}.parse("A-7") == serial_number{{"A-"}, 7});
static_assert(gs1_serial{}.parse("A%007") == serial_number{{"A%", 3}, 7});
static_assert(gs1_serial{}.parse("XYZ") == serial_number{family::literal("XYZ"), 0});
static_assert(gs1_serial{}.parse("12345678901234567890") == serial_number{{"12", 18}, 345678901234567890});
static_assert(gs1_serial{}.parse("A B1").error() == failure{errc::wrong_character, 1, 1, {}});
static_assert(gs1_serial{}.parse("A#1").error() == failure{errc::wrong_character, 1, 1, {}});
static_assert(gs1_serial{}.parse("123456789012345678901").error() == failure{errc::text_too_long, 20, 1, {}});
static_assert(serial_traits<gs1_serial>::parse({}, " AB\xC3\xA4 ").error() == failure{errc::wrong_character, 3, 1, {}});

TEST_CASE("serials of AI 21 obey the laws", "[gs1]") {
  const std::vector<std::uint64_t> ordinals{0, 1, 9, 10, 99, 100, 123456789, 999'999'999'999'999'999};
  const std::vector<std::string> texts{"1",
                                       "01",
                                       "A",
                                       "A1",
                                       "A-099",
                                       "99999999999999999999",
                                       "ABCDEFGHIJKLMNOPQRST",
                                       "A#1",
                                       "A B",
                                       "!_",
                                       "z0",
                                       "ABCDEFGHIJKLMNOPQR99"};
  if (const auto broken = testing::check_serial_laws(gs1_serial{}, texts, ordinals))
    FAIL(broken->law + ": " + broken->seen);
  REQUIRE(rc::check([&](const std::string& text) {
    const auto broken = testing::check_serial_laws(gs1_serial{}, std::vector{text}, ordinals);
    RC_ASSERT(!broken);
  }));
  for (const std::uint64_t first : {std::uint64_t{1}, std::uint64_t{995}, std::uint64_t{99'990}})
    CHECK_FALSE(testing::check_writing_laws(gs1_serial{}, {{"A-"}, first}, 3000));
}

TEST_CASE("a million ordinals round-trip", "[gs1]") {
  std::string text;
  std::uint64_t state = 1;
  for (int i = 0; i < many; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const serial_number serial{{"LOT"}, (state >> 4U) % 100'000'000'000'000'000U};
    text.clear();
    gs1_serial{}.format(text, serial);
    if (gs1_serial{}.parse(text) != serial) FAIL(text);
  }
}

TEST_CASE("a counter grows only while there is room", "[gs1]") {
  std::string storage;
  CHECK(gs1_serial{}.last({"ABCDEFGHIJKLMNOPQR"}) == 99);
  CHECK_FALSE(gs1_serial{}.carry({"ABCDEFGHIJKLMNOPQR"}, storage));
  CHECK(gs1_serial{}.carry({"A", 4}, storage) == serial_number{{"A"}, 1000});
}
