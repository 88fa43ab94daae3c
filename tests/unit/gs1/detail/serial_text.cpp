#include <tallymark/gs1/detail/serial_text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace tallymark;
using gs1::detail::validate_serial_text;

static_assert(validate_serial_text("A1") && validate_serial_text("12345678901234567890"));
static_assert(validate_serial_text("").error() == failure{errc::empty_text, 0, 0, {}});
static_assert(validate_serial_text("123456789012345678901#").error() == failure{errc::text_too_long, 20, 2, {}});
static_assert(validate_serial_text("A B").error() == failure{errc::wrong_character, 1, 1, {}});

TEST_CASE("every single character of set 82 is a serial, and no other", "[gs1]") {
  int good = 0;
  for (int byte = 0; byte < 256; ++byte)
    good += validate_serial_text(std::string(1, static_cast<char>(byte))).has_value() ? 1 : 0;
  CHECK(good == 82);
}
