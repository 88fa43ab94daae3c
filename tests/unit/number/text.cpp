#include <tallymark/number/text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;

static_assert(trimmed("  a b\t\r\n") == "a b");
static_assert(trimmed(" \t\r\n\v\f").empty());
static_assert(trimmed("").empty());
static_assert(trimmed("\xC2\xA0x") == "\xC2\xA0x");
static_assert(validate_text("SN-1").has_value());
static_assert(validate_text("").error() == failure{errc::empty_text, 0, 0});
static_assert(validate_text("abcdef", 4).error() == failure{errc::text_too_long, 4, 2});
static_assert(validate_text("abcd", 4).has_value());
static_assert(validate_text("a\xFFz").error() == failure{errc::not_utf8, 1, 1});
static_assert(validate_text("a\nz").error() == failure{errc::control_character, 1, 1});
static_assert(validate_text("a\xC2\x85z").error() == failure{errc::control_character, 1, 2});
static_assert(validate_text("\xF0\x9F\x93\xA6").has_value());

TEST_CASE("a text is 1 to 100 bytes", "[policy]") {
  CHECK(validate_text(std::string(100, 'x')));
  CHECK(validate_text(std::string(101, 'x')).error() == failure{errc::text_too_long, 100, 1});
  CHECK(validate_text(std::string(10'000'000, 'x')).error() == failure{errc::text_too_long, 100, 9'999'900});
  CHECK(validate_text("").error().code == errc::empty_text);
}

TEST_CASE("a text is UTF-8 without control characters", "[policy]") {
  for (int c = 0; c < 0x20; ++c)
    CHECK(validate_text(std::string(1, static_cast<char>(c))).error() == failure{errc::control_character, 0, 1});
  CHECK(validate_text("\x7F").error() == failure{errc::control_character, 0, 1});
  CHECK(validate_text("caf\xC3\xA9"));
  CHECK(validate_text("caf\xE9").error() == failure{errc::not_utf8, 3, 1});
  CHECK(validate_text("\xED\xA0\x80").error() == failure{errc::not_utf8, 0, 1});  // a surrogate
  CHECK(validate_text("\xC0\x80").error() == failure{errc::not_utf8, 0, 1});      // NUL in two bytes
  CHECK(validate_text("ab\xC3").error() == failure{errc::not_utf8, 2, 1});        // truncated
}

TEST_CASE("blanks at both ends are dropped, those between stay", "[policy]") {
  CHECK(trimmed(" a  b ") == "a  b");
  CHECK(trimmed("x") == "x");
  CHECK(trimmed(" ") == "");
}
