#include <tallymark/serial/vin.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/testing/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

using european = vin_serial<vin_check_digit::ignored>;

constexpr vin_serial<> vins;
constexpr family example{"1M8GDM9A", 6, family::kind::counted, "KP"};

template <class Policy>
std::string spelled(const Policy& policy, const serial_number& serial) {
  std::string out;
  policy.format(out, serial);
  return out;
}

}  // namespace

static_assert(family_serial_policy<vin_serial<>> && family_serial_policy<european>);
static_assert(vins.parse("1M8GDM9AXKP042788") == serial_number{example, 42788});
static_assert(vins.parse("5GZCZ43D13S812715") == serial_number{{"5GZCZ43D", 6, family::kind::counted, "3S"}, 812715});
static_assert(vins.parse("11111111111111111") == serial_number{{"11111111", 6, family::kind::counted, "11"}, 111111});
static_assert(vins.parse("5GZCZ43D23S812715").error().code == errc::wrong_check);
static_assert(vins.parse("5GZCZ43D23S812715").error().at == 8 && vins.parse("5GZCZ43D23S812715").error().length == 1);
static_assert(vins.parse("5GZCZ43D23S812715").error().right() == "1");
static_assert(vins.parse("1M8GDM9A1KP042788").error().right() == "X");
static_assert(vins.parse("1M8GDM9AXKP04278O").error() == failure{errc::not_a_serial, 16, 1});
static_assert(vins.parse("IM8GDM9AXKP042788").error() == failure{errc::not_a_serial, 0, 1});
static_assert(vins.parse("1m8GDM9AXKP042788").error().code == errc::not_canonical);
static_assert(vins.parse("1m8GDM9AXKP042788").error().right() == "M");
static_assert(vins.parse("1q8GDM9AXKP042788").error() == failure{errc::not_a_serial, 1, 1});
static_assert(vins.parse("1M8GDM9AXKP04278").error() == failure{errc::not_a_serial, 16, 0});
static_assert(vins.parse("1M8GDM9AXKP0427880").error() == failure{errc::not_a_serial, 17, 1});
static_assert(vins.parse("WP0ZZZ99ZTS392124").error().code == errc::wrong_check);
static_assert(european{}.parse("WP0ZZZ99ZTS392124") == serial_number{{"WP0ZZZ99ZTS", 6}, 392124});

TEST_CASE("a VIN is a family of two parts and a counter of the last digits", "[serial]") {
  CHECK(spelled(vins, {example, 42788}) == "1M8GDM9AXKP042788");
  CHECK(spelled(vins, {{"5GZCZ43D", 6, family::kind::counted, "3S"}, 812715}) == "5GZCZ43D13S812715");
  CHECK(spelled(european{}, {{"WP0ZZZ99ZTS", 6}, 392124}) == "WP0ZZZ99ZTS392124");
  CHECK(vins.parse("1M8GDM9AXKP042788") == serial_number{example, 42788});
}

TEST_CASE("a VIN may have letters among its last six symbols", "[serial]") {
  const auto with_check = [](std::string text) { return text.replace(8, 1, vins.parse(text).error().right()); };
  const std::string three = with_check("1M8GDM9AAKPABC788"), none = with_check("1M8GDM9AAKPABC78Z");
  const auto counted = vins.parse(three);
  REQUIRE(counted);
  CHECK(counted->family == family{"1M8GDM9A", 3, family::kind::counted, "KPABC"});
  CHECK(counted->ordinal == 788);
  CHECK(vins.last(counted->family) == 999);
  CHECK(spelled(vins, *counted) == three);
  const auto literal = vins.parse(none);
  REQUIRE(literal);
  CHECK(!literal->family.counts());
  CHECK(spelled(vins, *literal) == none);
  CHECK(not_there_and_back(vins, counted->family) == std::nullopt);
  CHECK(not_written_in_bulk(vins, counted->family, {0, 95, 990}) == std::nullopt);
}

TEST_CASE("the error for a wrong check digit of a VIN has the right one", "[serial]") {
  for (const char c : std::string("0123456789X")) {
    std::string text = "1M8GDM9AXKP042788";
    text[8] = c;
    const auto read = vins.parse(text);
    CHECK(read.has_value() == (c == 'X'));
    if (!read) {
      CHECK(read.error().code == errc::wrong_check);
      CHECK(read.error().right() == "X");
    }
  }
}

TEST_CASE("a million VIN round-trip", "[serial]") {
  CHECK(not_there_and_back(vins, example) == std::nullopt);
  CHECK(not_there_and_back(european{}, {"WP0ZZZ99ZTS", 6}) == std::nullopt);
}

TEST_CASE("VIN in bulk equal single ones", "[serial]") {
  CHECK(not_written_in_bulk(vins, example, {0, 5, 9, 95, 999'000, 999'999}) == std::nullopt);
  CHECK(not_written_in_bulk(european{}, {"WP0ZZZ99ZTS", 6}, {0, 9, 999'000}) == std::nullopt);
}

TEST_CASE("VIN obey the laws", "[serial]") {
  const std::vector<std::string> texts{"1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D23S812715", "x"};
  const std::vector<std::uint64_t> ordinals{0, 1, 10, 999'999, max_ordinal};
  CHECK(!testing::check_serial_laws(vins, texts, ordinals));
  CHECK(!testing::check_serial_laws(european{}, texts, ordinals));
  const numbering<vin_serial<>, step<1>> rules;
  run_list taken;
  CHECK(rules.take({example, 999'998}, 3, taken).error().code == errc::exhausted);
  CHECK(!testing::check_counting_laws(rules, {example, 999'990}, 9));
}
