#include <tallymark/gs1/epc_sgtin.hpp>

#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "../../support/gs1_values.hpp"

using namespace tallymark;
using namespace tallymark::gs1;

namespace {

constexpr epc_sgtin tag(std::string_view serial, std::uint8_t filter = 1) {
  return *epc_sgtin::make("0614141", "812345", serial, filter);
}
constexpr failure bad_96(std::string_view hex) { return parse_sgtin96(hex).error(); }
constexpr failure bad_198(std::string_view hex) { return parse_sgtin198(hex).error(); }

}  // namespace

#define HEAD_198 "36D4257BF7194E58B266D1A8"
#define ZEROS_26 "00000000000000000000000000"

// published examples
static_assert((*to_sgtin96(tag("6789", 3))).view() == "3074257BF7194E4000001A85");
static_assert((*to_sgtin96(tag("12345"))).view() == "3034257BF7194E4000003039");
static_assert((*to_sgtin96(tag("274877906943"))).view() == "3034257BF7194E7FFFFFFFFF");
static_assert((*to_sgtin198(tag("12345", 6))).view() == HEAD_198 ZEROS_26);
static_assert(*parse_sgtin96("3074257BF7194E4000001A85") == tag("6789", 3) && tag("1").gtin.view() == "80614141123458");
static_assert(*parse_sgtin198(HEAD_198 ZEROS_26) == tag("12345", 6));
static_assert(*parse_sgtin198(HEAD_198 ZEROS_26 "00") == tag("12345", 6));
static_assert(*parse_sgtin96("3074257bf7194e4000001a85") == tag("6789", 3));

// errors and their positions
static_assert(bad_96("3074257BF7194E4000001A8") == failure{errc::wrong_width, 0, 23, {}} &&
              bad_96("").code == errc::wrong_width);
static_assert(bad_96("3074257BF7194E4000001A8G") == failure{errc::wrong_character, 23, 1, {}});
static_assert(bad_96("3174257BF7194E4000001A85") == failure{errc::not_a_serial, 0, 2, {}});
static_assert(bad_96("307C257BF7194E4000001A85") == failure{errc::bad_company_prefix, 2, 2, {}});
static_assert(bad_96("3077FFFFF7194E4000001A85") ==
              failure{errc::too_large, 3, 7, {}});  // a prefix of 7 digits, 24 bits
static_assert(bad_96("3074257BFFFFFE4000001A85") ==
              failure{errc::too_large, 9, 6, {}});  // an item reference of 6, 20 bits
static_assert(bad_198("36") == failure{errc::wrong_width, 0, 2, {}} &&
              bad_198(HEAD_198 ZEROS_26 "0").code == errc::wrong_width);
static_assert(bad_198("30D4257BF7194E58B266D1A8" ZEROS_26) == failure{errc::not_a_serial, 0, 2, {}});
static_assert(bad_198("36D4257BF7194E000000000" ZEROS_26 "0") ==
              failure{errc::wrong_character, 14, 3, {}});  // no serial
static_assert(bad_198(HEAD_198 "00000000000000000000000001") == failure{errc::wrong_character, 49, 1, {}});  // padding
static_assert(bad_198(HEAD_198 ZEROS_26 "10") == failure{errc::wrong_character, 50, 1, {}});
static_assert(bad_198(HEAD_198 "00000000000000000000100000").code == errc::wrong_character);  // after the end

static_assert(to_sgtin96(tag("")).error() == failure{errc::empty_text, 0, 0, {}});
static_assert(to_sgtin96(tag("12A")).error() == failure{errc::wrong_character, 2, 1, {}});
static_assert(to_sgtin96(tag("0012")).error() == failure{errc::zeros_lost, 0, 2, {}});
static_assert(to_sgtin96(tag("000")).error() == failure{errc::zeros_lost, 0, 2, {}} && to_sgtin96(tag("0")));
static_assert(to_sgtin96(tag("274877906944")).error() == failure{errc::too_large, 0, 12, {}});
static_assert(to_sgtin96(tag("99999999999999999999")).error() == failure{errc::too_large, 0, 20, {}});
static_assert(to_sgtin198(tag("A B")).error() == failure{errc::wrong_character, 1, 1, {}} && to_sgtin198(tag("0012")));
static_assert(to_sgtin198(epc_sgtin{tag("1").gtin, 7, 1, "123456789012345678901234"}).error() ==
              failure{errc::text_too_long, 20, 1, {}});
static_assert(to_sgtin96(tag("1", 8)).error().code == errc::too_large);
static_assert(to_sgtin96(epc_sgtin{tag("1").gtin, 5, 1, "1"}).error().code == errc::bad_company_prefix);
static_assert(to_sgtin198(epc_sgtin{tag("1").gtin, 13, 1, "1"}).error().code == errc::bad_company_prefix);
static_assert(epc_sgtin::make("06141", "41812345", "1").error() == failure{errc::bad_company_prefix, 0, 5, {}});
static_assert(epc_sgtin::make("0614141", "81234", "1").error() == failure{errc::bad_company_prefix, 0, 7, {}});
static_assert(epc_sgtin::make("A614141", "812345", "1").error() == failure{errc::wrong_character, 0, 1, {}});
static_assert(epc_sgtin::make("0614141", "A12345", "1").error() == failure{errc::wrong_character, 8, 1, {}});
static_assert(epc_sgtin::make("0614141", "81234A", "1").error() == failure{errc::wrong_character, 13, 1, {}});
static_assert(epc_sgtin::make("0614141", "812345", "123456789012345678901").error() ==
              failure{errc::text_too_long, 20, 1, {}});

TEST_CASE("every tag round-trips, with every length of the company prefix", "[gs1]") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    test_gs1::random numbers{seed};
    std::string payload;
    while (payload.size() < 13) payload += static_cast<char>('0' + numbers.below(10));
    epc_sgtin tag;
    tag.gtin = *gtin::make(payload);
    tag.filter = static_cast<std::uint8_t>(numbers.below(8));
    tag.prefix_digits = static_cast<std::uint8_t>(6 + numbers.below(7));
    const std::string number = std::to_string((numbers.below(1 << 19) << 19U) | numbers.below(1 << 19));
    tag.serial = number;
    const auto hex = to_sgtin96(tag);
    RC_ASSERT(hex.has_value());
    RC_ASSERT(parse_sgtin96(hex->view()) == tag);
    const std::string text = test_gs1::value_of(*application_identifier::find(21), numbers);
    tag.serial = text;
    const auto longer = to_sgtin198(tag);
    RC_ASSERT(longer.has_value());
    RC_ASSERT(parse_sgtin198(longer->view()) == tag);
  }));
}

TEST_CASE("any tag round-trips, or the failure lies within it", "[gs1]") {
  test_gs1::random numbers{4};
  int read = 0;
  for (int i = 0; i < 40'000; ++i) {
    std::string hex = i % 2 == 0 ? "3074257BF7194E4000001A85" : HEAD_198 ZEROS_26;
    for (std::uint64_t n = 1 + numbers.below(2); n > 0; --n)
      hex[2 + numbers.below(hex.size() - 2)] = "0123456789ABCDEFx"[numbers.below(17)];
    const auto tag = i % 2 == 0 ? parse_sgtin96(hex) : parse_sgtin198(hex);
    if (!tag) {
      if (std::uint64_t{tag.error().at} + tag.error().length > hex.size()) FAIL(hex);
      continue;
    }
    ++read;
    if ((i % 2 == 0 ? std::string(to_sgtin96(*tag)->view()) : std::string(to_sgtin198(*tag)->view())) != hex) FAIL(hex);
  }
  CHECK(read > 1000);
}
