#include <tallymark/number/detail/decimal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace tallymark::detail;

static_assert(power_of_ten[0] == 1 && power_of_ten[18] == 1'000'000'000'000'000'000U &&
              power_of_ten[19] == 10'000'000'000'000'000'000U);
static_assert(is_digit('0') && is_digit('9') && !is_digit('/') && !is_digit(':') && !is_digit('\xB2'));
namespace {

constexpr bool reads(std::string_view text, std::size_t count, std::uint64_t value) {
  const digits_at_end at = read_digits_at_end(text);
  return at.count == count && at.value == value;
}

}  // namespace

static_assert(reads("", 0, 0) && reads("SN-", 0, 0) && reads("a text without digits", 0, 0) && reads("042", 3, 42));
static_assert(reads("SN-0042", 4, 42) && reads("SN-00042", 5, 42) && reads("SN-000042", 6, 42));
static_assert(reads("12345678", 8, 12'345'678) && reads("912345678", 9, 912'345'678) &&
              reads("x12345678", 8, 12'345'678));
static_assert(reads("1234567890123456", 16, 1'234'567'890'123'456) &&
              reads("A234567890123456", 15, 234'567'890'123'456));
static_assert(reads("1234567x90123456", 8, 90'123'456) && reads("12345x7890123456", 10, 7'890'123'456));
static_assert(reads("999999999999999999", 18, 999'999'999'999'999'999));
static_assert(reads("1999999999999999999", 18, 999'999'999'999'999'999) &&
              reads("x9999999999999999", 16, 9'999'999'999'999'999));
static_assert(reads("123456789012345678901234567890", 18, 345'678'901'234'567'890));

TEST_CASE("a counter ends at the first byte that is not a digit", "[serial]") {
  for (int byte = 0; byte < 256; ++byte)
    for (std::size_t digits = 0; digits <= 20; ++digits)
      for (const std::size_t before : {std::size_t{0}, std::size_t{1}, std::size_t{9}}) {
        const auto c = static_cast<char>(byte);
        if (is_digit(c)) continue;
        const std::string text = std::string(before, '7') + c + std::string("98765432109876543210").substr(0, digits);
        const auto at = read_digits_at_end(text);
        CAPTURE(byte, digits, before);
        CHECK(at.count == std::min<std::size_t>(digits, 18));
        const std::string counted = text.substr(text.size() - at.count);
        CHECK(at.value == (counted.empty() ? 0 : std::stoull(counted)));
      }
}
