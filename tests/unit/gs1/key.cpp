#include <tallymark/gs1/key.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;
using gs1::gln;
using gs1::gtin;
using gs1::sscc;

namespace {

template <class Key>
constexpr failure refusal(std::string_view text) {
  return Key::parse(text).error();
}

}  // namespace

static_assert((*gtin::parse("02345673")).view() == "00000002345673");
static_assert((*gtin::parse("416000336108")).view() == "00416000336108");
static_assert((*gtin::parse("1234567890128")).view() == "01234567890128");
static_assert((*gtin::parse("12345678901231")).view() == "12345678901231");
static_assert(*gtin::parse("0416000336108") == *gtin::parse("416000336108"));
static_assert((*sscc::parse("106141411234567897")).number() == 106141411234567897);
static_assert((*gln::make("123456789012")).view() == "1234567890128");
static_assert(refusal<gtin>("12345673") == fail(errc::wrong_check, 7, 1, "0").value());
static_assert(refusal<gtin>("416000336109") == fail(errc::wrong_check, 11, 1, "8").value());
static_assert(refusal<gtin>("1234567890129") == fail(errc::wrong_check, 12, 1, "8").value());
static_assert(refusal<gtin>("12345678901232") == fail(errc::wrong_check, 13, 1, "1").value());
static_assert(refusal<sscc>("123456789012345670") == fail(errc::wrong_check, 17, 1, "5").value());
static_assert(refusal<gtin>("1234567890") == failure{errc::wrong_width, 0, 10, {}});
static_assert(refusal<gln>("02345673") == failure{errc::wrong_width, 0, 8, {}});
static_assert(refusal<gtin>("12345x78901231") == failure{errc::wrong_character, 5, 1, {}});
static_assert(refusal<gtin>("") == failure{errc::empty_text, 0, 0, {}});
static_assert(gtin() != *gtin::parse("02345673") && gtin() < *gtin::parse("02345673") && gtin().number() == 0);
static_assert(gtin::make("123456789").error() == failure{errc::wrong_width, 0, 9, {}});

TEST_CASE("published keys are read, and built from their digits", "[gs1]") {
  for (const std::string text : {"02345673", "416000336108", "1234567890128", "12345678901231", "09521234543213",
                                 "38425876095074", "80614141123458", "51022222233336"}) {
    const auto read = gtin::parse(text);
    REQUIRE(read);
    CHECK(read->view().ends_with(text));
    CHECK(read->view().size() == 14);
    CHECK(gtin::make(text.substr(0, text.size() - 1)) == read);
    CHECK(hash_value(*read) == read->number());
  }
  for (const std::string text : {"123456789012345675", "106141411234567897", "007189085627231896"}) {
    const auto read = sscc::parse(text);
    REQUIRE(read);
    CHECK(read->view() == text);
    CHECK(sscc::make(text.substr(0, 17)) == read);
  }
}

TEST_CASE("a wrong digit is detected, and the right check digit is named", "[gs1]") {
  const std::string right = "106141411234567897";
  for (std::size_t i = 0; i < right.size(); ++i)
    for (char c = '0'; c <= '9'; ++c) {
      std::string text = right;
      text[i] = c;
      const auto read = sscc::parse(text);
      if (c == right[i]) {
        CHECK(read);
        continue;
      }
      REQUIRE_FALSE(read);
      CHECK(read.error().code == errc::wrong_check);
      text[17] = read.error().right()[0];
      CHECK(sscc::parse(text));
    }
}

TEST_CASE("keys are not built from wrong digits", "[gs1]") {
  CHECK(sscc::make("1").error() == failure{errc::wrong_width, 0, 1, {}});
  CHECK(sscc::make("").error() == failure{errc::empty_text, 0, 0, {}});
  CHECK(sscc::make("1x").error() == failure{errc::wrong_character, 1, 1, {}});
}
