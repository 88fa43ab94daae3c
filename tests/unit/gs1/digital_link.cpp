#include <tallymark/gs1/digital_link.hpp>

#include <tallymark/gs1/element_string.hpp>

#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

#include "../../support/compile_time.hpp"
#include "../../support/gs1_values.hpp"

using namespace tallymark;
using namespace tallymark::gs1;

namespace {

constexpr failure bad(std::string_view text) { return parse_digital_link(text).error(); }

constexpr std::string link(const element_list& list, std::string_view stem = "https://id.gs1.org") {
  std::string out;
  if (!append_digital_link(out, list, stem)) out = "refused";
  return out;
}
constexpr failure refused(std::string_view bracketed) {
  std::string out;
  return append_digital_link(out, *parse_bracketed(bracketed)).error();
}

}  // namespace

#define STEM "https://id.gs1.org/01/09521234543213"
static_assert(*parse_digital_link(STEM) == *parse_bracketed("(01)09521234543213"));
static_assert(*parse_digital_link(STEM "/10/ABC123?17=261231") ==
              *parse_bracketed("(01)09521234543213(10)ABC123(17)261231"));
static_assert(*parse_digital_link(STEM "/22/ABC%2d123?99=XYZ%2f987") ==
              *parse_bracketed("(01)09521234543213(22)ABC-123(99)XYZ/987"));
static_assert(*parse_digital_link("HTTP://example.com:8080/some/21/stem/01/09521234543213/21/1?linkType=pip&&x#17=1") ==
              *parse_bracketed("(01)09521234543213(21)1"));
static_assert(*parse_digital_link(STEM "?17=261231;10=A") == *parse_bracketed("(01)09521234543213(17)261231(10)A"));
static_assert(parse_digital_link(STEM "/235/X?10=A") && parse_digital_link("https://x/8006/095212345432130102/21/A"));
static_assert(parse_digital_link("https://x/00/106141411234567897?02=09521234543213&37=5"));

static_assert(bad("ftp://x/01/09521234543213").code == errc::not_a_link && bad("").code == errc::not_a_link);
static_assert(bad("https://") == failure{errc::not_a_link, 8, 0, {}} &&
              bad("https:///01/1") == failure{errc::not_a_link, 8, 0, {}});
static_assert(bad("https://x") == failure{errc::not_a_link, 9, 0, {}} &&
              bad("https://x/") == failure{errc::not_a_link, 9, 1, {}});
static_assert(bad("https://x/10/A") == failure{errc::not_a_link, 9, 5, {}});
static_assert(bad("https://x/gtin/09521234543213") == failure{errc::not_a_link, 10, 4, {}});
static_assert(bad("https://x/04/09521234543213") == failure{errc::unknown_ai, 10, 2, {}});
static_assert(bad(STEM "/").code == errc::unknown_ai && bad(STEM "?04=1") == failure{errc::unknown_ai, 37, 2, {}});
static_assert(bad("https://x/01/09521234543214") == fail(errc::wrong_check, 26, 1, "3").value());
static_assert(bad(STEM "/10/AB%2") == failure{errc::bad_escape, 42, 2, {}});
static_assert(bad(STEM "/10/AB%2G?") == failure{errc::bad_escape, 42, 3, {}});
static_assert(bad(STEM "/10/A%23B") == failure{errc::wrong_character, 41, 3, {}});
static_assert(bad(STEM "/10/A%00") == failure{errc::wrong_character, 41, 3, {}});
static_assert(bad(STEM "/10/A B") == failure{errc::wrong_character, 41, 1, {}});
static_assert(bad(STEM "/10/") == failure{errc::value_too_short, 40, 0, {}});
static_assert(bad(STEM "?17") == failure{errc::value_too_short, 39, 0, {}});
static_assert(bad(STEM "/21/A/10/B") == failure{errc::misplaced_ai, 42, 2, {}});
static_assert(bad(STEM "/10/A/10/A") == failure{errc::misplaced_ai, 42, 2, {}});
static_assert(bad(STEM "/17/261231") == failure{errc::misplaced_ai, 37, 2, {}});
static_assert(bad(STEM "/10/A/235/B") == failure{errc::misplaced_ai, 42, 3, {}});
static_assert(bad(STEM "?21=A") == failure{errc::misplaced_ai, 37, 2, {}});
static_assert(bad(STEM "?17=261231&17=261230") == failure{errc::ai_repeated, 50, 6, {}});
static_assert(bad(STEM "?10=%2812345678901234567890") == failure{errc::value_too_long, 62, 1, {}});

STATIC_CHECK_WITH_STRING(link(*parse_digital_link(STEM "/10/ABC123?17=261231")) == STEM "/10/ABC123?17=261231");

TEST_CASE("published links are read and written", "[gs1]") {
  const std::vector<std::pair<std::string, std::string>> published{
      {"(01)09521234543213", STEM},
      {"(01)09521234543213(10)ABC123(17)261231", STEM "/10/ABC123?17=261231"},
      {"(01)09521234543213(10)ABC123(21)12345", STEM "/10/ABC123/21/12345"},
      {"(01)09521234543213(22)ABC-123(99)XYZ/987", STEM "/22/ABC-123?99=XYZ%2F987"}};
  for (const auto& [people, uri] : published) {
    const auto read = parse_bracketed(people);
    REQUIRE(read);
    CHECK(link(*read) == uri);
    CHECK(parse_digital_link(uri) == *read);
  }
}

TEST_CASE("in a link, qualifiers come in their order and the others after them", "[gs1]") {
  CHECK(link(*parse_bracketed("(17)261231(21)1(10)A(01)09521234543213(22)V")) == STEM "/22/V/10/A/21/1?17=261231");
  CHECK(link(*parse_bracketed("(01)09521234543213(10)A(235)X")) == STEM "/235/X?10=A");
  CHECK(link(*parse_bracketed("(01)09521234543213(10)A(10)A(01)09521234543213")) == STEM "/10/A");
  CHECK(link(*parse_bracketed("(414)1234567890128(254)X"), "https://example.com/p") ==
        "https://example.com/p/414/1234567890128/254/X");
  CHECK(link(*parse_bracketed("(8004)1234(01)09521234543213(21)A")) == STEM "/21/A?8004=1234");
  CHECK(link(*parse_bracketed("(01)09521234543213(10)\"%&'\\()*+,/:;<=>?_.")) == STEM
        "/10/%22%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3C%3D%3E%3F_.");
}

TEST_CASE("an element that does not fit into a link is named, and nothing is written", "[gs1]") {
  CHECK(refused("(10)A") == failure{errc::ai_missing, 0, 0, {}});
  CHECK(refused("(01)09521234543213(8011)1") == failure{errc::misplaced_ai, 19, 4, {}});
  CHECK(refused("(01)09521234543213(21)1(235)X").code == errc::misplaced_ai);
  std::string out = "as it was";
  CHECK_FALSE(append_digital_link(out, *parse_bracketed("(10)A")));
  CHECK(out == "as it was");
}

TEST_CASE("a list that can be written as a link is read from it", "[gs1]") {
  int written = 0;
  REQUIRE(rc::check([&](std::uint64_t seed) {
    test_gs1::random numbers{seed};
    element_list list = test_gs1::list_of(numbers);
    (void)list.add(1, "09521234543213");
    if (numbers.below(2) == 0) (void)list.add(10, test_gs1::value_of(*application_identifier::find(10), numbers));
    if (numbers.below(2) == 0) (void)list.add(21, test_gs1::value_of(*application_identifier::find(21), numbers));
    const std::string uri = link(list);
    if (uri == "refused") return;
    ++written;
    const auto read = parse_digital_link(uri);
    RC_ASSERT(read.has_value());
    for (std::size_t i = 0; i < list.size(); ++i) RC_ASSERT(read->find(list[i].ai.number()) == list[i].value);
    RC_ASSERT(link(*read) == uri);
  }));
  CHECK(written > 10);
}

TEST_CASE("any text is read as a link, or the failure lies within it", "[gs1]") {
  test_gs1::random numbers{3};
  const std::string symbols = "/0?1=7&%2#:;\xFF(A";
  for (int i = 0; i < 20'000; ++i) {
    std::string text = STEM "/10/A%2FC/21/1?17=261231&99=%28";
    for (std::uint64_t n = 1 + numbers.below(3); n > 0; --n)
      text[numbers.below(text.size())] = symbols[numbers.below(symbols.size())];
    text.resize(numbers.below(text.size() + 1));
    const auto read = parse_digital_link(text);
    if (read)
      CHECK(parse_digital_link(link(*read)).has_value());
    else if (std::uint64_t{read.error().at} + read.error().length > text.size())
      FAIL(text);
  }
}
