#include <tallymark/gs1/sgtin.hpp>

#include <tallymark/policy/concepts.hpp>
#include <tallymark/testing/laws.hpp>

#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "../../support/gs1_values.hpp"
#include "../../support/many.hpp"

using namespace tallymark;

namespace {

std::string tag_198(std::string_view serial, std::string_view prefix = "0614141", std::string_view item = "812345") {
  return std::string((*gs1::to_sgtin198(*gs1::epc_sgtin::make(prefix, item, serial, 6))).view());
}
std::string tag_96(std::string_view serial, std::string_view prefix = "0614141", std::string_view item = "812345") {
  return std::string((*gs1::to_sgtin96(*gs1::epc_sgtin::make(prefix, item, serial, 3))).view());
}

const std::vector<std::uint64_t> ordinals{0, 1, 9, 10, 99, 100, 123'456'789, 999'999'999'999'999'999};

}  // namespace

static_assert(family_serial_policy<sgtin96> && serial_policy<sgtin198>);
static_assert(*sgtin96{}.parse("3074257BF7194E4000001A85") == serial_number{{"3074257BF7194E", 1}, 6789});
static_assert(sgtin96{}.parse("3034257BF7194E7FFFFFFFFF").value().ordinal == sgtin96::last());
static_assert(sgtin96{}.parse("3074257bf7194E4000001A85").error() == failure{errc::not_canonical, 7, 1, {'B'}});
static_assert(sgtin96{}.parse("3074257BF7194E4000001A8").error() == failure{errc::wrong_width, 0, 23, {}});
static_assert(sgtin96{}.parse("307C257BF7194E4000001A85").error() == failure{errc::bad_company_prefix, 2, 2, {}});
#define HEAD_198 "36D4257BF7194E5"
static_assert(*sgtin198{}.parse(HEAD_198 "8B266D1A800000000000000000000000000") == serial_number{{HEAD_198}, 12345});
static_assert(*sgtin198{}.parse(HEAD_198 "8B266D1A80000000000000000000000000000") == serial_number{{HEAD_198}, 12345});
static_assert(sgtin198{}.parse(HEAD_198 "8b266D1A800000000000000000000000000").error() ==
              failure{errc::not_canonical, 16, 1, {'B'}});

TEST_CASE("SGTIN-96 obeys the laws", "[gs1]") {
  std::vector<std::string> texts{"3074257BF7194E4000001A85", "3074257BF7194E4000001A86", "3034257BF7194E7FFFFFFFFF",
                                 "X", "3074257bf7194E4000001A85"};
  for (const std::size_t digits : {6U, 7U, 8U, 9U, 10U, 11U, 12U})
    texts.push_back(
        tag_96("42", std::string("0614141123456").substr(0, digits), std::string("7234567").substr(0, 13 - digits)));
  if (const auto broken = testing::check_serial_laws(sgtin96{}, texts, ordinals))
    FAIL(broken->law + ": " + broken->seen);
  for (const std::string& text : texts) {
    const auto read = sgtin96{}.parse(text);
    if (!read) continue;
    CHECK_FALSE(testing::check_spelling_order(sgtin96{}, read->family, ordinals));
    for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{4090}, sgtin96::last() - 2999})
      for (const std::string_view between : {"", "\n", ", "})
        if (const auto broken = testing::check_writing_laws(sgtin96{}, {read->family, first}, 3000, between))
          FAIL(broken->law + ": " + broken->seen);
  }
}

TEST_CASE("SGTIN-198 obeys the laws", "[gs1]") {
  std::vector<std::string> texts{"", "36", HEAD_198 "8b266D1A800000000000000000000000000"};
  for (const std::string_view serial : {"12345",
                                        "0",
                                        "00",
                                        "1",
                                        "A",
                                        "A1",
                                        "AB1",
                                        "ABC1",
                                        "ABCD1",
                                        "ABCDE1",
                                        "A09",
                                        "007",
                                        "099",
                                        "ABCDEFGHIJKLMNOPQRST",
                                        "ABCDEFGHIJKLMNOPQRS9",
                                        "99999999999999999999",
                                        "A9999999999999999999",
                                        "0000000000000000000",
                                        "A-000000000000000009",
                                        "999999999999999999",
                                        "!!!5"}) {
    texts.push_back(tag_198(serial));
    texts.push_back(texts.back() + "00");
    texts.push_back(tag_198(serial, "061414", "0812345"));
  }
  if (const auto broken = testing::check_serial_laws(sgtin198{}, texts, ordinals))
    FAIL(broken->law + ": " + broken->seen);
  for (const std::string& text : texts) {
    const auto read = sgtin198{}.parse(text);
    if (!read || !read->family.counts()) continue;
    const std::uint64_t last = sgtin198{}.last(read->family);
    for (const std::uint64_t first :
         {std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{99'990}, last - std::min<std::uint64_t>(last, 2345)})
      if (first <= last)
        for (const std::string_view between : {"", "\n"})
          if (const auto broken = testing::check_writing_laws(sgtin198{}, {read->family, first},
                                                              std::min<std::uint64_t>(2345, last - first + 1), between))
            FAIL(broken->law + ": " + broken->seen);
  }
}

TEST_CASE("an SGTIN-198 counts like its serial", "[gs1]") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    test_gs1::random numbers{seed};
    std::string serial = test_gs1::value_of(*gs1::application_identifier::find(21), numbers);
    if (serial.size() > 15) serial.resize(15);
    serial += std::to_string(numbers.below(1000));
    const std::string hex = tag_198(serial);
    const auto read = sgtin198{}.parse(hex);
    const auto plain = detail::text_counter<20>{}.parse(serial);
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->ordinal == plain->ordinal);
    RC_ASSERT(read->family.width == plain->family.width);
    if (plain->ordinal == detail::text_counter<20>{}.last(plain->family)) return;
    std::string next_hex, next_serial;
    sgtin198{}.format(next_hex, {read->family, read->ordinal + 1});
    detail::text_counter<20>{}.format(next_serial, {plain->family, plain->ordinal + 1});
    RC_ASSERT(next_hex == tag_198(next_serial));
  }));
}

TEST_CASE("an SGTIN-198 carries like its serial", "[gs1]") {
  const auto after = [](std::string_view serial) {
    std::string storage, text;
    const std::string hex = tag_198(serial);
    const auto carried = sgtin198{}.carry(sgtin198{}.parse(hex)->family, storage);
    if (carried) sgtin198{}.format(text, *carried);
    return text;
  };
  CHECK(after("A099") == tag_198("A100"));
  CHECK(after("999999999999999999") == tag_198("1000000000000000000"));
  CHECK(after("AB9999999999999999") == "");  // as long as it can be
  CHECK(after("XYZ") == "");
}

TEST_CASE("a million ordinals round-trip through tags", "[gs1]") {
  const std::string small = tag_96("1"), large = tag_198("AB-1");
  const family of_small = sgtin96{}.parse(small)->family, of_large = sgtin198{}.parse(large)->family;
  std::uint64_t state = 3;
  std::string text;
  for (int i = 0; i < many; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const serial_number a{of_small, state >> 26U}, b{of_large, (state >> 5U) % 100'000'000'000'000'000U};
    text.clear();
    sgtin96{}.format(text, a);
    if (sgtin96{}.parse(text) != a) FAIL(text);
    text.clear();
    sgtin198{}.format(text, b);
    if (sgtin198{}.parse(text) != b) FAIL(text);
  }
}
