#include <tallymark/gs1/element_string.hpp>

#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "../../support/gs1_values.hpp"

using namespace tallymark;
using namespace tallymark::gs1;

namespace {

constexpr failure bad(std::string_view text) { return parse_element_string(text).error(); }
constexpr failure bad_bracketed(std::string_view text) { return parse_bracketed(text).error(); }

std::string written(const element_list& list) {
  std::string out;
  append_element_string(out, list);
  return out;
}
std::string bracketed(const element_list& list) {
  std::string out;
  append_bracketed(out, list);
  return out;
}

}  // namespace

// published examples
static_assert(*parse_element_string("013842587609507417181119371") ==
              *parse_bracketed("(01)38425876095074(17)181119(37)1"));
static_assert(*parse_element_string("1112020110123ABCD\x1D"
                                    "3101123456") == *parse_bracketed("(11)120201(10)123ABCD(3101)123456"));
static_assert(*parse_element_string("0151022222233336111412311715070710A213B1\x1D"
                                    "211234") ==
              *parse_bracketed("(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234"));
static_assert((*parse_bracketed("(10)A\\(1)(21)\\"
                                "("))
                  .find(10) == "A(1)");

// prefixes of scanners, and optional separators
static_assert(*parse_element_string("]C110A") == *parse_element_string("10A"));
static_assert(parse_element_string("]d210A") && parse_element_string("]Q310A") && parse_element_string("]e010A"));
static_assert(*parse_element_string("17261231\x1D"
                                    "10A\x1D") == *parse_element_string("1726123110A"));
static_assert(bad("]C010A") == failure{errc::unknown_ai, 0, 1, {}} &&
              bad("]C1") == failure{errc::empty_text, 3, 0, {}});
static_assert(bad("\x1D"
                  "10A") == failure{errc::unknown_ai, 0, 1, {}});
static_assert(bad("17261231\x1D\x1D"
                  "10A") == failure{errc::unknown_ai, 9, 1, {}});

// errors and their positions
static_assert(bad("") == failure{errc::empty_text, 0, 0, {}});
static_assert(bad("10A\x1D"
                  "0512") == failure{errc::unknown_ai, 4, 2, {}});
static_assert(bad("10") == failure{errc::value_too_short, 2, 0, {}});
static_assert(bad("10123456789012345678901") == failure{errc::value_too_long, 22, 1, {}});
static_assert(bad("1012345678901234567890121A") == failure{errc::value_too_long, 22, 4, {}});
static_assert(bad("10A#\x1D"
                  "21X") == failure{errc::wrong_character, 3, 1, {}});
static_assert(bad("0109521234543214") == fail(errc::wrong_check, 15, 1, "3").value());
static_assert(bad("010952123454") == failure{errc::value_too_short, 12, 0, {}});
static_assert(bad("17261\x1D"
                  "10A") == failure{errc::value_too_short, 5, 0, {}});
static_assert(bad("17261301") == failure{errc::not_a_date, 4, 2, {}});
static_assert(bad("42227610A") == failure{errc::separator_missing, 6, 0, {}});
static_assert(bad("422x7610A") == failure{errc::wrong_character, 3, 1, {}});
static_assert(bad("10A\x1D"
                  "10B") == failure{errc::ai_repeated, 6, 1, {}} &&
              parse_element_string("10A\x1D"
                                   "10A"));

static_assert(bad_bracketed("") == failure{errc::empty_text, 0, 0, {}});
static_assert(bad_bracketed("10A") == failure{errc::unknown_ai, 0, 1, {}});
static_assert(bad_bracketed("(1)A") == failure{errc::unknown_ai, 1, 1, {}});
static_assert(bad_bracketed("(10A") == failure{errc::unknown_ai, 1, 2, {}});
static_assert(bad_bracketed("(") == failure{errc::unknown_ai, 1, 0, {}});
static_assert(bad_bracketed("(10)A(21)1(05)") == failure{errc::unknown_ai, 11, 2, {}});
static_assert(bad_bracketed("(10)A\\(#") == failure{errc::wrong_character, 7, 1, {}});
static_assert(bad_bracketed("(10)A\\") == failure{errc::wrong_character, 5, 1, {}});
static_assert(bad_bracketed("(10)(21)1") == failure{errc::value_too_short, 4, 0, {}});
static_assert(bad_bracketed("(01)09521234543214") == fail(errc::wrong_check, 17, 1, "3").value());
static_assert(bad_bracketed("(10)\\(\\(345678901234567890XY") == failure{errc::value_too_long, 26, 2, {}});

TEST_CASE("published element strings are written unchanged", "[gs1]") {
  const std::vector<std::pair<std::string, std::string>> published{
      {"(01)38425876095074(17)181119(37)1", "013842587609507417181119371"},
      {"(11)120201(10)123ABCD(3101)123456",
       "1112020110123ABCD\x1D"
       "3101123456"},
      {"(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234",
       "0151022222233336111412311715070710A213B1\x1D"
       "211234"}};
  for (const auto& [people, scanner] : published) {
    const auto read = parse_bracketed(people);
    REQUIRE(read);
    CHECK(written(*read) == scanner);
    const auto scanned = parse_element_string(scanner);
    REQUIRE(scanned);
    CHECK(bracketed(*scanned) == people);
  }
}

TEST_CASE("any value of any application identifier round-trips", "[gs1]") {
  test_gs1::random numbers{1};
  int found = 0;
  for (unsigned number = 0; number < 10'000; ++number) {
    const auto ai = application_identifier::find(number);
    if (!ai) continue;
    const std::string value = test_gs1::value_of(*ai, numbers);
    if (value.empty()) continue;
    ++found;
    element_list list;
    REQUIRE(list.add(number, value));
    CHECK(parse_element_string(written(list)) == list);
    CHECK(parse_bracketed(bracketed(list)) == list);
  }
  CHECK(found >= 535);
}

TEST_CASE("lists round-trip in both forms", "[gs1]") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    test_gs1::random numbers{seed};
    const element_list list = test_gs1::list_of(numbers);
    const auto scanned = parse_element_string(written(list));
    RC_ASSERT(scanned == list);
    RC_ASSERT(written(*scanned) == written(list));
    RC_ASSERT(parse_bracketed(bracketed(list)) == list);
  }));
}

TEST_CASE("any text round-trips, or the failure lies within it", "[gs1]") {
  test_gs1::random numbers{2};
  const std::string symbols = "01(17)\x1D\\2#A%]C\xFF";
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    if (i % 2 == 0) {
      const element_list list = test_gs1::list_of(numbers);
      text = i % 4 == 0 ? written(list) : bracketed(list);
      text[numbers.below(text.size())] = symbols[numbers.below(symbols.size())];
    } else {
      for (std::uint64_t n = numbers.below(12); n > 0; --n) text += symbols[numbers.below(symbols.size())];
    }
    for (const auto& read : {parse_element_string(text), parse_bracketed(text)}) {
      if (read)
        CHECK(parse_element_string(written(*read)) == *read);
      else if (std::uint64_t{read.error().at} + read.error().length > text.size())
        FAIL(text);
    }
  }
}
