#include <tallymark/serial/integer.hpp>

#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "../../support/compile_time.hpp"

using namespace tallymark;

namespace {

constexpr result<std::uint64_t> read(std::string_view text) { return integer_serial{}.parse(text); }

constexpr std::string written(std::uint64_t ordinal) {
  std::string out;
  integer_serial{}.format(out, ordinal);
  return out;
}

}  // namespace

static_assert(serial_policy<integer_serial> && ordinal_serial_policy<integer_serial>);
static_assert(read("0") == 0 && read("1") == 1 && read("42") == 42);
static_assert(read("18446744073709551614") == max_ordinal);
static_assert(read("18446744073709551615").error() == failure{errc::too_large, 0, 20});
static_assert(read("").error() == failure{errc::not_a_serial, 0, 0});
static_assert(read("12x4").error() == failure{errc::not_a_serial, 2, 1});
static_assert(read("-1").error() == failure{errc::not_a_serial, 0, 1});
static_assert(read("1e9").error() == failure{errc::not_a_serial, 1, 1});
static_assert(read("007").error() == failure{errc::not_a_serial, 0, 2});
static_assert(read("99999999999999999999x").error() == failure{errc::not_a_serial, 20, 1});
static_assert(basic_integer_serial<std::uint8_t>::last() == 255 && integer_serial::last() == max_ordinal);
static_assert(basic_integer_serial<std::uint8_t>{}.parse("256").error() == failure{errc::too_large, 0, 3});
static_assert(basic_integer_serial<bool>{}.parse("2").error() == failure{errc::too_large, 0, 1});
STATIC_CHECK_WITH_STRING(written(42) == "42");

TEST_CASE("plain numbers are read and written", "[serial]") {
  for (const std::uint64_t n :
       {std::uint64_t{0}, std::uint64_t{9}, std::uint64_t{10}, std::uint64_t{4'294'967'296}, max_ordinal}) {
    CHECK(written(n) == std::to_string(n));
    CHECK(read(std::to_string(n)) == n);
  }
}

TEST_CASE("a text that is not a plain number is refused with the position of the error", "[serial]") {
  CHECK(read("12 4").error() == failure{errc::not_a_serial, 2, 1});
  CHECK(read("+5").error() == failure{errc::not_a_serial, 0, 1});
  CHECK(read("0x1F").error() == failure{errc::not_a_serial, 1, 1});
  CHECK(read("\xD9\xA1").error() == failure{errc::not_a_serial, 0, 1});  // an Arabic digit
  CHECK(read("00").error() == failure{errc::not_a_serial, 0, 1});
  CHECK(read(std::string(100, '9')).error() == failure{errc::too_large, 0, 100});
  CHECK(basic_integer_serial<std::uint32_t>{}.parse("4294967295") == 4'294'967'295U);
  CHECK(basic_integer_serial<std::uint32_t>{}.parse("4294967296").error().code == errc::too_large);
}
