#include <tallymark/serial/hibc.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/testing/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

constexpr hibc_serial hibc;
constexpr family example{"+H123ABC", 10, family::kind::counted, "0"};

std::string spelled(const serial_number& serial) {
  std::string out;
  hibc.format(out, serial);
  return out;
}

std::string with_check(std::string_view payload) {
  return std::string(payload) + std::string(hibc_mod43{}(payload).value().view());
}

}  // namespace

static_assert(family_serial_policy<hibc_serial> && serial_traits<hibc_serial>::has_rules);
static_assert(hibc.parse("+A123BJC5D6E71G") == serial_number{{"+A123BJC5D6E", 1, family::kind::counted, "1"}, 7});
static_assert(hibc.parse("+H123ABC01234567890D") == serial_number{example, 123'456'789});
static_assert(hibc.parse("+A123BJC5D6E71F").error().code == errc::wrong_check);
static_assert(hibc.parse("+A123BJC5D6E71F").error().at == 14 && hibc.parse("+A123BJC5D6E71F").error().right() == "G");
static_assert(hibc.parse("A123BJC5D6E71G").error().code == errc::not_a_serial);
static_assert(hibc.parse("A123BJC5D6E71G").error().at == 0 && hibc.parse("A123BJC5D6E71G").error().right() == "+");
static_assert(hibc.parse("").error().code == errc::not_a_serial && hibc.parse("").error().length == 0);
static_assert(hibc.parse("+A123bJC5D6E71G").error().code == errc::not_canonical);
static_assert(hibc.parse("+A123bJC5D6E71G").error().at == 5 && hibc.parse("+A123bJC5D6E71G").error().right() == "B");
static_assert(hibc.parse("+A123_JC5D6E71G").error() == failure{errc::not_checkable, 5, 1});
static_assert(hibc.parse("+").error() == failure{errc::check_missing, 1, 0});
static_assert(hibc.parse("++").error() == failure{errc::check_missing, 2, 0, {'$'}});
static_assert(hibc.parse("+A").error() == failure{errc::check_missing, 2, 0, {'8'}});
static_assert(hibc.parse("+A8"));

TEST_CASE("the digits at the end of the product number count", "[serial]") {
  CHECK(spelled({example, 123'456'789}) == "+H123ABC01234567890D");
  CHECK(spelled({{"+A123BJC5D6E", 1, family::kind::counted, "1"}, 7}) == "+A123BJC5D6E71G");
  // the digits of the labeler do not belong to the product number
  const std::string text = with_check(
      "+A123045"
      "3");
  const auto read = hibc.parse(text);
  REQUIRE(read);
  CHECK(*read == serial_number{{"+A123", 3, family::kind::counted, "3"}, 45});
  CHECK(spelled(*read) == text);
  // 18 digits
  const auto longest = hibc.parse(with_check("+A1239999999999999999990"));
  REQUIRE(longest);
  CHECK(longest->ordinal == hibc.last(longest->family));
}

TEST_CASE("every other text is a literal", "[serial]") {
  for (const char* const payload : {"+A123ABC0", "+$$3160113C1001", "+A99912345/$$52001510X3/16D20111212/S77DEFG457",
                                    "+12340", "+1123ABC10", "+A123ABC1X",
                                    "+A1231234567890123456789"
                                    "0",
                                    "+1"}) {
    const std::string text = with_check(payload);
    const auto read = hibc.parse(text);
    CAPTURE(text);
    REQUIRE(read);
    CHECK(!read->family.counts());
    CHECK(spelled(*read) == text);
  }
}

TEST_CASE("a space as the check character is left out", "[serial]") {
  std::uint64_t blank = 0;
  while (hibc.accepts({example, blank})) ++blank;
  REQUIRE(blank < 10'000);
  CHECK(spelled({example, blank}).back() == ' ');
  CHECK(spelled({example, blank + 1}).back() != ' ');
  const numbering<hibc_serial, step<1>> rules;
  std::string storage;
  const auto next = rules.next({example, blank - 1}, storage);
  REQUIRE(next);
  CHECK(next->ordinal == blank + 1);
  CHECK(!testing::check_counting_laws(rules, {example, blank - 1}, 60));
}

TEST_CASE("a million HIBC round-trip", "[serial]") {
  CHECK(not_there_and_back(hibc, example) == std::nullopt);
  CHECK(not_there_and_back(hibc, {"+A123", 18, family::kind::counted, "9"}) == std::nullopt);
}

TEST_CASE("HIBC in bulk equal single ones", "[serial]") {
  CHECK(not_written_in_bulk(hibc, example, {0, 7, 99'995, 9'999'999'000, 9'999'999'999}) == std::nullopt);
  CHECK(not_written_in_bulk(hibc, {"+A123BJC5D6E", 1, family::kind::counted, "1"}, {0, 7}) == std::nullopt);
}

TEST_CASE("HIBC obey the laws", "[serial]") {
  const std::vector<std::string> texts{"+A123BJC5D6E71G", "+H123ABC01234567890D", "+A123BJC5D6E71F", "x", "+"};
  const std::vector<std::uint64_t> ordinals{0, 1, 9, 10, 9'999'999'999, max_ordinal};
  CHECK(!testing::check_serial_laws(hibc, texts, ordinals));
}
