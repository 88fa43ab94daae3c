#include <tallymark/serial/isbn.hpp>

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

constexpr isbn13_serial<> isbn13;
constexpr isbn10_serial<> isbn10;
using publisher = isbn13_serial<"9781857982">;
using old_publisher = isbn10_serial<"1857982">;

template <class Policy>
std::string spelled(std::uint64_t ordinal) {
  std::string out;
  Policy{}.format(out, ordinal);
  return out;
}

}  // namespace

static_assert(ordinal_serial_policy<isbn13_serial<>> && ordinal_serial_policy<old_publisher>);
static_assert(isbn13.parse("9781857982183") == 978'185'798'218 && isbn13.parse("978-1-85798-218-3") == 978'185'798'218);
static_assert(isbn13.parse("978 90 245 3827 0") == 978'902'453'827);
static_assert(isbn13.first() == 978'000'000'000 && isbn13.last() == 979'999'999'999);
static_assert(isbn13.parse("9781857982184").error().code == errc::wrong_check);
static_assert(isbn13.parse("9781857982184").error().at == 12 && isbn13.parse("9781857982184").error().right() == "3");
static_assert(isbn13.parse("978-1-85798-218-4").error().at == 16);
static_assert(isbn13.parse("978185798218X").error().right() == "3");
static_assert(isbn13.parse("978185798218").error() == failure{errc::check_missing, 12, 0, {'3'}});
static_assert(isbn13.parse("97818579821").error() == failure{errc::not_a_serial, 11, 0});
static_assert(isbn13.parse("97818579821833").error() == failure{errc::not_a_serial, 13, 1});
static_assert(isbn13.parse("9771857982183").error() == failure{errc::not_a_serial, 2, 1});
static_assert(isbn13.parse("8781857982183").error().at == 0 && isbn13.parse("8781857982183").error().right() == "9");
static_assert(isbn13.parse("978--1857982183").error() == failure{errc::not_a_serial, 4, 1});
static_assert(isbn13.parse("-9781857982183").error() == failure{errc::not_a_serial, 0, 1});
static_assert(isbn13.parse("9781857982183-").error() == failure{errc::not_a_serial, 13, 1});
static_assert(isbn13.parse("978-1857982-").error() == failure{errc::not_a_serial, 11, 1});
static_assert(isbn13.parse("978.1857982183").error() == failure{errc::not_a_serial, 3, 1});
static_assert(isbn10.parse("1857982185") == 185'798'218 && isbn10.parse("0-8515-2629-2") == 85'152'629);
static_assert(isbn10.parse("9024538270") == 902'453'827);
static_assert(isbn10.parse("080442957X") == 80'442'957 && isbn10.parse("0-8044-2957-x") == 80'442'957);
static_assert(isbn10.parse("0804429570").error().right() == "X" && isbn10.parse("0804429570").error().at == 9);
static_assert(isbn10.parse("08044X957X").error() == failure{errc::not_a_serial, 5, 1});
static_assert(isbn10.parse("080442957").error() == failure{errc::check_missing, 9, 0, {'X'}});
static_assert(isbn10.parse("080442957Y").error() == failure{errc::not_a_serial, 9, 1});
static_assert(publisher::first() == 978'185'798'200 && publisher::last() == 978'185'798'299);
static_assert(publisher{}.parse("978-1-85798-218-3") == 978'185'798'218);
static_assert(publisher{}.parse("978-1-85799-218-3").error().code == errc::not_a_serial);
static_assert(publisher{}.parse("978-1-85799-218-3").error().at == 10 &&
              publisher{}.parse("978-1-85799-218-3").error().right() == "8");
static_assert(old_publisher::first() == 185'798'200 && old_publisher::last() == 185'798'299);
static_assert(isbn13_serial<"979">::first() == 979'000'000'000 && isbn13_serial<"979">::last() == 979'999'999'999);

TEST_CASE("an ISBN is written without hyphens", "[serial]") {
  CHECK(spelled<isbn13_serial<>>(978'185'798'218) == "9781857982183");
  CHECK(spelled<isbn13_serial<>>(978'902'453'827) == "9789024538270");
  CHECK(spelled<isbn10_serial<>>(185'798'218) == "1857982185");
  CHECK(spelled<isbn10_serial<>>(85'152'629) == "0851526292");
  CHECK(spelled<isbn10_serial<>>(80'442'957) == "080442957X");
  CHECK(isbn13.parse("978-1-85798-218-3") == 978'185'798'218);
}

TEST_CASE("an ISBN of one length becomes one of the other", "[serial]") {
  CHECK(isbn13_from_isbn10("1-85798-218-5").value() == "9781857982183");
  CHECK(isbn13_from_isbn10("9024538270").value() == "9789024538270");
  CHECK(isbn10_from_isbn13("978-1-85798-218-3").value() == "1857982185");
  CHECK(isbn10_from_isbn13("9780804429573").value() == "080442957X");
  CHECK(isbn13_from_isbn10("080442957x").value() == "9780804429573");
  CHECK(isbn10_from_isbn13("9791090636071").error().at == 2);
  CHECK(isbn10_from_isbn13("9791090636071").error().right() == "8");
  CHECK(isbn13_from_isbn10("1857982186").error().right() == "5");
}

TEST_CASE("a million ISBN round-trip", "[serial]") {
  CHECK(not_there_and_back(isbn13, {}, isbn13.first()) == std::nullopt);
  CHECK(not_there_and_back(isbn10, {}) == std::nullopt);
  CHECK(not_there_and_back(publisher{}, {}, publisher::first()) == std::nullopt);
}

TEST_CASE("ISBN in bulk equal single ones", "[serial]") {
  CHECK(not_written_in_bulk(isbn13, {}, {978'000'000'000, 978'999'999'995, 979'999'999'000}) == std::nullopt);
  CHECK(not_written_in_bulk(isbn10, {}, {0, 7, 99'999'995, 999'999'000, 999'999'999}) == std::nullopt);
}

TEST_CASE("ISBN obey the laws", "[serial]") {
  const std::vector<std::string> texts{"978-1-85798-218-3", "9789024538270", "1857982185", "0-8044-2957-x", "x", "978"};
  const std::vector<std::uint64_t> thirteen{978'000'000'000, 979'999'999'999}, ten{0, 1, 999'999'999, max_ordinal};
  CHECK(!testing::check_serial_laws(isbn13, texts, thirteen));
  CHECK(!testing::check_serial_laws(isbn10, texts, ten));
  CHECK(!testing::check_spelling_order(isbn10, {}, ten));
}

TEST_CASE("issuing stays within the registrant element", "[serial]") {
  const numbering<publisher, step<1>> rules;
  CHECK(rules.text(*rules.first()) == "9781857982008");
  run_list taken;
  CHECK(rules.take(*rules.first(), 100, taken));
  CHECK(rules.take(*rules.first(), 101, taken).error().code == errc::exhausted);
}
