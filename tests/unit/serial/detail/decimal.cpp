#include <tallymark/serial/detail/decimal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>

using namespace tallymark::detail;

static_assert(power_of_ten[0] == 1 && power_of_ten[18] == 1'000'000'000'000'000'000U &&
              power_of_ten[19] == 10'000'000'000'000'000'000U);
static_assert(is_digit('0') && is_digit('9') && !is_digit('/') && !is_digit(':') && !is_digit('\xB2'));
static_assert(read_digits("") == 0 && read_digits("042") == 42 &&
              read_digits("9999999999999999999") == 9'999'999'999'999'999'999U);

TEST_CASE("digits are written with zeros up to the width", "[serial]") {
  const auto written = [](std::uint64_t value, std::size_t width) {
    std::string out = "<";
    append_digits(out, value, width);
    return out;
  };
  CHECK(written(0, 0) == "<0");
  CHECK(written(42, 0) == "<42");
  CHECK(written(42, 2) == "<42");
  CHECK(written(42, 1) == "<42");
  CHECK(written(42, 6) == "<000042");
  CHECK(written(std::numeric_limits<std::uint64_t>::max(), 0) == "<18446744073709551615");
}
