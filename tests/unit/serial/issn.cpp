#include <tallymark/serial/issn.hpp>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/testing/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "../../support/there_and_back.hpp"

using namespace tallymark;

namespace {

using bare = issn_serial<issn_style::bare>;
using centre = issn_serial<issn_style::hyphen, "1553">;

constexpr issn_serial<> issn;

template <class Policy>
std::string spelled(std::uint64_t ordinal) {
  std::string out;
  Policy{}.format(out, ordinal);
  return out;
}

}  // namespace

static_assert(ordinal_serial_policy<issn_serial<>> && ordinal_serial_policy<bare>);
static_assert(issn.parse("00249319") == 24'931 && issn.parse("0024-9319") == 24'931 &&
              issn.parse("0264-3596") == 264'359);
static_assert(issn.parse("00321478") == 32'147 && bare{}.parse("0032-1478") == 32'147);
static_assert(issn.parse("2434-561X") == 2'434'561 && issn.parse("2434-561x") == 2'434'561);
static_assert(issn.parse("0024-9318").error().code == errc::wrong_check && issn.parse("0024-9318").error().at == 8);
static_assert(issn.parse("0024-9318").error().right() == "9" && issn.parse("00249318").error().at == 7);
static_assert(issn.parse("002-49319").error() == failure{errc::not_a_serial, 3, 1});
static_assert(issn.parse("0024 9319").error() == failure{errc::not_a_serial, 4, 1});
static_assert(issn.parse("0024--9319").error() == failure{errc::not_a_serial, 5, 1});
static_assert(issn.parse("0024-931").error() == failure{errc::check_missing, 8, 0, {'9'}});
static_assert(issn.parse("0024-").error() == failure{errc::not_a_serial, 4, 1});
static_assert(issn.parse("0024-93190").error() == failure{errc::not_a_serial, 9, 1});
static_assert(centre::first() == 1'553'000 && centre::last() == 1'553'999);
static_assert(centre{}.parse("1554-0006").error().at == 3 && centre{}.parse("1554-0006").error().right() == "3");

TEST_CASE("an ISSN is written with a hyphen, or without", "[serial]") {
  CHECK(spelled<issn_serial<>>(24'931) == "0024-9319");
  CHECK(spelled<bare>(24'931) == "00249319");
  CHECK(spelled<issn_serial<>>(2'434'561) == "2434-561X");
  CHECK(issn.parse("02643596") == 264'359);
}

TEST_CASE("an ISSN becomes an EAN-13 and comes back", "[serial]") {
  CHECK(ean13_from_issn("0264-3596").value() == "9770264359008");
  CHECK(ean13_from_issn("02643596", 12).value() == "9770264359121");
  CHECK(issn_from_ean13("9770264359008").value() == "0264-3596");
  CHECK(issn_from_ean13("9770264359121").value() == "0264-3596");
  CHECK(issn_from_ean13("9770264359009").error().right() == "8");
  CHECK(issn_from_ean13("9780264359008").error().at == 2);
  CHECK(issn_from_ean13("9780264359008").error().right() == "7");
  CHECK(ean13_from_issn("0264-3595").error().right() == "6");
}

TEST_CASE("a million ISSN round-trip", "[serial]") {
  CHECK(not_there_and_back(issn, {}) == std::nullopt);
  CHECK(not_there_and_back(bare{}, {}) == std::nullopt);
}

TEST_CASE("ISSN in bulk equal single ones", "[serial]") {
  CHECK(not_written_in_bulk(issn, {}, {0, 5, 9'995, 999'995, 9'999'000, 9'999'999}) == std::nullopt);
  CHECK(not_written_in_bulk(bare{}, {}, {0, 5, 9'995, 999'995, 9'999'000, 9'999'999}) == std::nullopt);
}

TEST_CASE("ISSN obey the laws", "[serial]") {
  const std::vector<std::string> texts{"00249319", "0024-9319", "2434-561x", "2434-561Y", "x", "0024-9318"};
  const std::vector<std::uint64_t> ordinals{0, 1, 9'999, 9'999'999, max_ordinal};
  CHECK(!testing::check_serial_laws(issn, texts, ordinals));
  CHECK(!testing::check_serial_laws(bare{}, texts, ordinals));
  CHECK(!testing::check_spelling_order(issn, {}, ordinals));
  const numbering<centre, step<1>> rules;
  CHECK(rules.text(*rules.first()).starts_with("1553-000"));
}
