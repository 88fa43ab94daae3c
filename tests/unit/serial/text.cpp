#include <tallymark/serial/text.hpp>

#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/traits.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "../../support/compile_time.hpp"

using namespace tallymark;

namespace {

constexpr serial_number read(std::string_view text) { return *text_serial<>{}.parse(text); }

constexpr std::string written(const serial_number& serial) {
  std::string out;
  text_serial<>{}.format(out, serial);
  return out;
}

// the text that follows the last text of a family
template <std::size_t MaxLength = 100>
std::string carried(std::string_view text) {
  std::string storage;
  const text_serial<MaxLength> policy;
  const auto following = policy.carry(policy.parse(text)->family, storage);
  return following ? written(*following) : "none";
}

}  // namespace

static_assert(family_serial_policy<text_serial<>> && serial_policy<text_serial<6>>);
static_assert(text_serial<>::max_length == 100);
static_assert(read("SN-42") == serial_number{{"SN-"}, 42});
static_assert(read("SN-042") == serial_number{{"SN-", 3}, 42});
static_assert(read("0") == serial_number{{}, 0} && read("00") == serial_number{{"", 2}, 0});
static_assert(read("SN-0") == serial_number{{"SN-"}, 0});
static_assert(read("QQQ") == serial_number{family::literal("QQQ"), 0});
static_assert(read("123Q") == serial_number{family::literal("123Q"), 0});
static_assert(read("999999999999999999") == serial_number{{}, 999'999'999'999'999'999U});
static_assert(read("1000000000000000000") == serial_number{{"1", 18}, 0});
static_assert(read("0000000000000000001") == serial_number{{"0", 18}, 1});
static_assert(read("SN-000000000000000001") == serial_number{{"SN-", 18}, 1});
static_assert(text_serial<>{}.last({"SN-"}) == 999'999'999'999'999'999U);
static_assert(text_serial<>{}.last({"SN-", 3}) == 99 && text_serial<>{}.last({"SN-", 18}) == 99'999'999'999'999'999U);
static_assert(text_serial<>{}.last({"1", 18}) == 999'999'999'999'999'999U);
static_assert(text_serial<6>{}.last({"SN-"}) == 999 && text_serial<6>{}.last({"SN-", 3}) == 99);
static_assert(text_serial<6>{}.last({"SN-XY"}) == 9 && text_serial<6>{}.last({"SN-XYZ"}) == 0);
static_assert(text_serial<20>{}.last({"12", 18}) == 999'999'999'999'999'999U);
STATIC_CHECK_WITH_STRING(written(read("SN-0042")) == "SN-0042");

TEST_CASE("every text has one family and one ordinal", "[serial]") {
  for (const char* text :
       {"1", "01", "001", "SN-1", "SN-01", "-5", "A1B2C3", "2024-0009", "QQQ", "123Q", "1.9", "12345678901234567890",
        "00000000000000000000000", "x00000000000000000000000", "\xC3\xA4", "a 1"})
    CHECK(written(read(text)) == text);
  CHECK(read("1") != read("01"));
  CHECK(read(std::string(100, '9')) ==
        serial_number{{std::string_view(std::string(82, '9')), 18}, 999'999'999'999'999'999U});
}

TEST_CASE("the last text with a leading zero carries into the growing family", "[serial]") {
  CHECK(carried("SN-099") == "SN-100");
  CHECK(carried("SN-00") == "SN-10");
  CHECK(carried("000000000000000001") == "100000000000000000");
}

TEST_CASE("a carry beyond 18 digits increments the digits before them", "[serial]") {
  CHECK(carried("999999999999999999") == "1000000000000000000");
  CHECK(carried("SN-999999999999999999") == "SN-1000000000000000000");
  CHECK(carried("1999999999999999999") == "2000000000000000000");
  CHECK(carried("9999999999999999999") == "10000000000000000000");
  CHECK(carried("SN-99999999999999999999") == "SN-100000000000000000000");
  CHECK(carried("0999999999999999999") == "1000000000000000000");
  CHECK(carried("0099999999999999999999") == "0100000000000000000000");
  CHECK(carried("129999999999999999999") == "130000000000000000000");
}

TEST_CASE("a literal has no next text", "[serial]") { CHECK(carried("QQQ") == "none"); }

TEST_CASE("nothing follows if the text would be too long", "[serial]") {
  CHECK(carried(std::string(100, '9')) == "none");
  CHECK(carried(std::string(99, '9')) == "1" + std::string(99, '0'));
  CHECK(carried("1" + std::string(99, '9')) == "2" + std::string(99, '0'));
  CHECK(carried<6>("SN-999") == "none");
  CHECK(carried<6>("SN-099") == "SN-100");
  CHECK(carried<21>("SN-9") == "none");
  CHECK(carried<22>("SN-9") == "SN-1000000000000000000");
}

TEST_CASE("a carry may overwrite the text of its argument", "[serial]") {
  std::string storage = "SN-1";
  const text_serial<> policy;
  auto at = policy.carry({storage, 18}, storage);
  REQUIRE(at);
  CHECK(written(*at) == "SN-2000000000000000000");
  at = policy.carry(at->family, storage);
  REQUIRE(at);
  CHECK(written(*at) == "SN-3000000000000000000");
}

TEST_CASE("texts that are too long are refused", "[serial]") {
  using traits = serial_traits<text_serial<6>>;
  CHECK(traits::parse({}, " SN-999 ") == serial_number{{"SN-"}, 999});
  CHECK(traits::parse({}, " SN-1000").error() == failure{errc::text_too_long, 7, 1});
}
